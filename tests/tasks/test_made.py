"""The tasks of the lessons, lines and a made valley: right at every step, baselines confirmed."""

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, judge
from lstm_viz.tasks.lines import examples, intercept
from lstm_viz.tasks.runoff import CLOUDBURST, DRAIN, MELT, YEAR, basin, weather


def rng(seed=0):
    return np.random.default_rng(seed)


def test_all_points_of_a_sequence_lie_on_one_line_and_answers_come_a_step_late():
    batch = TASKS["lines"].draw(rng(), 40, 50)
    x, before, y = batch.x[:, 0], batch.x[:, 1], batch.target[:, 0]
    assert np.array_equal(before[1:], y[:-1]) and not before[0].any()
    for b in range(50):
        (slope, height), left, *_ = np.polyfit(x[:, b], y[:, b], 1, full=True)
        assert abs(slope) <= 1 and abs(height) <= 1 and left.sum() < 1e-20
    assert batch.labels[3] == f"{x[3, 0]:.2f} after {y[2, 0]:.2f}"


def test_a_chosen_line_is_shown_at_chosen_places():
    batch = examples(np.array([2.0]), np.array([-1.0]), np.array([[0.0], [0.5], [1.0]]))
    assert batch.target[:, 0, 0].tolist() == [-1, 0, 1] and batch.x[:, 1, 0].tolist() == [0, -1, 0]


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0, 1.5, -0.8])
def test_the_mean_height_of_the_lines_with_one_known_value_is_that_of_many(y):
    a, x, b = rng(1).uniform(-1, 1, (3, 2_000_000))
    near = np.abs(a * x + b - y) < 0.01
    assert intercept(np.array(y)) == pytest.approx(b[near].mean(), abs=0.02)


@pytest.mark.parametrize("T", [5, 20, 200])
def test_the_baseline_of_lines_is_what_the_answer_before_leaves(T):
    task = TASKS["lines"]
    batch = task.draw(rng(2), T, 400_000 // T)
    said = intercept(batch.x[:, 1:])
    assert judge(task, said, batch) == pytest.approx(task.baseline(T)[0], rel=0.03)
    for other in (0.9 * said, 1.1 * said, said + 0.05):
        assert judge(task, other, batch) > judge(task, said, batch)


def test_the_valley_keeps_its_rules_step_by_step():
    fallen, warm = weather(rng(3), 150, 4)
    stores = basin(fallen, warm)
    for b in range(4):
        snow = soil = 0.0
        for t in range(150):
            cold = warm[t, b] < 0
            snow += fallen[t, b] if cold else 0
            melt = min(snow, MELT * max(0.0, warm[t, b]))
            snow -= melt
            soil += melt + (0 if cold else fallen[t, b])
            flow = DRAIN * soil
            soil -= flow
            assert (stores.snow[t, b], stores.soil[t, b]) == pytest.approx((snow, soil), abs=1e-12)
            assert stores.flow[t, b] == pytest.approx(flow, abs=1e-12)


def test_the_weather_has_seasons_and_dry_steps():
    fallen, warm = weather(rng(4), 20 * YEAR, 30, begin=0)
    year = warm.reshape(20, YEAR, 30).mean(axis=(0, 2))
    assert year.argmin() in (0, 1, 2, YEAR - 2, YEAR - 1) and abs(year.argmax() - YEAR / 2) < 4
    assert year.mean() == pytest.approx(3, abs=0.1) and np.ptp(year) == pytest.approx(20, abs=1)
    assert (fallen == 0).mean() == pytest.approx(0.5, abs=0.01) and fallen.max() <= CLOUDBURST
    _, other = weather(rng(4), YEAR, 200)
    assert set(np.round(np.quantile(other.argmin(axis=0), [0.1, 0.9]) / YEAR)) == {0, 1}, "any season"


def test_the_network_reads_the_weather_and_never_the_stores():
    batch = TASKS["runoff"].draw(rng(5), 60, 3)
    fallen, warm = weather(rng(5), 60, 3)
    assert np.array_equal(batch.x, np.stack([fallen, warm / 10], 1))
    assert np.array_equal(batch.target[:, 0], basin(fallen, warm).flow)
    assert batch.labels[7] == f"{fallen[7, 0]:.1f} cm, {warm[7, 0]:.0f} °C"


@pytest.mark.parametrize("T", [20, 200])
def test_the_baseline_of_runoff_is_that_of_the_best_constant(T):
    task = TASKS["runoff"]
    batch = task.draw(rng(6), T, 400_000 // T)
    mean = np.full_like(batch.target, batch.target.mean())
    # The flow of a sequence depends on its season: 5 standard errors are 5 %.
    assert judge(task, mean, batch) == pytest.approx(task.baseline(T)[0], rel=0.05)
