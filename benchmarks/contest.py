"""Contests: calls that take turns, so that what else the machine does hits all alike; the medians count."""

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import numpy as np

from benchmarks import rivals
from benchmarks.frameworks import onnx_lstm, torch_lstm
from lstm_viz import fast
from lstm_viz.cell import Cell, parse
from lstm_viz.library import LIBRARY

# A turn lasts at least so many seconds, a contest about so many.
TURN, CONTEST = 0.004, 3.0


class Size(NamedTuple):
    """The sizes of a run: sequences, steps, inputs, units."""

    B: int
    T: int
    D: int
    H: int


def take_turns(calls: dict[str, Callable | None], seconds: float = CONTEST) -> dict[str, float | None]:
    """The median milliseconds of each call over at least five turns; None of none."""
    there = {name: call for name, call in calls.items() if call is not None}
    often = {name: repeats(call) for name, call in there.items()}
    ms: dict[str, list[float]] = {name: [] for name in there}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(ms[next(iter(ms))]) < 5:
        for name, call in there.items():
            ms[name].append(1e3 * turn(call, often[name]) / often[name])
    return {name: median(ms[name]) if name in ms else None for name in calls}


def repeats(call: Callable) -> int:
    """How often a call is made in one turn; what it makes only once, it makes here."""
    call()
    return max(1, round(TURN / max(turn(call, 2) / 2, 1e-6)))


def turn(call: Callable, often: int) -> float:
    """The processor's seconds for some calls: on one thread, what a quiet machine's clock shows."""
    began = time.process_time()
    for _ in range(often):
        call()
    return time.process_time() - began


class Data(NamedTuple):
    """A cell's parameters, inputs x (T, D, B), and the loss's gradient of h (T, H, B)."""

    cell: Cell
    params: dict[str, np.ndarray]
    x: np.ndarray
    G: np.ndarray


def data(text: str, size: Size, dtype) -> Data:
    """Random numbers for a cell, the same ones for the same size."""
    rng, cell = np.random.default_rng(0), parse(text)
    letters = {"H": size.H, "D": size.D, "1": 1, "B": size.B}
    params = {
        p: (rng.normal(size=[letters[s] for s in cell.shapes[p]]) / np.sqrt(size.H)).astype(dtype)
        for p in cell.params
    }
    x, G = (rng.normal(size=(size.T, n, size.B)).astype(dtype) for n in (size.D, size.H))
    return Data(cell, params, x, G)


def ours(d: Data) -> Callable[[], object]:
    """Our forward and full backward: gradients of x, all parameters and all initial states."""
    return lambda: fast.backprop(fast.run(d.cell, d.params, d.x, dtype=d.x.dtype), {"h": d.G}, wanted=("x",))


def stacked(d: Data, order: str) -> tuple[np.ndarray, np.ndarray]:
    """W (4H, D + H) and b (4H, 1) of a cell's gates in this order."""
    rows = [np.concatenate([d.params[f"W_{gate}"], d.params[f"U_{gate}"]], axis=1) for gate in order]
    return np.concatenate(rows), np.concatenate([d.params[f"b_{gate}"] for gate in order])


def lstm(size: Size, dtype) -> dict[str, Callable | None]:
    """The LSTM: ours, by hand in NumPy, in PyTorch; in ONNX Runtime forward alone."""
    d = data(LIBRARY["lstm"].equations, size, dtype)
    W, b = stacked(d, "fioc")
    there = torch_lstm(W, b, d.x, d.G), onnx_lstm(W, b, d.x)
    return {
        "ours": ours(d),
        "naive_numpy": lambda: rivals.textbook_lstm(d.params, d.x, d.G),
        "fused_numpy": lambda: rivals.fused_lstm((W, b), d.x, d.G),
        **{name: its and its[0] for name, its in zip(("torch", "onnxruntime"), there, strict=True)},
    }


def peephole(size: Size, dtype) -> dict[str, Callable]:
    """The peephole LSTM of Gers et al. 2002: ours and by hand."""
    d = data(LIBRARY["peephole_gers"].equations, size, dtype)
    p = (*stacked(d, "fico"), np.stack([d.params[f"V_{gate}"] for gate in "fio"]))
    return {"ours": ours(d), "fused_numpy": lambda: rivals.fused_peephole(p, d.x, d.G)}


def gru(size: Size, dtype) -> dict[str, Callable]:
    """The GRU with its reset after the product: ours and by hand."""
    d = data(LIBRARY["gru_reset_after"].equations, size, dtype)
    p = gru_weights(d)
    return {"ours": ours(d), "fused_numpy": lambda: rivals.fused_gru(p, d.x, d.G)}


def gru_weights(d: Data) -> tuple[np.ndarray, ...]:
    """W (3H, D), U (3H, H) and a bias (3H, 1) for each, order r, z, n."""
    W, U, b = (np.concatenate([d.params[f"{kind}_{gate}"] for gate in "rzh"]) for kind in "WUb")
    none = np.zeros_like(d.params["b_r"])
    return W, U, b, np.concatenate([none, none, d.params["bU_h"]])
