"""The view of pages with live runs: what the browser says of the stage is kept as far as it fits."""

import pytest

from lstm_viz.pages.bench import Bench, View, begin, moved, settled
from lstm_viz.pages.teacherless.view import TEACHERLESS
from lstm_viz.pages.training.choices import LEARN
from lstm_viz.pages.training.view import LAB


class Params(dict):
    """An address."""

    def from_dict(self, wanted):
        self.clear()
        self.update(wanted)


def opened(bench: Bench, **given) -> View:
    view = View(bench, {}, Params())
    begin(view, given)
    return view


@pytest.mark.parametrize("bench", [LAB, TEACHERLESS], ids=lambda bench: bench.page)
def test_a_place_on_the_stage_is_kept_in_the_address(bench):
    view = opened(bench)
    said = {"t": 3, "unit": 2, "mode": "backward", "speed": "16", "place": 1, "signal": "f"}
    view.session[view.named("stage")] = {"view": said}
    settled(view)
    assert {
        "t": "3",
        "unit": "2",
        "mode": "backward",
        "speed": "16",
        "open": "f",
    }.items() <= view.params.items()
    assert view.values["model"] == 2


def test_a_place_is_kept_beside_runs_that_could_be_trained():
    """What could be trained last are the choices of a run alone; who stands where is the reader's."""
    view = opened(LAB, cells="rnn_tanh,lstm,gru_reset_after", right="gru_reset_after")
    view.session["lab_good"] = {name: view.values[name] for name in LEARN}
    view.session["lab_stage"] = {"view": {"place": True, "signal": "z", "t": 4}}
    settled(view)
    assert (view.values["open"], view.values["model"], view.values["t"]) == ("z", 2, 4)


def test_a_signal_that_the_cell_lacks_is_none():
    view = opened(LAB)
    view.session["lab_stage"] = {"view": {"place": 0, "signal": "f"}}
    settled(view)
    assert (view.values["open"], view.values["model"]) == ("", 1)


@pytest.mark.parametrize(
    "said, at", [({"at": 20}, 20), ({"at": None}, "newest"), ({"at": "x"}, "newest"), (7, "newest")]
)
def test_a_moment_that_is_none_is_the_newest(said, at):
    view = opened(LAB)
    view.session["lab_curves"] = {"view": said}
    moved(view)
    assert view.values["at"] == at and view.session["lab_moved"]
