"""The claims of the lesson on the forget gate."""

from collections.abc import Mapping
from statistics import median

from lessons.claims import Claim, Exact, Trained, above, below, between, exactly, factor, near
from lessons.forget_gate import gates
from lstm_viz.papers.forget_growth import STAGES, name_of
from lstm_viz.papers.forget_reset import BORDER, EVERYWHERE

HERE = "this course"
GERS = "Gers, Schmidhuber & Cummins 2000"
TABLE = "table 2: of 100 networks each "
Arms = Mapping[str, list[float]]


def growth(arms: Arms) -> dict[str, float]:
    """The farthest states at the end, and on the way."""
    half, end = (arms[name_of("LSTM 1997", n)] for n in STAGES[-2:])
    gate = [v for n in STAGES for v in arms[name_of("LSTM", n)]]
    grows = [b / a for a, b in zip(half, end, strict=True)]
    return {
        "1997, the least far at the end": min(end),
        "1997, the farthest": max(end),
        "1997, the least growth in the second half": min(grows),
        "1997, the most": max(grows),
        "with a forget gate, the farthest at any time": max(gate),
    }


def right(arms: Arms) -> dict[str, float]:
    """Right answers at the last T or P, and at all letters."""
    gate, none = arms["LSTM, last T or P"], arms["LSTM 1997, last T or P"]
    letters = arms["LSTM 1997, all letters"]
    return {
        "with a forget gate, how many of four above 95 %": sum(v > 95 for v in gate),
        "1997, least": min(none),
        "1997, most": max(none),
        "1997, all letters, least": min(letters),
        "1997, all letters, most": max(letters),
    }


def reset(arms: Arms) -> dict[str, float]:
    """The mean gate of the unit that shuts most where strings end, and of all."""
    return {"highest of four such units": max(arms[BORDER]), "least mean of all gates": min(arms[EVERYWHERE])}


def decayed(arms: Arms) -> dict[str, float]:
    """Letters before the first error."""
    found = {name: arms[name] for name in ("forget gate", "no forget gate", "state × 0.9 every step")}
    return {
        "median with a forget gate": median(found["forget gate"]),
        "most without": max(found["no forget gate"]),
        "least with a tenth lost at every step": min(found["state × 0.9 every step"]),
        "median with it": median(found["state × 0.9 every step"]),
        "most with it": max(found["state × 0.9 every step"]),
    }


STREAM = (
    Trained(
        "forget_stream_growth",
        "On an endless stream the farthest cell state of the network of 1997 grows in proportion to the "
        "letters read, to 9,000 and more; with forget gates it stays below thirty.",
        GERS,
        {
            "1997, the least far at the end": above(9000),
            "1997, the farthest": below(18_000),
            "1997, the least growth in the second half": above(1.8),
            "1997, the most": below(2.2),
            "with a forget gate, the farthest at any time": below(30),
        },
        "forget_growth",
        growth,
    ),
    Trained(
        "forget_stream_right",
        "Three of four LSTMs with forget gates name the last T or P at more than 95 of 100 strings; those of "
        "1997 do no better there than a coin, though about 95 of 100 of all letters are right.",
        GERS,
        {
            "with a forget gate, how many of four above 95 %": exactly(3),
            "1997, least": between(40, 60),
            "1997, most": between(40, 60),
            "1997, all letters, least": between(94, 97),
            "1997, all letters, most": between(94, 97),
        },
        "forget_stream",
        right,
        paper=TABLE + "18 with forget gates read all of ten streams without an error, and none without",
    ),
    Trained(
        "forget_reset",
        "In each of four LSTMs there is a unit whose forget gate is below 0.1 on average where a string ends "
        "or begins, while the mean of all gates is 0.8 or more.",
        GERS,
        {"highest of four such units": below(0.1), "least mean of all gates": above(0.8)},
        "forget_reset",
        reset,
    ),
    Trained(
        "forget_decay_ours",
        "In our training networks that lose a tenth of the state at every step learn the stream too, if not "
        "as well as with a gate.",
        HERE,
        {
            "median with a forget gate": between(8000, 10_000),
            "most without": below(30),
            "least with a tenth lost at every step": near(817, 1),
            "median with it": near(4486, 1),
            "most with it": near(8835, 1),
        },
        "cerg",
        decayed,
        paper=TABLE + "none with a decay of 0.9 was good; they read 56 letters before an error, with none 37",
    ),
)

