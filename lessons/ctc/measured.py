"""The numbers of the lesson on CTC."""

from math import comb
from statistics import mean

import numpy as np

from lessons.ctc.paths import labels, paths_of
from lessons.ctc.reader import FRESH, fresh, labeller, noon, searched
from lstm_viz.ctc import ctc, frames_needed, lattice
from lstm_viz.decode import best_path, collapse
from lstm_viz.losses import log_softmax
from lstm_viz.tasks.strokes import BLANK, CLASSES, classes, spelt

NOON, UNTRAINED, TRAINED = classes("noon"), 0, 1500
TWO = np.array([[0.6, 0.4], [0.6, 0.4]])


def read_noon() -> dict[str, float]:
    """What the trained network says of one line."""
    meta = labeller().meta
    return {
        "frames": len(noon().line.pixels),
        "probability of noon": np.exp(-noon().found.loss[-1]),
        "its best path says noon": noon().paths[-1].label == NOON,
        "lines that it practised on": meta["sequences"],
    }


def needs() -> dict[str, float]:
    """Fewest frames for noon, and what the example of the text becomes."""
    said = [CLASSES.index(c) for c in "nn–o–oon"]
    unparted = [CLASSES.index(c) for c in "nnoooon"]
    return {
        "fewest frames of noon": frames_needed(NOON),
        "n n – o – o o n becomes noon": spelt(collapse(said).label) == "noon",
        "without a blank between the letters o it becomes non": spelt(collapse(unparted).label) == "non",
    }


def paths() -> dict[str, float]:
    """How many paths become noon: by a formula, and by the lattice with all chances equal."""
    T, S = len(noon().line.pixels), len(NOON)
    even = ctc(np.zeros((T, len(CLASSES), 1)), [NOON]).loss[0]
    return {
        "by counting": comb(T + S - 1, 2 * S),  # a pair of equal neighbours takes one frame for its blank
        "by the lattice": np.exp(T * np.log(len(CLASSES)) - even),
    }


def brute() -> dict[str, float]:
    """Two letters in six frames: every path against the lattice."""
    logits, label = np.random.default_rng(0).normal(size=(6, 3, 1)), (1, 2)
    chances = np.exp(log_softmax(logits))[:, :, 0]
    one_by_one, summed = labels(chances)[label], np.exp(-ctc(logits, [label]).loss[0])
    return {
        "paths": 3**6,
        "that become the label": len(paths_of(label, 6, 3)),
        "relative difference of the sums": abs(one_by_one - summed) / summed,
    }


def gradient() -> dict[str, float]:
    """The gradient of the loss of noon against central differences, at every class of five frames."""
    logits = noon().found.log_probs[:, :, 12:13].copy()
    found, step = ctc(logits, [NOON]), 1e-5
    farthest = 0.0
    for t in range(0, len(logits), 8):
        for c in range(len(CLASSES)):
            both = []
            for way in (step, -step):
                moved = logits.copy()
                moved[t, c] += way
                both.append(ctc(moved, [NOON]).loss[0])
            farthest = max(farthest, abs((both[0] - both[1]) / (2 * step) - found.dlogits[t, c, 0]))
    says = lattice([NOON], BLANK).says[:, 0]
    by_class = np.stack([found.share[:, says == c, 0].sum(axis=1) for c in range(len(CLASSES))], axis=1)
    minus = np.exp(found.log_probs[:, :, 0]) - by_class
    return {
        "largest difference from central differences": farthest,
        "from what was said minus the share": np.abs(minus - found.dlogits[:, :, 0]).max(),
    }


def two_frames() -> dict[str, float]:
    """One letter, two frames, the blank at 0.6."""
    found = labels(TWO)
    return {
        "best path, two blanks": TWO[0, 0] ** 2,
        "a": found[(1,)],
        "the empty label": found[()],
        "the best path becomes the empty label": best_path(np.log(TWO)).label == (),
        "frames that aa needs": frames_needed((1, 1)),
    }


def silence() -> dict[str, float]:
    """The share of lines of which nothing is said early in training, and the loss meanwhile."""
    meta = labeller().meta
    said = {s: mean(one.path.label == () for one in fresh(s)) for s in (10, 20, 50, 100, 200)}
    losses = dict(zip(meta["steps"], meta["losses"], strict=True))
    return {
        "least share of silent lines from step 10 to 200": min(said.values()),
        "loss at step 10": losses[10],
        "loss at step 200": losses[200],
    }


def blank_share() -> dict[str, float]:
    """The blank's part of all paths of noon, on average over the frames."""
    found = ctc(np.zeros((len(noon().line.pixels), len(CLASSES), 1)), [NOON])
    says = lattice([NOON], BLANK).says[:, 0]
    each = [found.share[:, says == c, 0].sum(axis=1).mean() for c in (BLANK, *set(NOON))]
    return {"the blank's share": each[0], "the largest share of a letter": max(each[1:])}


def spikes() -> dict[str, float]:
    """How long letters were written and are said, and how much is blank."""
    said = [run.end - run.first for one in fresh(TRAINED) for run in one.path.kept]
    written = [end - first for one in fresh(TRAINED) for first, end in one.line.spans]
    frames = np.concatenate([one.path.path for one in fresh(TRAINED)])
    return {
        "frames a letter was written over": mean(written),
        "frames it is said in": mean(said),
        "share of blank frames": np.mean(frames == BLANK),
    }


def place() -> dict[str, float]:
    """Whether letters are said where they stand."""
    right = [one for one in fresh(TRAINED) if one.path.label == one.line.label]
    pairs = [pair for one in right for pair in zip(one.path.kept, one.line.spans, strict=True)]
    inside = [run.first < end and run.end > first for run, (first, end) in pairs]
    return {
        "lines read rightly": len(right),
        "letters": len(inside),
        "said at a frame of theirs": sum(inside),
    }


def search() -> dict[str, float]:
    """The best path and a search, in the middle of training and at its end."""
    found = {}
    for step, words in ((550, "after 550 updates"), (TRAINED, "at the end")):
        lines = fresh(step)
        labels_found = [searched(one.log_probs) for one in lines]
        both = list(zip(lines, labels_found, strict=True))
        found |= {
            f"lines on which they disagree {words}": sum(one.path.label != label for one, label in both),
            f"right by the search {words}": sum(one.line.label == label for one, label in both),
            f"right by the best path {words}": sum(one.line.label == one.path.label for one in lines),
        }
    return found


def doubles() -> dict[str, float]:
    """What stands between two equal letters."""
    count = parted = 0
    for one in fresh(TRAINED):
        for k, (a, b) in enumerate(zip(one.path.label[:-1], one.path.label[1:], strict=True)):
            if a == b:
                count += 1
                parted += BLANK in one.path.path[one.path.kept[k].end : one.path.kept[k + 1].first]
    return {"lines": FRESH, "doubles": count, "with a blank between": parted}


def by_hand() -> dict[str, float]:
    """The paths of three frames for ab and for aa."""
    return {"paths of ab": len(paths_of((1, 2), 3, 3)), "paths of aa": len(paths_of((1, 1), 3, 3))}


def shortcut() -> dict[str, float]:
    """From which chance of the blank on the empty label is the most probable one, with one letter."""
    return {f"with {T} frames": edge(T) for T in (2, 6)}


def edge(T: int) -> float:
    """By halving: where the empty label is first the most probable of all."""
    low, high = 0.5, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        found = labels(np.tile([middle, 1 - middle], (T, 1)))
        low, high = (low, middle) if max(found, key=found.get) == () else (middle, high)
    return high
