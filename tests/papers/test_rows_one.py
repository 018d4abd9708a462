"""Eight of the papers' rows: their nets are what they are called, and their numbers measure what they say."""

from functools import partial

import numpy as np
import pytest

from lstm_viz.ctc import ctc
from lstm_viz.layers import Layers, backward_layers, forward_layers
from lstm_viz.papers import (
    adding_1997,
    bidirectional_2005,
    ctc_2006,
    highway_2015,
    lmu_2019,
    reber_1997,
    temporal_order_1997,
    tlstm_2017,
)
from lstm_viz.papers.loop import descended
from lstm_viz.papers.readers import CELL, draw, gradients_of, named, read, start_reader
from lstm_viz.papers.results import read as results_of
from lstm_viz.papers.row import CONFIRMED, IN_PART, NOT_CONFIRMED
from lstm_viz.papers.trial import Trial, answers, error, said, spec, trained
from lstm_viz.tasks import TASKS, judge
from lstm_viz.tasks.strokes import BLANK


def judged(module, *values: float) -> str:
    """The verdict where all seeds of the arms, in their order, give these numbers."""
    ours = module.ROW.ours
    return ours.verdict({arm: [v] * len(ours.seeds) for arm, v in zip(ours.arms, values, strict=True)})


@pytest.mark.parametrize(
    ("module", "confirmed", "part", "not_confirmed"),
    [
        (adding_1997, (128, 0, 1281), (128, 0, 1280), (129, 0, 2560)),
        (temporal_order_1997, (26, 0, 1281), (26, 0, 0), (27, 0, 2560)),
        (reber_1997, (8000, 1, 16_000), (8000, 1, 15_999), (reber_1997.CAP, 1, reber_1997.CAP)),
        (bidirectional_2005, (9, 8, 7), (9, 6, 7), (7, 6, 7)),
        (ctc_2006, (3, 2, 1), (2, 2, 1), (1, 2, 1)),
        (highway_2015, (9, 51, 3, 10, 10, 3), (9, 51, 3, 10, 11, 3), (9, 50, 3, 10, 10, 3)),
        (tlstm_2017, (3, 2, 2), (3, 1, 2), (2, 3, 2)),
        (lmu_2019, (0.09, 0.18, 1), (0.09, 0.1, 1), (0.5, 0.5, 1)),
    ],
    ids=lambda value: getattr(value, "__name__", "").rpartition(".")[2] or None,
)
def test_the_verdict_is_the_criterion(module, confirmed, part, not_confirmed):
    """Just met, just met in part, just missed."""
    assert judged(module, *confirmed) == CONFIRMED
    assert judged(module, *part) == IN_PART
    assert judged(module, *not_confirmed) == NOT_CONFIRMED


# Where training is long, the last digits of a sum decide the way it takes: what is run again agrees within
# a tolerance that is small beside the distance of the arms.
@pytest.mark.parametrize(
    ("module", "arm", "within"),
    [
        (temporal_order_1997, "LSTM 1997", 26.0),  # sequences of 2,560
        (temporal_order_1997, "tanh RNN", 26.0),
        (highway_2015, "plain, 10 layers", 4.0),  # % of the points
        (highway_2015, "Highway, 10 layers", 2.0),
        (highway_2015, "residual, 50 layers", 2.0),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value),
)
def test_a_quick_job_gives_again_what_its_file_says(module, arm, within):
    """Seed 1, from the start."""
    again = module.ROW.ours.run(module.ROW.ours.arms[arm], 1)
    assert again == pytest.approx(results_of(module.ROW)[arm, 1].value, abs=within)


def shortened(module, arm: str, **less) -> float:
    """The number of an arm trained for a few steps alone."""
    return module.ROW.ours.run(module.ROW.ours.arms[arm]._replace(**less), 1)


@pytest.mark.parametrize("arm", adding_1997.ROW.ours.arms)
def test_adding_untrained_is_as_wrong_as_a_guess(arm):
    """After three steps: always to say 1 is wrong in all but 15 % of 2,560."""
    assert shortened(adding_1997, arm, steps=3) > 0.8 * adding_1997.TESTS


def test_adding_counts_what_is_off_by_the_tolerance():
    """As the paper does: its target is half the sum of values in 0 to 1, and half of 0.08 is 0.04."""
    y, batch = answers(adding_1997.LSTM._replace(steps=2), 1, adding_1997.TESTS)
    off = np.abs(y[-1, 0] - batch.target[-1, 0])
    assert adding_1997.wrong(adding_1997.LSTM._replace(steps=2), 1) == (off / 2 >= 0.04).sum()
    assert len(batch.x) == 110 and batch.x.shape[2] == 2560


