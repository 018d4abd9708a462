"""The claims of the lesson on grammar and counting."""

from collections.abc import Mapping

from lessons.claims import Claim, Exact, Trained, above, below, exactly, near
from lessons.counting import by_hand
from lstm_viz.papers.counting_reber import CELLS, FEW, MANY, name_of

HERE = "this course"
WEISS = "Weiss, Goldberg & Yahav 2018"
GERS = "Gers & Schmidhuber 2001"
Arms = Mapping[str, list[float]]


def plateau(arms: Arms) -> dict[str, float]:
    """All letters and the far question after few strings, all cells and seeds."""
    every, far = ([v for c in CELLS for v in arms[name_of(c, FEW, about)]] for about in ("all", "far"))
    return {
        "% of all letters, least": min(every),
        "most": max(every),
        "% of the far questions, least": min(far),
        "most of these": max(far),
    }


def late(arms: Arms) -> dict[str, float]:
    """How many of five nets have the far question after 19,200 strings, and the least of each kind."""
    found = {c: arms[name_of(c, MANY, "far")] for c in CELLS}
    there = {f"{c}s above 99 %": sum(v > 99 for v in values) for c, values in found.items()}
    return there | {f"least of the {c}s": min(values) for c, values in found.items()}


def reaches(arms: Arms) -> dict[str, float]:
    """How far the LSTM, the GRU and the plain network count."""
    names = ("LSTM", "GRU", "tanh RNN")
    found = {f"{name}, least": min(arms[name]) for name in names}
    return found | {f"{name}, most": max(arms[name]) for name in names}


def luck(arms: Arms) -> dict[str, float]:
    """How far the LSTM with peepholes counts by its seed."""
    found = sorted(arms["LSTM, peepholes"])
    return {"least": found[0], "second": found[1], "middle": found[2], "two best": found[3]}


def coupled(arms: Arms) -> dict[str, float]:
    """How far the LSTM with coupled gates counts."""
    return {"least": min(arms["coupled gates"]), "most": max(arms["coupled gates"])}


GRAMMAR = (
    Exact(
        "counting_reber_length",
        "A string of the embedded Reber grammar has twelve letters on average, so eleven questions are "
        "asked about it.",
        HERE,
        {"letters in a string": near(12, 1e-9), "questions": near(11, 1e-9)},
        by_hand.reber_length,
    ),
    Exact(
        "counting_reber_hides",
        "Who answers everything but tosses a coin at the far question is right in 95.5 per cent.",
        HERE,
        {"% of answers that are right": near(95.5, 0.05)},
        by_hand.reber_hides,
    ),
    Trained(
        "counting_reber_plateau",
        "After 3,200 strings all networks are right at 95 to 96 per cent of the letters and at about half of "
        "the far questions.",
        HERE,
        {
            "% of all letters, least": above(94.9),
            "most": below(96.5),
            "% of the far questions, least": above(45),
            "most of these": below(60),
        },
        "counting_reber",
        plateau,
    ),
    Trained(
        "counting_reber_late",
        "After 19,200 strings one of five LSTMs has the far question, two of five GRUs and one of five plain "
        "networks; of each kind another is still at 47 to 53 per cent.",
        "Hochreiter & Schmidhuber 1997, experiment 1",
        {
            "LSTMs above 99 %": exactly(1),
            "GRUs above 99 %": exactly(2),
            "tanh RNNs above 99 %": exactly(1),
            "least of the LSTMs": near(53, 0.5),
            "least of the GRUs": near(53, 0.5),
            "least of the tanh RNNs": near(47, 0.5),
        },
        "counting_reber",
        late,
        paper="LSTM 8,440 strings at its best setting, Elman's network without success in 200,000",
    ),
)

