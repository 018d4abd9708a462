"""The claims of the lesson on irregular time and sliding windows."""

from statistics import median

from lessons.claims import Claim, Exact, Trained, below, exactly, near
from lessons.irregular_time import measured

BAYTAS = "Baytas, Xiao, Zhang, Wang, Jain & Zhou 2017"
VOELKER = "Voelker, Kajić & Eliasmith 2019"
TOLD, AWARE, BLIND = "LSTM, gap as an input", "T-LSTM", "LSTM, no times"

CLOCKS = (
    Exact(
        "irregular_is_lstm",
        "With next to no time between the steps the T-LSTM computes what the LSTM computes.",
        BAYTAS,
        {"largest difference of cell states": below(1e-11)},
        measured.is_lstm,
    ),
    Exact(
        "irregular_fade",
        "Of the short-lived part 0.76 is left after one unit of time, 0.49 after five, 0.34 after sixteen, "
        "0.14 after a thousand.",
        BAYTAS,
        {
            "after 1": near(0.76, 0.005),
            "after 5": near(0.49, 0.005),
            "after 16": near(0.34, 0.005),
            "after 1,000": near(0.14, 0.005),
        },
        measured.fade,
    ),
    Exact(
        "irregular_units",
        "After one day 0.76 is left if time is told in days, and 0.088 if it is told in seconds.",
        "this course",
        {"one day": near(0.76, 0.005), "86,400 seconds": near(0.088, 0.0005)},
        measured.units,
    ),
    Trained(
        "irregular_trained",
        "On gaps like those of training the LSTM that reads them is best, the T-LSTM second, and the LSTM "
        "without times hardly better than no memory.",
        BAYTAS,
        {
            "LSTM that reads the gap, median": near(0.0010, 0.00006),
            "T-LSTM, median": near(0.0100, 0.0001),
            "LSTM without times, median": near(0.256, 0.0006),
        },
        "tlstm_2017",
        lambda arms: {
            "LSTM that reads the gap, median": median(arms[TOLD]),
            "T-LSTM, median": median(arms[AWARE]),
            "LSTM without times, median": median(arms[BLIND]),
        },
    ),
    Trained(
        "irregular_gaps",
        "On gaps four times the longest in training every T-LSTM errs less than every LSTM that reads them.",
        "this course",
        {
            "T-LSTM, best": near(0.004, 0.0005),
            "T-LSTM, worst": near(0.021, 0.0005),
            "LSTM that reads the gap, best": near(0.036, 0.0005),
            "LSTM that reads the gap, worst": near(0.80, 0.005),
        },
        "irregular_gaps",
        lambda arms: {
            "T-LSTM, best": min(arms[AWARE]),
            "T-LSTM, worst": max(arms[AWARE]),
            "LSTM that reads the gap, best": min(arms[TOLD]),
            "LSTM that reads the gap, worst": max(arms[TOLD]),
        },
    ),
)
WINDOWS = (
    Exact(
        "irregular_recall",
        "Untrained, a memory of order 12 keeps its window to 0.2 per cent, one of order 8 is off by 15.",
        VOELKER,
        {
            "order 8": near(0.152, 0.005),
            "order 12": below(0.002),
            "shortest wave": near(78.5, 0.5),
        },
        measured.recall,
    ),
    Exact(
        "irregular_order",
        "With 4, 6, 8, 10 and 12 numbers the error is 71, 50, 15, 2 and 0.2 per cent.",
        VOELKER,
        {
            "order 4": near(0.71, 0.005),
            "order 6": near(0.50, 0.006),
            "order 8": near(0.15, 0.005),
            "order 10": near(0.02, 0.001),
            "order 12": near(0.0016, 0.0004),
            "turns of the fastest wave in the window": near(2.55, 0.06),
        },
        measured.order,
    ),
    Exact(
        "irregular_waves",
        "Waves twice as fast, or a window twice as long, take order 20 where 12 was enough.",
        VOELKER,
        {
            "waves twice as fast, order 12": near(0.51, 0.006),
            "waves twice as fast, order 20": below(0.002),
            "a window twice as long, order 12": near(0.55, 0.01),
            "a window twice as long, order 20": below(0.002),
        },
        measured.waves,
    ),
    Exact(
        "irregular_pulse",
        "Of a pulse 17 per cent are left shortly before the window's end, and 0.75 shortly after it.",
        VOELKER,
        {
            "after 190 steps": near(0.167, 0.005),
            "after 240 steps": near(0.0075, 0.0001),
            "a constant forget gate after 240": near(0.10, 0.006),
        },
        measured.pulses,
    ),
    Exact(
        "irregular_smallest",
        "Below one per cent it takes order 11 for two and a half turns in the window, and 18 for five.",
        VOELKER,
        {"two and a half turns": exactly(11), "five turns": exactly(18)},
        measured.smallest,
        seconds=0.2,
    ),
    Trained(
        "irregular_delay",
        "At a delay of 200 steps the LMU is off by 3 per cent, an LSTM by 44, a plain network by 100.",
        VOELKER,
        {
            "LMU, median": near(0.03, 0.002),
            "LSTM, median": near(0.44, 0.005),
            "tanh RNN, median": near(1.0, 0.005),
        },
        "lmu_2019",
        lambda arms: {f"{arm}, median": median(arms[arm]) for arm in ("LMU", "LSTM", "tanh RNN")},
        "delays of up to 100,000 steps; a capacity two orders of magnitude beyond the LSTM's",
    ),
)
CLAIMS: tuple[Claim, ...] = (*CLOCKS, *WINDOWS)
