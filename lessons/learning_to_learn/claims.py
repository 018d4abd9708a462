"""The claims of the lesson on learning to learn."""

from lessons.claims import Claim, Exact, Trained, about, above, below, between, exactly, near
from lessons.learning_to_learn import by_state

HERE = "this course"
PAPER = "the arrangement: Hochreiter, Younger & Conwell 2001, Learning to learn using gradient descent"
WIDE = "tanh RNN, 32 units, rate 0.01"

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "learning_nothing",
        "Saying 0 has a mean squared error of 4/9 on these lines, and a line through two points none.",
        HERE,
        {"error of saying 0": near(4 / 9, 0.01), "largest error through two points": below(1e-9)},
        by_state.nothing,
    ),
    Exact(
        "learning_curve",
        "With frozen weights the LSTM's error on new lines falls from 0.45 to 0.001 within ten points.",
        PAPER,
        {
            "point 1": near(0.45, 0.005),
            "point 2": near(0.16, 0.005),
            "point 3": near(0.05, 0.002),
            "point 5": near(0.007, 0.0005),
            "point 10": near(0.001, 0.0001),
            "point 20": near(0.0008, 0.0001),
            "lines that it practised on": exactly(96_000),
        },
        by_state.curve,
        seconds=1.0,
    ),
    Exact(
        "learning_wiped",
        "With its state put back to 0 after ten points the LSTM has to begin again.",
        HERE,
        {
            "point 11, state put back": near(0.42, 0.01),
            "point 20, state put back": near(0.003, 0.0005),
            "point 11, state kept": below(0.001),
        },
        by_state.wiped,
        seconds=0.3,
    ),
    Exact(
        "learning_decoded",
        "Two weighted sums of the LSTM's states tell the slope and the height of a line.",
        HERE,
        {
            "slope after 2 answers": near(0.76, 0.02),
            "height after 2 answers": near(0.91, 0.02),
            "slope after 9 answers": above(0.99),
            "height after 9 answers": above(0.99),
        },
        by_state.decoded,
        seconds=0.3,
    ),
    Exact(
        "learning_second",
        "At the second point the LSTM does nearly as well as is possible with one point.",
        HERE,
        {"least possible": near(0.152, 0.001), "the LSTM": near(0.161, 0.001)},
        by_state.second,
        seconds=0.7,
    ),
    Exact(
        "learning_delta",
        "The LSTM is ahead of the delta rule until about the sixteenth point, and behind it later.",
        "the delta rule: Widrow & Hoff 1960",
        {
            "best rate of the delta rule": near(0.7, 1e-9),
            "all twenty, LSTM": near(0.71, 0.01),
            "all twenty, delta rule": near(0.96, 0.01),
            "point 6, LSTM": near(0.0036, 0.0005),
            "point 6, delta rule": near(0.033, 0.001),
            "point 16, LSTM": near(0.0008, 0.0001),
            "point 16, delta rule": near(0.0007, 0.0001),
            "point 20, LSTM": near(0.0008, 0.0001),
            "point 20, delta rule": near(0.0001, 0.00005),
        },
        by_state.against_delta,
        seconds=0.3,
    ),
    Exact(
        "learning_steep",
        "On a slope of 3, which never occurred in its training, and on a parabola the LSTM fails.",
        HERE,
        {
            "slope 3, point 20, LSTM": near(0.67, 0.01),
            "slope 3, point 20, delta rule": near(0.0023, 0.0002),
            "parabola, point 20, LSTM": about(0.144, 0.02),
            "parabola, best straight line": about(0.090, 0.02),
        },
        by_state.strangers,
    ),
    Exact(
        "learning_switch",
        "If the line is exchanged after ten points, the LSTM's error is some twenty times the usual one "
        "even ten points later.",
        HERE,
        {
            "point 10": near(0.001, 0.0001),
            "point 11, another line": near(0.87, 0.01),
            "point 20, another line": near(0.019, 0.001),
            "point 20, times that without a change": between(20, 26),
        },
        by_state.switched,
        seconds=0.4,
    ),
    Exact(
        "learning_tanh",
        "After the same 96,000 lines at the same rate the tanh network ends at 0.012 and the LSTM at 0.0008.",
        HERE,
        {
            "point 20, LSTM": near(0.0008, 0.0001),
            "lines, LSTM": exactly(96_000),
            "point 20, tanh RNN": near(0.012, 0.001),
            "lines, tanh RNN": exactly(96_000),
        },
        by_state.plain,
        seconds=0.4,
    ),
    Exact(
        "learning_mean",
        "Saying the mean of the answers so far ends at an error of 0.11; the LSTM is below that at its third "
        "point.",
        HERE,
        {"mean of the answers": near(0.11, 0.006), "the LSTM at point 3": near(0.05, 0.002)},
        by_state.mean_alone,
        seconds=0.5,
    ),
    Trained(
        "learning_cells",
        "With three seeds each, LSTM and GRU are left with a small error at the last ten of twenty points, "
        "and the tanh network with about ten times as much.",
        PAPER,
        {"LSTM, worst": below(0.0015), "GRU, worst": below(0.002), "tanh RNN, best": above(0.01)},
        "learning_lines",
        lambda arms: {
            "LSTM, worst": max(arms["LSTM"]),
            "GRU, worst": max(arms["GRU"]),
            "tanh RNN, best": min(arms["tanh RNN"]),
        },
    ),
    Trained(
        "learning_fair",
        "At a smaller rate the tanh network is left with more, with twice the units with less, and still "
        "with several times the LSTM's error.",
        HERE,
        {
            "rate 0.005, best": near(0.019, 0.001),
            "32 units, best": near(0.008, 0.0006),
            "32 units, worst": near(0.0096, 0.0006),
            "as a multiple of the LSTM's worst": above(5),
        },
        "learning_lines",
        lambda arms: {
            "rate 0.005, best": min(arms["tanh RNN, rate 0.005"]),
            "32 units, best": min(arms[WIDE]),
            "32 units, worst": max(arms[WIDE]),
            "as a multiple of the LSTM's worst": min(arms[WIDE]) / max(arms["LSTM"]),
        },
    ),
)