COUNTERS = (
    Exact(
        "counting_baseline",
        "To know only the current letter is enough for one string in ten, when n goes up to ten.",
        HERE,
        {"share of strings up to ten": near(0.1, 1e-9)},
        by_hand.baseline,
    ),
    Exact(
        "counting_by_hand",
        "An LSTM of two units, written by hand, makes no mistake up to n = 100, and none at 1,000.",
        HERE,
        {
            "right up to n =": exactly(100),
            "wrong steps at n = 1,000": exactly(0),
            "tally after the last a": exactly(1000),
            "after the last b": exactly(0),
        },
        by_hand.two,
        seconds=0.3,
    ),
    Exact(
        "counting_leak_example",
        "With a forget bias of 5 ten a's and ten b's come out right; with eleven the tally is 0.24 where it "
        "should be 1, and T is said one letter too soon.",
        HERE,
        {
            "gate": near(0.9933, 0.00005),
            "wrong steps at n = 10": exactly(0),
            "wrong steps at n = 11": exactly(1),
            "the step": exactly(22),
            "tally there": near(0.24, 0.005),
            "its tanh": below(0.3),
        },
        by_hand.leak_example,
    ),
    Exact(
        "counting_leak",
        "With forget biases of 1, 3, 5, 7 and 9 the counter gets to 1, 4, 10, 27 and 75.",
        HERE,
        {f"up to n = at the bias {b}": exactly(n) for b, n in {1: 1, 3: 4, 5: 10, 7: 27, 9: 75}.items()},
        by_hand.leak,
        seconds=0.5,
    ),
    Exact(
        "counting_root",
        "The reach is the root of 0.69 divided by the leak, to within one.",
        HERE,
        {"what may be lost": near(0.69, 0.005), "largest difference, biases 0 to 10": below(1)},
        by_hand.root,
        seconds=0.9,
    ),
    Exact(
        "counting_gru_by_hand",
        "A GRU with an update bias of 5, 7 or 9 counts to 10, 28 and 75.",
        WEISS,
        {f"up to n = at the bias {b}": exactly(n) for b, n in {5: 10, 7: 28, 9: 75}.items()},
        by_hand.gru,
        seconds=0.5,
    ),
    Exact(
        "counting_gru_step",
        "To count to 1,000 the GRU's steps have to be 0.0000007, read by a weight of 1.4 million.",
        WEISS,
        {"step in millionths": near(0.7, 0.05), "weight in millions": near(1.4, 0.05)},
        by_hand.gru_step,
    ),
    Exact(
        "counting_three",
        "Three units written by hand count three letters, up to n = 1,000 without a mistake.",
        GERS,
        {"right up to n =": exactly(100), "wrong steps at n = 1,000": exactly(0)},
        by_hand.three,
        seconds=0.4,
    ),
    Exact(
        "counting_float",
        "A tally of ones stops at 2,048 in 16 bits and at 16,777,216 in 32 bits.",
        "this course",
        {"16 bits": exactly(2048), "32 bits": exactly(2**24)},
        by_hand.floats,
    ),
    Exact(
        "counting_float_steps",
        "In steps of one sixteenth the 16-bit tally stops at 128, which is again 2,048 steps.",
        HERE,
        {"16 bits, in steps of a sixteenth": exactly(128), "steps": exactly(2048)},
        by_hand.float_steps,
    ),
    Exact(
        "counting_exercise",
        "With a forget bias of 6 the counter gets to 17; for 1,000 it needs a bias of 14.2.",
        HERE,
        {
            "gate at 6": near(0.99753, 5e-6),
            "root": near(16.7, 0.05),
            "up to n =": exactly(17),
            "bias for 1,000": near(14.2, 0.05),
        },
        by_hand.exercise,
    ),
    Exact(
        "counting_three_reach",
        "With a forget bias of 7 the counter for two letters gets to 27 and the one for three to 18, about "
        "the root of 0.31 divided by the leak.",
        HERE,
        {
            "two letters, up to n =": exactly(27),
            "three letters": exactly(18),
            "tally that is needed": near(0.69, 0.005),
            "root": near(18.4, 0.05),
        },
        by_hand.three_reach,
        seconds=0.4,
    ),
    Exact(
        "counting_97",
        "Who is right at 97 per cent of the letters knows the second letter in 34 of 100 strings.",
        HERE,
        {"% right at the far question": near(67, 1e-6), "% that know it": near(34, 1e-6)},
        by_hand.ninety_seven,
    ),
)

TRAINED = (
    Trained(
        "counting_trained",
        "After practice on strings up to ten, five LSTMs are right up to 11 to 24, five GRUs up to 10 or 11, "
        "five plain networks up to 12 at most and one of them only at n = 1.",
        GERS,
        {
            "LSTM, least": exactly(11),
            "LSTM, most": exactly(24),
            "GRU, least": exactly(10),
            "GRU, most": exactly(11),
            "tanh RNN, least": exactly(1),
            "tanh RNN, most": exactly(12),
        },
        "counting",
        reaches,
        paper="“LSTM outperforms traditional recurrent neural networks” on such languages (abstract)",
    ),
    Trained(
        "counting_luck",
        "Five LSTMs with peepholes reach 10, 33, 43 and twice the end of the examination at 200.",
        GERS,
        {
            "least": exactly(10),
            "second": exactly(33),
            "middle": exactly(43),
            "two best": exactly(200),
        },
        "counting",
        luck,
    ),
    Trained(
        "counting_cifg",
        "Five LSTMs with coupled gates are right up to 11 or 12.",
        HERE,
        {"least": exactly(11), "most": exactly(12)},
        "counting_coupled",
        coupled,
    ),
)

CLAIMS: tuple[Claim, ...] = (*GRAMMAR, *COUNTERS, *TRAINED)
