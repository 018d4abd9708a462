"""Seven of the papers' rows: their runs can be made again, tell right from wrong, and are judged fairly."""

from pathlib import Path

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.papers import cerg, copying, counting, forget_bias, odyssey, streams, timing, tracking
from lstm_viz.papers.edited import Edited, spec_of, trained
from lstm_viz.papers.results import by_arm, file_of, read
from lstm_viz.papers.row import CONFIRMED, IN_PART, NOT_CONFIRMED
from lstm_viz.papers.trial import Trial, spec
from lstm_viz.tasks import TASKS, judge
from lstm_viz.training import first_state

ROWS = [module.ROW for module in (cerg, counting, timing, copying, forget_bias, odyssey, tracking)]
SEEDS = 5


def again(row, arm: str, seed: int = 1) -> tuple[float, float]:
    """The number of a job in the row's file, and the number that it gives now."""
    return by_arm(row, read(row))[arm][seed - 1], row.ours.run(row.ours.arms[arm], seed)


def numbers(row, **given: float) -> dict[str, list[float]]:
    """Made-up numbers, equal for all seeds, of the arms in their order: a, b, c, …"""
    return {arm: [given[name]] * SEEDS for arm, name in zip(row.ours.arms, "abcdefghij", strict=False)}


def letters(*values: float) -> dict[str, float]:
    """The numbers of as many arms."""
    return dict(zip("abcdefghij", values, strict=False))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_file_holds_every_seed(row):
    """At least five of each arm, and the verdict that they give is one of the three."""
    found = by_arm(row, read(row))
    assert len(row.ours.seeds) >= SEEDS and all(len(values) >= SEEDS for values in found.values())
    assert row.ours.verdict(found) in (CONFIRMED, IN_PART, NOT_CONFIRMED)
    assert file_of(row).name == f"{row.name}.json" == Path(row.name).with_suffix(".json").name


# Jobs whose results hardly depend on the last digits of the sums: with another order of adding, training
# takes another way to the same end.
@pytest.mark.parametrize(
    ("row", "arm", "within"),
    [
        (tracking.ROW, "tanh RNN", 1.0),  # % wrong
        (tracking.ROW, "LSTM without U h", 5.0),
        (copying.ROW, "linear RNN, 20 steps", 1.0),
        (counting.ROW, "GRU", 3.0),  # the largest n
        (timing.ROW, "4 cells, none", 0.05),
        (forget_bias.ROW, "GRU", 6400.0),  # sequences, 10 % of the budget
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_job_run_again_agrees_with_the_file(row, arm, within):
    """The number on the page is what the code gives, within the tolerance stated above."""
    kept, now = again(row, arm)
    assert abs(kept - now) <= within


def test_an_edited_trial_trains_its_own_equations():
    """Starts that the equations have no parameter for are left out, all else is the trial's."""
    trial = Trial("lstm", "parity", 20, 5, 4, 3, starts=(("b_f", 2.0), ("b_i", -2.0)))
    made = spec_of(Edited(trial, "h = tanh(W_h @ x + U_h @ h_prev + b_i)"), 1)
    assert dict(made.constants) == {"b_i": -2.0} and "c_prev" not in made.equations
    assert spec_of(Edited(trial), 1) == spec(trial, 1)
    assert set(trained(Edited(trial, "h = tanh(W_h @ x + b_i)"), 1).params) == {"W_h", "b_i", "W_y", "b_y"}


def test_a_stream_is_one_however_it_is_read():
    """States go on from window to window: two windows end where one of both does."""
    trial = odyssey.VANILLA._replace(hidden=4)
    run = spec(trial, 11)._replace(precision="float64", T=10, shortest=10)
    stream = TASKS["reber_stream"].draw(np.random.default_rng(1), 1100, 2)
    cell, params = parse(run.equations), first_state(run).params
    whole = streams.read_on(cell, params, {}, stream, 0)
    trace, y = streams.forward(cell, params, stream.x)
    assert whole.shape == (1100, 2)
    np.testing.assert_array_equal(whole, streams.correct(y, stream.legal))
    assert 1 - whole.mean() == pytest.approx(judge(TASKS["reber_stream"], y, stream))
    state, states = streams.update(run, first_state(run), {}, stream, slice(0, 10))
    np.testing.assert_allclose(states["c"], trace.values["c"][9], atol=1e-12)
    assert state.step == 1 and not np.array_equal(state.params["W_c"], params["W_c"])
    _, later = streams.update(run, state, states, stream, slice(10, 20))
    assert not np.allclose(later["c"], streams.update(run, state, {}, stream, slice(10, 20))[1]["c"])


def test_symbols_before_the_first_error_are_counted():
    """What comes right after an error counts no more."""
    found = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1]], bool)
    assert streams.before_error(found) == pytest.approx((3 + 1 + 0) / 3)


