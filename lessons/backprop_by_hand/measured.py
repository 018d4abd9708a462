"""What comes out of the claims on backpropagation by hand, computed by the engine and by the pass itself."""

import numpy as np

from lessons.backprop_by_hand.by_hand import RIGHT, Factors, LSTMStep, lstm_backward
from lessons.backprop_by_hand.every_cell import LAGS, VECTORS, profiles, worst_reading
from lessons.backprop_by_hand.roads import open_unit, profile
from lessons.backprop_by_hand.spoiling import (
    ARRAYS,
    CELL,
    by_hand,
    cosine,
    numeric,
    problem,
    readings,
    worst,
)
from lessons.seen import at
from lstm_viz.flow import check

FAR = "/?task=adding&left=lstm1997&right=lstm&weights=untrained&T=200&hidden=32&seed=1"
ONE = {"f": 0.9, "i": 0.5, "o": 0.8, "g": 0.6, "c_prev": 2.0}
FOUR = {"do": "o", "df": "f", "di": "i", "dg": "c"}
MISTAKES = {
    "no gradient for the output gate": Factors(do=0.0),
    "without the short road": Factors(carry=0.0),
    "without the long road": Factors(back=0.0),
    "without the candidate's slope": Factors(square_g=0.0),
}


def both() -> dict[str, float]:
    """The engine's derived gradients beside those by hand."""
    s = problem(6)
    derived, hand = check.analytic(CELL, *s), by_hand(s)
    return {"largest difference": max(np.abs(derived[p] - hand[p]).max() for p in ARRAYS)}


def one_step() -> dict[str, float]:
    """One unit, one step, a gradient of 1 at h."""
    values = {name: np.full((1, 1), v) for name, v in ONE.items()}
    c = values["f"] * values["c_prev"] + values["i"] * values["g"]
    h = values["o"] * np.tanh(c)
    still = np.zeros((1, 1))
    step = LSTMStep(x=np.ones((1, 1)), h_prev=still, c=c, h=h, **values)
    weights = {name: np.zeros((1, 1)) for name in ARRAYS}
    sums, (d,) = lstm_backward(weights, [step], np.ones((1, 1, 1)))
    found = {name: getattr(step, name) for name in ("c", "h")}
    found |= {f"d{name}": getattr(d, name) for name in ("o", "c", "f", "i", "g", "c_prev")}
    found |= {"slope of the tanh at c": 1 - np.tanh(c) ** 2}
    # The bias of a sum gets the sum's gradient as it is.
    found |= {f"d of the sum of {name}": sums[f"b_{q}"] for name, q in zip("ofig", "ofic", strict=True)}
    return {name: a.item() for name, a in found.items()}


def toll() -> dict[str, float]:
    """What is lost at the door, and what a road of ten steps leaves."""
    return {"lost between h and c": 1 - one_step()["dc"], "left after ten steps of 0.9": 0.9**10}


def product() -> dict[str, float]:
    """The truncated gradient beside the product of the forget gates, unit by unit."""
    run = at(f"{FAR}&forget=1&cut=truncated").runs[1]
    dc, f = run.grads.signals["c"][:, :, 0], run.trace.values["f"][:, :, 0]
    gates = f[1:].prod(axis=0)
    return {"largest relative difference": np.abs(dc[0] / dc[-1] / gates - 1).max()}


def reading() -> dict[str, float]:
    """Nine tenths of a gradient."""
    return {"reading": readings(1, Factors(do=0.9))["b_o"]}


def epsilons() -> dict[str, float]:
    """The reading of a correct pass for every tenth part of ε."""
    found = {k: worst(6, RIGHT, 10.0**-k) for k in range(1, 13)}
    return {
        "fall from 0.01 to 0.001": found[2] / found[3],
        "fall from 0.001 to 0.0001": found[3] / found[4],
        "reading at 0.00001": found[5],
        "best ε, as a power of ten": -min(found, key=found.get),
        "reading at 10⁻¹²": found[12],
    }


def blind() -> dict[str, float]:
    """The short road left out, over more and more steps."""
    return {f"reading, T = {T}": worst(T, Factors(carry=0.0)) for T in (1, 2, 6)}


