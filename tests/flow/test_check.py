"""The gradient check: equal to the engine's gradients where those are right, and able to say no."""

import numpy as np
import pytest

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.flow import check
from lstm_viz.library import LIBRARY


def problem(name="lstm", T=4, D=2, H=3, B=2):
    """A cell with everything drawn: parameters, inputs, first states, the loss's weights."""
    rng, cell = np.random.default_rng(7), parse(LIBRARY[name].equations)
    size = {"H": H, "D": D, "1": 1}
    params = {p: rng.normal(size=[size[letter] for letter in cell.shapes[p]]) for p in cell.params}
    initial = {s: rng.normal(size=(H, B)) for s in cell.states}
    return cell, params, rng.normal(size=(T, D, B)), initial, rng.normal(size=(T, H, B))


@pytest.mark.parametrize("name", ["lstm", "gru_reset_after", "peephole_gers"])
def test_a_right_gradient_reads_next_to_nothing(name):
    """Below 1e-8 in every array, with states that are not zero."""
    given = problem(name)
    numeric, exact = check.differences(*given), check.analytic(*given)
    assert all(check.reading(numeric[p], exact[p]) < 1e-8 for p in given[0].params)


def test_a_truncated_gradient_is_found_out():
    """It is no slope of the loss."""
    given = problem()
    numeric, short = check.differences(*given), check.analytic(*given, cut=("h",))
    assert max(check.reading(numeric[p], short[p]) for p in numeric) > 0.1


def test_one_weight_is_an_entry_of_all():
    """`difference` and `differences` agree, and leave the parameters as they were."""
    given = problem()
    kept = {p: v.copy() for p, v in given[1].items()}
    whole = check.differences(*given)
    assert check.difference(*given, "U_f", (2, 1)) == whole["U_f"][2, 1]
    assert all((given[1][p] == kept[p]).all() for p in kept)


def test_readings_are_known():
    """0 for the same, 0.1/1.9 for nine tenths, 1 where one is silent."""
    a = np.array([[1.0, -2.0], [0.5, 0.0]])
    assert check.reading(a, a) == 0 and check.reading(0 * a, 0 * a) == 0
    assert check.reading(a, 0.9 * a) == pytest.approx(0.1 / 1.9)
    assert check.reading(a, 0 * a) == check.reading(0 * a, a) == 1


def test_what_cannot_be_checked_is_refused():
    """An ε that is lost in rounding, and a network that is too large."""
    given = problem()
    with pytest.raises(LearnerError, match="lost in rounding"):
        check.difference(*given, "U_f", (0, 0), 1e-30)
    with pytest.raises(LearnerError, match="2,000"):
        check.differences(*problem(H=30))
