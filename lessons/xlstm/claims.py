"""The claims of the lesson on the xLSTM."""

from statistics import median

import numpy as np

from lessons.claims import HOLDS, Claim, Exact, Trained, about, above, below, between, exactly, near
from lessons.xlstm.by_hand import OPEN, chooser, recall, share, softmax_means, store, stored, zeros
from lstm_viz.cell import CellError, parse
from lstm_viz.engine import backprop, run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import sigmoid
from lstm_viz.parameters import count

HERE, PAPER = "this course", "Beck et al. 2024"
# The paper's section 2.2 before the stabiliser, and the library's cell.
PLAIN = """\
i = exp(W_i @ x + U_i @ h_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
z = tanh(W_z @ x + U_z @ h_prev + b_z)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
c = f * c_prev + i * z
n = f * n_prev + i
h = o * (c / n)"""
# A cell whose gate reads the input alone and may go down to -1.
TURNER = "f = 2 * sigmoid(W_f @ x + b_f) - 1\nc = f * c_prev\nh = c"
# By units: the most random pairs of which nine in ten are found, and a tenth more.
ROOMS = {8: (4, 5), 16: (14, 16), 32: (48, 54), 64: (180, 200)}
KEPT = ("sLSTM", "LSTM", "tanh RNN")


def drawn(name: str, H: int, D: int, T: int, seed: int) -> tuple[dict, np.ndarray, np.random.Generator]:
    """Random parameters of a library cell and a random sequence of one column."""
    rng = np.random.default_rng(seed)
    params = {p: rng.normal(size=a.shape) for p, a in zeros(name, H, D).items()}
    return params, rng.normal(size=(T, D, 1)), rng


def softmax() -> dict[str, float]:
    """The sLSTM's output beside the weighted mean, for several sharpnesses."""
    found = [np.abs(chooser(b).values["h"][:, 0, 0] - softmax_means(b)).max() for b in (0.0, 1.0, 3.0, 10.0)]
    return {"largest difference": max(found)}


def overrules() -> dict[str, float]:
    """How often a value counts that scores 10 more than another."""
    old, new = 0.5, -0.9
    h = chooser(1.0, np.array([0.0, 10.0]), np.array([old, new])).values["h"][-1, 0, 0]
    return {"times as much": (old - h) / (h - new)}


def stabiliser() -> dict[str, float]:
    """The library's sLSTM beside the paper's equations, and both with an input gate of e to the 900."""
    params, x, rng = drawn("slstm", 4, 3, 8, 1)
    cell, first, plain = parse(LIBRARY["slstm"].equations), LIBRARY["slstm"].initial, parse(PLAIN)
    ours, theirs = run(cell, params, x, first), run(plain, params, x)
    G = rng.normal(size=ours.values["h"].shape)
    a, b = backprop(ours, {"h": G}).params, backprop(theirs, {"h": G}).params
    # Not array by array: b_i shifts all scores of a unit, which changes nothing, and its gradient is 0.
    most = max(np.abs(d).max() for d in b.values())
    large = params | {"b_i": np.full((4, 1), 900.0)}
    return {
        "output, largest difference": np.abs(ours.values["h"] - theirs.values["h"]).max(),
        "gradients, largest difference": max(np.abs(a[p] - b[p]).max() for p in b) / most,
        "with m it runs": np.isfinite(run(cell, large, x, first).values["h"]).all(),
        "without m it ends": not runs(plain, large, x),
    }


def runs(cell, params: dict, x: np.ndarray) -> bool:
    """Whether a run comes to its end."""
    try:
        run(cell, params, x)
    except CellError:
        return False
    return True


def orthogonal() -> dict[str, float]:
    """One value, and sixteen under keys at right angles, written and read."""
    values = np.random.default_rng(5).normal(size=(16, 16))
    keys = np.linalg.qr(np.random.default_rng(1).normal(size=(16, 16)))[0]
    one, all_ = store(keys[:1], values[:1]), store(keys, values)
    return {
        "one, largest difference": np.abs(one.answers - values[:1]).max(),
        "sixteen, largest difference": np.abs(all_.answers - values).max(),
        "numbers in the memory": all_.C.size,
    }


