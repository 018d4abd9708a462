"""Plots as data for the browser: numbers with a place on the axes, what is drawn by a reader within them."""

import json
import math

import numpy as np
import pytest

from lstm_viz.stage.chart import Ask, Axis, Band, Bars, Dots, Heat, Line, Note, Plot, Rule
from lstm_viz.stage.chart.mount import heights
from lstm_viz.stage.chart.pack import MOST, pack

X, Y = Axis("step", 1, 10), Axis("share", 1e-3, 1, log=True, names=[(1, "all")])
MARKS = (
    Line("a", "cell", np.arange(1, 4), [1.0, math.nan, math.inf], "dash"),
    Dots("b", "hidden", (1, 2), np.float32([0.1, 0.2])),
    Bars("c", "input", [1], [2]),
    Band("d", "output", [1, 2], [0, 0], [1, 1]),
    Rule("e", np.float64(3)),
    Note("f", 1, 2),
    Heat("g", "signed", np.eye(3), -1, 1),
)
PLOT = Plot("Title", X, Y, MARKS, "what is seen")


def test_everything_is_plain():
    """Whatever kind of number it was, the browser gets lists and floats, None for what has no place."""
    [plot] = pack((PLOT,))["plots"]
    assert json.loads(json.dumps(plot, allow_nan=False)) == plot
    assert [m["kind"] for m in plot["marks"]] == ["line", "dots", "bars", "band", "rule", "note", "heat"]
    assert plot["marks"][0]["y"] == [1.0, None, None] and plot["marks"][0]["dash"] == "dash"
    assert plot["marks"][1]["y"] == [0.1, 0.2] and plot["marks"][4]["at"] == 3.0
    assert plot["marks"][6]["values"] == np.eye(3).tolist()
    assert plot["y"]["names"] == [[1.0, "all"]] and plot["x"]["log"] is False


def test_every_role_has_an_ink():
    """Light and dark."""
    inks = pack((PLOT,))["inks"]
    assert {m.role for m in MARKS if hasattr(m, "role")} <= {*inks}
    assert all(len(pair) == 2 for pair in inks.values())


def test_what_is_too_much_is_refused():
    """Before it is sent."""
    with pytest.raises(ValueError, match="20,000"):
        pack((PLOT._replace(marks=(Line("a", "cell", range(MOST + 1), range(MOST + 1)),)),))


@pytest.mark.parametrize("drawn", [None, "1,2", [1.0], [1.0, "2"], [1.0, True], [1.0, math.nan], {"0": 1}])
def test_what_is_no_curve_is_none(drawn):
    """The browser's word is not believed."""
    assert heights(drawn, PLOT, Ask([1, 2], 0.5)) is None


def test_a_curve_stays_within_its_axis():
    """Whatever was said."""
    assert heights([1e9, -5], PLOT, Ask([1, 2], 0.5)) == [1, 1e-3]
