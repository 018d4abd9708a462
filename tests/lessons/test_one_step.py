"""The lesson on one step: what it takes apart is what the engine computed, at every step and unit."""

import numpy as np
import pytest

from lessons.one_step.experiments import number
from lessons.one_step.pictures import numbers, step_map
from lessons.one_step.steps import MARKED, STEPS, UNIT, lstm, taken_apart


@pytest.mark.parametrize("t", [0, 8, 31, 32, STEPS - 1])
def test_parts_add_up_to_what_the_engine_says(t):
    """Layers, cell state and hidden state of all units."""
    values = lstm().trace.values
    for unit in range(16):
        step = taken_apart(t, unit)
        for name, layer in step.layers.items():
            assert layer.value == pytest.approx(values[name][t, unit, 0], abs=1e-12)
        assert step.c == pytest.approx(values["c"][t, unit, 0], abs=1e-12)
        assert step.h == pytest.approx(values["h"][t, unit, 0], abs=1e-12)


def test_a_changed_input_changes_its_own_part_alone():
    """The hidden state's part and the bias stay."""
    was, now = taken_apart(MARKED, UNIT), taken_apart(MARKED, UNIT, np.array([0.9, 1.0]))
    for name in was.layers:
        assert was.layers[name].from_x != now.layers[name].from_x
        assert was.layers[name][1:3] == now.layers[name][1:3]


def test_a_number_says_what_it_was():
    """Only where it shows."""
    assert number(0.5, 0.50001) == "0.500"
    assert number(0.5, -0.25) == "−0.250★ (0.500)"
    assert number(-0.0001, -0.0001) == "0.000"


def test_the_picture_shows_the_step():
    """Sixteen fields in every strip but the input's, and the numbers in words."""
    drawing = step_map()
    assert len(numbers("c_prev")) == len(numbers("f")) == 16 and len(numbers("x")) == 2
    assert numbers("c_prev")[UNIT] == pytest.approx(0.3038, abs=1e-3)
    assert "input gate 0.737" in drawing.says and "cell state 0.014" in drawing.says
    assert "\n\n" not in drawing.svg and "<script" not in drawing.svg
