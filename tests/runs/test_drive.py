"""Runs driven to their ends, by real workers too, of which one is killed: the numbers are one process's."""

import os
import signal
import time
from contextlib import closing

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.runs import Crew, drive
from lstm_viz.runs.crew import TRIES
from lstm_viz.runs.drive import Heard, Run
from lstm_viz.runs.executors import Inline, processes
from lstm_viz.runs.progress import Progress
from lstm_viz.runs.settings import SCHEDULER, crew
from lstm_viz.runs.store import load, save
from lstm_viz.runs.tape import blank
from lstm_viz.training import Descent, advance, first_state, spec_for


def run(seed, steps=20, last=None, T=6):
    spec = spec_for(LIBRARY["rnn_tanh"], "adding", T, 2, seed, Descent(batch=2))
    return Run(spec, steps, last or step_of)


def step_of(state):
    """What the last worker makes of the state, here: how many steps it has."""
    return state.step


def assert_as_one(tape):
    """The tape is that of one run in one piece."""
    whole = advance(tape.spec, first_state(tape.spec), tape.steps)
    for ours, theirs in zip(tape.metrics, whole.metrics, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for name, p in whole.state.params.items():
        np.testing.assert_array_equal(tape.state.params[name], p)


def driven(crew, runs, folder=None):
    """All that is heard of runs, and the ends by run."""
    try:
        with closing(drive.drive(crew, runs, folder)) as events:
            heard = [one for one in events if one]
    finally:
        crew.close()
    return heard, {one.run: one for one in heard if one.over}


def test_every_run_comes_to_its_end_in_turn():
    runs = [run(seed) for seed in (1, 2, 3)]
    heard, ends = driven(Crew(Inline, 1), runs)
    assert [one.run for one in heard if one.over] == runs
    for one in ends.values():
        assert (one.tape.steps, one.result) == (20, 20)
        assert_as_one(one.tape)


def test_as_many_are_at_work_as_there_are_workers():
    open_now, most = set(), 0
    with closing(drive.drive(Crew(Inline, 2), [run(seed) for seed in range(5)])) as events:
        for one in filter(None, events):
            open_now = open_now - {one.run} if one.over else open_now | {one.run}
            most = max(most, len(open_now))
    assert most == 2


def test_what_was_heard_is_kept_when_it_is_closed(tmp_path):
    one = run(1, 500)
    with closing(drive.drive(Crew(Inline, 1), [one], tmp_path)) as events:
        steps = next(heard.tape.steps for heard in events if heard and heard.tape.steps >= 20)
    assert load(tmp_path, one.spec).steps == steps
    heard, ends = driven(Crew(Inline, 1), [one], tmp_path)
    assert heard[0].tape.steps == steps and ends[one].tape.steps == 500
    assert_as_one(load(tmp_path, one.spec))


def test_a_tape_is_kept_now_and_then_as_it_grows(tmp_path, monkeypatch):
    monkeypatch.setattr(drive, "SAVE", 0.0)
    one = run(1, 500)
    with closing(drive.drive(Crew(Inline, 1), [one], tmp_path)) as events:
        next(heard for heard in events if heard and heard.tape.steps >= 5)
        assert load(tmp_path, one.spec).steps >= 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_worker_killed_in_mid_run_changes_no_number():
    """SIGKILL, as from a system that is out of memory."""
    mine, killed = Crew(lambda: processes(2), 2), []
    runs = [run(1, 400, T=12), run(2, 400, T=12)]
    ends = {}
    try:
        with closing(drive.drive(mine, runs)) as events:
            for heard in filter(None, events):
                if 20 <= heard.tape.steps < 300 and not killed:
                    killed = [*mine._executor._processes][:1]
                    os.kill(killed[0], signal.SIGKILL)
                if heard.over:
                    ends[heard.run] = heard
    finally:
        mine.close()
    assert killed and [ends[one].result for one in runs] == [400, 400]
    for one in ends.values():
        assert not one.tape.broke
        assert_as_one(one.tape)


def killer(_state):
    """Kills whoever takes it."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_chunk_that_kills_every_worker_ends_with_a_sentence_that_is_not_kept(tmp_path):
    one, made = run(1, 3, killer), []

    def make():
        made.append(processes(1))
        return made[-1]

    _, ends = driven(Crew(make, 1), [one], tmp_path)
    assert "lost again and again" in ends[one].tape.broke and ends[one].result is None
    assert len(made) == TRIES
    assert load(tmp_path, one.spec).broke == ""


def fail(_state):
    """An error of the program."""
    raise ZeroDivisionError


def test_an_error_of_the_program_ends_its_run_alone():
    runs = [run(1, 3, fail), run(2, 3)]
    _, ends = driven(Crew(Inline, 1), runs)
    assert "error of the program: ZeroDivisionError" in ends[runs[0]].tape.broke
    assert ends[runs[1]].result == 3


def test_a_run_that_broke_is_kept_and_not_tried_again(tmp_path):
    broken = run(1, 10)
    save(tmp_path, blank(broken.spec, first_state(broken.spec))._replace(broke="Step 1 of training broke."))
    heard, ends = driven(Crew(Inline, 1), [broken], tmp_path)
    assert ends[broken].tape.broke == "Step 1 of training broke." and ends[broken].result == 0
    assert len(heard) == 2


def test_workers_that_cannot_be_had_are_a_sentence(tmp_path):
    def none():
        raise LearnerError("There are no workers. Allowed: some.")

    with pytest.raises(LearnerError, match="no workers"):
        driven(Crew(none), [run(1)], tmp_path)


def test_nobody_hears_of_what_a_closed_crew_had_not_begun():
    said, mine = [], Crew(lambda: processes(1), 1)
    for _ in range(4):
        mine.submit(said.append, time.sleep, 0.2)
    mine.close()
    mine.submit(said.append, time.sleep, 0.0)
    time.sleep(0.05)
    assert mine.inline and not said


def test_the_time_left_counts_what_was_made_now():
    """Two runs of equal cost; half of the first was there before."""
    runs, now = [run(1, 100), run(2, 100)], [0.0]
    progress = Progress(runs, lambda: now[0])

    def hear(one, steps, over=False):
        tape = blank(one.spec, first_state(one.spec)._replace(step=steps))
        progress.hear(Heard(one, tape, over))

    assert progress.left == "starting" and progress.share == 0
    hear(runs[0], 50)
    assert progress.left == "starting" and progress.share == 0.25
    now[0] = 10.0
    hear(runs[0], 100)
    progress.hear(None)
    assert progress.left == "0:20 left" and progress.share == 0.5
    hear(runs[0], 100, over=True)
    hear(runs[1], 0)
    now[0] = 12.0
    hear(runs[1], 20, over=True)  # it broke: nothing is left
    assert progress.left == "0:00 left" and progress.share == 1


def test_the_environment_names_a_cluster_and_an_option_another(monkeypatch):
    made = []
    monkeypatch.setattr("lstm_viz.runs.settings.Cluster", lambda address: made.append(address) or Inline())
    monkeypatch.setenv(SCHEDULER, "tcp://one:1")
    for options in ({}, {"scheduler": "tcp://other:2"}, {"scheduler": "", "workers": 0}):
        assert crew(**options).inline
    assert made == ["tcp://one:1", "tcp://other:2"]
    monkeypatch.delenv(SCHEDULER)
    assert crew().size == os.cpu_count() and crew(workers=3).size == 3 and crew(workers=0).size == 1
    with pytest.raises(LearnerError, match="65 workers cannot be"):
        crew(workers=65)