def test_learning_a_stream_helps():
    """After 600 windows a net errs less than a tenth as often as after ten; one out of bounds, always."""
    short, long = (odyssey.wrong(odyssey.VANILLA._replace(cell="greff_np", steps=n), 11) for n in (10, 600))
    assert long < short / 10
    burst = spec(cerg.NONE, 1)._replace(equations="h = W_h @ x * 1e300 + U_h @ h_prev * 1e300", constants=())
    assert not streams.right(burst._replace(precision="float64"), 3, 20).any()


def test_without_a_forget_gate_a_short_lesson_fails():
    """The arms of the row are what they are called: one forgets, one sums, one fades."""
    assert "f * c_prev" in spec_of(cerg.ARMS["forget gate"], 1).equations
    assert "c = c_prev" in spec_of(cerg.ARMS["no forget gate"], 1).equations
    assert "c = 0.9 * c_prev" in spec_of(cerg.ARMS["state × 0.9 every step"], 1).equations
    assert cerg.symbols(Edited(cerg.NONE._replace(steps=50)), 11) < cerg.POOR


def counter(keeps: float) -> dict:
    """An LSTM without a tanh that counts: one unit adds up a's less b's, two say which letter was read."""
    W_c, shut = np.array([[0.0, 1.0, -1.0], [0.0, 9.0, 0.0], [0.0, 0.0, 9.0]]), -50.0
    params = {f"U_{gate}": np.zeros((3, 3)) for gate in "fioc"}
    params |= {f"W_{gate}": np.zeros((3, 3)) for gate in "fio"} | {"W_c": W_c, "b_c": np.zeros((3, 1))}
    params |= {"b_f": np.array([[keeps], [shut], [shut]]), "b_i": np.full((3, 1), 50.0)}
    readout = np.array([[0.0, 0.0, -10.0], [1.0, 10.0, 5.0], [0.0, 0.0, 5.3]])
    return params | {"b_o": params["b_i"], "W_y": readout, "b_y": np.array([[1.0], [-5.0], [-5.0]])}


def test_a_counter_made_by_hand_reaches_the_cap():
    """One that forgets a little does not, and one that knows but the last letter is right for n = 1."""
    assert counting.largest("lstm_identity_out", counter(50.0)) == counting.CAP
    assert 1 <= counting.largest("lstm_identity_out", counter(4.0)) < 50
    assert counting.largest("lstm_identity_out", counter(-50.0)) == 1


def test_the_swing_is_the_papers():
    """From 0 to 1 and back in 25 steps; a net that always says the mean is 0.35 off."""
    target = timing.swing(100).target[:, 0, 0]
    assert target[24] == pytest.approx(0) and target[11:13].min() > 0.99
    assert np.std(target) == pytest.approx(0.5**1.5, abs=1e-3)
    assert timing.error(timing.ONE._replace(steps=1), 11) > 0.3


def test_the_blind_lstm_reads_no_state():
    """Without U h nothing but c leads from step to step."""
    assert "h_prev" not in tracking.BLIND and parse(tracking.BLIND).states == ("c",)


def test_a_run_that_never_learns_counts_its_whole_budget():
    """And one that learns ends when it has."""
    trial = forget_bias.COMMON._replace(steps=25, batch=2, T=20, shortest=20)
    assert forget_bias.sequences(trial, 11) == 50
    easy = forget_bias.ARMS["GRU"]._replace(T=5, shortest=5, steps=2000)
    assert forget_bias.sequences(easy, 11) < easy.steps * easy.batch


