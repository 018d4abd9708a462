"""The nets and pictures of the lesson on counting."""

import re

import numpy as np
import pytest

from lessons.counting.experiments import net, points, tally
from lessons.counting.grammar import drawing
from lessons.counting.nets import gru2, lstm2, lstm3, reach, read
from lstm_viz.tasks.reber import REBER


@pytest.mark.parametrize("made", [lstm2, lstm3, gru2])
@pytest.mark.parametrize("bias", [3.0, 6.0])
def test_the_reach_is_where_the_first_string_is_wrong(made, bias):
    """String by string and all at once are the same."""
    one = made(bias)
    far = reach(one, 40)
    assert all(read(one, n).right.all() for n in range(1, far + 1))
    assert not read(one, far + 1).right.all()


def test_a_tally_rises_and_falls_by_ones():
    """Whole steps in the LSTM, up with a and down with b."""
    states = read(lstm2(40.0), 6).states[:, 0]
    assert states.tolist() == [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]


def test_the_plots_mark_the_first_wrong_answer():
    """Step 22 of eleven a's and b's, with the bias 5."""
    one = lstm2(5.0)
    found = read(one, 11)
    for plot in (tally(one, found, 11), points(one, found)):
        assert plot.marks[-1].at == 22 and plot.x.high == 23


def test_a_trained_net_counts_by_its_own_state():
    """By c where there is one, in double precision."""
    params = {name: p.astype(np.float32) for name, p in lstm2(4.0).params.items()}
    assert net("lstm", params).tally == "c" and reach(net("lstm", params), 20) == reach(lstm2(4.0), 20)
    assert net("rnn_tanh", {}).tally == "h"


def test_the_drawing_has_every_way_of_the_grammar_twice():
    """And B, E, and T and P before and after."""
    letters = re.findall(r">([BTPSXVE])</text>", drawing())
    inner = [said for ways in REBER.values() for said, _ in ways]
    assert sorted(letters) == sorted(2 * inner + list("BETPTP"))
