"""Clocks written by hand: with peepholes as in the papers and as in the encyclopaedia, and without any."""

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY

OPEN, ONE, SHARP = 40.0, 20.0, 80.0  # sums at which a gate is open and a candidate 1; a sure peephole
Values = dict[str, np.ndarray]


def cell_of(name: str):
    """A cell of the library."""
    return parse(LIBRARY[name].equations)


def column(*values: float) -> np.ndarray:
    """A column of numbers."""
    return np.array(values, float)[:, None]


def silent(name: str, H: int = 1, D: int = 1) -> Values:
    """All parameters of a cell as zeros."""
    cell, size = cell_of(name), {"H": H, "D": D, "1": 1}
    return {p: np.zeros([size[letter] for letter in cell.shapes[p]]) for p in cell.params}


def clock(threshold: float, sharp: float = SHARP) -> Values:
    """One unit with peepholes: its tally rises by 1, and beyond the threshold it strikes and begins anew."""
    return silent("peephole_gers") | {
        "b_i": column(OPEN),
        "b_c": column(ONE),
        "V_f": column(-sharp),
        "b_f": column(sharp * threshold),
        "V_o": column(sharp),
        "b_o": column(-sharp * threshold),
    }


def wiki(threshold: float, sharp: float = SHARP, early: float = 0.0) -> Values:
    """The same weights in the encyclopaedia's cell; its output gate's threshold may be lower by `early`."""
    return silent("peephole_wiki") | {
        "b_i": column(OPEN),
        "b_c": column(ONE),
        "U_f": column(-sharp),
        "b_f": column(sharp * threshold),
        "U_o": column(sharp),
        "b_o": column(-sharp * (threshold - early)),
    }


def blind(threshold: float, sharp: float = SHARP) -> Values:
    """The same biases in a cell without peepholes."""
    return silent("lstm") | {
        "b_i": column(OPEN),
        "b_c": column(ONE),
        "b_f": column(sharp * threshold),
        "b_o": column(-sharp * threshold),
    }


def counter(threshold: float) -> Values:
    """A clock that counts the strikes it reads in place of steps."""
    return clock(threshold) | {"b_i": column(-OPEN), "W_i": column(2 * OPEN)}


def measure(threshold: float) -> Values:
    """A tally that runs on, and an output gate that asks for a signal and for the threshold."""
    surely = 1e6
    return silent("peephole_gers") | {
        "b_i": column(OPEN),
        "b_c": column(ONE),
        "b_f": column(OPEN),
        "V_o": column(SHARP),
        "W_o": column(surely),
        "b_o": column(-SHARP * threshold - surely),
    }


def pair(period: int) -> tuple[Values, float]:
    """Two units without peepholes: one shows its tally, the other strikes; and the largest weight it takes.

    The tally rises to 1 in so many steps. What the gates read is its tanh of one step before.
    """
    step = 1 / period
    full, before = np.tanh(1 - step / 2), np.tanh(1 - 1.5 * step)
    sharp = OPEN / (np.tanh(1) - full)
    params = silent("lstm", 2) | {
        "b_i": column(OPEN, sharp * full),
        "b_c": column(np.arctanh(step), ONE),
        "b_f": column(sharp * full, -OPEN),
        "b_o": column(OPEN, -sharp * before),
    }
    params["U_f"][0, 0] = params["U_i"][1, 0] = -sharp
    params["U_o"][1, 0] = sharp
    return params, float(sharp)


def run(name: str, params: Values, x: np.ndarray | int) -> Values:
    """Every signal of a cell that reads x (T, D, 1), or nothing for so many steps."""
    read = np.zeros((x, 1, 1)) if isinstance(x, int) else x
    return fast.run(cell_of(name), params, read).values


def strikes(values: Values, unit: int = 0) -> np.ndarray:
    """The steps, from 1, at which a unit says more than a half."""
    return np.flatnonzero(values["h"][:, unit, 0] > 0.5) + 1


def between(values: Values, unit: int = 0) -> float:
    """The most that it says at all other steps."""
    return float(np.delete(values["h"][:, unit, 0], strikes(values, unit) - 1).max(initial=0.0))
