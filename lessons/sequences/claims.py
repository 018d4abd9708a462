"""The claims of the lesson on sequences and the plain recurrent network."""

from lessons.claims import HOLDS, Claim, Exact, about, below, between, exactly, near
from lessons.sequences import nets

HERE = "this course"
ELMAN = "the network of Elman 1990, with weights set by hand"
HENAFF = "Henaff, Szlam & LeCun 2016"

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "seq_by_hand",
        "Two units that read a 1 and two zeros pass through the states that a pocket calculator gives.",
        ELMAN,
        {
            "unit 1 at step 1": near(0.762, 0.0005),
            "unit 2 at step 1": exactly(0),
            "unit 1 at step 2": near(0.363, 0.0005),
            "unit 2 at step 2": near(0.544, 0.0005),
            "unit 1 at step 3": near(-0.248, 0.0005),
            "unit 2 at step 3": near(0.510, 0.0005),
            "first sum at step 2": near(0.381, 0.0005),
            "second sum": near(0.609, 0.0005),
        },
        nets.by_hand,
    ),
    Exact(
        "seq_order",
        "The same three numbers in another order lead to another state.",
        ELMAN,
        {"unit 1": near(0.762, 0.0005), "unit 2": exactly(0)},
        nets.order,
    ),
    Exact(
        "seq_weights",
        "A plain network of sixteen units with two inputs and an answer has 321 numbers at every length.",
        HERE,
        {"numbers for 5 steps": exactly(321), "numbers for 200 steps": exactly(321)},
        nets.weights,
        seconds=0.3,
    ),
    Exact(
        "seq_spiral",
        "A plane that is turned and shortened to 0.9 at each step keeps an eighth of a distance after 20 "
        "steps, less than three parts in a hundred thousand after 100, and with tanh less still.",
        HERE,
        {
            "after 20 steps": about(1 / 8, 0.03),
            "after 100 steps": between(2.6e-5, 3e-5),
            "after 20 with tanh, beside without": below(0.99),
        },
        nets.spiral,
    ),
    Exact(
        "seq_corners",
        "Tanh units with the weight 2 to themselves settle at 0.958 or −0.958, by the sign of their start.",
        HERE,
        {
            "least distance of a unit from 0": near(0.958, 0.0005),
            "largest": near(0.958, 0.0005),
            "every unit has kept its sign": HOLDS,
        },
        nets.corners,
    ),
    Exact(
        "seq_round",
        "A plane turned by 30 degrees and stretched by a half at each step, under tanh, goes round for ever.",
        HERE,
        {"least distance": between(0.91, 1.08), "largest": between(0.91, 1.08)},
        nets.clock,
        seconds=0.3,
    ),
    Exact(
        "seq_turn",
        "A linear network that turns the plane by 30 degrees has lost nothing after a thousand steps.",
        HENAFF,
        {
            "error of the length": below(2e-14),
            "times around": near(83 + 1 / 3, 1e-9),
            "direction in degrees": near(120, 1e-6),
        },
        nets.turned,
    ),
    Exact(
        "seq_ring",
        "A ring of ten linear units holds ten numbers for a thousand steps without any error.",
        HENAFF,
        {"largest error": exactly(0)},
        nets.ringed,
    ),
    Exact(
        "seq_worn",
        "With tanh and the weight 1 a 0.5 and a 0.9 are nearly the same after a thousand steps.",
        HERE,
        {"of 0.5": near(0.039, 0.0005), "of 0.9": near(0.039, 0.0005), "difference": below(1e-4)},
        nets.worn,
        seconds=0.2,
    ),
    Exact(
        "seq_small",
        "With tanh the ring is right to within 0.0004 after a thousand steps if its numbers are a thousand "
        "times smaller on their way.",
        HERE,
        {"largest error": below(4e-4)},
        nets.small,
    ),
    Exact(
        "seq_home",
        "Only turns of 30 and of 150 degrees, below 180, are back after twelve steps and not before.",
        HERE,
        {"angles": exactly(2), "the least": exactly(30), "the largest": exactly(150)},
        nets.home,
    ),
    Exact(
        "seq_delay",
        "A ring of five that is cut open shows the input of four steps ago, and after five it is gone.",
        HERE,
        {"error of the fifth unit": exactly(0), "the matrix's fifth power": exactly(0)},
        nets.delay,
    ),
)
