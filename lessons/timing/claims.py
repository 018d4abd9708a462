"""The claims of the lesson on timing and peepholes."""

from collections.abc import Mapping

from lessons.claims import HOLDS, Claim, Exact, Trained, above, below, between, exactly, near
from lessons.timing import by_hand
from lstm_viz.papers.timing import CLOSE

HERE = "this course"
GERS = "Gers & Schmidhuber 2000"
PRECISE = "Gers, Schraudolph & Schmidhuber 2002"
Arms = Mapping[str, list[float]]


def keeping(arms: Arms) -> dict[str, float]:
    """How many nets of each kind come below the paper's error."""
    return {f"{name}: how many keep time": sum(v < CLOSE for v in values) for name, values in arms.items()}


def spikes(arms: Arms) -> dict[str, float]:
    """How many nets measure, and the worst."""
    good = {f"{name}: below 0.001": sum(v < 0.001 for v in values) for name, values in arms.items()}
    return good | {f"{name}: worst": max(values) for name, values in arms.items()}


EXACT = (
    Exact(
        "timing_blind",
        "With its output gates shut an LSTM's other gates are the same whatever the cell states are; with "
        "peepholes they differ by 0.15 and more.",
        f"{GERS}; this course",
        {"without peepholes, most": exactly(0), "with peepholes, least": above(0.15)},
        by_hand.blind,
    ),
    Exact(
        "timing_weights",
        "With one input and 16 units an LSTM has 1,152 weights, and 1,200 with peepholes.",
        HERE,
        {"LSTM": exactly(1152), "with peepholes": exactly(1200)},
        by_hand.weights,
    ),
    Exact(
        "timing_clock",
        "A unit with peepholes strikes every 10, 50 or 1,000 steps, for three thousand steps, without an "
        "error and without a sound in between.",
        HERE,
        {
            f"{what}, period {period}": bound
            for period in ("10", "50", "1,000")
            for what, bound in (
                ("strikes where they should be", HOLDS),
                ("most in between", below(1e-15)),
            )
        },
        by_hand.clocks,
        seconds=0.4,
    ),
    Exact(
        "timing_measure",
        "A unit with peepholes speaks if two signals are 50 steps apart and is silent if they are 49 apart; "
        "so it is with 1,000 and 999.",
        f"{PRECISE}, abstract: 50 against 49 steps",
        {
            "says at 49 steps": below(1e-6),
            "says at 50 steps": above(0.99),
            "says at 999 steps": below(1e-6),
            "says at 1,000 steps": above(0.99),
        },
        by_hand.measures,
        paper="intervals of 50 against 49 steps (abstract)",
    ),
    Exact(
        "timing_cut",
        "Without the peephole of its forget gate the clock strikes at every step from the tenth on.",
        HERE,
        {"first strike": exactly(10), "strikes in 100 steps": exactly(91), "last strike": exactly(100)},
        by_hand.cut,
    ),
    Exact(
        "timing_creeps",
        "Without input and with shut output gates no cell state of twenty random LSTMs turns back in 200 "
        "steps.",
        HERE,
        {"cell states": exactly(80), "turned back": exactly(0)},
        by_hand.creeps,
    ),
    Exact(
        "timing_pair",
        "Two units without peepholes, one of them showing its tally, strike every 10 or 1,000 steps too.",
        HERE,
        {f"strikes where they should be, period {period}": HOLDS for period in ("10", "1,000")},
        by_hand.pairs,
    ),
    Exact(
        "timing_pair_weights",
        "They need weights of 180 to 190 times the period, where the peephole stays at 80.",
        HERE,
        {f"weight by period at {period}": between(180, 191) for period in ("10", "100", "1,000")}
        | {"the peephole": exactly(80)},
        by_hand.pair_weights,
    ),
    Exact(
        "timing_soft",
        "At a sharpness of 20 the clock strikes every ten steps, at 10 at unequal intervals; at 5 the tally "
        "wavers, at 1 it comes to rest at 7.61.",
        HERE,
        {
            "shortest interval at 20": exactly(10),
            "longest at 20": exactly(10),
            # Without order, these two depend on the last digits.
            "shortest at 10": between(3, 8),
            "longest at 10": between(15, 30),
            "lowest tally at 5": between(5, 6),
            "highest at 5": between(9, 10),
            "tally at 1": near(7.61, 0.005),
            "how far it still moves": below(1e-6),
        },
        by_hand.soft,
        seconds=0.5,
    ),
    Exact(
        "timing_wiki",
        "With the clock's weights the cell of the encyclopaedia strikes at step 11 with a height of 0.76; "
        "with a lower threshold of its output gate at 10 and at 11.",
        HERE,
        {
            "first strike": exactly(11),
            "its height": near(0.76, 0.005),
            "then": exactly(21),
            "first strike with the lower threshold": exactly(10),
            "second": exactly(11),
        },
        by_hand.in_the_article,
    ),
    Exact(
        "timing_wiki_weights",
        "With one input and 16 units the papers' form has 1,200 weights and the encyclopaedia's 896.",
        HERE,
        {"as in the papers": exactly(1200), "as in the encyclopaedia": exactly(896)},
        by_hand.article_weights,
    ),
    Exact(
        "timing_double",
        "With both peepholes twice as strong and the biases as they were the clock strikes every five steps.",
        HERE,
        {"first strike": exactly(5), "shortest interval": exactly(5), "longest": exactly(5)},
        by_hand.double,
    ),
    Exact(
        "timing_minutes",
        "A second unit that counts the strikes of the first strikes at every sixtieth step.",
        HERE,
        {"strikes where they should be": HOLDS, "each together with the first": HOLDS},
        by_hand.minutes,
        seconds=0.7,
    ),
)

TRAINED = (
    Trained(
        "timing_row",
        "Of nets that learn a swing of 25 steps in 1,500 updates none of one unit comes below the paper's "
        "error, and six of ten with four units, with peepholes or without.",
        PRECISE,
        {
            "1 cell, peepholes: how many keep time": exactly(0),
            "1 cell, none: how many keep time": exactly(0),
            "4 cells, peepholes: how many keep time": exactly(6),
            "4 cells, none: how many keep time": exactly(6),
        },
        "timing",
        keeping,
        paper="one cell with peepholes: error 0.17 ± 0.019; without, only a swing of 10 steps",
    ),
    Trained(
        "timing_swing",
        "A swing of 10 steps is learnt by all ten nets of four units, with peepholes or without, and by none "
        "of one unit.",
        PRECISE,
        {
            "1 unit, peepholes: how many keep time": exactly(0),
            "1 unit, none: how many keep time": exactly(0),
            "4 units, peepholes: how many keep time": exactly(5),
            "4 units, none: how many keep time": exactly(5),
        },
        "timing_swing",
        keeping,
    ),
    Trained(
        "timing_spikes",
        "Delays of 10, 11 and 12 steps are measured by four of five nets with peepholes, and by four of five "
        "without.",
        PRECISE,
        {
            "peepholes: below 0.001": exactly(4),
            "none: below 0.001": exactly(4),
            "peepholes: worst": above(0.5),
            "none: worst": above(0.5),
        },
        "timing_spikes",
        spikes,
        paper="solved with and without peepholes",
    ),
)

CLAIMS: tuple[Claim, ...] = (*EXACT, *TRAINED)
