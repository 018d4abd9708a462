"""Races: every network that reads a sequence counts, and judging costs nothing."""

from itertools import count

import numpy as np
import pytest

from lstm_viz.errors import LearnerError
from lstm_viz.teacherless.race import finish
from lstm_viz.teacherless.recipes import EVOLVED, evolino_race, evolution_race, maze_race


def ticks():
    ticking = count()
    return lambda: float(next(ticking))


@pytest.mark.parametrize("task", EVOLVED)
def test_evolution_and_the_gradient_count_what_they_read(task):
    race = evolution_race(task, 0)
    evolved, taught = (finish(race, runner, 4, 2, ticks()) for runner in race.runners)
    assert (evolved.steps, taught.steps) == (4, 4)
    assert evolved.sequences == 4 * 40 * EVOLVED[task].batch and taught.sequences == 4 * EVOLVED[task].batch
    assert evolved.seconds == taught.seconds == 2.0, "two chunks, a tick each"
    assert not evolved.there and np.isfinite([evolved.value, taught.value]).all()
    assert finish(race, race.runners[0], 4, 2, ticks()) == evolved


def test_who_arrives_stops():
    race = evolino_race(4)
    evolved = finish(race, race.runners[0], 20, 1)
    assert evolved.there and evolved.value <= race.goal and evolved.steps < 20
    taught = finish(race, race.runners[1], 20, 20)
    assert not taught.there and taught.sequences == 160


def test_both_are_judged_by_the_same_mazes():
    race = maze_race(2, 0)
    rewarded, taught = (finish(race, runner, 150, 10) for runner in race.runners)
    assert rewarded.there and taught.there and min(rewarded.value, taught.value) >= race.goal


def test_a_race_of_no_steps_is_refused():
    race = maze_race(2, 0)
    with pytest.raises(LearnerError, match="0 steps of a race"):
        finish(race, race.runners[0], 0)