@pytest.mark.parametrize(
    ("row", "given", "verdict"),
    [
        (cerg.ROW, {"a": 5000, "b": 20, "c": 30, "d": 50}, CONFIRMED),
        (cerg.ROW, {"a": 5000, "b": 20, "c": 4000, "d": 50}, IN_PART),
        (cerg.ROW, {"a": 5000, "b": 2000, "c": 30, "d": 50}, NOT_CONFIRMED),
        (cerg.ROW, {"a": 500, "b": 20, "c": 30, "d": 50}, NOT_CONFIRMED),
        (counting.ROW, {"a": 30, "b": 12, "c": 11, "d": 20}, CONFIRMED),
        (counting.ROW, {"a": 30, "b": 12, "c": 11, "d": 25}, IN_PART),
        (counting.ROW, {"a": 15, "b": 40, "c": 10, "d": 10}, IN_PART),
        (counting.ROW, {"a": 10, "b": 40, "c": 10, "d": 10}, NOT_CONFIRMED),
        (timing.ROW, {"a": 0.1, "b": 0.35, "c": 0.1, "d": 0.35}, CONFIRMED),
        (timing.ROW, {"a": 0.1, "b": 0.35, "c": 0.1, "d": 0.1}, IN_PART),
        (timing.ROW, {"a": 0.35, "b": 0.35, "c": 0.1, "d": 0.1}, NOT_CONFIRMED),
        # The LSTM with b_f = 3 and chrono, at 20, 50, 100 and 200 steps; the linear RNN at 20 and 200.
        (copying.ROW, letters(0, 9, 40, 40, 75, 75, 75, 75, 0, 1), CONFIRMED),
        (copying.ROW, letters(9, 0, 40, 40, 75, 75, 75, 75, 0, 60), IN_PART),
        (copying.ROW, letters(0, 0, 0, 0, 0, 0, 75, 40, 0, 0), NOT_CONFIRMED),
        (copying.ROW, letters(0, 0, 0, 0, 0, 0, 40, 75, 0, 0), NOT_CONFIRMED),
        (copying.ROW, letters(60, 60, 0, 0, 0, 0, 75, 75, 0, 0), NOT_CONFIRMED),
        (forget_bias.ROW, {"a": 64000, "b": 14000, "c": 1, "d": 1, "e": 1, "f": 12000}, CONFIRMED),
        (forget_bias.ROW, {"a": 64000, "b": 40000, "c": 1, "d": 1, "e": 1, "f": 12000}, IN_PART),
        (forget_bias.ROW, {"a": 14000, "b": 14000, "c": 1, "d": 1, "e": 1, "f": 12000}, NOT_CONFIRMED),
        (tracking.ROW, {"a": 0, "b": 0, "c": 0, "d": 49, "e": 49, "f": 49}, CONFIRMED),
        (tracking.ROW, {"a": 0, "b": 0, "c": 30, "d": 49, "e": 49, "f": 49}, IN_PART),
        (tracking.ROW, {"a": 0, "b": 0, "c": 0, "d": 10, "e": 0, "f": 49}, NOT_CONFIRMED),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_verdict_follows_its_criterion(row, given, verdict):
    """Made-up numbers on either side of each threshold."""
    assert row.ours.verdict(numbers(row, **given)) == verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"NFG, no forget gate": 5.0, "NOAF, no output tanh": 3.0}, CONFIRMED),
        ({"NFG, no forget gate": 5.0}, IN_PART),
        ({}, NOT_CONFIRMED),
        ({"NFG, no forget gate": 5.0, "NOAF, no output tanh": 3.0, "NP, no peepholes": 0.0}, NOT_CONFIRMED),
    ],
)
def test_the_ranking_is_judged_by_pairs(changed, verdict):
    """Worse are the critical parts, better must be nobody."""
    made = {arm: [changed.get(arm, 0.1) + k / 1000 for k in range(SEEDS)] for arm in odyssey.CELLS}
    assert odyssey.ROW.ours.verdict(made) == verdict


def test_clearly_means_all_pairs_but_two():
    """Equal ones count half."""
    a, b = [1.0, 2.0, 3.0, 4.0, 5.0], [4.5, 6.0, 7.0, 8.0, 9.0]
    assert odyssey.clearly_less(a, b) and not odyssey.clearly_less(b, a)
    assert not odyssey.clearly_less(a, [2.5, *b[1:]]) and not odyssey.clearly_less(a, a)