def test_order_counts_outputs_off_by_more_than_the_paper_allows():
    """An untrained net says a quarter of everything, which is never within 0.3 of one."""
    assert temporal_order_1997.wrong(temporal_order_1997.RNN._replace(steps=1), 1) == 2560


def test_reber_stops_where_all_strings_are_right():
    """The number is the step's at which it was looked, and one look before not all of them were."""
    row = reber_1997.ROW.ours
    arm, seed = min(results_of(reber_1997.ROW), key=lambda job: results_of(reber_1997.ROW)[job].value)
    found = row.run(row.arms[arm], seed)
    trial, steps = row.arms[arm], int(found) // reber_1997.BATCH
    assert steps % reber_1997.LOOK == 0 and found < reber_1997.CAP
    assert reber_1997.solved(trial, trained(trial._replace(steps=steps), seed).params)
    assert not reber_1997.solved(trial, trained(trial._replace(steps=steps - reber_1997.LOOK), seed).params)
    assert row.run(trial._replace(steps=20), seed) == 20 * reber_1997.BATCH


def test_reber_is_read_to_its_end():
    """No test string is longer than the sequences: none is cut before what it is all about."""
    _, batch = said(reber_1997.LSTM, trained(reber_1997.LSTM._replace(steps=1), 1).params, reber_1997.TESTS)
    assert (batch.counts[-1] == 0).mean() > 0.99


@pytest.mark.parametrize("arm", tlstm_2017.ROW.ours.arms)
def test_events_shortly_trained_are_near_the_baseline(arm):
    """And the number is the task's own measure."""
    trial = tlstm_2017.ROW.ours.arms[arm]._replace(steps=5)
    assert 0.1 < shortened(tlstm_2017, arm, steps=5) < 20
    y, batch = answers(trial, 1, 500)
    assert error(trial, 1) == judge(TASKS[trial.task], y, batch)


def test_a_trial_is_a_spec_of_its_numbers():
    """The rate falls to nothing where there is a schedule; sequences are as long as said."""
    trial = Trial("lstm", "adding", 20, 18, 4, 50, 8, 0.02, (("b_f", 2.0),), "cosine")
    made = spec(trial, 3)
    assert (made.T, made.shortest, made.hidden, made.seed, made.precision) == (20, 18, 4, 3, "float32")
    assert made.descent.horizon == 50 and made.descent.schedule == "cosine" and made.descent.batch == 8
    assert dict(made.constants)["b_f"] == 2.0


@pytest.mark.parametrize("both", [False, True])
def test_readers_are_the_layers_in_haste(both):
    """Logits and every gradient as layers.py has them, on lines of several lengths."""
    lines, under = draw(np.random.default_rng(1), 5, 0.2)
    params = start_reader(6, both, 1)
    reading = read(params, lines.x, lines.lengths)
    passes, y = forward_layers(Layers(CELL, 1, both), params, lines.x, None, lines.lengths)
    here = np.arange(len(y))[:, None] < lines.lengths
    np.testing.assert_allclose(np.where(here[:, None], reading.y - y, 0), 0, atol=1e-5)
    dy = named(y, under, lines.lengths)
    found, wanted = (
        gradients_of(params, reading, dy, lines.lengths),
        backward_layers(passes, params, dy).params,
    )
    assert found.keys() == wanted.keys() == params.keys()
    for name, d in wanted.items():
        np.testing.assert_allclose(found[name], d, atol=2e-5, err_msg=name)


def test_the_gradient_of_named_frames_is_that_of_the_loss():
    """The mean cross-entropy over the frames of all lines, by differences."""
    rng = np.random.default_rng(2)
    lines, under = draw(rng, 3, 0.0)
    y = rng.normal(size=(len(lines.x), 6, 3))
    here = np.arange(len(y))[:, None] < lines.lengths

    def mean(y):
        log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
        return -np.take_along_axis(log_p, under[:, None], axis=1)[:, 0][here].mean()

    d = named(y, under, lines.lengths)
    for t, k, b in ((0, 0, 0), (3, 2, 1), (len(y) - 1, 1, int(lines.lengths.argmin()))):
        step = np.zeros_like(y)
        step[t, k, b] = 1e-5
        assert (mean(y + step) - mean(y - step)) / 2e-5 == pytest.approx(d[t, k, b], abs=1e-9)


def test_frames_are_named_after_the_letters_that_lie_there():
    """Without repeats and blanks they spell the words."""
    lines, under = draw(np.random.default_rng(3), 20, 0.0)
    for b, label in enumerate(lines.labels):
        row = under[:, b]
        starts = row[(row != BLANK) & (np.concatenate([[BLANK], row[:-1]]) == BLANK)]
        assert tuple(starts) == label


