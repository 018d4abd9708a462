"""The claims of the lesson on adding and multiplying."""

from statistics import median

from lessons.adding import measured, products
from lessons.claims import HOLDS, Claim, Exact, Trained, about, above, below, between, exactly, near
from lstm_viz.papers.adding_product import BY_SUM

PAPER = "Hochreiter & Schmidhuber 1997"


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "adding_latch",
        "A tanh unit with the weight 2 forgets how much it was told: it ends in the same place.",
        "this course",
        {"where it ends": near(0.957504, 1e-6), "largest difference": exactly(0.0)},
        measured.latch,
    ),
    Exact(
        "adding_guess",
        "Who always says 1 has a mean squared error of one sixth.",
        "Arjovsky, Shah & Bengio 2015, the adding problem",
        {"baseline of the task": near(1 / 6, 1e-12), "of 200,000 sums": near(1 / 6, 0.002)},
        measured.guess,
    ),
    Exact(
        "adding_gate",
        "In the trained LSTM the input gate of unit 14 opens at the two marks and nowhere else.",
        "this course, with the Explorer's trained LSTM",
        {
            "at the first mark": near(0.90, 0.005),
            "at the second mark": near(0.74, 0.005),
            "widest elsewhere": below(0.03),
        },
        measured.gate,
    ),
    Exact(
        "adding_unit",
        "Its last cell state goes with the sum.",
        "this course, with the Explorer's trained LSTM",
        {"correlation with the sum": near(0.98, 0.005)},
        measured.unit,
    ),
    Exact(
        "adding_two_units",
        "Two rectified units with weights of 1 and −1 add exactly, over any time.",
        "this course; a state handed on unchanged: Henaff, Szlam & LeCun 2016",
        {f"largest error, {T} steps": below(1e-15) for T in ("100", "1,000", "10,000")}
        | {"gradient from the first mark on": HOLDS},
        measured.two_units,
        seconds=1.0,
    ),
    Exact(
        "adding_weight",
        "A carousel with the weight 0.999 is worse than a guess over 1,000 steps, 0.99 nearly so over 100.",
        "this course",
        {
            "0.999, 100 steps": near(0.0026, 0.0002),
            "0.999, 1,000 steps": above(1 / 6),
            "0.99, 100 steps": between(0.14, 1 / 6),
        },
        measured.weight,
        seconds=0.5,
    ),
    Exact(
        "adding_longer",
        "The trained LSTM answers well over 100 steps, worse over 200, and worse than a guess over 1,000.",
        "this course, with the Explorer's trained LSTM",
        {
            "error, 100 steps": near(0.0002, 0.00001),
            "share wrong, 100 steps": exactly(0.0),
            "share wrong, 200 steps": near(0.13, 0.01),
            "error, 1,000 steps": near(0.34, 0.01),
        },
        measured.longer,
        seconds=1.0,
    ),
    Exact(
        "adding_small",
        "A hand-set cell that reads a tenth of the number adds nearly exactly, one that reads all of it not.",
        "this course",
        {"weight 1": near(0.173, 0.002), "weight 0.1": about(6.0e-5, 0.02)},
        measured.small,
    ),
    Exact(
        "adding_lucky",
        "Who always says 1 is off by less than 0.08 in 15.4 per cent of all cases.",
        "this course",
        {"share right": near(0.154, 0.0005), "wrong of 2,560": near(2167, 0.5)},
        measured.lucky,
    ),
    Exact(
        "adding_cloud",
        "The sum explains most of a product: a line in it leaves a seventh of the variance, a curve 1/540.",
        "this course",
        {
            "always a quarter": near(7 / 144, 1e-5),
            "a line in the sum": near(1 / 144, 1e-5),
            "the best curve": near(BY_SUM, 1e-5),
        },
        products.errors,
        seconds=0.3,
    ),
    Exact(
        "adding_threshold",
        "On the paper's scale the whole variance is 1/24, hardly more than 0.04.",
        PAPER + ", experiment 4, for the scale",
        {"variance": near(0.0417, 0.0001), "of 200,000 sequences": near(0.0417, 0.0005)},
        measured.threshold,
    ),
    Exact(
        "adding_column",
        "With 14 of 2,560 answers wrong by at most 1, and the others right, the mean square is below 0.0139.",
        PAPER + ", experiment 5",
        {"at most": near(0.0071, 0.0001), "right answers at most": near(0.0016, 1e-9)},
        measured.column,
        paper="0.0139",
    ),
    Exact(
        "adding_negative",
        "Two rectified units add numbers below zero as well.",
        "this course",
        {"largest error": below(1e-12)},
        measured.negative,
    ),
    Exact(
        "adding_bell",
        "A mean square of 0.01 has 57.6 per cent of the answers within 0.08, one of 0.001 has 98.9.",
        "this course",
        {"mean square 0.01": near(0.576, 0.0005), "mean square 0.001": near(0.989, 0.0006)},
        measured.bell,
    ),
    Trained(
        "adding_plain",
        "A plain network gets about as many answers wrong as one that always says 1.",
        PAPER + ", experiment 4",
        {"fewest wrong": exactly(2135), "most wrong": exactly(2153)},
        "adding_1997",
        lambda arms: {"fewest wrong": min(arms["tanh RNN"]), "most wrong": max(arms["tanh RNN"])},
    ),
    Trained(
        "adding_race",
        "The LSTM of 1997 gets 73 of 2,560 answers wrong in the median; with a forget gate at most 19.",
        PAPER + ", experiment 4",
        {
            "LSTM 1997, median": near(73, 0.5),
            "LSTM 1997, best": exactly(3),
            "LSTM 1997, worst": exactly(300),
            "LSTM, worst": exactly(19),
        },
        "adding_1997",
        lambda arms: {
            "LSTM 1997, median": median(arms["LSTM 1997"]),
            "LSTM 1997, best": min(arms["LSTM 1997"]),
            "LSTM 1997, worst": max(arms["LSTM 1997"]),
            "LSTM, worst": max(arms["LSTM"]),
        },
        paper="1 of 2,560",
    ),
    Trained(
        "adding_patience",
        "Over 50 steps ten times the updates bring a plain network from a guess to 0.028–0.036.",
        "this course",
        {
            "LSTM, worst": below(0.002),
            "tanh RNN, best": between(0.155, 1 / 6),
            "with ten times the updates, best": near(0.028, 0.0006),
            "with ten times the updates, worst": near(0.036, 0.0006),
        },
        "adding_patience",
        lambda arms: {
            "LSTM, worst": max(arms["LSTM"]),
            "tanh RNN, best": min(arms["tanh RNN"]),
            "with ten times the updates, best": min(arms["tanh RNN, ten times as many"]),
            "with ten times the updates, worst": max(arms["tanh RNN, ten times as many"]),
        },
    ),
    Trained(
        "adding_product",
        "Five LSTMs multiply better than the sum would let them, five plain networks guess.",
        PAPER + ", experiment 5",
        {
            "LSTM, best": near(0.0001, 0.000005),
            "LSTM, worst": near(0.00021, 0.000005),
            "from the sum alone": near(BY_SUM, 1e-6),
            "tanh RNN, best": above(0.048),
        },
        "adding_product",
        lambda arms: {
            "LSTM, best": min(arms["LSTM"]),
            "LSTM, worst": max(arms["LSTM"]),
            "from the sum alone": products.errors()["the best curve"],
            "tanh RNN, best": min(arms["tanh RNN"]),
        },
        paper="139 of 2,560 wrong after 482,000 sequences",
    ),
)
