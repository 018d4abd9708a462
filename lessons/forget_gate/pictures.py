"""The pictures of the lesson on the forget gate."""

import numpy as np

from lessons.forget_gate.gates import half_life
from lstm_viz.ops import sigmoid
from lstm_viz.papers.forget_growth import ROW, STAGES, name_of
from lstm_viz.papers.forget_stream import WINDOW
from lstm_viz.papers.results import by_arm, read
from lstm_viz.stage.chart import Axis, Dots, Line, Note, Plot

ROLES = {"LSTM 1997": "input", "LSTM": "cell"}
MARKED = (0, 1, 3, 5, 7)


def growth() -> Plot:
    """The farthest cell states of both networks, for every seed, as the stream goes on."""
    arms = by_arm(ROW, read(ROW))
    letters = [n * WINDOW for n in STAGES]
    marks, ends = [], []
    for cell, role in ROLES.items():
        runs = np.array([arms[name_of(cell, n)] for n in STAGES])
        # One name for the four of a kind, at the one that ends in their middle.
        names = [""] * len(runs.T)
        names[np.argsort(runs[-1])[len(names) // 2]] = "with a forget gate" if cell == "LSTM" else "1997"
        marks += [Line(name, role, letters, run) for name, run in zip(names, runs.T, strict=True)]
        ends.append(f"{cell} from {runs[-1].min():,.0f} to {runs[-1].max():,.0f}")
    return Plot(
        "The farthest cell state on an endless stream, four seeds each",
        Axis("letters read", 0, letters[-1]),
        Axis("farthest cell state", 1, 1e5, log=True),
        tuple(marks),
        f"After {letters[-1]:,} letters: {'; '.join(ends)}.",
        tall=1.1,
    )


def half_lives() -> Plot:
    """The half-life of what is kept, by the bias of the forget gate."""
    biases = np.linspace(-2, 8, 101)
    dots = [(b, half_life(sigmoid(b))) for b in MARKED]
    notes = [Note(f"f = {sigmoid(b):.4g}", b, n, left=b > 4) for b, n in dots]
    said = ", ".join(f"{b:g}: {n:.3g}" for b, n in dots)
    return Plot(
        "How long half of it lasts",
        Axis("bias of the forget gate", -2, 8),
        Axis("half-life in steps", 0.1, 3000, log=True),
        (
            Line("half-life", "forget", biases, [half_life(sigmoid(b)) for b in biases]),
            Dots("", "forget", *zip(*dots, strict=True)),
            *notes,
        ),
        f"The half-life in steps by the bias: {said}.",
    )