STILL = (
    Exact(
        "forget_half_lives",
        "The bias of the forget gate decides where it stands at first and how long half of something lasts.",
        "this course",
        {
            "gate at the bias 0": exactly(0.5),
            "gate at the bias 1": near(0.73, 0.005),
            "gate at the bias 3": near(0.953, 0.0005),
            "gate at the bias 5": near(0.993, 0.0005),
            "gate at the bias 7": near(0.9991, 0.0001),
            "half-life at 0": near(1.0, 1e-9),
            "half-life at 1": near(2.2, 0.05),
            "half-life at 3": near(14.3, 0.05),
            "half-life at 5": near(103, 0.5),
            "half-life at 7": near(760, 0.6),
        },
        gates.half_lives,
    ),
    Exact(
        "forget_limit",
        "With a gate of 0.9 and at most 1 added at each step a state cannot pass 10.",
        HERE,
        {"farthest state": between(9.99, 10), "1 divided by what is lost": near(10, 1e-9)},
        gates.limit,
    ),
    Exact(
        "forget_large",
        "With all gates at a sum of 5 and the candidate near 1 the state is 18.65 after twenty steps, on its "
        "way to 148.",
        "this course",
        {"after 20 steps": near(18.65, 0.005), "in the end": near(148, 0.5)},
        gates.large,
    ),
    Exact(
        "forget_decay",
        "A loss of a tenth halves a state in 6.6 steps; after the twelve letters that a string has on "
        "average 28 per cent are left.",
        HERE,
        {
            "half-life": near(6.6, 0.05),
            "left after 12 steps": near(0.28, 0.005),
            "letters in a string": near(12, 1e-9),
        },
        gates.decay,
    ),
    Exact(
        "forget_fifty",
        "A half-life of 50 steps asks for a gate of 0.98623 and a bias of 4.27.",
        HERE,
        {"gate": near(0.98623, 5e-6), "bias": near(4.27, 0.005)},
        gates.fifty,
    ),
    Exact(
        "forget_reset_sum",
        "A gate of a hundredth asks for a sum of −4.6, so with a bias of 3 for −7.6 from the weights.",
        HERE,
        {"sum": near(-4.6, 0.01), "from the weights": near(-7.6, 0.01)},
        gates.reset_sum,
    ),
)

UNTRAINED = (
    Exact(
        "forget_product",
        "On the direct way back the gradient of a cell state is that of the end times the product of the "
        "forget gates between.",
        "this course",
        {"largest relative difference": below(1e-9)},
        gates.product,
        seconds=1.2,
    ),
    Exact(
        "forget_untrained",
        "What is left of an error after 99 steps along the cell state of untrained LSTMs depends on the "
        "bias of the forget gate.",
        HERE,
        {
            "least left at the bias 0": factor(2.7e-30, 2),
            "most left at the bias 0": below(1e-25),
            "least left at the bias 1": factor(5.1e-14, 2),
            "most left at the bias 1": below(2.1e-11),
            "least left at the bias 3": between(0.003, 0.004),
            "most left at the bias 3": between(0.016, 0.018),
            "least left at the bias 5": near(0.37, 0.01),
            "most left at the bias 5": near(0.60, 0.01),
        },
        gates.untrained_shares,
        seconds=2.2,
    ),
    Exact(
        "forget_spans",
        "In the LSTM that solves the adding problem the units' half-lives are from 9.5 to 366 steps.",
        HERE,
        {"shortest": near(9.5, 0.05), "longest": near(366, 1), "gate at the start": near(0.993, 0.0005)},
        gates.spans,
        seconds=0.2,
    ),
    Exact(
        "forget_measured",
        "The bias of 3 alone would leave 0.008 of a gradient after 99 steps; eight networks left 0.003 to "
        "0.017 on the direct way.",
        HERE,
        {
            "by the bias alone": near(0.0081, 0.0001),
            "least": between(0.003, 0.004),
            "most": between(0.016, 0.017),
        },
        gates.measured,
        seconds=0.6,
    ),
    Exact(
        "forget_measured_full",
        "With the full gradient the same networks left between 0.05 and 1.5.",
        HERE,
        {"least": near(0.05, 0.001), "most": near(1.5, 0.05)},
        gates.measured_full,
        seconds=0.9,
    ),
)

CLAIMS: tuple[Claim, ...] = (*STREAM, *STILL, *UNTRAINED)
