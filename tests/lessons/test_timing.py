"""The clocks of the lesson on timing, and its experiments' plots."""

import numpy as np
import pytest

from lessons.timing.clocks import blind, clock, measure, pair, run, strikes, wiki
from lessons.timing.pictures import plots
from lstm_viz import engine
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY


@pytest.mark.parametrize("period", [2, 3, 7, 60])
def test_a_clock_strikes_at_every_period(period):
    """With peepholes by one unit, without by two."""
    told = np.arange(period, 201, period)
    assert np.array_equal(strikes(run("peephole_gers", clock(period - 0.5), 200)), told)
    assert np.array_equal(strikes(run("lstm", pair(period)[0], 200), 1), told)
    assert len(strikes(run("lstm", blind(period - 0.5), 200))) == 0


def test_the_fast_engine_and_the_reference_hear_the_same():
    """A clock hangs on differences: both must agree at every step."""
    for name, params in (("peephole_gers", clock(4.5)), ("peephole_wiki", wiki(4.5))):
        slow = engine.run(parse(LIBRARY[name].equations), params, np.zeros((60, 1, 1))).values
        assert np.array_equal(strikes(slow), strikes(run(name, params, 60)))


def test_a_cell_that_measures_is_silent_until_the_second_signal():
    """However long it waits."""
    x = np.zeros((90, 1, 1))
    x[0] = x[80] = 1
    assert strikes(run("peephole_gers", measure(50.5), x)).tolist() == [81]


def test_the_plots_keep_within_their_axes():
    """Also where the tally runs away."""
    tally, said = plots(run("lstm", blind(9.5), 100), 9.5, 12.0)
    assert max(tally.marks[0].y) == 12.0 and "never" in said.says
