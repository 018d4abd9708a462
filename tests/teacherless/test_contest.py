"""Contestants: the way's own numbers, judgements that change nothing, the same wherever a run is cut."""

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.runs.kinds import KINDS, first, work
from lstm_viz.teacherless import contest, evolino, evolution, mazes, policy
from lstm_viz.teacherless.contest import Contestant
from lstm_viz.teacherless.recipes import evolino_spec, evolution_spec, maze_spec, sines_spec
from lstm_viz.training import advance, first_state
from lstm_viz.training.advance import sequences


def contestants():
    tried, solved, walked = evolution_spec("periodic", 1), evolino_spec(1, 1), maze_spec(2, 1)
    tried, solved = tried._replace(members=6), solved._replace(members=8, steps=50, washout=20)
    return {
        "evolution": (Contestant("evolution", tried, tried, every=2), evolution),
        "evolino": (Contestant("evolino", solved, solved, every=2), evolino),
        "rewards": (Contestant("rewards", walked, walked, every=2), policy),
        "teacher": (Contestant("teacher", walked, walked, every=2), mazes),
    }


@pytest.mark.parametrize("name", contestants())
def test_the_numbers_are_the_ways_own(name):
    """Metrics, state and judgement are what the way itself gives; a judgement comes when it is due."""
    spec, way = contestants()[name]
    state, metrics, broke = contest.advance(spec, contest.first_state(spec), 3)
    own = way.advance(spec.spec, way.first_state(spec.spec), 3)
    for field in metrics._fields[:-2]:
        np.testing.assert_array_equal(getattr(metrics, field), getattr(own.metrics, field))
    after_two = way.advance(spec.spec, way.first_state(spec.spec), 2).state
    judged = way.judge(spec.spec, way.best(spec.spec, after_two))
    np.testing.assert_array_equal(metrics.judged, [np.nan, judged, judged])
    assert state.judged == judged and broke == "" and (metrics.seconds > 0).all()
    found = contest.params(spec, state)
    assert all((found[n] == p).all() for n, p in way.best(spec.spec, own.state).items())


@pytest.mark.parametrize("name", contestants())
def test_a_cut_changes_nothing_but_seconds(name):
    spec, _ = contestants()[name]
    whole = work(spec, first(spec), 4).chunk
    before = work(spec, first(spec), 1).chunk
    after = work(spec, before.state, 3).chunk
    for one, two, three in list(zip(whole.metrics, before.metrics, after.metrics, strict=True))[:-1]:
        np.testing.assert_array_equal(one, np.concatenate([two, three]))
    assert whole.state.step == after.state.step == 4 and whole.state.judged == after.state.judged


def test_a_step_of_the_gradient_can_be_several_updates():
    """Weights are those after as many updates, losses their means, and sequences those of all."""
    spec = evolution_spec("spikes", 3)
    run = Contestant("gradient", spec.run, spec, each=3, every=2)
    chunk = contest.advance(run, contest.first_state(run), 2)
    plain = advance(spec.run, first_state(spec.run), 6)
    assert all((chunk.state.own.params[n] == p).all() for n, p in plain.state.params.items())
    np.testing.assert_allclose(chunk.metrics.loss, plain.metrics.loss.reshape(2, 3).mean(axis=1), rtol=1e-12)
    assert chunk.state.judged == evolution.judge(spec, plain.state.params)
    assert contest.sequences(run) == 3 * spec.run.descent.batch


@pytest.mark.parametrize("task", ["periodic", "spikes"])
def test_evolution_counts_what_every_child_reads(task):
    """Its batch once for each of them, and as long as it is; the gradient's once for each update."""
    spec = evolution_spec(task, 1)._replace(members=6)
    T, _, B = sequences(spec.run, 0).target.shape
    evolved = Contestant("evolution", spec, spec)
    taught = Contestant("gradient", spec.run, spec, each=2)
    assert (contest.sequences(evolved), contest.values(evolved)) == (6 * B, 6 * B * T)
    assert (contest.sequences(taught), contest.values(taught)) == (2 * B, 2 * B * T)


def test_evolino_and_its_rival_read_sequences_of_one_length(monkeypatch):
    """As many true values a sequence, those along which networks are driven."""
    spec, driven, drive = evolino_spec(2, 1)._replace(members=8), [], evolino.driven
    monkeypatch.setattr(evolino, "driven", lambda *of: (driven.append(len(of[1])), drive(*of))[1])
    run, rival = Contestant("evolino", spec, spec), Contestant("gradient", sines_spec(spec), spec)
    contest.advance(run, contest.first_state(run), 1)
    assert {len(sequences(rival.spec, k).x) for k in range(20)} == {*driven}
    assert contest.values(run) == contest.values(rival) == 8 * driven[0]


def test_values_are_not_told_where_sequences_differ():
    walked, spec = maze_spec(4, 1), evolution_spec("spikes", 1)
    assert contest.values(Contestant("rewards", walked, walked)) is None
    assert contest.values(Contestant("teacher", walked, walked)) == walked.descent.batch * 5
    assert contest.values(Contestant("gradient", spec.run._replace(shortest=0), spec)) is None


def test_a_run_that_breaks_keeps_the_state_before():
    spec = evolution_spec("periodic", 1)
    wild = LIBRARY["rnn_relu"].equations
    broken = spec.run._replace(
        equations=wild, constants=(("U_h", 100.0), ("b_h", 100.0)), T=200, shortest=200
    )
    run = Contestant("gradient", broken, spec)
    chunk = contest.advance(run, contest.first_state(run), 5)
    assert chunk.broke and chunk.state.step == 0 and len(chunk.metrics.judged) == 0


def test_what_is_no_contestant_is_refused():
    spec = maze_spec(2, 1)
    assert Contestant in KINDS
    for wrong in (Contestant("magic", spec, spec), Contestant("rewards", spec, spec.descent)):
        with pytest.raises(LearnerError, match=r"no contestant\. Allowed: evolution, evolino"):
            contest.first_state(wrong)
    with pytest.raises(LearnerError, match="0 steps between judgements"):
        contest.first_state(Contestant("rewards", spec, spec, every=0))
