"""A session's clock: it sees its runs as far as it has come, at its own pace, and stops nobody."""

from typing import NamedTuple

import pytest

from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.clock import Clock
from lstm_viz.pages.training.scene import moments, newest
from lstm_viz.pages.training.speed import duration, noted, ordinal, progress, queue, speed
from lstm_viz.runs import Tape


class State(NamedTuple):
    step: int


def tape(spec, steps, broke=""):
    return Tape(spec, State(steps), None, {0: State(0)}, 0.0, broke)


def seen(clock, *specs):
    return [clocks.seen(clock, spec) for spec in specs]


def test_what_is_recorded_is_shown_again_quickly():
    """A whole run in REPLAY seconds, evenly; a look without time shows a step at least."""
    clock, full = clocks.again(["a"], 900, now=10.0), [tape("a", 900)]
    clock = clocks.look(clock, full, 900, 10.0)
    assert seen(clock, "a") == [1] and clocks.replayed(clock, full)
    clock = clocks.look(clock, full, 900, 10.0 + clocks.REPLAY / 3)
    assert seen(clock, "a") == [301]
    clock = clocks.look(clock, full, 900, 10.0 + clocks.REPLAY)
    assert seen(clock, "a") == [900] and clock.mode == clocks.DONE and not clock.moving


def test_what_is_not_there_yet_is_waited_for():
    """Each run at its own pace, and all to the end."""
    clock = clocks.train(Clock(), ["a", "b"], 100, now=0.0)
    clock = clocks.look(clock, [tape("a", 40), tape("b", 7)], 100, 5.0)
    assert seen(clock, "a", "b") == [40, 7] and clock.moving
    clock = clocks.look(clock, [tape("a", 100), tape("b", 7)], 100, 9.0)
    assert clock.moving
    clock = clocks.look(clock, [tape("a", 100), tape("b", 100)], 100, 12.0)
    assert seen(clock, "a", "b") == [100, 100] and clock.mode == clocks.DONE


def test_a_pause_holds_whatever_others_record():
    """And a resumed run goes on from there."""
    clock = clocks.look(clocks.train(Clock(), ["a"], 100, 0.0), [tape("a", 40)], 100, 5.0).rest()
    assert seen(clocks.look(clock, [tape("a", 90)], 100, 50.0), "a") == [40]
    again = clocks.look(clocks.train(clock, ["a"], 100, 50.0), [tape("a", 90)], 100, 50.3)
    assert 40 < seen(again, "a")[0] < 90


def test_one_step_is_one_of_each():
    """However far they are apart."""
    clock = Clock(clocks.PAUSED, {"a": 5.7, "b": 2}, {}, 0.0)
    clock = clocks.one_step(clock, ["a", "b"], 1.0)
    assert dict(clock.goals) == {"a": 6, "b": 3}
    clock = clocks.look(clock, [tape("a", 50), tape("b", 3)], 100, 1.2)
    assert seen(clock, "a", "b") == [6, 3] and clock.mode == clocks.PAUSED


def test_a_first_step_is_not_taken_for_a_change_of_the_choices():
    """Though nothing is shown yet."""
    clock = clocks.one_step(Clock(), ["a"], 0.0)
    assert clocks.chosen(clock, ["a"], 100) == clock
    assert clocks.chosen(clock, ["b"], 100).mode == clocks.READY


def test_the_stage_shows_the_newest_moment_that_all_have():
    """While runs move a recorded one; a run that broke holds up nobody."""
    assert newest([tape("a", 239), tape("b", 72)], [239, 72], False) == 72
    assert newest([tape("a", 239), tape("b", 72)], [239, 72], True) == 50
    assert newest([tape("a", 3, "broke"), tape("b", 72)], [3, 72], False) == 72
    assert newest([tape("a", 3, "broke")], [3], False) == 3
    head = moments([tape("a", 0), tape("b", 0)], [239, 72], False, "newest", 0, 72)
    assert head == {"stops": [0, 72, 239], "at": 72, "newest": 72, "follow": True}


def test_stop_begins_anew_and_resume_does_not():
    clock = Clock(clocks.PAUSED, {"a": 30}, {}, 0.0)
    assert seen(clocks.train(clock, ["a"], 100, 0.0), "a") == [30]
    assert seen(clocks.train(clocks.stop(clock), ["a"], 100, 0.0), "a") == [0]


def test_a_run_that_broke_is_at_its_end():
    """It holds up nobody."""
    clock = clocks.train(Clock(), ["a", "b"], 100, 0.0)
    clock = clocks.look(clock, [tape("a", 3, "broke"), tape("b", 100)], 100, 60.0)
    assert seen(clock, "a", "b") == [3, 100] and clock.mode == clocks.DONE


def test_other_choices_rest_and_more_steps_go_on():
    """A run that stays keeps what is shown of it."""
    moving = clocks.look(clocks.train(Clock(), ["a", "b"], 100, 0.0), [tape("a", 9), tape("b", 9)], 100, 9.0)
    assert clocks.chosen(moving, ["a", "b"], 200).goals == {"a": 200, "b": 200}
    other = clocks.chosen(moving, ["b", "c"], 100)
    assert not other.moving and seen(other, "b", "c") == [9, 0] and other.mode == clocks.PAUSED
    assert clocks.chosen(moving, ["c"], 100).mode == clocks.READY


def test_a_tape_that_was_forgotten_is_shown_as_far_as_it_is():
    assert seen(clocks.look(Clock(clocks.PAUSED, {"a": 50}), [tape("a", 0)], 100, 1.0), "a") == [0]


def test_speed_and_time_left():
    """From what was recorded in the last seconds, not from the start."""
    history = {}
    for now, steps in ((0, 0), (10, 10), (12, 210), (17, 710)):
        noted(history, [tape("a", steps)], now)
    assert speed(history, tape("a", 710)) == pytest.approx(100)
    assert progress(tape("a", 710), 710, 1000, 100) == "710 of 1,000 updates · 100 a second · 3 s left"
    assert progress(tape("a", 0), 0, 1000, 0.0) == "0 of 1,000 updates"
    assert duration(240) == "4 min" and [ordinal(n) for n in (1, 2, 3, 4, 11, 22)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "22nd")
    ]


def test_the_place_is_said_where_others_wait():
    """Of one's own runs that whose turn is next."""
    assert queue([(3, 10), (7, 10)]) == "3rd of 10 runs waiting: turns are shared"
    assert queue([(1, 2), (2, 2)]) == "" and queue([(0, 9)]) == ""
