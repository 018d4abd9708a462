"""The stream of the lesson on the forget gate: in parts it is the same run, and its borders are found."""

import numpy as np

from lessons.forget_gate.experiments import SHOWN, gates_map
from lstm_viz.papers.forget_reset import borders
from lstm_viz.papers.forget_stream import WINDOW, go_on, heard, letters_of, spec_of
from lstm_viz.papers.streams import learn
from lstm_viz.stage.chart import Heat
from lstm_viz.tasks.reber import SYMBOLS


def test_a_run_in_parts_is_the_run_in_one():
    """What the page trains part by part is what the row trains."""
    whole, _ = learn(spec_of("lstm", 3), letters_of(3), 6 * WINDOW)
    once = go_on("lstm", 3, go_on("lstm", 3, None, 4), 2)
    assert once.state.step == len(once.far) == len(once.right) == 6
    for name, p in whole.items():
        assert np.array_equal(once.state.params[name], p)


def test_borders_stand_between_strings():
    """Only the outer E is followed by B alone, and the inner strings begin with B too."""
    found = heard("lstm1997", 1, 2, 200)
    last, first = borders(found)
    letters = found.batch.x.argmax(axis=1)
    assert last.any() and (letters[last] == SYMBOLS.index("E")).all()
    assert (letters[first] == SYMBOLS.index("B")).all()
    # Strings have twelve letters on average.
    assert 8 < last.size / last.sum() < 16


def test_the_map_shows_the_gates():
    """Twelve rows of numbers between 0 and 1, and a letter at each column."""
    plot = gates_map(2, go_on("lstm", 2, None, 1))
    [heat] = [m for m in plot.marks if isinstance(m, Heat)]
    values = np.array(heat.values)
    assert values.shape == (12, SHOWN) == (12, len(plot.x.names))
    assert (values > 0).all() and (values < 1).all()
