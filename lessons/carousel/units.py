"""Single units that listen to themselves: what is left of states and gradients, by function and weight."""

import numpy as np

from lessons.plain import jacobians, net, states
from lessons.seen import at, share
from lessons.vanishing.networks import untrained
from lstm_viz.cell import expression
from lstm_viz.engine import evaluate
from lstm_viz.flow.jacobians import running
from lstm_viz.ops import OPS

SEEDS = range(1, 9)


def factor(weight: float, value) -> np.ndarray:
    """By what a tanh unit multiplies the gradient in a step that leaves it at `value`."""
    return evaluate(expression(OPS["tanh"].derivatives[0]), {"d": weight, "y": value})


def left(kind: str, weight: float, start: float, steps: int) -> np.ndarray:
    """What is left of the gradient after each step: (steps,)."""
    return running(jacobians(net(kind, [[weight]]), np.zeros(steps), [start]))


def state(kind: str, weight: float, start: float, steps: int) -> np.ndarray:
    """The states, the start being the first: (steps + 1,)."""
    return states(net(kind, [[weight]]), np.zeros(steps), [start])[:, 0]


def close() -> dict[str, float]:
    """What weights near 1 leave after a thousand steps."""
    return {f"left with {w}": left("linear", w, 0.7, 1000)[-1] for w in (0.99, 1.01)}


def rest() -> dict[str, float]:
    """The factors of tanh units where they come to rest, and where that of weight 2 is 1."""
    weights = np.append(np.arange(0.1, 0.99, 0.02), np.arange(1.02, 4.0, 0.02))
    ends = states(net("tanh", np.diag(weights)), np.zeros(3000), np.full(len(weights), 0.9))[-1]
    level = 0.5**0.5
    moved = state("tanh", 2.0, level, 100)[-1]
    return {
        "weight 2: factor at 0.71": factor(2.0, level),
        "where it moves from there": moved,
        "factor there": factor(2.0, moved),
        "weight 1: factor at rest": factor(1.0, state("tanh", 1.0, 0.0, 10)[-1]),
        "largest factor at rest with another weight": factor(weights, ends).max(),
    }


def exact() -> dict[str, float]:
    """What a straight line with the weight 1 keeps over a thousand steps."""
    kept = {f"{v:g} is then": state("linear", 1.0, v, 1000)[-1] for v in (0.7, -0.7, 70.0)}
    return kept | {"left of the gradient": left("linear", 1.0, 0.7, 1000)[-1]}


def relu() -> dict[str, float]:
    """A relu unit with the weight 1, started above 0 and below."""
    return {
        "0.7 is then": state("relu", 1.0, 0.7, 1000)[-1],
        "left of the gradient": left("relu", 1.0, 0.7, 1000)[-1],
        "−0.7 is after one step": state("relu", 1.0, -0.7, 1)[-1],
        "left of the gradient there": left("relu", 1.0, -0.7, 1)[-1],
    }


def identity() -> dict[str, float]:
    """Untrained networks of sixteen units that begin with the identity, and tanh networks beside them."""
    kept = [share(at(beginning(seed)).runs[0], "h")[0] for seed in SEEDS]
    bent = [share(at(untrained(seed)).runs[0], "h")[0] for seed in SEEDS]
    return {"least that is left": min(kept), "most": max(kept), "most with tanh": max(bent)}


def beginning(seed: int) -> str:
    """The address of a relu network that begins with the identity."""
    return f"/?left=irnn&right=lstm1997&weights=untrained&T=100&hidden=16&seed={seed}&mode=backward&t=1"


def margins() -> dict[str, float]:
    """Between which weights a gradient neither halves nor doubles in a thousand steps."""
    return {
        "least weight": 0.5 ** (1 / 1000),
        "left with 0.99931": left("linear", 0.99931, 0.7, 1000)[-1],
        "largest weight": 2 ** (1 / 1000),
        "as much with 1.00069": left("linear", 1.00069, 0.7, 1000)[-1],
    }


def constant() -> dict[str, float]:
    """A slope that is the same everywhere, and less than 1."""
    J = jacobians(net("linear", [[0.9]]), np.zeros(100), [0.7])
    return {"least factor": J.min(), "largest": J.max(), "left after 100 steps": running(J)[-1]}


def two() -> dict[str, float]:
    """Two linear units that hear each other."""
    n = net("linear", [[0.0, 1.0], [1.0, 0.0]])
    h, kept = states(n, np.zeros(101), [0.7, 0.0]), running(jacobians(n, np.zeros(101), [0.7, 0.0]))
    return {
        "unit 1 after 100 steps": h[100, 0],
        "unit 2 after 101": h[101, 1],
        "the others": np.abs([h[100, 1], h[101, 0]]).max(),
        "left of the gradient": kept[-1],
    }
