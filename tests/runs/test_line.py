"""The line: turns are fair, equal runs are one, the silent want nothing, the lost are done again."""

import os
import threading
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.runs import Crew, Line
from lstm_viz.runs.crew import TRIES, Lost
from lstm_viz.runs.executors import Inline, processes
from lstm_viz.runs.kinds import work
from lstm_viz.runs.line import PATIENCE, TURN
from lstm_viz.runs.tape import size
from lstm_viz.training import Descent, advance, first_state, spec_for


def spec(seed, **more):
    return spec_for(LIBRARY["rnn_tanh"], "adding", 6, 2, seed, Descent(batch=2), **more)


class ByHand(Executor):
    """Computes a chunk when it is told to."""

    def __init__(self):
        self.waiting = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, fn, args))
        return future

    def do(self):
        future, fn, args = self.waiting.pop(0)
        future.set_result(fn(*args))
        return args[0]

    def lose(self):
        future, _, args = self.waiting.pop(0)
        future.set_exception(BrokenProcessPool("the worker died"))
        return args[0]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def hand():
    return ByHand()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def line(hand, clock):
    return Line(Crew(lambda: hand, 1), clock)


def test_sessions_that_want_the_same_share_one_tape(line, hand):
    for who in range(30):
        line.want(str(who), {spec(1): 100})
    assert len(line) == 1
    for _ in range(3):
        hand.do()
    tapes = [line.want(str(who), {spec(1): 100})[0] for who in range(30)]
    assert len({id(tape) for tape in tapes}) == 1 and tapes[0].steps >= 3


def test_ten_runs_take_turns(line, hand):
    for k in range(10):
        line.want(str(k), {spec(k): 1000})
    turns = [hand.do() for _ in range(30)]
    assert [s.seed for s in turns] == [*range(10)] * 3


def test_a_new_run_waits_one_round_and_no_more(line, hand):
    for k in range(3):
        line.want(str(k), {spec(k): 1000})
    hand.do()
    line.want("late", {spec(9): 1000})
    assert [hand.do().seed for _ in range(5)] == [1, 2, 9, 0, 1]


def test_the_place_counts_the_turns_before(line):
    for k in range(4):
        line.want(str(k), {spec(k): 1000})
    assert [line.place(spec(k)) for k in range(4)] == [0, 1, 2, 3] and line.place(spec(7)) == 0


def test_a_run_ends_where_nobody_wants_more(line, hand):
    line.want("a", {spec(1): 2})
    line.want("b", {spec(1): 5})
    while hand.waiting:
        hand.do()
    assert line.tape(spec(1)).steps == 5 and len(line) == 0


def test_who_pauses_does_not_stop_the_others(line, hand):
    line.want("a", {spec(1): 50})
    line.want("b", {spec(1): 50})
    line.want("a", {})
    hand.do()
    assert hand.waiting
    line.want("b", {})
    hand.do()
    assert not hand.waiting


def test_who_falls_silent_wants_nothing_more(line, hand, clock):
    line.want("a", {spec(1): 50})
    clock.now = PATIENCE + 1
    hand.do()
    assert not hand.waiting and len(line) == 0


def test_a_chunk_lost_with_its_worker_is_done_again(line, hand):
    line.want("a", {spec(1): 3})
    hand.do()
    hand.lose()
    while hand.waiting:
        hand.do()
    tape = line.tape(spec(1))
    assert tape.steps == 3 and not tape.broke
    whole = advance(spec(1), first_state(spec(1)), 3)
    np.testing.assert_array_equal(tape.metrics.loss, whole.metrics.loss)


def test_a_chunk_that_kills_every_worker_ends_its_own_run_alone(line, hand):
    line.want("a", {spec(1): 3})
    line.want("b", {spec(2): 3})
    for _ in range(TRIES):
        assert hand.lose().seed == 1
    while hand.waiting:
        hand.do()
    assert "lost again and again" in line.tape(spec(1)).broke
    assert line.tape(spec(2)).steps == 3


def test_what_was_lost_is_tried_again_when_it_is_wanted_anew(line, hand):
    line.want("a", {spec(1): 3})
    for _ in range(TRIES):
        hand.lose()
    assert "lost again" in line.want("a", {spec(1): 3})[0].broke and not hand.waiting
    line.want("a", {})
    line.want("a", {spec(1): 3})
    while hand.waiting:
        hand.do()
    assert line.tape(spec(1)).steps == 3 and not line.tape(spec(1)).broke


