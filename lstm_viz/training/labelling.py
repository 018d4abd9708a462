"""Training the labeller: lines in, their labels, and the CTC loss, which finds the alignment by itself.

Step k draws its own lines from the seed and k, so that the same recipe gives the same numbers on any day.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.ctc import ctc
from lstm_viz.labeller import CELL, Labeller, chances, label_error, network
from lstm_viz.layers import Layers, backward_layers, forward_layers, start_layers
from lstm_viz.library import LIBRARY
from lstm_viz.tasks.strokes import CLASSES, ROWS, Lines, draw
from lstm_viz.training.advance import Diverged, diverged
from lstm_viz.training.chunk import Chunk
from lstm_viz.training.measure import TEST_SEED
from lstm_viz.training.optimisers import State, adam, begin, clip_by_norm
from lstm_viz.training.spec import SEQUENCES, START, Descent
from lstm_viz.weights import stored

TEST_LINES = 200
TOLD = ("batch", "rate", "clip")  # what of the descent is used: Adam, with its usual settings
COST = 460  # of a line, beside the steps of other runs (cost.py), as measured


class Labelling(NamedTuple):
    """How the labeller is trained, and after which steps its weights are kept."""

    hidden: int
    seed: int
    steps: tuple[int, ...]
    descent: Descent


# Most steps are kept where most happens: between the silence and the first right words. Of the seeds 1 to 6
# each came to a label error of 0.7 % or less. Where the spikes come to stand is left to chance, since only
# their order counts: with 3, 5 and 6 on their letters, with 4 beside every one, with 1 and 2 beside many.
LABELLING = Labelling(
    hidden=12,
    seed=6,
    steps=(0, 10, 20, 50, 100, 200, 250, 300, 350, 400, 450, 500, 550, 600, 700, 800, 1000, 1500),
    descent=Descent(batch=16, rate=0.005, clip=1.0),
)


class Learning(NamedTuple):
    """The labeller between two steps: steps done, the optimiser's state, the weights kept so far."""

    step: int
    state: State
    seen: tuple[dict[str, np.ndarray], ...]


class Losses(NamedTuple):
    """The mean loss of each step's lines."""

    loss: np.ndarray


def first_labelling(how: Labelling) -> Learning:
    """The labeller before its first step."""
    rng = np.random.default_rng([how.seed, START])
    params = start_layers(LIBRARY[CELL], 1, True, ROWS, len(CLASSES), how.hidden, rng)[1]
    return seen(how, Learning(0, begin(params), ()))


def advance_labelling(how: Labelling, now: Learning, steps: int) -> Chunk:
    """Train for some steps more, each on a batch of fresh lines."""
    losses, broke = [], ""
    try:
        for _ in range(steps):
            lines = draw(np.random.default_rng([how.seed, SEQUENCES, now.step]), how.descent.batch)
            state, loss = update(network(), now.state, lines, how.descent)
            now = seen(how, now._replace(step=now.step + 1, state=state))
            losses.append(loss)
    except Diverged as error:
        broke = str(error)
    return Chunk(now, Losses(np.array(losses)), broke)


def seen(how: Labelling, now: Learning) -> Learning:
    """With the weights, where they are to be kept after this step."""
    if now.step not in how.steps:
        return now
    kept = {name: p.astype(float) for name, p in stored(now.state.params).items()}
    return now._replace(seen=(*now.seen, kept))


def labeller_of(how: Labelling, now: Learning) -> Labeller:
    """What a file keeps of the labeller: the weights after each step to be kept, and how good they are."""
    return Labeller(network(), now.seen, meta(how, list(now.seen)))


def cost_of_labelling(how: Labelling) -> float:
    """How long a step takes, up to the same factor as other runs'."""
    return COST * how.descent.batch


def update(net: Layers, state: State, lines: Lines, descent: Descent) -> tuple[State, float]:
    """One step of training, and the mean loss of its lines."""
    B = len(lines.labels)
    passes, logits = forward_layers(net, state.params, lines.x, None, lines.lengths)
    found = ctc(logits, lines.labels, lines.lengths)
    grads = backward_layers(passes, state.params, found.dlogits / B).params
    grads, norm = clip_by_norm(grads, descent.clip)
    if not np.isfinite([found.loss.sum(), norm]).all():
        raise diverged(state, "in the loss or its gradient")
    return adam(state, grads, descent.rate), float(found.loss.mean())


def measured(params: dict, lines: Lines) -> tuple[float, float]:
    """The label error rate and the mean loss of weights on lines."""
    log_probs = chances(network(), params, lines.x, lines.lengths)
    # Softmax of logarithms of chances are those chances again: they will do as logits.
    return label_error(log_probs, lines), float(ctc(log_probs, lines.labels, lines.lengths).loss.mean())


def fresh_lines() -> Lines:
    """The lines that the labeller is tested on, none of which it was trained on."""
    return draw(np.random.default_rng(TEST_SEED), TEST_LINES)


def meta(how: Labelling, kept: list[dict]) -> dict:
    """What the file says of its weights: how they came about and what they can do."""
    lines = fresh_lines()
    errors, losses = zip(*(measured(params, lines) for params in kept), strict=True)
    return {
        "task": "strokes",
        "equations": network().cell.text,
        "hidden": how.hidden,
        "seed": how.seed,
        **{name: getattr(how.descent, name) for name in TOLD},
        "sequences": how.steps[-1] * how.descent.batch,
        "test_seed": TEST_SEED,
        "test_lines": TEST_LINES,
        "test_letters": sum(map(len, lines.labels)),
        "steps": list(how.steps),
        "errors": list(errors),
        "losses": list(losses),
    }
