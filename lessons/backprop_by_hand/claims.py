"""The claims of the lesson on backpropagation by hand."""

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
from lessons.claims import Claim, Exact, about, above, below, between, exactly, factor, near
from lessons.seen import at
from lstm_viz.flow import check

HERE = "this course"
LSTM1997 = "Hochreiter & Schmidhuber 1997, appendix A.1"
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


def arriving() -> dict[str, float]:
    """What is left of a gradient in each net at each lag."""
    found = profiles().items()
    return {f"{name}, {lag} steps": v for name, of in found for lag, v in zip(LAGS, of, strict=True)}


# By net what is left after 10, 50, 100 and 199 steps, told by its size.
PROFILES = {
    f"{name}, {lag} steps": factor(value, 1.3)
    for name, values in {
        "tanh network": (0.0038, 4.4e-12, 1.4e-23, 1.9e-44),
        "tanh network, recurrent weights × 3": (2.5, 5.5, 60, 1.3e4),
        "LSTM, forget bias 0": (0.0051, 2.0e-10, 1.2e-19, 1.4e-37),
        "LSTM, forget bias 1": (0.12, 3.1e-4, 6.8e-7, 2.0e-12),
        "LSTM, forget bias 3": (0.65, 0.30, 0.28, 2.9),
        "LSTM, forget bias 5": (0.64, 0.53, 0.71, 16),
        "LSTM of 1997": (1.1, 1.1, 1.1, 16),
    }.items()
    for lag, value in zip(LAGS, values, strict=True)
}

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "backprop_by_hand",
        "The gradients that are derived from a cell's text equal those of a pass written by hand.",
        HERE,
        {"largest difference": below(1e-13)},
        both,
    ),
    Exact(
        "backprop_one_step",
        "One step of one unit, forward and back, number by number.",
        HERE,
        {
            "c": near(2.1, 1e-9),
            "h": near(0.776, 0.0005),
            "do": near(0.970, 0.0006),
            "slope of the tanh at c": near(0.058, 0.0005),
            "dc": near(0.047, 0.0005),
            "df": near(0.093, 0.0005),
            "di": near(0.028, 0.0005),
            "dg": near(0.023, 0.0005),
            "dc_prev": near(0.042, 0.0005),
            "d of the sum of o": near(0.155, 0.0005),
            "d of the sum of f": near(0.008, 0.0005),
            "d of the sum of i": near(0.007, 0.0005),
            "d of the sum of g": near(0.015, 0.0005),
        },
        one_step,
    ),
    Exact(
        "backprop_toll",
        "More than 95 per cent of the error is lost between h and c, and a road of ten forget gates of 0.9 "
        "leaves a third of what came in.",
        HERE,
        {"lost between h and c": above(0.95), "left after ten steps of 0.9": near(0.349, 0.001)},
        toll,
    ),
    Exact(
        "backprop_product",
        "The truncated gradient on the cell state is what set out, times the forget gates it has passed.",
        LSTM1997,
        {"largest relative difference": below(1e-12)},
        product,
        seconds=0.5,
    ),
    Exact(
        "backprop_reading",
        "Nine tenths of a derivative reads 0.1/1.9.",
        HERE,
        {"reading": near(0.1 / 1.9, 1e-6)},
        reading,
    ),
    Exact(
        "backprop_epsilon",
        "The reading falls a hundredfold for each tenth of ε down to 0.00001, and then rises.",
        HERE,
        {
            "fall from 0.01 to 0.001": between(90, 110),
            "fall from 0.001 to 0.0001": between(90, 110),
            "reading at 0.00001": factor(2e-10, 3),
            "best ε, as a power of ten": exactly(-5),
            "reading at 10⁻¹²": factor(2e-3, 5),
        },
        epsilons,
        seconds=1.0,
    ),
    Exact(
        "backprop_blind",
        "With one step the check doesn't see that the road from cell state to cell state is missing.",
        HERE,
        {
            "reading, T = 1": below(1e-9),
            "reading, T = 2": near(0.25, 0.005),
            "reading, T = 6": near(0.54, 0.005),
        },
        blind,
        seconds=0.2,
    ),
    Exact(
        "backprop_fingerprint",
        "With one step a wrong line accuses its own three arrays and no others.",
        HERE,
        {
            "least of its own": near(0.053, 0.0005),
            "largest of its own": near(0.053, 0.0005),
            "largest of others": below(1e-10),
        },
        fingerprint,
    ),
    Exact(
        "backprop_spreads",
        "A wrong slope between c and h accuses all but the output gate; from two steps on all is accused.",
        HERE,
        {
            "one step: least of the other gates": above(0.1),
            "one step: largest of the output gate": below(1e-10),
            "six steps: least of all arrays": above(1e-4),
        },
        spreads,
    ),
    Exact(
        "backprop_sensitive",
        "A factor of 1.000001 in one line reads 5·10⁻⁷, one of 1.00000001 reads 5·10⁻⁹.",
        HERE,
        {
            "reading, df times 1.000001": about(4.7e-7, 0.1),
            "reading, df times 1.00000001": about(4.7e-9, 0.2),
            "reading, df times 1": factor(2e-10, 3),
        },
        sensitive,
    ),
    Exact(
        "backprop_downhill",
        "In none of eighty cases a spoilt gradient pointed uphill.",
        HERE,
        {
            "least, no gradient for the output gate": near(0.53, 0.005),
            "median, no gradient for the output gate": near(0.86, 0.005),
            "least, without the short road": near(0.61, 0.005),
            "median, without the short road": near(0.94, 0.005),
            "least, without the long road": near(0.685, 0.005),
            "median, without the long road": near(0.96, 0.005),
            "least, without the candidate's slope": near(0.49, 0.005),
            "median, without the candidate's slope": near(0.75, 0.005),
        },
        downhill,
        seconds=0.2,
    ),
    Exact(
        "backprop_truncated_fails",
        "The truncated gradient of 1997 isn't the slope of the loss.",
        LSTM1997,
        {"reading": near(0.75, 0.005), "difference from the engine's": below(1e-12)},
        truncated,
    ),
    Exact(
        "backprop_two_roads",
        "Most of the gradient that comes far back in an untrained LSTM has travelled through the gates.",
        HERE,
        {
            "forget bias 1, both roads": about(7.3e-10, 0.05),
            "forget bias 1, the short one": about(1.5e-24, 0.05),
            "forget bias 3, both roads": about(3.7, 0.05),
            "forget bias 3, the short one": about(3e-4, 0.05),
        },
        two_roads,
        seconds=1.0,
    ),
    Exact(
        "backprop_explodes",
        "With open gates a gradient grows at each step by nearly one plus the recurrent weight.",
        HERE,
        {
            "the short road": near(0.668, 0.001),
            "both, weight 1": about(6.3e17),
            "both, weight 8": about(1.07e57),
            "least part of (1 + weight)^60": above(0.5),
            "largest part of it": below(1),
        },
        explodes,
        seconds=0.2,
    ),
    Exact(
        "backprop_every_cell",
        "The derived gradients of every cell of the family that reads vectors are their slopes.",
        HERE,
        {"cells": exactly(28), "largest reading": below(1e-8)},
        lambda: {"cells": len(VECTORS), "largest reading": max(map(worst_reading, VECTORS))},
        seconds=1.5,
    ),
    Exact(
        "backprop_profiles",
        "What is left of a gradient in an untrained net depends on how it begins: medians of five seeds.",
        HERE,
        PROFILES,
        lambda: {
            f"{name}, {lag} steps": v
            for name, of in profiles().items()
            for lag, v in zip(LAGS, of, strict=True)
        },
        seconds=0.8,
    ),
    Exact(
        "backprop_kept",
        "The way back through 100 steps of 16 units needs 11,400 numbers of the way forward.",
        HERE,
        {"a step": exactly(114), "in all": exactly(11_400)},
        kept,
    ),
    Exact(
        "backprop_find",
        "A forgotten slope of the candidate accuses its arrays alone, with a different ratio for every unit.",
        HERE,
        {
            "least of the candidate's arrays": near(0.28, 0.005),
            "largest of them": near(0.28, 0.005),
            "largest of others": below(1e-10),
            "largest ratio to the smallest": above(1.1),
        },
        find,
    ),
)