def test_a_turn_that_takes_long_counts_as_several(line, hand, monkeypatch):
    """One turn of eight times the usual length, then eight of the other's."""

    def slow(run, *args):
        return work(run, *args)._replace(seconds=8 * TURN if run.seed == 1 else TURN)

    monkeypatch.setattr("lstm_viz.runs.line.work", slow)
    for k in (1, 2):
        line.want(str(k), {spec(k): 1000})
    turns = [hand.do().seed for _ in range(18)]
    assert turns.count(2) == 16 and turns.count(1) == 2


def test_tapes_that_hold_too_much_are_thinned_before_they_are_forgotten(line, hand, monkeypatch):
    line.want("a", {spec(1): 60})
    while hand.waiting:
        hand.do()
    line.want("a", {})
    full = line.tape(spec(1))
    room = size(full) - 1
    monkeypatch.setattr("lstm_viz.runs.line.MOST_BYTES", room)
    monkeypatch.setattr("lstm_viz.runs.line.THIN", room // 2)
    line.want("a", {spec(2): 1})
    thin = line.tape(spec(1))
    assert thin.steps == 60 and list(thin.snapshots) == [0, 50] != list(full.snapshots)
    np.testing.assert_array_equal(thin.metrics.loss, full.metrics.loss)


def test_a_bad_run_is_refused_at_once_and_leaves_nothing(line):
    with pytest.raises(LearnerError, match="hidden units cannot be"):
        line.want("a", {spec(1)._replace(hidden=1000): 10})
    assert len(line) == 0


def test_tapes_nobody_reads_are_forgotten(line, hand, monkeypatch):
    monkeypatch.setattr("lstm_viz.runs.line.MOST_TAPES", 3)
    for k in range(5):
        line.want("a", {spec(k): 1})
        hand.do()
    assert line.tape(spec(4)).steps == 1 and line.tape(spec(0)).steps == 0


def test_inline_makes_one_turn_a_question():
    line = Line(Crew(Inline, 1))
    steps = [line.want("a", {spec(1): 4})[0].steps for _ in range(5)]
    assert (steps[0] == 0 and steps[-1] == line.tape(spec(1)).steps - 1) or line.tape(spec(1)).steps == 4


def die_once(path):
    """Kills its worker where nobody did before."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return "alive"
    os._exit(1)


def test_real_workers_outlive_one_that_dies(tmp_path):
    crew, heard, said = Crew(lambda: processes(2), 2), threading.Event(), []
    try:
        crew.submit(lambda result: (said.append(result), heard.set()), die_once, str(tmp_path / "died"))
        assert heard.wait(30) and said == ["alive"]
    finally:
        crew.close()


def end_at_once():
    """Kills whoever takes it."""
    time.sleep(0.05)
    os._exit(1)


def late(answer):
    time.sleep(1.0)
    return answer


def test_a_chunk_that_kills_its_worker_takes_no_other_along():
    crew, said, heard = Crew(lambda: processes(2), 2), {}, threading.Semaphore(0)
    try:
        for name, fn, *args in (("killer", end_at_once), ("innocent", late, "done")):
            crew.submit(lambda result, name=name: (said.update({name: result}), heard.release()), fn, *args)
        assert all(heard.acquire(timeout=40) for _ in range(2))
        assert said["innocent"] == "done" and isinstance(said["killer"], Lost)
    finally:
        crew.close()


def test_a_line_with_real_workers_gives_the_numbers_of_one_process():
    crew = Crew(lambda: processes(2), 2)
    line = Line(crew)
    try:
        ends = time.monotonic() + 30
        wanted = {spec(k): 40 for k in (1, 2)}
        while any(t.steps < 40 for t in line.want("a", wanted)) and time.monotonic() < ends:
            time.sleep(0.02)
        for one in wanted:
            whole = advance(one, first_state(one), 40)
            np.testing.assert_array_equal(line.tape(one).metrics.loss, whole.metrics.loss)
    finally:
        crew.close()


def test_an_error_of_the_program_ends_the_run_with_a_sentence(line, hand, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("lstm_viz.runs.line.work", fail)
    line.want("a", {spec(1): 3})
    future, fn, args = hand.waiting.pop(0)
    with pytest.raises(ZeroDivisionError):
        fn(*args)
    future.set_exception(ZeroDivisionError())
    assert line.tape(spec(1)).broke == "This run ended with an error of the program: ZeroDivisionError."
    assert isinstance(Lost("x"), Exception)
