"""The curves' bytes: few points that tell the truth about many updates, small enough to be sent often."""

import numpy as np
import pytest

from lstm_viz.stage.curves import Plot, Run, pack_curves, thin
from lstm_viz.stage.curves.mount import HERE, OWN, SHARED
from lstm_viz.stage.curves.thin import BINS, width
from tests.test_stage import unpack

MOST = 30_000  # bytes of a message


def metric(n, seed=1):
    return np.exp(np.random.default_rng(seed).normal(size=n))


@pytest.mark.parametrize("goal", [1, 7, BINS, BINS + 1, 1000, 5000])
@pytest.mark.parametrize("done", [1, 3, 0.5, 1.0])
def test_a_point_is_its_bins_mean_lowest_and_highest(goal, done):
    """However far the run is; the last bin may not be full yet."""
    n = max(1, round(done * goal) if isinstance(done, float) else min(done, goal))
    values, wide = metric(n), width(goal)
    points = thin(values, goal, False)
    assert len(points) <= BINS
    for k, (mean, low, high) in enumerate(points):
        part = values[k * wide : (k + 1) * wide]
        assert (mean, low, high) == pytest.approx((part.mean(), part.min(), part.max()))
    assert points[:, 1].min() == values.min() and points[:, 2].max() == values.max()


def test_points_stay_while_the_curve_grows():
    """Every point but the last is final."""
    values = metric(1000)
    early, late = thin(values[:437], 1000, True), thin(values, 1000, True)
    np.testing.assert_array_equal(early[:-1], late[: len(early) - 1])


def test_a_logarithm_of_nothing_is_a_number():
    """A gradient that is cut is 0 and is drawn at the axis' end."""
    points = thin(np.array([0.0, 1e-3]), 2, True)
    assert np.isfinite(points).all() and points[0, 0] < -100 and points[1, 0] == pytest.approx(-3)


def test_no_update_gives_no_point():
    assert thin(np.zeros(0), 100, True).shape == (0, 3)


def plots():
    return [Plot(key, key, "words", True, False, -3, 0, -1.0, "says 0") for key in ("loss", "error", "first")]


def packed(runs, steps=5000):
    made = [
        Run(
            f"Cell {k}",
            f"C{k}",
            steps,
            "says",
            "",
            tuple(thin(metric(steps, k), 5000, True) for _ in plots()),
        )
        for k in range(runs)
    ]
    return pack_curves(made, plots(), 5000, 32, {"stops": [0, 1], "at": 1, "follow": True}), made


def test_the_bytes_hold_the_points():
    """Each run's, under its number and the plot's key."""
    data, made = packed(3)
    head, arrays = unpack(data)
    assert [run["title"] for run in head["runs"]] == ["Cell 0", "Cell 1", "Cell 2"]
    assert head["width"] == width(5000) and head["at"] == 1 and head["plots"][0]["baseline"] == -1.0
    for k, run in enumerate(made):
        for plot, points in zip(plots(), run.points, strict=True):
            np.testing.assert_array_equal(arrays[f"{k}/{plot.key}"], points.astype(np.float32))


def test_lines_are_told_apart_without_colour():
    """Four runs have four kinds of line, and four colours on each ground."""
    head, _ = unpack(packed(4)[0])
    assert len({run["dash"] for run in head["runs"]}) == 4
    for ground in (0, 1):
        assert len({run["ink"][ground] for run in head["runs"]}) == 4


def test_a_message_is_small():
    """Four whole runs, with the scripts and the style that travel with every change of the data."""
    files = [HERE.parent / f"{name}.js" for name in SHARED] + [HERE / f"{name}.js" for name in OWN]
    text = sum(len(file.read_bytes()) for file in [*files, HERE / "curves.css"])
    assert len(packed(4)[0]) + text < MOST