def parameters() -> dict[str, float]:
    """What cells of 64 units and as many inputs learn."""
    return {name: count(LIBRARY[name], 64, 64) for name in ("mlstm", "lstm")}


def capacity() -> dict[str, float]:
    """The share of random pairs found again by 32 units; and the cell itself beside the written-out sum."""
    m = stored(8, 12, 1)
    written = share(m.keys @ (m.values.T @ m.keys).T, m.values)
    return {f"{n} pairs": recall(32, n) for n in (16, 64, 128)} | {
        "cell and sum find the same": written == share(m.answers, m.values)
    }


def parallel() -> dict[str, float]:
    """The mLSTM step by step, and all at once with a table of T by T numbers."""
    p, x, _ = drawn("mlstm", 8, 5, 60, 3)
    steps = run(parse(LIBRARY["mlstm"].equations), p, x, LIBRARY["mlstm"].initial).values["h"][:, :, 0]
    X = x[:, :, 0]
    q, v = (X @ p[f"W_{s}"].T + p[f"b_{s}"].T for s in "qv")
    k = X @ p["W_k"].T / np.sqrt(8) + p["b_k"].T
    i, f = ((X @ p[f"w_{s}"] + p[f"b_{s}"])[:, 0] for s in "if")
    kept = np.cumsum(np.log(sigmoid(f)))
    table = (q @ k.T) * np.exp(np.tril(kept[:, None] - kept + i)) * np.tril(np.ones((60, 60)))
    o = sigmoid(X @ p["W_o"].T + p["b_o"].T)
    whole = o * (table @ v) / np.maximum(np.abs(table.sum(axis=1)), 1)[:, None]
    return {"largest difference": np.abs(whole - steps).max()}


def negative() -> dict[str, float]:
    """The parity of 10,000 bits by a gate that reads the bit alone, and turns the memory over."""
    bits = np.random.default_rng(1).integers(0, 2, (10_000, 1, 1)).astype(float)
    p = {"W_f": np.full((1, 1), -2 * OPEN), "b_f": np.full((1, 1), OPEN)}
    c = run(parse(TURNER), p, bits, {"c": np.ones((1, 1))}).values["c"][:, 0, 0]
    odd = np.cumsum(bits[:, 0, 0]) % 2 == 1
    return {"wrong answers": np.sum((c < 0) != odd)}


def logistic() -> dict[str, float]:
    """An LSTM's input gate far below zero, beside an exponential, and the cell state that it makes."""
    p = zeros("lstm", 1, 2) | {name: np.full((1, 1), OPEN) for name in ("b_f", "b_o")}
    p["W_i"][0, 0], p["W_c"][0, 1], p["b_i"][:] = 10.0, 1.0, -20.0
    x = np.array([[0.55, np.arctanh(0.5)], [0.0, 9.0]])[:, :, None]
    values = run(parse(LIBRARY["lstm"].equations), p, x).values
    at_edge, c = values["i"][0, 0, 0] / np.exp(-14.5), np.diff(values["c"][:, 0, 0])[0]
    return {"off by, where the sum is −14.5": 1 - at_edge, "a value of 1 with score 0 adds": c}


