"""The claims of the lesson on depth."""

from statistics import median

import numpy as np

from lessons.claims import Claim, Exact, Trained, about, above, below, between, exactly, factor, near
from lessons.depth.nets import ROTATIONS, B, H, profile
from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import sigmoid
from lstm_viz.papers.highway_2015 import ROW, TESTS, draw, prototypes
from lstm_viz.parameters import count
from lstm_viz.training.measure import TEST_SEED

HERE, PAPER = "this course", "Srivastava, Greff & Schmidhuber 2015"
WIDTH, DEEPEST = 32, 900
KINDS = {"plain": "plain_deep", "highway": "highway", "residual": "residual"}


def gradient() -> dict[str, float]:
    """What is left at the first of fifty layers."""
    return {name: profile(cell).gradient[0] for name, cell in KINDS.items()}


def ten() -> dict[str, float]:
    """What the last ten plain layers leave."""
    return {"left after ten layers": profile("plain_deep").gradient[-11]}


def parameters() -> dict[str, float]:
    """What a layer of 32 units learns."""
    return {name: count(LIBRARY[KINDS[name]], WIDTH, WIDTH) for name in ("plain", "highway")}


def gru() -> dict[str, float]:
    """A GRU with its reset gate open and nothing to read, beside a highway layer, over twenty steps."""
    rng, cell = np.random.default_rng(1), parse(LIBRARY["gru_reset_after"].equations)
    size = {"H": H, "D": 1, "1": 1}
    p = {name: rng.normal(size=[size[letter] for letter in cell.shapes[name]]) for name in cell.params}
    p["b_r"] += 1000
    h, x = {"h": rng.normal(size=(H, B))}, np.zeros((20, 1, B))
    own = {"W_H": p["U_h"], "b_H": p["b_h"] + p["bU_h"], "W_T": -p["U_z"], "b_T": -p["b_z"]}
    pair = run(cell, p, x, h), run(parse(LIBRARY["highway"].equations), own, x, h)
    return {"largest difference": np.abs(pair[0].values["h"] - pair[1].values["h"]).max()}


def shut() -> dict[str, float]:
    """Fifty layers whose gates are shut: how many numbers they change, up and down."""
    rng, cell = np.random.default_rng(2), parse(LIBRARY["highway"].equations)
    shapes = {"W_H": (50, H, H), "W_T": (50, H, H), "b_H": (50, H, 1), "b_T": (50, H, 1)}
    p = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    p["b_T"] -= 1000
    trace = run(cell, p, np.zeros((50, 1, B)), {"h": rng.normal(size=(H, B))})
    G = np.zeros((50, H, B))
    G[-1] = rng.normal(size=(H, B))
    first, back = trace.values["h_prev"][0], backprop(trace, {"h": G}).initial["h"]
    return {
        "numbers changed on the way up": np.sum(trace.values["h"][-1] != first),
        "on the way down": np.sum(back != G[-1]),
    }


def carry() -> dict[str, float]:
    """What gates of a bias carry through fifty layers, and what comes back through an untrained net."""
    return {
        "carried at −2": sigmoid(2),
        "through fifty layers": sigmoid(2) ** 50,
        "measured there": profile("highway").gradient[0],
        "through fifty layers at −4": sigmoid(4) ** 50,
        "measured at −4": profile("highway", starts=(("b_T", -4.0),)).gradient[0],
    }


def spans() -> dict[str, float]:
    """How far the values go: a residual net's grow, a highway's stay in the range in which they began."""
    residual, highway = profile("residual"), profile("highway")
    return {
        "residual: length at the top beside the input's": residual.signal[-1],
        "highway: largest value beside the input's largest": highway.widest / highway.given,
    }


def best() -> dict[str, float]:
    """The nearest middle, on the points on which the nets of ten seeds are examined: median % wrong."""
    found = []
    for seed in ROW.ours.seeds:
        middles = prototypes(seed)
        x, classes = draw(middles, np.random.default_rng([seed, TEST_SEED]), TESTS)
        nearest = ((x[:, None, :] - middles[:, :, None]) ** 2).sum(axis=0).argmin(axis=0)
        found.append(100 * (nearest != classes).mean())
    return {"% wrong": median(found)}


def nine_hundred() -> dict[str, float]:
    """The bias with which 900 layers carry a tenth, and with which ten times as many do."""
    carried = [0.1 ** (1 / layers) for layers in (DEEPEST, 10 * DEEPEST)]
    bias = [np.log((1 - c) / c) for c in carried]
    return {
        "carried by a layer": carried[0],
        "its gate": 1 - carried[0],
        "bias": bias[0],
        "more for ten times as many": bias[0] - bias[1],
    }


