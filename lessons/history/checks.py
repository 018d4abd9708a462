"""What can be run of the disagreements: rates of errors, exact fractions, peepholes in both forms."""

import re
from fractions import Fraction
from math import log

import numpy as np

from lessons.history import guess
from lessons.history.myths import MYTHS
from lstm_viz import network, parameters
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.library import LIBRARY

D, H, STEPS = 7, 12, 20


def edits(right: list[str], said: list[str]) -> int:
    """The fewest words to leave out, put in or exchange that make one sentence of another (Levenshtein)."""
    row = list(range(len(said) + 1))
    for k, word in enumerate(right, 1):
        before, row = row, [k]
        for j, other in enumerate(said, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (word != other)))
    return row[-1]


def rate(right: str, said: str) -> float:
    """The word error rate of a sentence: edits by the words that are right."""
    return edits(right.split(), said.split()) / len(right.split())


def switchboard() -> dict[str, float]:
    """The accuracy that holds by the card, and what its word errors leave of a hundred per cent."""
    card = next(myth for myth in MYTHS if myth.title == "Switchboard")
    accuracy, errors, _ = map(float, re.findall(r"\d+\.\d+", card.holds))
    return {"what holds": accuracy, "100 − the word errors": 100 - errors}


def beyond() -> dict[str, float]:
    """A sentence with more errors than words."""
    return {"word error rate, %": 100 * rate("recognise speech", "wreck a nice beach")}


def exact() -> dict[str, float]:
    """A half, two hundred times, in fractions and in floating point."""
    fraction = Fraction(1, 2) ** 200
    return {
        "power of ten": log(fraction) / log(10),
        "floating point is equal": float(float(fraction) == 0.5**200),
    }


def opened(name: str) -> float:
    """The largest output after 20 steps with all gates nearly open and something to write."""
    cell = parse(LIBRARY[name].equations)
    sizes = {"H": 1, "D": 1, "1": 1}
    params = {p: np.zeros([sizes[s] for s in cell.shapes[p]]) for p in cell.params}
    params |= {f"b_{gate}": np.full((1, 1), 5.0) for gate in "fioc"}
    return float(run(cell, params, np.zeros((STEPS, 1, 1))).values["h"].max())


def bounds() -> dict[str, float]:
    """The output with the tanh and with the identity in its place."""
    return {"with tanh": opened("lstm"), "with the identity": opened("lstm_identity_out")}


def moved(name: str) -> float:
    """How far the cell state moves when the output gate is pulled shut."""
    rng, cell = np.random.default_rng(0), parse(LIBRARY[name].equations)
    params = network.start(LIBRARY[name], D, 1, H, rng)
    x = rng.normal(size=(STEPS, D, 1))
    shut = params | {"b_o": params["b_o"] - 5.0}
    first, second = (run(cell, {p: ps[p] for p in cell.params}, x).values["c"] for ps in (params, shut))
    return float(np.abs(first - second).max())


def peepholes() -> dict[str, float]:
    """Both forms: all weights of 7 inputs and 12 units, and whether the memory feels the output gate."""
    found = {}
    for name, words in (("peephole_wiki", "as in the article"), ("peephole_gers", "as in the papers")):
        found[f"weights {words}"] = float(parameters.count(LIBRARY[name], D, H))
        found[f"change of the memory {words}"] = moved(name)
    return found


def guessing() -> dict[str, float]:
    """Ten seeds: after how many guesses all 64 sequences are right, and a test on 2,000 others."""
    found = [guess.guesses(seed) for seed in range(1, 11)]
    return {
        "guesses, median": float(np.median([f.found for f in found])),
        "guesses, most": max(f.found for f in found),
        "right in the test, worst": min(f.tested for f in found),
    }


def longer() -> dict[str, float]:
    """Three times as long sequences, five seeds."""
    found = [guess.guesses(seed, steps=300).found for seed in range(1, 6)]
    return {"seeds that found it": sum(f > 0 for f in found), "guesses, most": max(found)}


def smaller() -> dict[str, float]:
    """Weights between −1 and 1, five seeds, 500 guesses each."""
    return {"seeds that found it": sum(guess.guesses(seed, 1.0, 500).found > 0 for seed in range(1, 6))}


def adding() -> dict[str, float]:
    """The best of a thousand guesses at adding over ten steps, three seeds."""
    best = [guess.adding(seed) for seed in (1, 2, 3)]
    return {"least error": min(best), "largest": max(best)}