def test_an_answer_some_frames_later_is_asked_for_later():
    """The lines grow by as many frames, and the answers move."""
    lines, under = draw(np.random.default_rng(4), 4, 0.0)
    x, later, lengths = bidirectional_2005.delayed(bidirectional_2005.LATER, lines.x, under, lines.lengths)
    assert len(x) == len(lines.x) + 3 and (x[-3:] == 0).all() and (lengths == lines.lengths + 3).all()
    np.testing.assert_array_equal(later[3:], under)


@pytest.mark.parametrize("arm", bidirectional_2005.ROW.ours.arms)
def test_frames_shortly_trained_are_named_no_better_than_the_commonest(arm):
    """Three steps: letters or gaps, it is more than a third wrong."""
    assert 30 < shortened(bidirectional_2005, arm, steps=3) <= 100


@pytest.mark.parametrize("arm", ctc_2006.ROW.ours.arms)
def test_labels_shortly_trained_are_wrong(arm):
    """Three steps: hardly a letter is found."""
    assert shortened(ctc_2006, arm, steps=3, width=min(3, ctc_2006.ROW.ours.arms[arm].width)) > 60


def test_ctc_is_told_words_alone():
    """Its gradient is ctc.py's, a sequence's share of the batch; the other's is that of the frames."""
    params = start_reader(12, True, 1)
    rng = partial(np.random.default_rng, 5)
    lines, _ = draw(rng(), ctc_2006.CTC.batch, ctc_2006.CTC.noise)
    reading = read(params, lines.x, lines.lengths)
    dy = ctc(reading.y.astype(float), lines.labels, lines.lengths).dlogits / ctc_2006.CTC.batch
    found = ctc_2006.gradients(ctc_2006.CTC, params, rng())
    np.testing.assert_allclose(found["b_y"], dy.sum(axis=(0, 2))[:, None], atol=1e-5)
    other = ctc_2006.gradients(ctc_2006.FRAMES, params, rng())
    assert not np.allclose(found["W_y"], other["W_y"], atol=1e-3)


@pytest.mark.parametrize("arm", highway_2015.ROW.ours.arms)
def test_layers_have_weights_of_their_own_and_learn(arm):
    """As many as the arm says; after one step nine points in ten are wrong, or not much less."""
    depth = highway_2015.ARMS[arm]
    assert f"{depth.layers} layers" in arm
    assert 40 < shortened(highway_2015, arm, steps=1) <= 100
    middles = highway_2015.prototypes(1)
    params = highway_2015.start(
        highway_2015.LIBRARY[depth.cell], 16, 10, 32, np.random.default_rng(1), layers=depth.layers
    )
    grads = highway_2015.gradients(depth, middles, params, np.random.default_rng(2))
    assert grads["W_H"].shape == (depth.layers, 32, 32) and grads.keys() == params.keys()


def test_the_delayed_signal_is_the_signal_before():
    """Of variance 1; no answer is asked for before there is one."""
    x, target, counts = lmu_2019.draw(lmu_2019.LMU, np.random.default_rng(1), 400)
    assert x.std() == pytest.approx(1, abs=0.05)
    np.testing.assert_array_equal(target[200:], x[:100])
    assert (counts[:200] == 0).all() and (counts[200:] == 1).all()


@pytest.mark.parametrize("arm", lmu_2019.ROW.ours.arms)
def test_delays_shortly_trained_leave_the_whole_error(arm):
    """One step: as wrong as a net that says 0, or more."""
    assert 0.8 < shortened(lmu_2019, arm, steps=1) < 2


def test_the_legendre_memory_stays_as_it_was_made():
    """A and B are not trained, all else is."""
    short = lmu_2019.LMU._replace(steps=2, T=210, batch=2)
    variant = lmu_2019.LIBRARY["lmu"]
    params = lmu_2019.start(variant, 1, 1, 24, np.random.default_rng(1), dict(short.starts))
    after = descended(params, partial(lmu_2019.gradients, short), 2, 0.01, 1, variant.fixed)
    moved = {name for name in params if not np.allclose(params[name], after[name], atol=1e-7)}
    assert moved == params.keys() - {"A", "B"}


def test_the_loop_ends_where_a_gradient_is_not_finite():
    """With the weights before it, and all finite."""
    steps = []

    def gradients(params, rng):
        steps.append(rng.random())
        return {"w": np.array([[np.inf if len(steps) > 3 else 1.0]])}

    after = descended({"w": np.ones((1, 1))}, gradients, 10, 0.1, 1)
    assert len(steps) == 4 and len(set(steps)) == 4 and np.isfinite(after["w"]).all() and after["w"] < 1
    assert descended({"w": np.ones((1, 1))}, lambda p, rng: {"w": p["w"]}, 5, 0.1, 1)["w"].dtype == np.float32
