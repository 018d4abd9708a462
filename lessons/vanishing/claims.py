"""The claims of the lesson on vanishing and exploding gradients."""

from lessons.claims import Claim, Exact, about, above, below, between, exactly, factor, near
from lessons.vanishing import by_hand
from lessons.vanishing.claims_of_networks import SEEN

HERE = "this course"
THESIS = "Hochreiter 1991, as reviewed in Hochreiter & Schmidhuber 1997, section 3.1"
PASCANU = "Pascanu, Mikolov & Bengio 2013"
BENGIO = "Bengio, Simard & Frasconi 1994"

PRODUCTS = (
    Exact(
        "vanish_slope",
        "Where the value of tanh is 0.9 its slope is 0.19.",
        "one minus the square of the value",
        {"slope": near(0.19, 1e-12)},
        by_hand.slope,
    ),
    Exact(
        "vanish_powers",
        "A factor of 0.9 halves in seven steps and leaves three parts in a hundred thousand after a "
        "hundred; one of 1.1 makes 13,781 times as much.",
        THESIS,
        {
            "0.9 to the sixth": above(0.5),
            "0.9 to the seventh": below(0.5),
            "0.9 to the hundredth": near(2.66e-5, 1e-7),
            "1.1 to the hundredth": near(13_781, 1),
        },
        by_hand.powers,
    ),
    Exact(
        "vanish_window",
        "Only weights from 0.955 to 1.047 stay within a factor of a hundred over a hundred steps.",
        HERE,
        {"least weight": near(0.955, 0.0005), "largest": near(1.047, 0.0005)},
        by_hand.window,
    ),
    Exact(
        "vanish_hump",
        "The powers of a matrix go to zero if its spectral radius is less than 1, and only then; before "
        "that they may grow 39-fold with a radius of 0.9.",
        "linear algebra; this course",
        {
            "spectral radius": near(0.9, 1e-9),
            "the first power's norm": near(10.08, 0.005),
            "the largest norm": near(38.75, 0.005),
            "at power": exactly(9),
            "the first power that shortens every vector": exactly(63),
            "random matrices that keep to the rule": exactly(40),
        },
        by_hand.hump,
        seconds=0.3,
    ),
    Exact(
        "vanish_one_unit",
        "A tanh unit with the weight 2 and a steady input leaves less than 10⁻¹⁰⁰ of the gradient after a "
        "hundred steps; without the input the gradient grows by 2 at each step.",
        HERE,
        {
            "state in the end": near(0.978, 0.0005),
            "slope there": near(0.043, 0.0005),
            "left of the gradient": about(1.893e-104),
            "without the input": about(2.0**100, 1e-9),
        },
        by_hand.one_unit,
    ),
    Exact(
        "vanish_bound",
        "If the norm of the recurrent matrix is 0.9, no more than 0.9 to the power of the steps is left.",
        PASCANU,
        {"largest product as a share of 0.9 to the power of the steps": below(1.0)},
        by_hand.bound,
        seconds=0.3,
    ),
    Exact(
        "vanish_quarter",
        "The slope of the logistic function is a quarter at most, so a weight below 4 loses at every step.",
        THESIS,
        {"steepest slope": near(0.25, 1e-12), "largest factor": below(1.0)},
        by_hand.quarter,
        paper="|w| < 4.0",
    ),
    Exact(
        "vanish_nilpotent",
        "With a recurrent matrix of the spectral radius 0 the gradient of a tanh network can explode.",
        f"against {PASCANU}, section 2.1, as stated with eigenvalues",
        {
            "norm of the squared matrix": exactly(0),
            "largest eigenvalue of the Jacobian": near(2, 1e-9),
            "as long after 20 steps": about(7.4145e6, 1e-4),
        },
        by_hand.nilpotent,
    ),
    Exact(
        "vanish_latch",
        "A tanh unit with the weight 2 keeps one bit for a thousand steps, and leaves less than 10⁻⁷⁶ of "
        "the gradient after a hundred.",
        BENGIO,
        {
            "started at 0.5, after 1,000 steps": near(0.9575, 5e-5),
            "started at −0.5": near(-0.9575, 5e-5),
            "power of ten of what is left after 100": between(-78, -76),
        },
        by_hand.latch,
    ),
    Exact(
        "vanish_halving",
        "Half is left after 13.5 steps at a factor of 0.95 and after 69 at 0.99; 1.01 has doubled after 70.",
        HERE,
        {"0.95": near(13.5, 0.05), "0.99": near(69, 0.5), "1.01": between(69, 70)},
        by_hand.halving,
    ),
    Exact(
        "vanish_edge",
        "A tanh unit with the weight 1 loses the gradient, but not exponentially.",
        HERE,
        {
            "left after 10 steps": near(0.22, 0.005),
            "left after 100 steps": near(0.013, 0.0005),
            "left after 1,000 steps": near(0.00045, 0.000005),
        },
        by_hand.edge,
        seconds=0.3,
    ),
    Exact(
        "vanish_higher_hump",
        "The hump of the powers is 100 high when the entry above the diagonal is 25.8.",
        HERE,
        {"with 10": near(38.7, 0.05), "with 25.8": near(100, 0.1)},
        by_hand.higher,
    ),
)

