"""What is said of matrices and of single units, and of the landscape with its wall."""

import math
from fractions import Fraction

import numpy as np

from lessons.plain import jacobians, net, states
from lessons.vanishing.ball import LIMIT, MOVES, RATE, START, roll
from lstm_viz.cell import expression
from lstm_viz.engine import evaluate
from lstm_viz.flow.jacobians import running
from lstm_viz.flow.powers import matrix, power_norms, spectrum
from lstm_viz.flow.wall import LOGISTIC, TANH, descent, surface
from lstm_viz.ops import OPS

HUMP = np.array([[0.9, 10.0], [0.0, 0.9]])
BALANCED = np.array([[8.0, 8.0], [-8.0, -8.0]])
HELD = (0.0, 0.5)  # where the bias keeps the two units of BALANCED
BALANCE = (-4.0, 4.0 + math.atanh(0.5))


def slope() -> dict[str, float]:
    """The rule book's slope of tanh where its value is 0.9."""
    return {"slope": evaluate(expression(OPS["tanh"].derivatives[0]), {"d": 1.0, "y": 0.9})}


def powers() -> dict[str, float]:
    """How nine tenths and eleven tenths shrink and grow."""
    return {
        "0.9 to the sixth": 0.9**6,
        "0.9 to the seventh": 0.9**7,
        "0.9 to the hundredth": 0.9**100,
        "1.1 to the hundredth": 1.1**100,
    }


def window() -> dict[str, float]:
    """The weights whose hundredth powers are a hundredth and a hundred."""
    return {"least weight": 0.01 ** (1 / 100), "largest": 100 ** (1 / 100)}


def hump() -> dict[str, float]:
    """The norms of the powers of a matrix with equal eigenvalues, and those of forty random matrices."""
    norms, rng = power_norms(HUMP, 100), np.random.default_rng(1)
    tried = [matrix(rng, 4, radius, 3.0) for radius in (0.7, 0.9, 1.1, 1.3) for _ in range(10)]
    far = [np.linalg.norm(np.linalg.matrix_power(W, 600), 2) for W in tried]
    right = [(norm < 1) == (spectrum(W).radius < 1) for norm, W in zip(far, tried, strict=True)]
    return {
        "spectral radius": spectrum(HUMP).radius,
        "the first power's norm": norms[0],
        "the largest norm": norms.max(),
        "at power": norms.argmax() + 1,
        "the first power that shortens every vector": np.argmax(norms < 1) + 1,
        "random matrices that keep to the rule": sum(right),
    }


def one_unit() -> dict[str, float]:
    """A tanh unit with the weight 2, with a steady input and without."""
    driven = net("tanh", [[2.0]], [[1.0]])
    steady, quiet = np.full(100, 0.3), np.zeros(100)
    h = states(driven, steady)[-1, 0]
    return {
        "state in the end": h,
        "slope there": 1 - h * h,
        "left of the gradient": running(jacobians(driven, steady))[-1],
        "without the input": running(jacobians(driven, quiet))[-1],
    }


def bound() -> dict[str, float]:
    """Twenty random networks with a recurrent matrix of the norm 0.9."""
    rng, worst = np.random.default_rng(2), 0.0
    for _ in range(20):
        U = rng.normal(size=(5, 5))
        n = net("tanh", 0.9 * U / np.linalg.norm(U, 2), rng.normal(size=(5, 2)), rng.normal(size=5))
        left = running(jacobians(n, rng.normal(size=(50, 2))))
        worst = max(worst, float((left / 0.9 ** np.arange(1, 51)).max()))
    return {"largest product as a share of 0.9 to the power of the steps": worst}


def quarter() -> dict[str, float]:
    """The steepest slope of the logistic function, and factors of logistic units with weights below 4."""
    rng, z = np.random.default_rng(3), np.linspace(-8, 8, 1601)
    y = OPS["sigmoid"].value(z)
    factors = [
        np.abs(jacobians(net("logistic", [[w]], [[1.0]]), rng.normal(size=60, scale=3.0))).max()
        for w in rng.uniform(-3.99, 3.99, 20)
    ]
    return {"steepest slope": (y * (1 - y)).max(), "largest factor": max(factors)}


