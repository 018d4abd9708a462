"""The numbers of the lesson on one step, each from the trained network or from the equations."""

import numpy as np

from lessons.one_step.steps import MARKED, SEEN, UNIT, before, lstm, stacked, taken_apart
from lessons.seen import at
from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import OPS
from lstm_viz.pages.scene import trained
from lstm_viz.parameters import count
from lstm_viz.tasks import TASKS

LSTM = LIBRARY["lstm"]
FIRST = 8  # the step of the first mark


def seen() -> dict[str, float]:
    """The fourteenth unit's cell state around the marks, and the network's answer."""
    scene, c = at(SEEN), lstm().trace.values["c"][:, UNIT, 0]
    return {
        "cell state at step 9": c[FIRST],
        "lowest until step 32": c[FIRST:MARKED].min(),
        "at step 32": c[MARKED - 1],
        "at step 33": c[MARKED],
        "value read at step 33": lstm().trace.values["x"][MARKED, 0, 0],
        "answer": lstm().out[-1].item(),
        "sum": scene.batch.target[-1].item(),
    }


def quiet() -> dict[str, float]:
    """Step 32 of unit 14: the parts of every line."""
    step, found = taken_apart(MARKED - 1, UNIT), {}
    for name, layer in step.layers.items():
        parts = (layer.from_x, layer.from_h, layer.bias, layer.total, layer.value)
        words = ("from the input", "from the hidden state", "bias", "sum", "value")
        found |= {f"{name}, {word}": part for word, part in zip(words, parts, strict=True)}
    x = lstm().trace.values["x"][MARKED - 1, :, 0]
    return found | {
        "value read": x[0],
        "mark": x[1],
        "old cell state": before("c", MARKED - 1)[UNIT],
        "kept": step.kept,
        "let in": step.added,
        "cell state": step.c,
        "its tanh": step.squashed,
        "hidden state": step.h,
        "farthest from the engine's own cell state": abs(
            step.c - lstm().trace.values["c"][MARKED - 1, UNIT, 0]
        ),
    }


def fused() -> dict[str, float]:
    """One product of the stacked matrices against the eight of the four lines."""
    trace = lstm().trace
    x, h_prev = trace.values["x"][MARKED], trace.values["h"][MARKED - 1]
    one = stacked(trace.params) @ np.concatenate([x, h_prev])
    lines = [trace.params[f"W_{k}"] @ x + trace.params[f"U_{k}"] @ h_prev for k in "fioc"]
    return {
        "rows": len(one),
        "columns": stacked(trace.params).shape[1],
        "largest difference": np.abs(one - np.concatenate(lines)).max(),
    }


def hoisted() -> dict[str, float]:
    """The input's part for all steps in one product, against step by step."""
    trace = lstm().trace
    W, x = stacked(trace.params)[:, :2], trace.values["x"][:, :, 0]
    steps = np.stack([W @ x_t for x_t in x])
    return {"steps": len(x), "largest difference": np.abs(x @ W.T - steps).max()}


def counted() -> dict[str, float]:
    """How many numbers the cell has, and how many with a second bias for every sum."""
    found = {}
    for T in (20, 200):
        params = at(f"/?T={T}&first=5&second=12").runs[1].trace.params
        found[f"numbers at {T} steps"] = sum(params[name].size for name in parse(LSTM.equations).params)
    return found | {"with two biases": count(LSTM, 2, 16) + 4 * 16}


def fall() -> dict[str, float]:
    """Step 33 of unit 14."""
    step = taken_apart(MARKED, UNIT)
    values = {name: step.layers[name].value for name in "figo"}
    return values | {"kept": step.kept, "let in": step.added, "cell state": step.c}


def who_looks() -> dict[str, float]:
    """What the input gate and the candidate of unit 14 make of value and mark."""
    params = lstm().trace.params
    return {
        f"{layer}, {what}": params[name][UNIT, column]
        for layer, name in (("input gate", "W_i"), ("candidate", "W_c"))
        for column, what in enumerate(("value", "mark"))
    }


