"""What the Explorer says of its presets is so: each claim is run on what the preset shows."""

import numpy as np
import pytest

from lstm_viz.flow import norms, reach
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.choices import PRESETS
from lstm_viz.pages.scene import scene
from lstm_viz.tasks import score


def shown(preset: str):
    """The choices and the scene that a preset opens."""
    values, _, notes = arrive({name: str(value) for name, value in PRESETS[preset][0].items()})
    assert notes == []
    return values, scene(values)


def test_only_at_the_marks_the_input_gate_opens_and_the_cell_state_takes_a_step():
    """Its mean at both marks is above that at every other step, and so is the length of the step of c."""
    values, (_, _, (_, lstm)) = shown("The gate remembers")
    marks = [values["first"] - 1, values["second"] - 1]
    gate = lstm.trace.values["i"].mean(axis=(1, 2))
    step = norms(lstm.trace.values["c"] - lstm.trace.values["c_prev"])
    for curve in (gate, step):
        assert min(curve[marks]) > 1.5 * max(np.delete(curve, marks))


def test_the_forget_gate_stays_near_1():
    """On average over its units, at every step."""
    _, (_, _, (_, lstm)) = shown("The gate remembers")
    assert lstm.trace.values["f"].mean(axis=(1, 2)).min() > 0.95


def test_the_rnn_forgets():
    """At the second mark less than a millionth of its gradient is left; of the LSTM's, through c, a tenth."""
    values, (_, _, (rnn, lstm)) = shown("The RNN forgets")
    left = {s: norms(run.grads.signals[s]) for run, s in ((rnn, "h"), (lstm, "c"))}
    mark = values["second"] - 1
    assert left["h"][mark] < 1e-6 * left["h"][-1] and left["c"][mark] > 0.1 * left["c"][-1]
    assert reach(left["h"]) < 20 and reach(left["c"]) == values["T"] - 1


@pytest.mark.parametrize("m", [0, 1])
def test_networks_that_have_read_alice_guess_letters(m):
    """On the sample text both are right more often than always saying blank would be."""
    _, (task, batch, runs) = shown("Your own text")
    right = runs[m].out.argmax(axis=1) == batch.target.argmax(axis=1)
    blanks = batch.target[:, task.outputs.index("␣")].mean()
    assert right.mean() > blanks
    assert score(task, np.log(runs[m].out), batch.target) < 3
