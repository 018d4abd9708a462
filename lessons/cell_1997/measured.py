"""What comes out of the claims on the cell of 1997, computed by the engine."""

import math

import numpy as np

from lessons.cell_1997 import cells, nets
from lessons.cell_1997.cells import ADDER, DRIFT, EVERY_FIFTH, LATCH, SHUT, play, returned
from lessons.cell_1997.counts import NETS, counted
from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import sigmoid


def conflict():
    """The standard deviation of a sum of 99 numbers from −1 to 1, by its formula and by draws."""
    sums = np.random.default_rng(0).uniform(-1, 1, (10_000, 99)).sum(axis=1)
    return {"standard deviation": math.sqrt(99 / 3), "of 10,000 draws": sums.std()}


def latch():
    """Gates, state and output of the cell that should hold the third value."""
    v = {name: signal[:, 0, 0] for name, signal in play(*LATCH).values.items()}
    return {
        "input gate at step 2": v["i"][1],
        "input gate at step 3": v["i"][2],
        "cell state at step 3": v["c"][2],
        "cell state at step 100": v["c"][-1],
        "said at step 100": v["h"][-1],
        "most said before": np.abs(v["h"][:-1]).max(),
    }


def carousel():
    """Whether the gradient on the latch's cell state is one and the same number at all steps."""
    back = returned(play(*LATCH))
    return {"steps": len(back), "different gradients": len(set(back.tolist()))}


def squash():
    """How far the paper's squashing functions are from tanh of half the sum, in the library's cell too."""
    x = np.linspace(-20, 20, 4001)
    cell = parse(LIBRARY["lstm1997_squash"].equations)
    rng = np.random.default_rng(1)
    params = network.start(LIBRARY["lstm1997_squash"], 2, 1, 4, rng)
    trace = run(cell, {p: params[p] for p in cell.params}, rng.normal(size=(20, 2, 3)))
    v = trace.values
    own = params["W_c"] @ v["x"] + params["U_c"] @ v["h_prev"] + params["b_c"]
    return {
        "candidate": np.abs(4 * sigmoid(x) - 2 - 2 * np.tanh(x / 2)).max(),
        "output": np.abs(2 * sigmoid(x) - 1 - np.tanh(x / 2)).max(),
        "candidate in the library": np.abs(v["g"] - 2 * np.tanh(own / 2)).max(),
        "output in the library": np.abs(v["h"] - v["o"] * np.tanh(v["c"] / 2)).max(),
    }


def weights():
    """The rule's number for every network of the picture."""
    return {f"experiment {net.experiment}": counted(net) for net in NETS}


def drift():
    """Where a leak of five per cent leads to in 200 steps, and what tanh makes of it."""
    c = play(*DRIFT, steps=200).values["c"][-1, 0, 0]
    return {
        "cell state after 200 steps": c,
        "tanh of 10": math.tanh(10),
        "slope of tanh at 10": 1 - math.tanh(10) ** 2,
    }


def hidden():
    """Whether a cell whose output gate is shut for good has the same cell states."""
    (knobs, requests), (more, asked) = LATCH, ADDER
    pairs = [(play(k, r), play(k._replace(**SHUT), r)) for k, r in ((knobs, requests), (more, asked))]
    return {
        name: np.array_equal(open_.values["c"], shut.values["c"])
        for name, (open_, shut) in zip(("latch", "adder"), pairs, strict=True)
    }


def adder():
    """Ten times the adder's state, and the sum of the twenty values that it was asked to write."""
    values = play(*ADDER).values
    wrote = values["x"][[step - 1 for step in EVERY_FIFTH], 0, 0]
    return {"ten times the state": 10 * values["c"][-1, 0, 0], "sum of the values": wrote.sum()}


def bound():
    """Of random cells with large weights: how far the state is out, in steps, at most."""
    worst = 0.0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        params = {p: 5 * w for p, w in network.start(LIBRARY["lstm1997"], 2, 1, 6, rng).items()}
        c = run(cells.CELL, {p: params[p] for p in cells.CELL.params}, rng.normal(size=(50, 2, 4))).values[
            "c"
        ]
        worst = max(worst, (np.abs(c).max(axis=(1, 2)) / np.arange(1, 51)).max())
    return {"farthest state by the number of steps": worst}


def wanders():
    """How far untrained networks' states go in a hundred steps of random numbers."""
    both = {seed: nets.states(seed) for seed in nets.SEEDS}
    farthest = [np.abs(old[-1]).max() for _, old in both.values()]
    last = both[1][1][-1]
    return {
        "units beyond 5, seed 1": (np.abs(last) > 5).sum(),
        "farthest unit, seed 1": np.abs(last).argmax() + 1,
        "its cell state": last[np.abs(last).argmax()],
        "least of the farthest, eight seeds": min(farthest),
        "most of the farthest, eight seeds": max(farthest),
        "farthest with a forget gate": max(np.abs(lstm).max() for lstm, _ in both.values()),
    }


def truncated():
    """The share of the truncated gradient that arrives at the first cell state."""
    first = [nets.arrived(seed, "truncated") for seed in nets.SEEDS]
    return {"least at any step": min(s.min() for s in first), "most at any step": max(s.max() for s in first)}


def full():
    """The share of the full gradient that arrives at the first cell state."""
    first = [nets.arrived(seed, "full")[0] for seed in nets.SEEDS]
    return {"least of eight seeds": min(first), "most of eight seeds": max(first)}


def beside():
    """The largest share that arrives in a plain network."""
    return {"most of eight seeds": max(nets.beside(seed) for seed in nets.SEEDS)}


def counter():
    """The state of a cell that adds one at every request, after twenty of them."""
    knobs, requests = ADDER
    return {"cell state": play(knobs._replace(w_g=0.0, b_g=5.0), requests).values["c"][-1, 0, 0]}


def tight():
    """How far a gate must be shut, and what one with the bias −3 lets in."""
    return {
        "sum for a gate of 0.00001": math.log(1e-5 / (1 - 1e-5)),
        "gate at the bias −3": float(sigmoid(-3.0)),
        "leak of 1,000 steps": 1000 * float(sigmoid(-3.0)),
    }


def adding_weights():
    """The number of weights of the paper's network for adding."""
    (net,) = [net for net in NETS if net.experiment.startswith("4 and 5")]
    return {"weights": counted(net)}


def slopes():
    """The slope of tanh at some states."""
    return {f"at {c:g}": 1 - math.tanh(c) ** 2 for c in (2.99, 2.0, 4.0, 6.0, 8.0)}
