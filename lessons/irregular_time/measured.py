"""The numbers of the lesson on irregular time."""

import numpy as np

from lessons.irregular_time.memory import error, pulse
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward, start

SHORTEST = 2 * np.pi / 0.08  # steps of the fastest wave: two and a half in a window of 200
WINDOW = 200
DAY = 86_400.0


def left(dt: float) -> float:
    """What is left of the short-lived part after a wait, computed by the cell itself.

    A unit with the cell state 1, of which tanh 1 are short-lived: what is missing afterwards says it.
    """
    cell = parse(LIBRARY["tlstm"].equations)
    params = {name: np.zeros((1, 1)) for name in cell.params} | {"b_d": np.ones((1, 1))}
    first = {"c": np.ones((1, 1)), "h": np.zeros((1, 1))}
    values = run(cell, params, np.zeros((1, 1, 1)), first, np.full((1, 1, 1), float(dt))).values
    short, adjusted = (values[name].item() for name in ("c_short", "c_adj"))
    return (adjusted - 1 + short) / short


def is_lstm() -> dict[str, float]:
    """A T-LSTM of random weights with next to no waits, against the LSTM with the same weights."""
    variant, rng = LIBRARY["tlstm"], np.random.default_rng(1)
    params, x = start(variant, 2, 1, 6, rng), rng.normal(size=(50, 2, 8))
    aware, _ = forward(parse(variant.equations), params, x, dt=np.full((50, 1, 8), 1e-12))
    plain = {name: p for name, p in params.items() if name not in ("W_d", "b_d")}
    usual, _ = forward(parse(LIBRARY["lstm"].equations), plain, x)
    far = np.abs(aware.values["c"] - usual.values["c"]).max()
    return {"largest difference of cell states": far}


def fade() -> dict[str, float]:
    """What is left of the short-lived part after 1, 5, 16 and 1,000 units of time."""
    return {f"after {dt:,}": left(dt) for dt in (1, 5, 16, 1000)}


def units() -> dict[str, float]:
    """A day in days, and in seconds."""
    return {"one day": left(1.0), "86,400 seconds": left(DAY)}


def recall() -> dict[str, float]:
    """Error over the window of a memory of 8 numbers and one of 12."""
    return {f"order {q}": error(q, WINDOW, SHORTEST) for q in (8, 12)} | {"shortest wave": SHORTEST}


def order() -> dict[str, float]:
    """The same for five orders."""
    return {f"order {q}": error(q, WINDOW, SHORTEST) for q in (4, 6, 8, 10, 12)} | {
        "turns of the fastest wave in the window": WINDOW / SHORTEST
    }


def waves() -> dict[str, float]:
    """Waves twice as fast, and a window twice as long."""
    cases = {"waves twice as fast": (WINDOW, SHORTEST / 2), "a window twice as long": (2 * WINDOW, SHORTEST)}
    return {f"{words}, order {q}": error(q, *case) for words, case in cases.items() for q in (12, 20)}


def pulses() -> dict[str, float]:
    """What is left of a pulse, and what a constant forget gate would leave."""
    lengths = pulse(24, WINDOW, 241)
    return {
        "after 190 steps": lengths[190],
        "after 240 steps": lengths[240],
        "a constant forget gate after 240": lengths[190] ** (240 / 190),
    }


def smallest() -> dict[str, float]:
    """From which order on the error is below a hundredth, for two and a half turns and for five."""
    cases = {"two and a half turns": SHORTEST, "five turns": 40.0}
    return {words: first_below(0.01, shortest) for words, shortest in cases.items()}


def first_below(limit: float, shortest: float) -> int:
    """The smallest order with an error below a limit."""
    return next(q for q in range(6, 30) if error(q, WINDOW, shortest) < limit)