def in_time() -> dict[str, float]:
    """What forget gates of a bias leave after fifty steps."""
    return {f"bias {b}": sigmoid(b) ** 50 for b in (2, 4)}


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "depth_gradient",
        "Through fifty untrained layers a gradient vanishes if they are plain, and arrives if they carry.",
        HERE,
        {"plain": factor(3.3e-13, 1.2), "highway": near(0.002, 0.0005), "residual": near(6.5, 0.05)},
        gradient,
    ),
    Exact(
        "depth_ten",
        "Ten plain layers, drawn as is usual, leave 0.002 of a gradient.",
        HERE,
        {"left after ten layers": near(0.002, 0.0005)},
        ten,
    ),
    Exact(
        "depth_parameters",
        "A highway layer costs twice as many parameters as a plain one.",
        PAPER,
        {"plain": exactly(1056), "highway": exactly(2112)},
        parameters,
    ),
    Exact(
        "depth_gru",
        "A GRU whose reset gate stands open and that reads nothing is a highway layer.",
        HERE,
        {"largest difference": below(1e-12)},
        gru,
    ),
    Exact(
        "depth_shut",
        "Fifty highway layers with shut gates pass the input up and the gradient down, bit for bit.",
        PAPER,
        {"numbers changed on the way up": exactly(0), "on the way down": exactly(0)},
        shut,
    ),
    Exact(
        "depth_carry",
        "What the gates carry at the start decides how much of a gradient arrives.",
        HERE,
        {
            "carried at −2": near(0.88, 0.005),
            "through fifty layers": near(0.00175, 0.00005),
            "measured there": between(0.0017, 0.0024),
            "through fifty layers at −4": near(0.4, 0.01),
            "measured at −4": near(0.37, 0.01),
        },
        carry,
    ),
    Exact(
        "depth_range",
        "Values grow in an untrained residual net and stay in their range in a highway.",
        HERE,
        {
            "residual: length at the top beside the input's": near(5.2, 0.3),
            "highway: largest value beside the input's largest": below(1),
        },
        spans,
    ),
    Trained(
        "depth_one_off",
        "No single layer of a trained highway net of fifty is missed when it is shut.",
        HERE,
        {"most lost, in points of 100": near(0.2, 0.05)},
        "depth_layers",
        lambda arms: {"most lost, in points of 100": max(arms["Highway, the worst layer shut"])},
    ),
    Trained(
        "depth_plain_dies",
        "Ten plain layers learn badly, twenty hardly, fifty not at all.",
        HERE,
        {
            "10 layers, median % wrong": near(33, 0.5),
            "50 layers, least % wrong": above(88),
        },
        "highway_2015",
        lambda arms: {
            "10 layers, median % wrong": median(arms["plain, 10 layers"]),
            "50 layers, least % wrong": min(arms["plain, 50 layers"]),
        },
    ),
    Trained(
        "depth_plain_twenty",
        "Twenty plain layers get 79 per cent or more wrong with each of five seeds.",
        HERE,
        {"least % wrong": above(79)},
        "depth_layers",
        lambda arms: {"least % wrong": min(arms["plain, 20 layers"])},
    ),
    Trained(
        "depth_highway_learns",
        "Highway nets of ten, fifty and a hundred layers learn alike, and so does a residual net of fifty.",
        PAPER,
        {
            "Highway, 10 layers": near(4.7, 0.05),
            "Highway, 50 layers": near(4.6, 0.05),
            "Highway, 100 layers": near(4.75, 0.05),
            "residual, 50 layers": near(5.65, 0.05),
        },
        "highway_2015",
        lambda arms: {
            arm: median(arms[arm])
            for arm in (*(f"Highway, {n} layers" for n in (10, 50, 100)), "residual, 50 layers")
        },
        paper="in words alone: hundreds of layers can be trained directly",
    ),
    Exact(
        "depth_best",
        "The best possible rule for the ten clouds gets 4.3 per cent wrong.",
        "the nearest of equal round clouds",
        {"% wrong": near(4.3, 0.05)},
        best,
        seconds=0.3,
    ),
    Trained(
        "depth_all_off",
        "With all its layers shut a trained highway net still gets most answers right.",
        HERE,
        {"least % wrong": near(6, 0.5), "largest % wrong": near(17, 0.5)},
        "depth_layers",
        lambda arms: {
            "least % wrong": min(arms["Highway, all layers shut"]),
            "largest % wrong": max(arms["Highway, all layers shut"]),
        },
    ),
    Exact(
        "depth_rotations_gradient",
        "Through fifty plain layers that begin as rotations a seventh of the gradient comes back.",
        HERE,
        {"left at the first layer": near(1 / 7, 0.005)},
        lambda: {"left at the first layer": profile("plain_deep", starts=ROTATIONS).gradient[0]},
    ),
    Trained(
        "depth_rotations",
        "Fifty plain layers that begin as rotations learn as well as highway layers.",
        HERE,
        {"median % wrong": near(4.6, 0.05), "largest % wrong": below(9)},
        "depth_layers",
        lambda arms: {
            "median % wrong": median(arms["plain, 50 layers, rotations"]),
            "largest % wrong": max(arms["plain, 50 layers, rotations"]),
        },
    ),
    Exact(
        "depth_nine_hundred",
        "With a gate bias of −6, 900 layers carry a tenth of a gradient to the first.",
        HERE,
        {
            "carried by a layer": near(0.99744, 0.000005),
            "its gate": near(0.00256, 0.000005),
            "bias": near(-5.97, 0.005),
            "more for ten times as many": near(2.3, 0.01),
        },
        nine_hundred,
    ),
    Exact(
        "depth_same_in_time",
        "Forget gates of the same biases leave the same over fifty steps.",
        HERE,
        {"bias 2": about(0.00175), "bias 4": near(0.4, 0.01)},
        in_time,
    ),
)
