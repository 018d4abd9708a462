"""What the claims of the lesson on learning to learn measure."""

import numpy as np

from lessons.learning_to_learn.nets import (
    POINTS,
    delta,
    errors,
    lines,
    one_point,
    ran,
    two_points,
)
from lstm_viz.pages.scene import trained
from lstm_viz.tasks.lines import examples

MANY = 100_000


def nothing() -> dict[str, float]:
    """The error of saying 0, and of a line through two points."""
    batch = lines(MANY // 10, 5)[2]
    return {
        "error of saying 0": (batch.target**2).mean(),
        "largest error through two points": two_points(batch),
    }


def curve() -> dict[str, float]:
    """The LSTM's error by the number of the point."""
    found = errors("LSTM", lines()[2])
    said = {f"point {k}": found[k - 1] for k in (1, 2, 3, 5, 10, 20)}
    return said | {"lines that it practised on": trained("lines", "lstm", 16).meta["sequences"]}


def second() -> dict[str, float]:
    """The second point: what can be known, and what the network does."""
    batch = lines(MANY, 2)[2]
    return {"least possible": one_point(batch), "the LSTM": errors("LSTM", batch)[1]}


def wiped() -> dict[str, float]:
    """The state put back to 0 after the tenth point."""
    batch = lines()[2]
    off = errors("LSTM", batch._replace(x=batch.x[10:], target=batch.target[10:]))
    return {
        "point 11, state put back": off[0],
        "point 20, state put back": off[9],
        "point 11, state kept": errors("LSTM", batch)[10],
    }


def decoded() -> dict[str, float]:
    """How much of slope and height two weighted sums of the states tell, after two answers and nine."""
    a, b, batch = lines(2000)
    values, found = ran("LSTM", batch.x)[0].values, {}
    for answers in (2, 9):
        states = np.concatenate([values["c"][answers], values["h"][answers], np.ones((1, len(a)))]).T
        for name, right in (("slope", a), ("height", b)):
            sums, *_ = np.linalg.lstsq(states[:1000], right[:1000], rcond=None)
            left = ((states[1000:] @ sums - right[1000:]) ** 2).mean() / right[1000:].var()
            found[f"{name} after {answers} answers"] = 1 - left
    return found


def against_delta() -> dict[str, float]:
    """Errors of the LSTM and of the delta rule, by point and all together."""
    batch = lines()[2]
    net, rule = errors("LSTM", batch), delta(batch)
    rates = {rate: delta(batch, rate).sum() for rate in np.arange(0.1, 1.31, 0.1).round(1)}
    found = {
        "best rate of the delta rule": min(rates, key=rates.get),
        "all twenty, LSTM": net.sum(),
        "all twenty, delta rule": rule.sum(),
    }
    for point in (6, 16, 20):
        found |= {f"point {point}, LSTM": net[point - 1], f"point {point}, delta rule": rule[point - 1]}
    return found


def strangers() -> dict[str, float]:
    """A slope that never occurred in training, and a parabola."""
    x = np.random.default_rng(5).uniform(-1, 1, (POINTS, 500))
    steep = examples(np.full(500, 3.0), np.zeros(500), x)
    bent = shown(x, x**2)
    return {
        "slope 3, point 20, LSTM": errors("LSTM", steep)[-1],
        "slope 3, point 20, delta rule": delta(steep)[-1],
        "parabola, point 20, LSTM": errors("LSTM", bent)[-1],
        "parabola, best straight line": (x**2).var(),
    }


def shown(x: np.ndarray, y: np.ndarray):
    """The sequences of any function's values."""
    start = examples(np.zeros(x.shape[1]), np.zeros(x.shape[1]), x)
    start.x[1:, 1] = y[:-1]
    return start._replace(target=y[:, None])


def switched() -> dict[str, float]:
    """Another line from the eleventh point on."""
    batch = lines()[2]
    other = np.random.default_rng(6).uniform(-1, 1, (2, batch.x.shape[2]))
    y = batch.target[:, 0].copy()
    y[10:] = other[0] * batch.x[10:, 0] + other[1]
    off = errors("LSTM", shown(batch.x[:, 0], y))
    return {
        "point 10": off[9],
        "point 11, another line": off[10],
        "point 20, another line": off[19],
        "point 20, times that without a change": off[19] / errors("LSTM", batch)[19],
    }


def plain() -> dict[str, float]:
    """The two shipped networks at the last point, and how much they practised."""
    found = {}
    for name, cell in (("LSTM", "lstm"), ("tanh RNN", "rnn_tanh")):
        found |= {
            f"point 20, {name}": errors(name, lines()[2])[-1],
            f"lines, {name}": trained("lines", cell, 16).meta["sequences"],
        }
    return found


def mean_alone() -> dict[str, float]:
    """The error of who says the mean of the answers so far, in the long run, and the LSTM's third point."""
    batch = lines(500, 400)[2]
    y = batch.target[:, 0]
    late = [((y[k] - y[:k].mean(axis=0)) ** 2).mean() for k in range(200, 400)]
    return {"mean of the answers": np.mean(late), "the LSTM at point 3": errors("LSTM", lines()[2])[2]}