def ninety() -> dict[str, float]:
    """The share of pairs found again by memories of four sizes, at the numbers given."""
    return {f"{n} pairs, {H} units": recall(H, n, 20) for H, both in ROOMS.items() for n in both}


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "xlstm_softmax",
        "An sLSTM whose forget gate stands open shows the mean of its values, weighted by a softmax.",
        f"{PAPER}, section 2.2",
        {"largest difference": below(1e-12)},
        softmax,
    ),
    Exact(
        "xlstm_overrules",
        "A value that scores 10 more than another counts e to the 10th times as much.",
        HERE,
        {"times as much": about(22_026.47, 1e-6)},
        overrules,
    ),
    Exact(
        "xlstm_stabiliser",
        "The stabiliser changes neither the output nor any gradient, and keeps the run from overflowing.",
        f"{PAPER}, section 2.2 and appendix",
        {
            "output, largest difference": below(1e-11),
            "gradients, largest difference": below(1e-11),
            "with m it runs": HOLDS,
            "without m it ends": HOLDS,
        },
        stabiliser,
    ),
    Exact(
        "xlstm_orthogonal",
        "A matrix memory gives back what is stored under keys at right angles.",
        f"{PAPER}, section 2.3",
        {
            "one, largest difference": below(1e-14),
            "sixteen, largest difference": below(1e-14),
            "numbers in the memory": exactly(256),
        },
        orthogonal,
    ),
    Exact(
        "xlstm_parameters",
        "With 64 units and as many inputs an mLSTM learns about half as many numbers as an LSTM.",
        HERE,
        {"mlstm": exactly(16_770), "lstm": exactly(33_024)},
        parameters,
    ),
    Exact(
        "xlstm_capacity",
        "With random keys a memory of 32 units finds nearly all of 16 pairs, most of 64, and less than half "
        "of 128.",
        HERE,
        {
            "16 pairs": above(0.97),
            "64 pairs": between(0.76, 0.86),
            "128 pairs": between(0.4, 0.5),
            "cell and sum find the same": HOLDS,
        },
        capacity,
    ),
    Exact(
        "xlstm_parallel",
        "The mLSTM computed all at once gives what its steps give.",
        f"{PAPER}, appendix: the parallel form",
        {"largest difference": below(1e-11)},
        parallel,
    ),
    Trained(
        "xlstm_tracking",
        "Cells that read their own output learn a parity for good; the mLSTM guesses.",
        f"{PAPER}, section 4",
        {
            "% wrong, at most: sLSTM, LSTM and tanh": exactly(0),
            "% wrong, at least: mLSTM": above(49.5),
            "% wrong, at least: mLSTM, twice as long": above(49.5),
            "% wrong, at most: mLSTM, both": below(50.5),
        },
        "tracking",
        lambda arms: {
            "% wrong, at most: sLSTM, LSTM and tanh": max(max(arms[arm]) for arm in KEPT),
            "% wrong, at least: mLSTM": min(arms["mLSTM"]),
            "% wrong, at least: mLSTM, twice as long": min(arms["mLSTM, twice as long"]),
            "% wrong, at most: mLSTM, both": max(arms["mLSTM"] + arms["mLSTM, twice as long"]),
        },
        paper="in words alone: solved or not",
    ),
    Trained(
        "xlstm_without_u",
        "An LSTM without its four recurrent matrices doesn't learn a parity.",
        HERE,
        {"least % wrong": above(48), "median": near(48.7, 0.1), "largest": below(49.5)},
        "tracking",
        lambda arms: {
            "least % wrong": min(arms["LSTM without U h"]),
            "median": median(arms["LSTM without U h"]),
            "largest": max(arms["LSTM without U h"]),
        },
    ),
    Exact(
        "xlstm_negative",
        "A gate that reads the input alone keeps a parity if it may go down to −1.",
        "Grazzi et al. 2024; Sarrof et al. 2024",
        {"wrong answers": exactly(0)},
        negative,
        seconds=0.5,
    ),
    Exact(
        "xlstm_logistic",
        "Far below zero a logistic gate is nearly an exponential, and lets next to nothing in.",
        HERE,
        {
            "off by, where the sum is −14.5": about(5e-7, 0.02),
            "a value of 1 with score 0 adds": about(2e-9, 0.05),
        },
        logistic,
    ),
    Exact(
        "xlstm_ninety",
        "Nine in ten random pairs are found again in a memory of 8, 16, 32, 64 units with 4, 14, 48, 180 of "
        "them, and fewer with a tenth more.",
        HERE,
        {f"{fit} pairs, {H} units": above(0.9) for H, (fit, _) in ROOMS.items()}
        | {f"{more} pairs, {H} units": below(0.9) for H, (_, more) in ROOMS.items()},
        ninety,
        seconds=0.3,
    ),
)
