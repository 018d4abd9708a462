"""The lesson on hidden stores: faults are what their names say, forecasts begin where one year ahead does."""

import numpy as np
import pytest

from lessons.hidden_stores import alarm, spots
from lessons.hidden_stores.experiments import on_the_snow
from lessons.hidden_stores.nets import valleys


def test_faults_begin_at_their_step():
    healthy = alarm.signals("none", 3, 1)
    for fault in ("hangs", "skips", "halved", "weak, slowly"):
        s = alarm.signals(fault, 3, 1)
        assert s.shape == healthy.shape and np.array_equal(s[: alarm.AT], healthy[: alarm.AT])
        assert not np.array_equal(s, healthy)
    assert np.array_equal(alarm.signals("skips", 3, 1)[alarm.AT : -1], healthy[alarm.AT + 1 :])
    assert (alarm.signals("hangs", 3, 1)[alarm.AT : alarm.AT + 3] == healthy[alarm.AT - 1]).all()
    weak = alarm.signals("weak, slowly", 3, 1)
    assert weak[alarm.AT + alarm.FADE :] == pytest.approx(healthy[alarm.AT + alarm.FADE :] / 2)


def test_a_lower_threshold_is_never_blinder():
    off = alarm.errors(alarm.signals("halved", 50, 4))
    found = [(off > times * alarm.threshold()).any(axis=0).mean() for times in (0.5, 1, 2, 4)]
    assert found == sorted(found, reverse=True)


def test_the_first_forecast_is_that_of_one_year_ahead():
    """But for the years at the end, and what lies more than sixty years back."""
    assert spots.horizons()["LSTM"][0] == pytest.approx(spots.next_year()[0], rel=0.1)


def test_a_line_is_laid_on_the_snow_where_there_is_any():
    v = valleys(seed=3, count=1)
    laid, said = on_the_snow(-3 * v.stores.snow[:, 0] + 1, v)
    assert laid == pytest.approx(v.stores.snow[:, 0], abs=1e-9) and said.endswith("−1.00")
    bare = valleys(warmer=30.0, seed=3, count=1)
    laid, said = on_the_snow(np.linspace(0, 1, len(laid)), bare)
    assert "hardly any snow" in said and np.isfinite(laid).all()
