"""The claims of the lesson on the constant error carousel."""

from lessons.carousel import door, units
from lessons.claims import Claim, Exact, about, below, between, exactly, near

HERE = "this course"
PAPER = "Hochreiter & Schmidhuber 1997, section 3.2"
ARTICLE = "against an encyclopaedia article"

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "carousel_near",
        "After a thousand steps a factor of 0.99 leaves four parts in a hundred thousand, and 1.01 makes "
        "20,959 times as much.",
        HERE,
        {"left with 0.99": between(3.5e-5, 4.5e-5), "left with 1.01": near(20_959, 1)},
        units.close,
    ),
    Exact(
        "carousel_rest",
        "Where a tanh unit without bias comes to rest its factor is at most 1, and 1 for the weight 1 alone.",
        PAPER,
        {
            "weight 2: factor at 0.71": near(1, 1e-9),
            "where it moves from there": near(0.958, 0.0005),
            "factor there": near(0.17, 0.005),
            "weight 1: factor at rest": exactly(1),
            "largest factor at rest with another weight": below(0.999),
        },
        units.rest,
        seconds=0.3,
    ),
    Exact(
        "carousel_exact",
        "A straight line with the weight 1 keeps its state and all of the gradient over a thousand steps.",
        PAPER,
        {
            "0.7 is then": exactly(0.7),
            "-0.7 is then": exactly(-0.7),
            "70 is then": exactly(70),
            "left of the gradient": exactly(1),
        },
        units.exact,
        seconds=0.2,
    ),
    Exact(
        "carousel_relu",
        "A relu unit with the weight 1 is a carousel above 0, and lets nothing back from below.",
        "Le, Jaitly & Hinton 2015",
        {
            "0.7 is then": exactly(0.7),
            "left of the gradient": exactly(1),
            "−0.7 is after one step": exactly(0),
            "left of the gradient there": exactly(0),
        },
        units.relu,
        seconds=0.2,
    ),
    Exact(
        "carousel_irnn",
        "In untrained relu networks that begin with the identity, between 0.2 and 0.9 of the gradient is "
        "left after 99 steps, with each of eight seeds; in tanh networks less than 10⁻¹⁶.",
        HERE,
        {
            "least that is left": between(0.2, 0.9),
            "most": between(0.2, 0.9),
            "most with tanh": below(1e-16),
        },
        units.identity,
        seconds=0.6,
    ),
    Exact(
        "carousel_exact_weight",
        "From 0.99931 to 1.00069 a weight neither halves nor doubles the gradient in a thousand steps.",
        HERE,
        {
            "least weight": near(0.99931, 5e-6),
            "left with 0.99931": between(0.5, 0.505),
            "largest weight": near(1.00069, 5e-6),
            "as much with 1.00069": between(1.98, 2),
        },
        units.margins,
    ),
    Exact(
        "carousel_constant",
        "A slope that is the same everywhere, but 0.9, leaves three parts in a hundred thousand after 100 "
        "steps.",
        ARTICLE,
        {
            "least factor": near(0.9, 1e-12),
            "largest": near(0.9, 1e-12),
            "left after 100 steps": between(2.5e-5, 3.5e-5),
        },
        units.constant,
    ),
    Exact(
        "carousel_vote",
        "The best fixed weight at the door of a carousel that should hold one of a hundred numbers is 0.01, "
        "which is hardly better than silence; at 0.5 each of 99 steps pulls it down as strongly as one "
        "pulls it up.",
        f"{PAPER}, the input weight conflict, measured here",
        {
            "best weight": near(0.01, 1e-6),
            "its mean squared error": near(0.33, 0.0005),
            "that of a silent unit": near(0.333, 0.0005),
            "pull of the third step at 0.5": near(1 / 3, 1e-6),
            "least pull of another": near(-1 / 3, 1e-6),
            "largest pull of another": near(-1 / 3, 1e-6),
            "how many others": exactly(99),
        },
        door.vote,
    ),
    Exact(
        "carousel_no_weight",
        "If the place that counts is drawn anew, no fixed door, weight of the unit and exit explain more "
        "than a hundredth of what should be remembered.",
        HERE,
        {"largest share": near(0.01, 1e-9), "with the weight": exactly(1)},
        door.no_weight,
        seconds=0.2,
    ),
    Exact(
        "carousel_exit",
        "The best fixed weight at the exit of a carousel that should speak at one of 98 steps is one 98th.",
        f"{PAPER}, the output weight conflict, measured here",
        {
            "steps at which something is held": exactly(98),
            "one divided by the best weight": near(98, 1e-9),
        },
        door.way_out,
    ),
    Exact(
        "carousel_door",
        "Behind a door that is open at one step alone the carousel holds that number exactly, and the "
        "gradient at that step is the one at the end.",
        PAPER,
        {
            "largest error of the state": exactly(0),
            "least gradient at the third step": exactly(1),
            "largest": exactly(1),
        },
        door.opened,
    ),
    Exact(
        "carousel_two",
        "Two linear units that hear only each other change places and lose nothing.",
        HERE,
        {
            "unit 1 after 100 steps": exactly(0.7),
            "unit 2 after 101": exactly(0.7),
            "the others": exactly(0),
            "left of the gradient": exactly(1),
        },
        units.two,
    ),
    Exact(
        "carousel_fewer",
        "With n other numbers the best fixed weight is 1 divided by n + 1; with one, the error is a sixth.",
        HERE,
        {
            "best weight with one other": near(0.5, 1e-9),
            "its error": about(1 / 6, 1e-6),
            "best weight with nine": near(0.1, 1e-9),
        },
        door.fewer,
    ),
)