def fingerprint() -> dict[str, float]:
    """With one step: what a spoilt line says of its own arrays, and of the others."""
    own, others = [], []
    for line, gate in FOUR.items():
        for name, value in readings(1, Factors(**{line: 0.9})).items():
            (own if name.endswith(gate) else others).append(value)
    return {"least of its own": min(own), "largest of its own": max(own), "largest of others": max(others)}


def spreads() -> dict[str, float]:
    """The slope between c and h with one step; four spoilt lines with six."""
    door = readings(1, Factors(square_c=0.0))
    later = [min(readings(6, Factors(**{line: 0.9})).values()) for line in FOUR]
    return {
        "one step: least of the other gates": min(v for name, v in door.items() if name[-1] != "o"),
        "one step: largest of the output gate": max(v for name, v in door.items() if name[-1] == "o"),
        "six steps: least of all arrays": min(later),
    }


def sensitive() -> dict[str, float]:
    """Small mistakes."""
    return {
        f"reading, df times {name}": worst(6, Factors(df=k))
        for name, k in (("1.000001", 1 + 1e-6), ("1.00000001", 1 + 1e-8), ("1", 1.0))
    }


def downhill() -> dict[str, float]:
    """The cosine between right and wrong, for twenty cells and four mistakes."""
    found = {}
    for name, k in MISTAKES.items():
        angles = [cosine(by_hand(problem(6, seed)), by_hand(problem(6, seed), k)) for seed in range(1, 21)]
        found |= {f"least, {name}": min(angles), f"median, {name}": float(np.median(angles))}
    return found


def truncated() -> dict[str, float]:
    """The gradient of 1997 before the judge."""
    s, cut = problem(6), by_hand(problem(6), Factors(back=0.0))
    engine = check.analytic(CELL, *s, cut=("h",))
    return {
        "reading": worst(6, Factors(back=0.0)),
        "difference from the engine's": max(np.abs(engine[p] - cut[p]).max() for p in ARRAYS),
    }


def two_roads() -> dict[str, float]:
    """What of dL/dc is left 199 steps back, by both roads and by the short one."""
    found = {}
    for forget in (1, 3):
        for words, cut in (("both roads", "full"), ("the short one", "truncated")):
            grads = at(f"{FAR}&forget={forget}&cut={cut}").runs[1].grads
            found[f"forget bias {forget}, {words}"] = profile(grads)[0]
    return found


def explodes() -> dict[str, float]:
    """A single unit whose gates are held open, over 60 steps."""
    found = {w: open_unit(w) for w in (1.0, 2.0, 4.0, 8.0)}
    grown = [both / (1 + w) ** 60 for w, (both, _) in found.items()]
    return {
        "the short road": found[1.0][1],
        "both, weight 1": found[1.0][0],
        "both, weight 8": found[8.0][0],
        "least part of (1 + weight)^60": min(grown),
        "largest part of it": max(grown),
    }


def kept() -> dict[str, float]:
    """How many numbers the way back needs: of 16 units, 2 inputs, 100 steps."""
    fields = {"x": 2} | {name: 16 for name in ("h_prev", "c_prev", "f", "i", "o", "g", "c")}
    return {"a step": sum(fields.values()), "in all": 100 * sum(fields.values())}


def find() -> dict[str, float]:
    """The slope of the candidate forgotten: the readings, and the ratios of the entries of b_c."""
    k = Factors(square_g=0.0)
    found = readings(1, k)
    ratios = by_hand(problem(1), k)["b_c"] / numeric(1)["b_c"]
    return {
        "least of the candidate's arrays": min(v for name, v in found.items() if name[-1] == "c"),
        "largest of them": max(v for name, v in found.items() if name[-1] == "c"),
        "largest of others": max(v for name, v in found.items() if name[-1] != "c"),
        "largest ratio to the smallest": ratios.max() / ratios.min(),
    }


def every_cell() -> dict[str, float]:
    """The cells of the family that read vectors before the judge."""
    return {"cells": len(VECTORS), "largest reading": max(map(worst_reading, VECTORS))}


def arriving() -> dict[str, float]:
    """What is left of a gradient in each net at each lag."""
    found = profiles().items()
    return {f"{name}, {lag} steps": v for name, of in found for lag, v in zip(LAGS, of, strict=True)}
