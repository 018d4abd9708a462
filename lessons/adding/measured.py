"""What comes out of the claims on adding and multiplying, computed by the engine."""

import math

import numpy as np

from lessons.adding import nets, trained
from lstm_viz.network import backward, forward
from lstm_viz.papers.adding_1997 import TESTS

RIGHT = 0.04  # how far off the paper lets an answer be


def latch():
    """Where a tanh unit with the weight 2 to itself ends, from three places."""
    h = np.array([0.2, 0.5, 0.8])
    for _ in range(100):
        h = np.tanh(2 * h)
    return {"where it ends": h[0], "largest difference": np.ptp(h)}


def guess():
    """The error of always saying 1: the variance of a sum, and its mean over many sums."""
    sums = np.random.default_rng(1).random((2, 200_000)).sum(axis=0)
    return {"baseline of the task": nets.ADDING.baseline(100)[0], "of 200,000 sums": ((sums - 1) ** 2).mean()}


def gate():
    """The input gate of unit 14 in the sequence that the Explorer opens with."""
    i = trained.shown().values["i"][:, trained.UNIT, 0]
    return {
        "at the first mark": i[trained.MARKS[0]],
        "at the second mark": i[trained.MARKS[1]],
        "widest elsewhere": np.delete(i, trained.MARKS).max(),
    }


def unit():
    """How unit 14's last cell state goes with the sum, over 200 sequences."""
    c, batch = trained.read()
    return {"correlation with the sum": np.corrcoef(c[trained.UNIT], batch.target[-1, 0])[0, 1]}


def two_units():
    """The largest error of two rectified units at three lengths, and the gradient at their carousel."""
    found = {f"largest error, {T:,} steps": exact(T, B) for T, B in ((100, 100), (1000, 100), (10_000, 10))}
    params, batch = nets.two_units(), nets.sequences(1000, 1)
    trace, y = forward(nets.RELU, params, batch.x)
    dy = np.zeros(y.shape)
    dy[-1] = 1.0
    back = backward(trace, params, dy).signals["h"][:, nets.SUM, 0]
    # At the first steps nothing has arrived in the carousel yet, and a unit that says 0 hands nothing back.
    return found | {"gradient from the first mark on": float(np.ptp(back[begun(batch) + 1 :]) == 0)}


def exact(T: int, B: int) -> float:
    """By how much the two units are wrong at most."""
    return np.abs(nets.off(nets.RELU, nets.two_units(), nets.sequences(T, B))).max()


def begun(batch) -> int:
    """The step of the first mark, from 0."""
    return int(batch.x[:, 1, 0].argmax())


def weight():
    """The error of two units whose carousel leaks."""
    return {
        f"{keep:g}, {T:,} steps": nets.squared(nets.RELU, nets.two_units(keep), nets.sequences(T, 500))
        for keep, T in ((0.999, 100), (0.999, 1000), (0.99, 100))
    }


def longer():
    """The trained LSTM's answers at lengths that it knows and does not know."""
    found = {T: trained.errors(T) for T in (100, 200, 1000)}
    return {
        "error, 100 steps": found[100][0],
        "share wrong, 100 steps": found[100][1],
        "share wrong, 200 steps": found[200][1],
        "error, 1,000 steps": found[1000][0],
    }


def small():
    """The error of a cell set by hand that reads the value in full, or a tenth of it."""
    batch = nets.sequences(100, 500)
    return {
        name: nets.squared(nets.OLD, nets.soft(w), batch)
        for name, w in (("weight 1", 1.0), ("weight 0.1", 0.1))
    }


def lucky():
    """How often 1 is right, off by less than 0.08, and how many of the test's answers it gets wrong."""
    share = 1 - (1 - trained.WRONG) ** 2  # a sum of two lies in a triangle from 0 to 2
    return {"share right": share, "wrong of 2,560": TESTS * (1 - share)}


def threshold():
    """The variance of the answers on the paper's scale: a half and a quarter of a sum from −2 to 2."""
    sums = np.random.default_rng(1).uniform(-1, 1, (2, 200_000)).sum(axis=0)
    return {"variance": 2 * (1 / 3) / 16, "of 200,000 sequences": (sums / 4).var()}


def column():
    """The largest mean square with 14 of 2,560 answers wrong."""
    wrong = 14
    return {"at most": (RIGHT**2 * (TESTS - wrong) + wrong) / TESTS, "right answers at most": RIGHT**2}


def negative():
    """Two units for values from −1 to 1."""
    batch = nets.sequences(1000, 100)
    batch.x[:, 0] = 2 * batch.x[:, 0] - 1
    batch = batch._replace(target=np.cumsum(batch.x[:, :1] * batch.x[:, 1:], axis=0))
    return {"largest error": np.abs(nets.off(nets.RELU, nets.two_units(mark=2.0, said=-2.0), batch)).max()}


def bell():
    """The share of a bell curve within 0.08, for two mean squares."""
    return {f"mean square {v:g}": math.erf(trained.WRONG / math.sqrt(2 * v)) for v in (0.01, 0.001)}