PRECISION = (
    Exact(
        "vanish_exact",
        "Two hundred factors of 0.9 are the same to fourteen digits with exact fractions and in floating "
        "point: rounding is not what makes a gradient vanish.",
        "against several versions of an encyclopaedia article",
        {"exact": about(7.055e-10, 1e-4), "relative difference": below(1e-14)},
        by_hand.exact,
    ),
    Exact(
        "vanish_float32",
        "In 32 bits the powers of one half are zero from the 150th on.",
        HERE,
        {"first power that is zero": exactly(150)},
        by_hand.float32,
    ),
)

WALL = (
    Exact(
        "vanish_cliff",
        "On its wall the landscape of one tanh unit is thousands of times steeper than elsewhere.",
        PASCANU,
        {"largest length as a multiple of the usual": above(1000)},
        by_hand.cliff,
        seconds=1.5,
    ),
    Exact(
        "vanish_thrown",
        "Plain descent is thrown off the wall at its fourth move, and has not come back after 200.",
        PASCANU,
        {
            "error at the start": near(0.051, 0.0005),
            "after two moves": near(0.0044, 5e-5),
            "length of the gradient at the start": near(0.3, 0.05),
            "there, on the wall": near(10.6, 0.05),
            "weight after the fourth move": near(2.0, 0.05),
            "bias": near(1.9, 0.05),
            "error after 200 moves": near(0.16, 0.005),
        },
        by_hand.thrown,
        seconds=0.3,
    ),
    Exact(
        "vanish_clipped",
        "With the length of the gradient limited to 0.5, descent gets past the wall.",
        PASCANU,
        {"error after 200 moves": below(1e-4)},
        by_hand.clipped,
        seconds=0.3,
    ),
    Exact(
        "vanish_slow",
        "At half or a quarter of the rate the ball never meets the wall.",
        HERE,
        {
            "longest gradient at 0.1": below(0.5),
            "error at 0.1": below(1e-4),
            "longest gradient at 0.05": below(0.5),
            "error at 0.05": below(1e-4),
        },
        by_hand.slow,
        seconds=0.5,
    ),
    Exact(
        "vanish_lucky",
        "In the paper's own landscape a ball that is thrown lands well; a clipped one is still on its way.",
        f"{PASCANU}, figure 6, measured here",
        {
            "error of the one that is thrown": factor(1.2e-6, 2),
            "error of the one that is held": near(0.35, 0.005),
        },
        by_hand.lucky,
        seconds=1.5,
    ),
)

CLAIMS: tuple[Claim, ...] = SEEN + PRODUCTS + PRECISION + WALL
