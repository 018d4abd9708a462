"""The pictures of the lesson on CTC: a line and what is said of it, and the way through the lattice."""

import numpy as np

from lessons.ctc.measured import NOON
from lessons.ctc.reader import kept, noon
from lstm_viz.ctc import lattice
from lstm_viz.stage.chart import Axis, Heat, Plot
from lstm_viz.tasks.strokes import BLANK, CLASSES

EARLY, LATE = 300, 1500


def seen() -> Plot:
    """The line's pixels, and below them the chances of every class, frame by frame."""
    pixels, chances = noon().line.pixels.T[::-1], np.exp(noon().found.log_probs[:, :, -1]).T
    frames = pixels.shape[1]
    values = np.concatenate([chances, np.zeros((1, frames)), pixels])
    names = [(k + 0.5, letter) for k, letter in enumerate(CLASSES)]
    names.append((len(CLASSES) + 1 + len(pixels) / 2, "the line"))
    said = ", ".join(
        f"{CLASSES[run.symbol]} at frames {run.first + 1} to {run.end}" for run in noon().paths[-1].kept
    )
    return Plot(
        "What is written, and what is read at each frame",
        Axis("frame", 0.5, frames + 0.5),
        Axis("", 0, len(values), names=names),
        (Heat("ink, and probability", "hidden", values, 0.0, 1.0),),
        f"A line of {frames} frames with the word noon; the network says {said}, and otherwise the blank.",
        tall=1.1,
    )


def through() -> tuple[Plot, Plot]:
    """The share of all paths in each place of noon at each frame, early and late in training."""
    return shares(EARLY, "after 300 updates"), shares(LATE, "at the end of training")


def shares(step: int, when: str) -> Plot:
    """The share after a step of training."""
    share = noon().found.share[:, :, kept(step)].T
    says = lattice([NOON], BLANK).says[:, 0]
    names = [(k + 0.5, CLASSES[c]) for k, c in enumerate(says)]
    likeliest = "".join(CLASSES[says[k]] for k in share.argmax(axis=0))
    return Plot(
        f"Where the paths of noon go, {when}",
        Axis("frame", 0.5, share.shape[1] + 0.5),
        Axis("", 0, len(says), names=names),
        (Heat("share of all paths", "cell", share, 0.0, 1.0),),
        f"From lower left to upper right; the place with the largest share at each frame: {likeliest}.",
        tall=1.1,
    )
