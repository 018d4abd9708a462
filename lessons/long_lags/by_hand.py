"""What is said of single gates, of gates in balance, and of a unit that listens to itself."""

import math

import numpy as np

from lessons.long_lags.starts import CELL, median
from lessons.seen import at
from lstm_viz import fast, network
from lstm_viz.cell import parse
from lstm_viz.flow import norms
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono
from lstm_viz.ops import sigmoid
from lstm_viz.pages.scene import trained
from lstm_viz.tasks import TASKS
from lstm_viz.training import Exam, measure

SHIPPED = "/?task=recall&T=200"
LATCH = {"W_c": 1.0, "U_c": 4.0, "b_f": 1.0, "b_o": 5.0}
TOUCH = 3.0  # what the latch reads at its first step


def bias(keeps: float) -> float:
    """The bias at which a gate stands there."""
    return math.log(keeps / (1 - keeps))


def shipped() -> dict[str, float]:
    """The networks of the Explorer over two hundred steps."""
    found, task = {}, TASKS["recall"]
    for words, name in (("LSTM", "lstm"), ("plain network", "rnn_tanh")):
        kept = trained("recall", name, 16)
        wrong = measure(parse(LIBRARY[name].equations), kept.params, task, Exam(200, 100))
        found[f"share wrong, {words}"] = wrong
        found[f"sequences, {words}"] = kept.meta["sequences"]
    return found


def leak() -> dict[str, float]:
    """What the usual bias of 1 loses."""
    f = sigmoid(1)
    return {"gate": f, "half-life in steps": math.log(0.5) / math.log(f), "left after 100": f**100}


def biases() -> dict[str, float]:
    """The biases that keep half."""
    return {f"for {n:,} steps": bias(0.5 ** (1 / n)) for n in (10, 100, 1000, 10_000)}


def flood() -> dict[str, float]:
    """Untrained networks that keep much, with input gates half open and nearly shut."""
    found = {}
    for words, i in (("half open", 0), ("nearly shut", -5)):
        begun = median(5, i)
        found |= {f"size, {words}": begun.size, f"slope, {words}": begun.slope}
    return found


def failures() -> dict[str, float]:
    """Untrained networks that only flood, and that only leak."""
    floods, leaks = median(7, 0), median(1, 0)
    return {
        "gradient where it floods": floods.gradient,
        "slope where it floods": floods.slope,
        "gradient where it leaks": leaks.gradient,
        "slope where it leaks": leaks.slope,
    }


def balance() -> dict[str, float]:
    """Gates with opposite biases, and cell states behind gates that have nothing else."""
    rng, largest = np.random.default_rng(1), 0.0
    sums = [sigmoid(b) + sigmoid(-b) for b in np.linspace(-8, 8, 33)]
    for _ in range(10):
        b = rng.uniform(-3, 8)
        starts = {"b_f": b, "b_i": -b} | {name: 0.0 for name in ("W_f", "U_f", "W_i", "U_i")}
        params = network.start(LIBRARY["lstm"], 3, 2, 8, rng, starts)
        trace, _ = network.forward(CELL, params, rng.normal(0, 5, (200, 3, 8)), run=fast.run)
        largest = max(largest, np.abs(trace.values["c"]).max())
    return {"farthest from 1": max(abs(s - 1) for s in sums), "largest state": largest}


def patience() -> dict[str, float]:
    """Over how many steps a gate averages, and which bias that takes."""
    off = max(abs(1 / (1 - sigmoid(b)) / (1 + math.exp(b)) - 1) for b in np.linspace(-3, 8, 23))
    spread = network.filled(Chrono(1, 100), np.zeros((8, 1)), 1)
    return {
        "bias for 100 steps": math.log(99),
        "largest of chrono for 100 steps": spread.max(),
        "least": spread.min(),
        "farthest from the rule": off,
    }


def latch(U: float, T: int, noise: int = 0):
    """The run of the unit, one sequence begun with +, one with −; with noise in its input from a seed."""
    values = LATCH | {"U_c": U}
    params = {name: np.full((1, 1), values.get(name, 0.0)) for name in CELL.params}
    x = np.random.default_rng(noise).normal(size=(T, 1, 2)) if noise else np.zeros((T, 1, 2))
    x[0] = TOUCH, -TOUCH
    return fast.run(CELL, params, x)


def kept() -> dict[str, float]:
    """What the latch keeps, with noise and without, and what the same unit keeps that is deaf to itself."""
    c = latch(4.0, 10_000).values["c"][:, 0]
    sides = [latch(4.0, 10_000, seed).values["c"][1:, 0] for seed in range(1, 6)]
    deaf = latch(0.0, 100).values["c"][:, 0]
    return {
        "at step 1": c[0, 0],
        "at step 100": c[99, 0],
        "at step 10,000": c[-1, 0],
        "at step 10,000, the other sign": c[-1, 1],
        "noisy runs that stay on their side": sum(s[:, 0].min() > 0 > s[:, 1].max() for s in sides),
        "deaf to itself, at step 100": deaf[-1, 0],
    }


def felt() -> dict[str, float]:
    """How much of the gradient comes back through a hundred steps of the latch."""
    found = {}
    for words, U in (("latch", 4.0), ("deaf to itself", 0.0)):
        trace = latch(U, 101)
        seed = np.zeros_like(trace.values["h"])
        seed[-1] = 1.0
        back = norms(fast.backprop(trace, {"h": seed}, wanted=("c",)).signals["c"])
        found[words] = back[0] / back[-1]
    return found


def rehearsed() -> dict[str, float]:
    """The size of the trained network's cell states on its way."""
    c = np.abs(at(SHIPPED).runs[1].trace.values["c"]).mean(axis=(1, 2))
    return {f"at step {t}": c[t - 1] for t in (1, 10, 50, 200)}


def five_hundred() -> dict[str, float]:
    """Two answers to a lag of 500."""
    rule = math.log(499)
    return {
        "gate that keeps half": 0.5 ** (1 / 500),
        "its bias": bias(0.5 ** (1 / 500)),
        "by the rule": rule,
        "left then": sigmoid(rule) ** 500,
    }
