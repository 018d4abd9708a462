"""Figures by their data: drawn is what was given, on scales that stay, told apart by more than colour."""

import numpy as np
import pytest

from lstm_viz import figures
from lstm_viz.palette import ROLES

GROUNDS = pytest.mark.parametrize("ground", ["light", "dark"])
X = np.arange(5)


def named(figure) -> dict:
    """The traces that have a name, by name."""
    return {trace.name: trace for trace in figure.data if trace.name}


@GROUNDS
def test_a_curve_is_drawn_as_it_is(ground):
    """Its numbers, its role's colour for that ground, its dash."""
    line = figures.Curve("a", X, 10.0**-X, "cell", "dash")
    [trace] = figures.curves(ground, [line], "lag", "norm", -20, 5).data
    np.testing.assert_array_equal(trace.y, 10.0**-X)
    assert trace.line.color == getattr(ROLES["cell"], ground) and trace.line.dash == "dash"


def test_the_axis_is_the_one_that_was_asked_for():
    """Whatever the numbers are."""
    for scale in (1.0, 1e-30):
        figure = figures.curves(
            "light", [figures.Curve("a", X, scale + 0.0 * X, "cell")], "lag", "norm", -50, 10
        )
        assert figure.layout.yaxis.type == "log" and tuple(figure.layout.yaxis.range) == (-50, 10)
        assert figure.layout.xaxis.title.text == "lag" and figure.layout.yaxis.title.text == "norm"


@pytest.mark.parametrize(("low", "high"), [(-3, 3), (-12, 2), (-50, 10), (-120, 120), (-320, 40), (-16, 0)])
def test_the_marks_are_powers_of_ten_on_the_axis(low, high):
    axis = figures.curves("light", [], "x", "y", low, high).layout.yaxis
    logs = np.log10(axis.tickvals)
    assert 3 <= len(logs) <= 9 and (logs >= low - 1e-9).all() and (logs <= high + 1e-9).all()
    said = [text.removeprefix("10<sup>").replace("</sup>", "").replace("−", "-") for text in axis.ticktext]
    found = [float(e) if "sup" in text else 0.0 for e, text in zip(said, axis.ticktext, strict=True)]
    np.testing.assert_allclose(found, logs, atol=1e-6)


@pytest.mark.parametrize(("size", "seen"), [(1.0, True), (1e-9, False), (1e9, False)])
def test_the_legend_names_what_is_seen(size, seen):
    """A line outside the bounds is not named; one that only crosses the plot is."""
    lines = [
        figures.Curve("a", X, size + 0.0 * X, "cell"),
        figures.Curve("b", X, np.geomspace(1e-9, 1e9, 5), "cell"),
    ]
    assert [t.showlegend for t in figures.curves("light", lines, "x", "y", -3, 3).data] == [seen, True]
    groups = [("far", np.array([4 + 0j]), "hidden", "circle"), ("near", np.array([1j]), "hidden", "circle")]
    for norm, shown in ((4.0, True), (10.0, False)):
        named = [t.name for t in figures.plane("light", groups, norm).data if t.showlegend]
        assert named == ["unit circle"] + ["‖W‖"] * shown + ["near"]


def test_zero_leaves_at_the_bottom_and_infinity_at_the_top():
    [trace] = figures.curves(
        "light", [figures.Curve("a", X, np.array([1, 0, 1e-5, np.inf, 2.0]), "cell")], "x", "y"
    ).data
    assert 0 < trace.y[1] < 1e-320 and trace.y[3] == 1e300
    assert trace.y[[0, 2, 4]].tolist() == [1.0, 1e-5, 2.0]


def test_a_band_lies_around_its_curve():
    """Two lines that are not in the legend; where the lower one is zero the band goes down out of sight."""
    low, high = np.array([1e-3, 0.0, 1e-3]), np.array([1.0, 1e-2, 0.0])
    line = figures.Curve("a", np.arange(3), np.array([0.1, 1e-4, 0.0]), "cell", band=(low, high))
    upper, lower, middle = figures.curves("light", [line], "x", "y", -20, 5).data
    assert upper.y.tolist()[:2] == [1.0, 1e-2] and lower.y[0] == 1e-3 and 0 < lower.y[1] < 1e-320
    assert lower.fill == "tonexty" and not upper.showlegend and not lower.showlegend
    assert middle.name == "a"


def test_long_curves_are_thinned_and_keep_their_ends():
    x = np.arange(1000)
    [trace] = figures.curves("light", [figures.Curve("a", x, x + 1.0, "cell")], "x", "y").data
    assert len(trace.x) <= 300 and trace.x[0] == 0 and trace.x[-1] == 999
    np.testing.assert_array_equal(trace.y, trace.x + 1.0)