def nilpotent() -> dict[str, float]:
    """Two tanh units whose matrix has the square zero, held by a bias at 0 and 0.5."""
    J = jacobians(net("tanh", BALANCED, b=BALANCE), np.zeros(20), HELD)
    return {
        "norm of the squared matrix": np.linalg.norm(BALANCED @ BALANCED),
        "largest eigenvalue of the Jacobian": spectrum(J[0]).radius,
        "as long after 20 steps": running(J)[-1],
    }


def latch() -> dict[str, float]:
    """A tanh unit with the weight 2 as a switch."""
    n = net("tanh", [[2.0]])
    left = running(jacobians(n, np.zeros(100), [0.5]))[-1]
    return {
        "started at 0.5, after 1,000 steps": states(n, np.zeros(1000), [0.5])[-1, 0],
        "started at −0.5": states(n, np.zeros(1000), [-0.5])[-1, 0],
        "power of ten of what is left after 100": math.log10(left),
    }


def exact() -> dict[str, float]:
    """Two hundred factors of 0.9 as fractions and in floating point."""
    true, rounded = Fraction(9, 10) ** 200, 1.0
    for _ in range(200):
        rounded *= 0.9
    return {"exact": float(true), "relative difference": abs(float((Fraction(rounded) - true) / true))}


def float32() -> dict[str, float]:
    """The first power of one half that is zero in 32 bits."""
    power, n = np.float32(1), 0
    while power > 0:
        power, n = power * np.float32(0.5), n + 1
    return {"first power that is zero": n}


def halving() -> dict[str, float]:
    """After how many steps half is left, or twice as much."""
    return {
        "0.95": math.log(0.5) / math.log(0.95),
        "0.99": math.log(0.5) / math.log(0.99),
        "1.01": math.log(2) / math.log(1.01),
    }


def edge() -> dict[str, float]:
    """A tanh unit with the weight 1."""
    left = running(jacobians(net("tanh", [[1.0]]), np.zeros(1000), [0.5]))
    return {f"left after {n:,} steps": left[n - 1] for n in (10, 100, 1000)}


def higher() -> dict[str, float]:
    """The hump with a larger entry above the diagonal."""
    return {f"with {k:g}": power_norms(np.array([[0.9, k], [0, 0.9]]), 60).max() for k in (10, 25.8)}


def cliff() -> dict[str, float]:
    """The lengths of the gradient over the landscape."""
    w, b = np.meshgrid(np.linspace(0.8, 2.0, 121), np.linspace(-0.6, 0.4, 101))
    found = surface(TANH, w, b)
    norms = np.hypot(found.dw, found.db)
    return {"largest length as a multiple of the usual": norms.max() / np.median(norms)}


def thrown() -> dict[str, float]:
    """The ball without a limit."""
    places, losses, norms = roll(START, RATE, 0.0, MOVES)
    return {
        "error at the start": losses[0],
        "after two moves": losses[2],
        "length of the gradient at the start": norms[0],
        "there, on the wall": norms[3],
        "weight after the fourth move": places[4, 0],
        "bias": places[4, 1],
        "error after 200 moves": losses[-1],
    }


def clipped() -> dict[str, float]:
    """The ball with the length of the gradient limited to 0.5."""
    return {"error after 200 moves": roll(START, RATE, LIMIT, MOVES).errors[-1]}


def slow() -> dict[str, float]:
    """The ball at smaller rates, without a limit."""
    found = {}
    for rate in (0.1, 0.05):
        _, losses, norms = roll(START, rate, 0.0, MOVES)
        found |= {f"longest gradient at {rate}": norms.max(), f"error at {rate}": losses[-1]}
    return found


def lucky() -> dict[str, float]:
    """The landscape of the paper, with a limit of 1 and without."""
    found = {}
    for name, limit in (("thrown", 0.0), ("held", 1.0)):
        places = descent(LOGISTIC, (6.0, -2.0), 0.1, limit, 100)
        found[f"error of the one that is {name}"] = surface(LOGISTIC, places[-1:, 0], places[-1:, 1]).loss[0]
    return found