def changed() -> dict[str, float]:
    """Step 33 with another value, and without its mark."""
    x = lstm().trace.values["x"][MARKED, :, 0]
    g = taken_apart(MARKED, UNIT).layers["g"]
    slope = lstm().trace.params["W_c"][UNIT, 0]
    return {
        "cell state with 0.9 in place of 0.17": taken_apart(MARKED, UNIT, np.array([0.9, x[1]])).c,
        "without the mark": taken_apart(MARKED, UNIT, np.array([x[0], 0.0])).c,
        "value at which the candidate is zero": x[0] - g.total / slope,
    }


def register() -> dict[str, float]:
    """Over 500 other sequences: what the unit's cell state goes with, before and after the second mark."""
    batch = TASKS["adding"].draw(np.random.default_rng(5), 60, 500, (FIRST, MARKED))
    params = trained("adding", "lstm", 16).params
    trace, _ = network.forward(parse(LSTM.equations), params, batch.x)
    c, first = trace.values["c"][:, UNIT], batch.x[FIRST, 0]
    return {
        "before, with the first number": np.corrcoef(c[MARKED - 1], first)[0, 1],
        "after, with the sum": np.corrcoef(c[MARKED], batch.target[-1, 0])[0, 1],
    }


def budget() -> dict[str, float]:
    """Forget gate plus input gate of unit 14 at the marks."""
    values = lstm().trace.values
    return {f"at step {t + 1}": values["f"][t, UNIT, 0] + values["i"][t, UNIT, 0] for t in (MARKED, FIRST)}


def ranges() -> dict[str, float]:
    """Gates and hidden states of ten cells with random weights, some of them large."""
    cell, gates, hidden = parse(LSTM.equations), [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        params = network.start(LSTM, 2, 1, 8, rng)
        own = {name: (1 + seed) * params[name] for name in cell.params}
        values = run(cell, own, rng.normal(0, 3, (100, 2, 4))).values
        gates += [values[name] for name in "fio"]
        hidden.append(values["h"])
    return {
        "lowest gate": np.min(gates),
        "highest gate": np.max(gates),
        "largest hidden state": np.abs(hidden).max(),
    }


def unbounded() -> dict[str, float]:
    """The seventh unit's cell state at the end, and the largest hidden state."""
    values = lstm().trace.values
    return {
        "cell state of unit 7 at step 60": values["c"][-1, 6, 0],
        "largest hidden state": np.abs(values["h"]).max(),
    }


def saturated() -> dict[str, float]:
    """The smallest sum, in steps of a tenth, of which the logistic function is 1."""
    sums = np.arange(0, 500) / 10
    return {"smallest sum": sums[OPS["sigmoid"].value(sums) == 1][0]}


def unmarked() -> dict[str, float]:
    """Step 33 of unit 14 without the mark."""
    x = lstm().trace.values["x"][MARKED, :, 0]
    step = taken_apart(MARKED, UNIT, np.array([x[0], 0.0]))
    sums = {f"sum of {name}": step.layers[name].total for name in "fig"}
    values = {f"value of {name}": step.layers[name].value for name in "fig"}
    return sums | values | {"kept": step.kept, "let in": step.added, "cell state": step.c}


def layer_of_12() -> dict[str, float]:
    """How many numbers a layer of 12 units with 7 inputs has."""
    return {"numbers": count(LSTM, 7, 12), "with two biases": count(LSTM, 7, 12) + 4 * 12}


def upwards() -> dict[str, float]:
    """The same weights with a logistic function in the candidate."""
    cell = parse(LSTM.equations.replace("g = tanh(", "g = sigmoid("))
    trace = lstm().trace
    values = run(cell, trace.params, trace.values["x"]).values
    c = values["c"]
    kept = values["f"][1:] * c[:-1]
    unit = c[:, UNIT, 0]
    return {
        "no state falls below what is kept": np.all(c[1:] >= kept),
        "lowest state": c.min(),
        "unit 14 after the second mark": unit[MARKED],
        "its rise at the first mark": unit[FIRST] - unit[FIRST - 1],
        "its rise at the second": unit[MARKED] - unit[MARKED - 1],
    }