def test_limits_stand_where_they_are_and_only_if_seen():
    """The words of a logarithmic axis are placed by the logarithm."""
    limits = (figures.Limit(1e-38, "float32 ends"), figures.Limit(1e-308, "float64 ends"))
    figure = figures.curves("light", [], "x", "y", -50, 10, limits)
    assert [shape.y0 for shape in figure.layout.shapes] == [1e-38]
    [words] = figure.layout.annotations
    assert words.text == "float32 ends" and words.y == pytest.approx(-38)
    assert len(figures.curves("light", [], "x", "y", -320, 10, limits).layout.shapes) == 2


@GROUNDS
def test_a_heat_map_is_logarithmic_on_a_scale_that_stays(ground):
    values = np.array([[1.0, np.nan], [0.0, 1e-5]])
    [trace] = figures.heat(ground, [1, 2], [1, 2], values, ("k", "T", "norm"), -12, 2).data
    assert (trace.zmin, trace.zmax) == (-12, 2)
    assert trace.z[0, 0] == 0 and np.isnan(trace.z[0, 1]) and trace.z[1, 0] == -12
    assert trace.z[1, 1] == pytest.approx(-5) and trace.customdata[1, 0] == 0


def test_colours_of_a_heat_map_run_one_way():
    """Brightness falls all the way on light ground and rises on dark, so that grey shows the same."""
    for ground, sign in (("light", -1), ("dark", 1)):
        [trace] = figures.heat(ground, [1], [1], np.ones((1, 1)), ("k", "T", "n"), -1, 1).data
        greys = [0.3 * r + 0.59 * g + 0.11 * b for r, g, b in map(rgb, [c for _, c in trace.colorscale])]
        assert (np.sign(np.diff(greys)) == sign).all()


def rgb(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


@GROUNDS
def test_eigenvalues_stand_where_they_are(ground):
    figure = figures.plane(ground, [("of W", np.array([0.5 + 1j, 2.0]), "hidden", "circle")], 3.0)
    traces = named(figure)
    assert traces["of W"].x.tolist() == [0.5, 2.0] and traces["of W"].y.tolist() == [1.0, 0.0]
    np.testing.assert_allclose(np.hypot(traces["unit circle"].x, traces["unit circle"].y), 1.0)
    np.testing.assert_allclose(np.hypot(traces["‖W‖"].x, traces["‖W‖"].y), 3.0)
    assert figure.layout.yaxis.scaleanchor == "x"


def test_shares_are_stacked_each_on_its_side_of_zero():
    """The parts of one role differ by pattern; those below zero hang there."""
    layers = [
        figures.Layer("a", np.array([0.7, 1.2]), "forget"),
        figures.Layer("b", np.array([0.3, -0.2]), "forget"),
    ]
    figure = figures.shares("light", np.array([1, 2]), layers, "step", (-0.5, 1.5))
    assert figure.layout.barmode == "relative" and tuple(figure.layout.yaxis.range) == (-0.5, 1.5)
    np.testing.assert_allclose(sum(trace.y for trace in figure.data), 1.0)
    assert len({trace.marker.pattern.shape for trace in figure.data}) == 2
    assert sorted(shape.y0 for shape in figure.layout.shapes) == [0.0, 1.0]


def test_ways_begin_at_the_star_and_differ_by_dash_and_mark():
    places = np.array([[1.0, 0.0], [1.5, 0.5], [1.2, 0.2]])
    both = [
        figures.Way("plain", places, "forget", "dash", "circle"),
        figures.Way("cut", places[:2], "output", "solid", "diamond"),
    ]
    w, b = np.linspace(0, 2, 5), np.linspace(-1, 1, 4)
    figure = figures.land("dark", w, b, np.ones((4, 5)), both, -6, 1)
    traces = named(figure)
    assert traces["start"].x.tolist() == [1.0] and traces["plain"].x.tolist() == places[:, 0].tolist()
    assert {traces[n].line.dash for n in ("plain", "cut")} == {"dash", "solid"}
    assert traces["plain"].marker.symbol != traces["cut"].marker.symbol
    assert figure.data[0].z.shape == (4, 5) and tuple(figure.layout.xaxis.range) == (0.0, 2.0)


def test_dots_are_seeds_and_the_bar_is_their_median():
    values = np.array([[0.1, 0.5, 0.9], [1.0, 1.0, -1.0]])
    figure = figures.dots("light", ["W", "U"], values, "cosine", -1, 1)
    seeds, median = figure.data[:2]
    assert seeds.x.tolist() == [0.1, 0.5, 0.9] and list(seeds.y) == ["W"] * 3 and median.x == (0.5,)
    assert tuple(figure.layout.xaxis.range) == (-1, 1)
