"""What is said of nets that count by weights that were written down, and of the grammar."""

import math

import numpy as np

from lessons.counting.nets import gru2, lstm2, lstm3, reach, read, sigmoid
from lessons.forget_gate.gates import length, logit
from lstm_viz.tasks import TASKS

EDGE = math.atanh(0.3)  # the tally whose tanh is as high as what T always has


def reber_length() -> dict[str, float]:
    """The letters of a string and the questions about it."""
    return {"letters in a string": length(), "questions": length() - 1}


def reber_hides() -> dict[str, float]:
    """Right answers of whoever knows all but the far one, where a coin is tossed."""
    return {"% of answers that are right": 100 * (1 - 0.5 / (length() - 1))}


def baseline() -> dict[str, float]:
    """What knowing the current letter alone is worth."""
    return {"share of strings up to ten": 1 - TASKS["anbn"].baseline(21)[0]}


def two() -> dict[str, float]:
    """The counter for two letters that forgets nothing."""
    long = read(lstm2(40), 1000)
    return {
        "right up to n =": reach(lstm2(40), 100),
        "wrong steps at n = 1,000": (~long.right).sum(),
        "tally after the last a": long.states[1000, 0],
        "after the last b": long.states[-1, 0],
    }


def three() -> dict[str, float]:
    """The counter for three letters."""
    long = read(lstm3(40), 1000)
    return {"right up to n =": reach(lstm3(40), 100), "wrong steps at n = 1,000": (~long.right).sum()}


def leak_example() -> dict[str, float]:
    """The counter with the bias 5 at ten and eleven."""
    ten, eleven = read(lstm2(5), 10), read(lstm2(5), 11)
    return {
        "gate": sigmoid(5),
        "wrong steps at n = 10": (~ten.right).sum(),
        "wrong steps at n = 11": (~eleven.right).sum(),
        "the step": np.flatnonzero(~eleven.right)[0] + 1,
        "tally there": eleven.states[21, 0],
        "its tanh": math.tanh(eleven.states[21, 0]),
    }


def leak() -> dict[str, float]:
    """How far the counter gets by its bias."""
    return {f"up to n = at the bias {b}": reach(lstm2(b)) for b in (1, 3, 5, 7, 9)}


def root() -> dict[str, float]:
    """The reach against the root of what may be lost divided by the leak."""
    told = {b: math.sqrt((1 - EDGE) / (1 - sigmoid(b))) for b in range(11)}
    return {
        "what may be lost": 1 - EDGE,
        "largest difference, biases 0 to 10": max(abs(told[b] - reach(lstm2(b))) for b in told),
    }


def gru() -> dict[str, float]:
    """How far the GRU gets by the bias of its update gate."""
    return {f"up to n = at the bias {b}": reach(gru2(b)) for b in (5, 7, 9)}


def gru_step() -> dict[str, float]:
    """The step of a GRU that counts to a thousand, and the weight that reads it."""
    step = (1 - EDGE) / 1000**2
    return {"step in millionths": 1e6 * step, "weight in millions": 1e-6 / step}


def floats() -> dict[str, float]:
    """Where adding 1 changes nothing any more."""
    return {"16 bits": stops(np.float16, 1), "32 bits": stops(np.float32, 2**24 - 8)}


def stops(kind: type, start: float, step: float = 1.0) -> float:
    """The first tally from `start` on that adding a step leaves as it is."""
    c = kind(start)
    while c + kind(step) > c:
        c = kind(c + kind(step))
    return float(c)


def float_steps() -> dict[str, float]:
    """The same in steps of a sixteenth."""
    end = stops(np.float16, 0, 1 / 16)
    return {"16 bits, in steps of a sixteenth": end, "steps": 16 * end}


def exercise() -> dict[str, float]:
    """The bias of 6, and the bias for a thousand."""
    leak = (1 - EDGE) / 1000**2
    return {
        "gate at 6": sigmoid(6),
        "root": math.sqrt((1 - EDGE) / (1 - sigmoid(6))),
        "up to n =": reach(lstm2(6)),
        "bias for 1,000": logit(1 - leak),
    }


def three_reach() -> dict[str, float]:
    """Two letters and three with the same leak."""
    low = math.atanh(0.6)
    return {
        "two letters, up to n =": reach(lstm2(7)),
        "three letters": reach(lstm3(7)),
        "tally that is needed": low,
        "root": math.sqrt((1 - low) / (1 - sigmoid(7))),
    }


def ninety_seven() -> dict[str, float]:
    """What 97 per cent right means for the far question."""
    right = 1 - (length() - 1) * 0.03
    return {"% right at the far question": 100 * right, "% that know it": 100 * (2 * right - 1)}
