"""The lesson on long lags: its experiments start and ask the nets as they say, its curve is the rows'."""

import numpy as np
import pytest

from lessons.long_lags import experiments, pictures
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono
from lstm_viz.network import forward
from lstm_viz.training import State, first_state


def begun(cell: str, lag: int) -> State:
    """A net of the race before any training."""
    return first_state(experiments.spec(cell, lag, 1, 0.01, {}))


@pytest.mark.parametrize("name", experiments.CELLS.values())
def test_long_sequences_are_answered_window_by_window_as_in_one_go(name):
    state, lag = begun(name, 10), experiments.WINDOW + 30
    batch = experiments.RECALL.draw(np.random.default_rng(1997), lag + 2, experiments.ASKED)
    params = {key: p.astype(float) for key, p in state.params.items()}
    y = forward(parse(LIBRARY[name].equations), params, batch.x)[1][-1]
    whole = (y.argmax(axis=0) != batch.target[-1].argmax(axis=0)).mean()
    assert experiments.wrong(name, state, lag) == pytest.approx(whole, abs=0.021)


def test_each_cell_gets_the_biases_that_it_has():
    chrono = Chrono(1, 102), Chrono(-1, 102)

    def at(cell, how):
        return experiments.starts(cell, how, 5.0, -5.0, 100, True)

    assert at("lstm", experiments.SET) == {"b_f": 5.0, "b_i": -5.0}
    assert at("lstm", experiments.FIT) == {"b_f": chrono[0], "b_i": chrono[1]}
    assert at("lstm1997", experiments.FIT) == {"b_i": chrono[1]}
    assert at("gru_reset_after", experiments.OTHER) == {"b_z": Chrono(1, 1000)}
    assert at("rnn_tanh", experiments.SET) == {"U_h": "orthogonal"} and at("irnn", experiments.SET) == {}


def test_the_map_is_full_in_the_lower_right_alone():
    gradient, slope = pictures.squares()
    f, i = pictures.FORGET.index, pictures.INPUT.index
    assert gradient[i(-5), f(5)] > 0.1 and slope[i(-5), f(5)] > 0.9
    assert gradient[i(-5), f(0)] < 1e-12 and slope[i(2), f(7)] < 0.1


def test_the_curve_rises_slowly_in_both():
    for line in pictures.costs():
        assert list(line.x) == sorted(line.x) and line.y[-1] < 10 * line.y[0]
