"""What the lesson on copying draws of a trained network: its answers to four messages."""

import numpy as np

from lessons.copying.experiments import TOLD, probabilities
from lessons.copying.pictures import state, told
from lessons.copying.rings import carousel, ring
from lstm_viz.library import LIBRARY
from lstm_viz.network import start
from lstm_viz.stage.chart import Heat
from lstm_viz.tasks.copy_memory import INPUTS, LENGTH, OUTPUTS, SYMBOLS


def heat(plot) -> np.ndarray:
    """The values of a plot's only heat map."""
    (found,) = [mark for mark in plot.marks if isinstance(mark, Heat)]
    return np.asarray(found.values)


def test_probabilities_stand_in_the_columns_of_their_answers():
    """A net whose readout always favours C says C nearly always; between the messages there is nothing."""
    params = start(LIBRARY["lstm"], len(INPUTS), len(OUTPUTS), 4, np.random.default_rng(1))
    params["b_y"][OUTPUTS.index("C")] = 20.0
    rows = heat(probabilities(params))[::-1]
    gaps = [LENGTH + k * (LENGTH + 1) for k in range(len(TOLD) - 1)]
    answers = np.delete(rows, gaps, axis=1)
    assert rows[:, gaps].max() == 0 and answers.shape == (len(SYMBOLS), LENGTH * len(TOLD))
    assert answers[SYMBOLS.index("C")].min() > 0.99 and answers.sum(axis=0).max() <= 1 + 1e-12


def test_the_picture_of_the_ring_shows_what_moves():
    """One unit of each slot is on after the message; in the carousel two units hold three symbols."""
    batch = told("AAB", 12)
    turning = heat(state(ring(12), batch, 1.0))[:-1][::-1]
    assert (turning.sum(axis=0)[LENGTH - 1 :] == LENGTH).all() and set(turning.ravel()) == {0.0, 1.0}
    resting = heat(state(carousel(12), batch, 3.0))[:-1][::-1]
    assert resting[:, -1].tolist() == [2.0, 1.0, 0.0, 0.0]
