"""The claims of the lesson on one step."""

from lessons.claims import HOLDS, Claim, Exact, Expect, above, below, between, exactly, near
from lessons.one_step import measured

HERE = "this course, with the Explorer's trained LSTM"
GERS = "Gers, Schmidhuber & Cummins 2000"


def rounded(numbers: dict[str, float], places: int = 3) -> dict[str, Expect]:
    """Each number as it is written, to so many places."""
    return {name: near(value, 1.01 * 10**-places) for name, value in numbers.items()}


QUIET = {
    **{"f, from the input": -0.157, "f, from the hidden state": 0.065, "f, bias": 4.970, "f, sum": 4.879},
    **{"i, from the input": -0.080, "i, from the hidden state": -1.553, "i, bias": -3.612, "i, sum": -5.245},
    **{"o, from the input": 0.061, "o, from the hidden state": 1.484, "o, bias": 0.986, "o, sum": 2.531},
    **{"g, from the input": 0.598, "g, from the hidden state": -0.350, "g, bias": -0.046, "g, sum": 0.202},
    **{"f, value": 0.992, "i, value": 0.005, "o, value": 0.926, "g, value": 0.199},
    **{"old cell state": 0.305, "kept": 0.303, "let in": 0.001, "cell state": 0.304},
    **{"its tanh": 0.295, "hidden state": 0.273, "mark": 0.0},
}

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "step_seen",
        "At the second marked number the cell state of unit 14 falls from 0.304 to 0.014, and the network's "
        "answer is right all the same.",
        HERE,
        {
            **rounded({"cell state at step 9": 0.345, "lowest until step 32": 0.304}),
            **rounded({"at step 32": 0.304, "at step 33": 0.014}),
            **rounded({"value read at step 33": 0.17, "answer": 0.84, "sum": 0.83}, 2),
        },
        measured.seen,
    ),
    Exact(
        "step_quiet",
        "At step 32 unit 14 holds what it has: every product and every sum.",
        HERE,
        rounded(QUIET)
        | {"value read": near(0.64, 0.006), "farthest from the engine's own cell state": below(1e-12)},
        measured.quiet,
    ),
    Exact(
        "step_fused",
        "One product of a matrix of 64 rows and 18 columns gives the same sums as eight matrices.",
        "common practice; this course",
        {"rows": exactly(64), "columns": exactly(18), "largest difference": below(1e-14)},
        measured.fused,
    ),
    Exact(
        "step_hoisted",
        "The input's part of all sums can be computed for all steps at once.",
        "common practice; this course",
        {"steps": exactly(60), "largest difference": below(1e-14)},
        measured.hoisted,
    ),
    Exact(
        "step_count",
        "The cell has 1,216 numbers, whether it reads 20 steps or 200; with two biases a sum 1,280.",
        "the documentation of torch.nn.LSTM for the two biases",
        {
            "numbers at 20 steps": exactly(1216),
            "numbers at 200 steps": exactly(1216),
            "with two biases": exactly(1280),
        },
        measured.counted,
    ),
    Exact(
        "step_fall",
        "At step 33 the forget gate keeps most of the cell state; what brings it down is let in.",
        HERE,
        rounded(
            {"f": 0.953, "i": 0.737, "g": -0.374, "o": 0.986, "kept": 0.289, "let in": -0.275}
            | {"cell state": 0.014}
        ),
        measured.fall,
    ),
    Exact(
        "step_who_looks",
        "In unit 14 the input gate looks at the mark and the candidate at the value.",
        HERE,
        rounded({"input gate, value": -0.124, "input gate, mark": 6.228})
        | rounded({"candidate, value": 0.928, "candidate, mark": -0.152}),
        measured.who_looks,
    ),
    Exact(
        "step_changed",
        "A larger value would have lifted the state, and without the mark it would have stayed.",
        HERE,
        {
            "cell state with 0.9 in place of 0.17": near(0.485, 0.001),
            "without the mark": near(0.30, 0.005),
            "value at which the candidate is zero": near(0.59, 0.006),
        },
        measured.changed,
    ),
    Exact(
        "step_register",
        "Before the second mark unit 14 holds the first number, after it the sum.",
        HERE,
        {
            "before, with the first number": near(0.999, 0.001),
            "after, with the sum": near(0.994, 0.001),
        },
        measured.register,
        seconds=0.3,
    ),
    Exact(
        "step_budget",
        "Forget gate and input gate of one unit add up to more than one.",
        HERE,
        rounded({"at step 33": 1.69, "at step 9": 1.84}, 2),
        measured.budget,
    ),
    Exact(
        "step_ranges",
        "Gates lie between 0 and 1 and hidden states between −1 and 1, whatever the weights are.",
        GERS,
        {"lowest gate": above(0.0), "highest gate": below(1.0), "largest hidden state": between(0.5, 1.0)},
        measured.ranges,
        seconds=0.3,
    ),
    Exact(
        "step_unbounded",
        "A cell state of the trained network drifts to −3.40, while no hidden state is beyond 0.53.",
        HERE,
        rounded({"cell state of unit 7 at step 60": -3.40, "largest hidden state": 0.53}, 2),
        measured.unbounded,
    ),
    Exact(
        "step_saturated",
        "From a sum of about 37 on the logistic function is 1 in 64 bits.",
        "this course",
        {"smallest sum": near(36.8, 0.3)},
        measured.saturated,
    ),
    Exact(
        "step_unmarked",
        "Without the mark the cell state of unit 14 would be 0.30.",
        HERE,
        rounded({"sum of f": 5.01, "sum of i": -5.20, "sum of g": -0.24}, 2)
        | rounded({"value of f": 0.993, "value of i": 0.005, "value of g": -0.236})
        | rounded({"kept": 0.302, "let in": -0.001})
        | {"cell state": near(0.30, 0.005)},
        measured.unmarked,
    ),
    Exact(
        "step_counted",
        "A layer with 7 inputs and 12 units has 960 numbers, and 1,008 with two biases a sum.",
        "the documentation of torch.nn.LSTM for the two biases",
        {"numbers": exactly(960), "with two biases": exactly(1008)},
        measured.layer_of_12,
    ),
    Exact(
        "step_upwards",
        "With a logistic candidate nothing negative comes in, and unit 14 rises at both marks.",
        HERE,
        {
            "no state falls below what is kept": HOLDS,
            "lowest state": above(0.0),
            "unit 14 after the second mark": near(1.13, 0.005),
            "its rise at the first mark": above(0.01),
            "its rise at the second": above(0.01),
        },
        measured.upwards,
    ),
)
