"""The claims of the lesson on the cell of 1997."""

from lessons.cell_1997 import measured
from lessons.cell_1997.cells import STEPS
from lessons.cell_1997.counts import NETS
from lessons.claims import HOLDS, Claim, Exact, about, below, between, exactly, factor, near

PAPER = "Hochreiter & Schmidhuber 1997"


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "cell97_conflict",
        "The sum of 99 random numbers between −1 and 1 has a standard deviation of 5.7.",
        "this course; the conflict: " + PAPER + ", section 3.2",
        {"standard deviation": near(5.745, 0.001), "of 10,000 draws": near(5.745, 0.1)},
        measured.conflict,
    ),
    Exact(
        "cell97_latch",
        "A cell with two gates holds 0.664 through 97 random values and says 0.581 when it is asked.",
        "this course",
        {
            "input gate at step 2": about(4.54e-5),
            "input gate at step 3": near(0.999955, 1e-6),
            "cell state at step 3": near(0.6640, 0.0001),
            "cell state at step 100": near(0.6641, 0.0001),
            "said at step 100": near(0.581, 0.0005),
            "most said before": below(0.00003),
        },
        measured.latch,
    ),
    Exact(
        "cell97_carousel",
        "The gradient at the latch's first cell state is the very number that set out at step 100.",
        PAPER + ", section 3.2",
        {"steps": exactly(STEPS), "different gradients": exactly(1)},
        measured.carousel,
    ),
    Exact(
        "cell97_squash",
        "The paper's squashing functions are 2 and 1 times the tanh of half the sum.",
        PAPER + ", equations 4 and 5",
        dict.fromkeys(
            ("candidate", "output", "candidate in the library", "output in the library"), below(1e-14)
        ),
        measured.squash,
    ),
    Exact(
        "cell97_weights",
        "One rule gives the numbers of weights that the paper prints, to the last one.",
        PAPER + ", section 5",
        {f"experiment {net.experiment}": exactly(net.printed) for net in NETS},
        measured.weights,
        paper=", ".join(f"{net.printed:,}" for net in NETS),
    ),
    Exact(
        "cell97_drift",
        "An input gate that lets in five per cent takes the state to 10 in 200 steps, where tanh is flat.",
        PAPER + ", section 4",
        {
            "cell state after 200 steps": near(10.0, 0.01),
            "tanh of 10": near(0.999999996, 1e-9),
            "slope of tanh at 10": about(8.2e-9, 0.02),
        },
        measured.drift,
    ),
    Exact(
        "cell97_hidden",
        "Shutting the output gate changes nothing in the cell state.",
        PAPER + ", section 4",
        {"latch": HOLDS, "adder": HOLDS},
        measured.hidden,
    ),
    Exact(
        "cell97_adder",
        "A small weight before tanh makes the cell an adder: 2.48 where the sum is 2.49.",
        "this course",
        {"ten times the state": near(2.482, 0.001), "sum of the values": near(2.489, 0.001)},
        measured.adder,
    ),
    Exact(
        "cell97_bound",
        "After t steps the state can be as far out as t, and no farther.",
        PAPER + ", section 4",
        {"farthest state by the number of steps": between(0.5, 1.0)},
        measured.bound,
    ),
    Exact(
        "cell97_wanders",
        "Untrained states of 1997 wander far in a hundred steps; those with a forget gate stay.",
        PAPER + ", section 4; measured here",
        {
            "units beyond 5, seed 1": exactly(13),
            "farthest unit, seed 1": exactly(16),
            "its cell state": near(-30.9, 0.1),
            "least of the farthest, eight seeds": near(24.9, 0.1),
            "most of the farthest, eight seeds": near(33.3, 0.1),
            "farthest with a forget gate": below(1.1),
        },
        measured.wanders,
        seconds=1.0,
    ),
    Exact(
        "cell97_truncated",
        "With the truncated gradient there is exactly as much at the first cell state as at the last.",
        PAPER + ", appendix A.1",
        {"least at any step": exactly(1.0), "most at any step": exactly(1.0)},
        measured.truncated,
        seconds=1.0,
    ),
    Exact(
        "cell97_full",
        "With the full gradient between 0.8 and 126 times as much arrives after 99 steps.",
        "measured here",
        {"least of eight seeds": about(0.792, 0.02), "most of eight seeds": about(126, 0.02)},
        measured.full,
        seconds=1.0,
    ),
    Exact(
        "cell97_beside",
        "A plain network of the same size has less than 10⁻¹⁶ left.",
        "measured here",
        {"most of eight seeds": factor(3.4e-17, 1.2)},
        measured.beside,
        seconds=1.0,
    ),
    Exact(
        "cell97_counter",
        "After twenty requests the counter stands at 20.0.",
        "this course",
        {"cell state": near(20.0, 0.01)},
        measured.counter,
    ),
    Exact(
        "cell97_tight",
        "A leak of 0.00001 needs a sum of −11.5; a bias of −3 lets in 0.047, up to 47 in a thousand steps.",
        "this course",
        {
            "sum for a gate of 0.00001": near(-11.5, 0.02),
            "gate at the bias −3": near(0.047, 0.0005),
            "leak of 1,000 steps": near(47.4, 0.1),
        },
        measured.tight,
    ),
    Exact(
        "cell97_adding_weights",
        "The network for the adding problem has 93 weights.",
        PAPER + ", experiment 4",
        {"weights": exactly(93)},
        measured.adding_weights,
        paper="93",
    ),
    Exact(
        "cell97_slopes",
        "The slope of tanh is 0.01 at 2.99 and falls fast from there.",
        "this course",
        {
            "at 2.99": about(0.01, 0.02),
            "at 2": about(0.071),
            "at 4": about(0.0013, 0.04),
            "at 6": about(2.5e-5, 0.02),
            "at 8": about(4.5e-7),
        },
        measured.slopes,
    ),
)
