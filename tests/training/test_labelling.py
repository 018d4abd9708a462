"""Training the labeller: its gradient, its repetition, and what the file that ships says of itself."""

import numpy as np
import pytest

from lstm_viz.ctc import ctc
from lstm_viz.labeller import FILE, chances, load, network
from lstm_viz.layers import backward_layers, forward_layers, start_layers
from lstm_viz.library import LIBRARY
from lstm_viz.tasks.strokes import CLASSES, ROWS, draw
from lstm_viz.training.labelling import (
    LABELLING,
    TOLD,
    Labelling,
    advance_labelling,
    first_labelling,
    fresh_lines,
    labeller_of,
    measured,
    update,
)
from lstm_viz.training.optimisers import begin
from lstm_viz.training.spec import START, Descent

TINY = Labelling(hidden=3, seed=1, steps=(0, 1, 3), descent=Descent(batch=2))


def test_the_whole_gradient_is_that_of_central_differences():
    """From the loss of two lines of different lengths, through readout and both directions, to weights."""
    net, params = start_layers(LIBRARY["lstm"], 1, True, ROWS, len(CLASSES), 2, np.random.default_rng(1))
    lines, h = draw(np.random.default_rng(3), 2), 1e-6

    def value(params):
        logits = forward_layers(net, params, lines.x, None, lines.lengths)[1]
        return ctc(logits, lines.labels, lines.lengths).loss.sum()

    passes, logits = forward_layers(net, params, lines.x, None, lines.lengths)
    grads = backward_layers(passes, params, ctc(logits, lines.labels, lines.lengths).dlogits).params
    assert grads.keys() == params.keys()
    rng = np.random.default_rng(2)
    for name, d in grads.items():
        for index in rng.permutation(list(np.ndindex(d.shape)))[:4]:
            step = np.zeros(d.shape)
            step[tuple(index)] = h
            up, down = (value(params | {name: params[name] + s}) for s in (step, -step))
            assert d[tuple(index)] == pytest.approx((up - down) / (2 * h), rel=1e-5, abs=1e-6)


def test_the_same_recipe_gives_the_same_labeller_whatever_is_kept():
    fewer = TINY._replace(steps=(0, 3))
    first, second = (advance_labelling(how, first_labelling(how), 3) for how in (TINY, fewer))
    one, other = labeller_of(TINY, first.state), labeller_of(fewer, second.state)
    assert first.state.step == len(first.metrics.loss) == 3 and np.isfinite(first.metrics.loss).all()
    assert len(one.params) == 3
    for ours, theirs in ((one.params[0], other.params[0]), (one.params[2], other.params[1])):
        assert all(np.array_equal(ours[name], theirs[name]) for name in theirs)
    assert not np.array_equal(one.params[1]["W_y"], one.params[2]["W_y"])


def test_an_update_lowers_the_loss_of_its_own_lines():
    """The first thing that is learnt: with a small rate, on the same lines over and over."""
    net, params = start_layers(LIBRARY["lstm"], 1, True, ROWS, len(CLASSES), 4, np.random.default_rng(1))
    state, lines, losses = begin(params), draw(np.random.default_rng(3), 4), []
    for _ in range(15):
        state, loss = update(net, state, lines, Descent(batch=4, rate=0.003))
        losses.append(loss)
    assert losses == sorted(losses, reverse=True) and losses[-1] < 0.85 * losses[0]


def test_the_file_that_ships_was_made_by_the_recipe():
    meta = load().meta
    assert FILE.stat().st_size < 200_000
    assert (meta["hidden"], meta["seed"], tuple(meta["steps"])) == LABELLING[:3]
    assert Descent(**{name: meta[name] for name in TOLD}) == LABELLING.descent
    assert meta["sequences"] == LABELLING.steps[-1] * LABELLING.descent.batch
    start = start_layers(
        LIBRARY["lstm"],
        1,
        True,
        ROWS,
        len(CLASSES),
        LABELLING.hidden,
        np.random.default_rng([LABELLING.seed, START]),
    )[1]
    for name, value in load().params[0].items():
        np.testing.assert_array_equal(value, start[name].astype(np.float32))


def test_the_file_that_ships_is_as_good_as_it_says():
    """Label error and mean loss at every step that was kept, measured again on the same fresh lines."""
    labeller, lines = load(), fresh_lines()
    meta = labeller.meta
    assert (len(lines.labels), sum(map(len, lines.labels))) == (meta["test_lines"], meta["test_letters"])
    for k in (0, 4, 9, 13, len(labeller.params) - 1):
        error, loss = measured(labeller.params[k], lines)
        assert meta["errors"][k] == pytest.approx(error, abs=1e-9)
        assert meta["losses"][k] == pytest.approx(loss, rel=1e-6)


def test_the_lines_of_the_test_are_not_those_of_training():
    """Two seeds, two streams: no line of the test is among the first hundred batches."""
    lines = fresh_lines()
    known = {lines.x[: lines.lengths[b], :, b].tobytes() for b in range(len(lines.labels))}
    for step in range(100):
        batch = draw(np.random.default_rng([LABELLING.seed, 2, step]), LABELLING.descent.batch)
        assert not known & {batch.x[: batch.lengths[b], :, b].tobytes() for b in range(len(batch.labels))}


def test_the_loss_is_that_of_the_chances():
    """Logits and log-probabilities have the same loss, since the softmax of the one is the other."""
    lines, params = draw(np.random.default_rng(1), 3), load().params[-1]
    logits = forward_layers(network(), params, lines.x, None, lines.lengths)[1]
    said = ctc(logits, lines.labels, lines.lengths).loss
    again = ctc(chances(network(), params, lines.x, lines.lengths), lines.labels, lines.lengths).loss
    np.testing.assert_allclose(said, again, rtol=1e-12)
