"""How much of a message can be read off a network that has never been trained: only a readout is fitted."""

import numpy as np

from lessons.copying.rings import COPY, LENGTH, LINEAR, K
from lstm_viz import fast
from lstm_viz.cell import Cell, parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import draw, forward
from lstm_viz.papers.copying import starts
from lstm_viz.tasks.copy_memory import INPUTS, OUTPUTS

H, B, T, NOISE = 32, 300, 200, 0.01
LSTM = parse(LIBRARY["lstm"].equations)


def both() -> dict[str, float]:
    """The share of wrong answers, in per cent, of a linear orthogonal network and of an LSTM."""
    return {
        "linear, orthogonal": wrong(LINEAR, {"U_h": "orthogonal", "b_h": 0.0}),
        "LSTM, chrono": wrong(LSTM, dict(starts(T)["chrono"])),
    }


def wrong(cell: Cell, constants: dict) -> float:
    """Fit a readout by least squares to the last states of some sequences, and ask it of others."""
    params = draw(cell, len(INPUTS), len(OUTPUTS), H, np.random.default_rng(1), constants)
    states, said = seen(cell, params, 10)
    weights = np.linalg.lstsq(states, said, rcond=None)[0]
    others, wanted = seen(cell, params, 11)
    return 100 * float(((others @ weights).argmax(axis=1) != wanted.argmax(axis=1)).mean())


def seen(cell: Cell, params: dict, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The states at the steps of the answers, with noise and a 1 in front, and what is to be said there."""
    rng = np.random.default_rng(seed)
    batch = COPY.draw(rng, T, B)
    h = forward(cell, params, batch.x, run=fast.run)[0].values["h"][-LENGTH:]
    h = h + NOISE * rng.normal(size=h.shape)
    rows = [np.vstack([np.ones((1, B)), step]).T for step in h]
    return np.concatenate(rows), np.concatenate([step[:K].T for step in batch.target[-LENGTH:]])
