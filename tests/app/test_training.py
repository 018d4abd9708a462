"""The Training lab: what the tapes hold is what is drawn, every control does what it says, addresses last."""

from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono
from lstm_viz.pages.training import clock as training_clock
from lstm_viz.pages.training import runs as training_runs
from lstm_viz.pages.training import workshop as training_workshop
from lstm_viz.pages.training.choices import CELLS, DEEP, LEARN, PLACE, PRESETS
from lstm_viz.pages.training.view import pair
from lstm_viz.papers import ROWS
from lstm_viz.runs import Crew
from lstm_viz.runs.executors import Inline
from lstm_viz.stage.curves import thin
from lstm_viz.tasks import TASKS
from lstm_viz.training import Exam, advance, first_state, measure
from tests.app.page import APP, healthy, params, sentences
from tests.test_stage import unpack

PAGE = "lstm_viz/pages/training/page.py"
SMALL = {"T": 8, "hidden": 3, "batch": 4, "steps": 30}


@pytest.fixture(autouse=True)
def workshop(monkeypatch):
    """A workshop of the test's own, which computes a turn whenever a session looks; replays take no time."""
    monkeypatch.setattr(training_runs, "crew", lambda: Crew(Inline, 1))
    monkeypatch.setattr(training_clock, "REPLAY", 1e-9)
    training_runs.workshop.clear()
    yield training_runs.workshop
    training_runs.workshop.clear()


def opened(**given) -> AppTest:
    """The app on the page after its first run there at an address."""
    at = healthy(AppTest.from_file(str(APP), default_timeout=60).run())
    at.switch_page(PAGE)
    for name, value in given.items():
        at.query_params[name] = str(value)
    return healthy(at.run())


def pressed(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return healthy(at.run())


def component(at: AppTest, name: str) -> tuple[dict, dict[str, np.ndarray]]:
    [found] = [c for c in at.get("bidi_component") if c.proto.component_name.endswith(name)]
    return unpack(found.proto.bytes)


def curves(at: AppTest) -> tuple[dict, dict[str, np.ndarray]]:
    return component(at, "lstm_curves")


def stage(at: AppTest) -> dict:
    return component(at, "lstm_stage")[0]


def steps(at: AppTest) -> list[int]:
    return [run["steps"] for run in curves(at)[0]["runs"]]


def until(at: AppTest, holds) -> AppTest:
    """The app after as many looks as it needs."""
    for _ in range(400):
        if holds(at):
            return at
        healthy(at.run())
    raise AssertionError(f"It did not come true; shown are {steps(at)}.")


def trained(at: AppTest) -> AppTest:
    """The app after a whole run."""
    pressed(at, "lab_go")
    return until(at, lambda at: at.button(key="lab_go").label == "Trained")


def results(at: AppTest) -> str:
    return at.caption[0].value


def test_the_page_as_it_opens():
    """Nothing is trained, but axes, baseline and an untrained stage are there; nothing is in the address."""
    at = opened()
    head, arrays = curves(at)
    assert steps(at) == [0, 0] and head["goal"] == 1000 and head["stops"] == [0]
    assert all(not points.size for points in arrays.values())
    assert head["plots"][1]["baseline"] == pytest.approx(np.log10(TASKS["adding"].baseline(60)[0]))
    assert [m["note"] for m in stage(at)["models"]] == ["before training"] * 2
    assert at.button(key="lab_go").label == "Train" and sentences(at) == "" and params(at) == {}


def test_what_is_drawn_is_what_training_gives():
    """Every point of the curves is of the same run, computed here."""
    at = trained(opened(**SMALL))
    head, arrays = curves(at)
    values = {name: choice.default for name, choice in LEARN.items()} | SMALL
    for k, spec in enumerate(training_runs.specs(values).values()):
        metrics = advance(spec, first_state(spec), 30).metrics
        for plot in head["plots"]:
            wanted = thin(getattr(metrics, plot["key"]), 30, plot["logarithm"])
            np.testing.assert_array_equal(arrays[f"{k}/{plot['key']}"], wanted.astype(np.float32))
            low, high = wanted[:, 1].min(), wanted[:, 2].max()
            assert plot["low"] <= low and high <= plot["high"]
    assert head["stops"] == [0, 1, 2, 5, 10, 20, 30]


def test_the_results_are_the_tests():
    """Beside the baseline stands what these weights reach on fresh sequences."""
    at = trained(opened(**SMALL, cells="gru_reset_after"))
    values = {name: choice.default for name, choice in LEARN.items()} | SMALL | {"cells": "gru_reset_after"}
    spec = training_runs.specs(values)["gru_reset_after"]
    weights = advance(spec, first_state(spec), 30).state.params
    error = measure(parse(spec.equations), weights, TASKS["adding"], Exam(8, 200))
    assert f"GRU **{error:.3f}**" in results(at) and "without memory **0.167**" in results(at)
    assert "200 fresh sequences of 8 steps" in results(at)


def test_the_stage_shows_the_weights_of_the_moment():
    """The outputs on the stage are those of the weights after that many updates, on the test sequence."""
    at = trained(opened(**SMALL, cells="lstm"))
    values = {name: choice.default for name, choice in LEARN.items()} | SMALL | {"cells": "lstm"}
    spec = training_runs.specs(values)["lstm"]
    for moment in (0, 2, 10, 30):
        at.session_state["lab"] = at.session_state["lab"] | {"at": moment}
        healthy(at.run())
        head, arrays = component(at, "lstm_stage")
        state = advance(spec, first_state(spec), moment).state if moment else first_state(spec)
        np.testing.assert_array_equal(arrays["0/w:W_f"][0], state.params["W_f"].astype(np.float32))
        assert head["models"][0]["note"].startswith(f"after {moment} " if moment else "before")


def test_pause_step_resume_stop_and_again():
    """Each button does what it says, and no more."""
    at = opened(**SMALL | {"steps": 300})
    pressed(at, "lab_go")
    until(at, lambda at: min(steps(at)) > 3)
    pressed(at, "lab_go")
    paused = steps(at)
    assert at.button(key="lab_go").label == "Resume" and steps(healthy(at.run())) == paused
    assert "Tested" in results(at)
    pressed(at, "lab_step")
    until(at, lambda at: steps(at) == [k + 1 for k in paused])
    assert steps(healthy(at.run())) == [k + 1 for k in paused]
    pressed(at, "lab_go")
    assert at.button(key="lab_go").label == "Pause"
    until(at, lambda at: max(steps(at)) > max(paused) + 3)
    pressed(at, "lab_stop")
    stopped = steps(at)
    assert at.button(key="lab_go").label == "Train" and steps(healthy(at.run())) == stopped
    pressed(at, "lab_again")
    assert at.button(key="lab_go").label == "Pause"
    until(at, lambda at: steps(at) == [300, 300])
    assert at.button(key="lab_go").label == "Trained" and at.button(key="lab_step").disabled


def test_again_gives_the_same_curves():
    """Number by number."""
    at = trained(opened(**SMALL))
    before = curves(at)[1]
    pressed(at, "lab_again")
    until(at, lambda at: at.button(key="lab_go").label == "Trained")
    for name, points in curves(at)[1].items():
        np.testing.assert_array_equal(points, before[name])


def test_two_sessions_share_a_run(workshop):
    """The second finds what the first has computed, and no run is computed twice."""
    trained(opened(**SMALL))
    line, held = workshop().line, len(workshop().line._tapes)
    at = opened(**SMALL)
    assert steps(at) == [0, 0]
    pressed(at, "lab_go")
    until(at, lambda at: steps(at) == [30, 30])
    assert len(line._tapes) == held


def test_more_updates_go_on_from_where_they_are():
    """The same run, further."""
    at = trained(opened(**SMALL))
    at.number_input(key="lab_w_steps").set_value(60)
    healthy(at.run())
    assert at.button(key="lab_go").label == "Resume" and steps(at) == [30, 30]
    trained(at)
    assert steps(at) == [60, 60] and params(at)["steps"] == "60"


def test_another_choice_is_another_run():
    """It rests before its start; a cell that stays keeps what it has."""
    at = trained(opened(**SMALL))
    at.multiselect(key="lab_w_cells").set_value(["lstm", "gru_reset_after"])
    healthy(at.run())
    assert steps(at) == [30, 0] and at.button(key="lab_go").label == "Resume"
    at.number_input(key="lab_w_seed").set_value(5)
    healthy(at.run())
    assert steps(at) == [0, 0] and at.button(key="lab_go").label == "Train"


def test_a_run_that_diverges_is_kept_and_says_so():
    """Up to the break it is drawn; the others go on; the stage shows its last finite weights."""
    at = trained(opened(**PRESETS["Too large a learning rate"][0] | {"steps": 6, "cells": "irnn,lstm"}))
    irnn, lstm = curves(at)[0]["runs"]
    assert irnn["steps"] < 6 and "no finite number" in irnn["broke"]
    assert lstm["steps"] == 6 and lstm["broke"] == ""
    assert stage(at)["models"][0]["note"].startswith(f"after {irnn['steps']} update")
    assert "IRNN **diverged**" in results(at)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_open(name):
    """Each sets what it says, waits for Train, and has its own words before and during training."""
    at = opened()
    next(b for b in at.button if b.label == name).click()
    healthy(at.run())
    given = PRESETS[name][0]
    assert {key: params(at)[key] for key in given if given[key] != (LEARN | PLACE)[key].default}
    assert sentences(at) == "" and steps(at) == [0] * len(given.get("cells", "a,b").split(","))
    assert hints(at) & set(PRESETS[name][1:]) == {PRESETS[name][1]}
    pressed(at, "lab_go")
    assert hints(at) & set(PRESETS[name][1:]) == {PRESETS[name][2]}
    until(at, lambda at: max(steps(at)))
    pressed(at, "lab_stop")
    assert any(words.startswith("**Drag the slider") for words in hints(at))


def hints(at: AppTest) -> set[str]:
    return {m.value for m in at.markdown}


def test_the_gates_preset_has_a_cell_with_an_input_gate_chosen():
    """What it asks about is open on the stage."""
    at = opened()
    next(b for b in at.button if b.label == "The gates find the marks").click()
    healthy(at.run())
    view = stage(at)["view"]
    assert stage(at)["models"][view["place"]]["id"] == "lstm" and view["signal"] == "i"


def test_a_preset_pressed_at_once_after_a_choice_of_the_stage():
    """Both arrive together: the boxes of the stage are gone before their own choice is taken."""
    at = opened(cells="rnn_tanh,lstm,gru_reset_after")
    at.selectbox(key="lab_w_left").set_value("gru_reset_after")
    next(b for b in at.button if b.label == "Truncated at 20 steps").click()
    healthy(at.run())
    assert [run["title"] for run in curves(at)[0]["runs"]] == [
        LIBRARY[cell].title for cell in ("lstm", "gru_reset_after")
    ]


def test_a_cell_that_is_taken_away_leaves_the_stage():
    """The next ones stand there, the boxes say so, and the address names nobody who is gone."""
    at = opened(cells="rnn_tanh,lstm,gru_reset_after,irnn", left="lstm", right="irnn", model=2, open="h")
    at.multiselect(key="lab_w_cells").set_value(["rnn_tanh", "gru_reset_after", "irnn"])
    healthy(at.run())
    assert [m["id"] for m in stage(at)["models"]] == ["rnn_tanh", "irnn"]
    assert at.selectbox(key="lab_w_left").value == "rnn_tanh" and "left" not in params(at)
    at.multiselect(key="lab_w_cells").set_value(["rnn_tanh", "gru_reset_after"])
    healthy(at.run())
    assert [m["id"] for m in stage(at)["models"]] == ["rnn_tanh", "gru_reset_after"]
    assert "right" not in params(at)


def test_nobody_stands_on_the_stage_who_is_not_among_the_cells():
    """Whoever was chosen before."""
    cells = {"cells": "rnn_tanh,lstm,irnn"}
    assert pair(cells | {"left": "gru_reset_after", "right": "irnn"}) == ["rnn_tanh", "irnn"]
    assert pair(cells | {"left": "irnn", "right": "gru_reset_after"}) == ["irnn", "rnn_tanh"]
    assert pair({"cells": "lstm", "left": "irnn", "right": "rnn_tanh"}) == ["lstm"]


def test_without_cells_there_is_a_sentence():
    """Nothing can be trained; what is shown stays."""
    at = trained(opened(**SMALL))
    at.multiselect(key="lab_w_cells").set_value([])
    healthy(at.run())
    assert "No cell is chosen" in sentences(at) and steps(at) == [30, 30]
    assert at.button(key="lab_again").disabled
    at.multiselect(key="lab_w_cells").set_value(["lstm"])
    healthy(at.run())
    assert sentences(at) == "" and steps(at) == [30]


def test_one_step_of_a_fresh_page_is_the_first_update():
    """And rests after it."""
    at = pressed(opened(**SMALL), "lab_step")
    until(at, lambda at: steps(at) == [1, 1])
    assert at.button(key="lab_go").label == "Resume" and "Tested on" in results(at)


def test_at_rest_both_stand_at_the_same_moment():
    """The newest that both have, though one of them is further."""
    at = trained(opened(**SMALL, cells="lstm"))
    at.multiselect(key="lab_w_cells").set_value(["lstm", "rnn_tanh"])
    healthy(at.run())
    pressed(at, "lab_step")
    until(at, lambda at: steps(at)[1] == 1)
    notes = [m["note"] for m in stage(at)["models"]]
    assert steps(at)[0] >= 30 and notes == ["after 1 update, 4 sequences"] * 2
    assert curves(at)[0]["at"] == curves(at)[0]["newest"] == 1


ADDRESS = {
    "task": "recall",
    "cells": "gru_reset_after,lstm,rnn_tanh",
    "T": "9",
    "shortest": "6",
    "hidden": "4",
    "batch": "3",
    "rate": "0.02",
    "clip": "2",
    "limit": "0.5",
    "optimiser": "rmsprop",
    "schedule": "cosine",
    "horizon": "40",
    "window": "5",
    "steps": "12",
    "seed": "7",
    "keep": "chrono",
    "precision": "float32",
    "at": "5",
    "left": "rnn_tanh",
    "right": "lstm",
    "t": "4",
    "unit": "2",
    "mode": "backward",
    "open": "f",
    "speed": "4",
}


def test_an_address_is_the_whole_view():
    """Written as it was read, and what it says is what is trained."""
    at = opened(**ADDRESS)
    assert params(at) == ADDRESS and sentences(at) == ""
    [*specs] = training_runs.specs(at.session_state["lab_good"]).values()
    spec = specs[1]
    assert spec.precision == "float32" and spec.shortest == 6 and spec.descent.window == 5
    assert dict(spec.constants)["b_f"] == Chrono(1, 9) and dict(spec.constants)["b_i"] == Chrono(-1, 9)
    assert dict(specs[0].constants)["b_z"] == Chrono(1, 9)
    assert [m["id"] for m in stage(at)["models"]] == ["rnn_tanh", "lstm"]
    trained(at)
    assert [m["note"][:7] for m in stage(at)["models"]] == ["after 5"] * 2


def test_an_address_that_names_a_moment_shows_it_where_it_is_recorded():
    """Otherwise the page says how to get there."""
    at = opened(**SMALL, at=20)
    assert steps(at) == [0, 0] and any("after 20 updates" in m.value for m in at.markdown)
    trained(at)
    at = opened(**SMALL, at=20)
    assert steps(at) == [20, 20] and stage(at)["models"][0]["note"].startswith("after 20 updates")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"cells": "highway"}, "but for its deep nets"),
        ({"cells": "lstm,lstm"}, "different cells"),
        ({"cells": ",".join(CELLS[:5])}, "1 to 4"),
        ({"steps": 6000}, "from 1 to 5000"),
        ({"T": 1000}, "from 5 to 200"),
        ({"hidden": 64}, "from 2 to 32"),
        ({"rate": "nan"}, "from 1e-06 to 1"),
        ({"optimiser": "magic"}, "sgd"),
        ({"at": "later"}, "newest"),
        ({"left": "gru_reset_after"}, "does not fit"),
        ({"shortest": 100, "T": 20}, "does not fit"),
        ({"open": "q"}, "does not fit"),
        ({"task": "own_text", "text": "too short"}, "60"),
        ({"task": "own_text", "text": "a" * 300 + "b" * 40, "T": 100}, "too long"),
        ({"task": "own_series", "series": ",".join(["3"] * 80)}, "has to vary"),
        ({"task": "own_series"}, "Type a series"),
        ({"task": "own_series", "series": "1,2,x"}, "numbers with commas"),
        ({"cells": "convlstm_peephole", "task": "dot", "T": 200, "hidden": 32}, "would compute"),
        ({"nonsense": "<b>"}, "not known"),
    ],
)
def test_what_cannot_be_gets_a_sentence(given, words):
    """And the page stays."""
    at = opened(**given)
    assert words in sentences(at)
    assert at.get_by_key("lab_w_task") is not None


def test_a_bad_choice_takes_nothing_away():
    """The last good runs stay, but are not trained under another name."""
    at = trained(opened(**SMALL))
    at.selectbox(key="lab_w_task").set_value("own_series")
    healthy(at.run())
    assert "Type a series" in sentences(at) and steps(at) == [30, 30]
    assert "still show the task of before: Adding" in sentences(at)
    assert at.button(key="lab_go").disabled and at.button(key="lab_again").disabled
    numbers = ",".join(f"{x:.3f}" for x in np.sin(np.arange(120) / 3))
    at.text_area(key="lab_w_series").set_value(numbers)
    healthy(at.run())
    assert sentences(at) == "" and steps(at) == [0, 0]
    trained(at)
    assert "says the same number again" in results(at) and params(at)["series"] == numbers
    at.text_area(key="lab_w_series").set_value(numbers.replace(",", "\n"))
    healthy(at.run())
    assert steps(at) == [30, 30] and params(at)["series"] == numbers
    at.text_area(key="lab_w_series").set_value(numbers.replace(",", "; ") + " km")
    healthy(at.run())
    assert "'km'; finite numbers" in sentences(at) and "the task of before: Your own series" in sentences(at)
    assert at.button(key="lab_again").disabled


def test_a_file_is_typed_in():
    """A CSV file's first column of numbers; a bad file gets a sentence and takes nothing away."""
    at = opened(**SMALL, task="own_series", series=",".join(str(k % 7) for k in range(80)))
    rows = "\n".join(f"x,{(3 * k) % 11 + 0.5}" for k in range(90))
    at.file_uploader[0].set_value(("rain.csv", f"town,rain\n{rows}".encode(), "text/csv"))
    healthy(at.run())
    assert params(at)["series"].startswith("0.5,3.5,6.5") and sentences(at) == ""
    kept = params(at)["series"]
    at.file_uploader[0].set_value(("bad.csv", b"a,b\nx,y\n", "text/csv"))
    healthy(at.run())
    assert "row" in sentences(at) and params(at)["series"] == kept


PAPERS = {name: row.opens for name, row in ROWS.items() if row.opens.startswith("training?")}


@pytest.mark.parametrize("name", PAPERS)
def test_the_papers_open_here(name):
    """Every address of the Papers page is one that this page reads without a note, and can be trained."""
    given = dict(parse_qsl(PAPERS[name].partition("?")[2]))
    at = opened(**given)
    assert sentences(at) == "" and not at.button(key="lab_go").disabled
    values = {key: choice.default for key, choice in LEARN.items()}
    wanted = {key: value for key, value in given.items() if value != str(values[key])}
    assert params(at).keys() - {"t"} == wanted.keys()


def test_own_text_is_learnt():
    """The rhyme that stands there, and the typed text travels in the address."""
    at = trained(opened(task="own_text", **SMALL))
    assert "bits per character" in results(at)
    at.text_area(key="lab_w_text").set_value("row, row, row your boat, gently down the stream. " * 5)
    healthy(at.run())
    assert steps(at) == [0, 0] and params(at)["text"].startswith("row, row")


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_can_be_trained_and_shown(cell):
    """One update, on the stage before and after."""
    at = opened(cells=cell, **SMALL | {"steps": 1})
    trained(at)
    assert steps(at) == [1] and stage(at)["models"][0]["id"] == cell
    assert set(CELLS) | set(DEEP) == set(LIBRARY)


def test_twins_share_a_run_under_both_names():
    """Greff's LSTM without peepholes is the LSTM: one tape, two lines, two names."""
    at = trained(opened(cells="lstm,greff_np", **SMALL))
    head, arrays = curves(at)
    assert steps(at) == [30, 30] and head["runs"][0]["title"] != head["runs"][1]["title"]
    np.testing.assert_array_equal(arrays["0/loss"], arrays["1/loss"])
    assert [m["id"] for m in stage(at)["models"]] == ["lstm", "greff_np"]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_can_be_trained_and_shown(task):
    """One update of the first two cells, and a result in the task's measure."""
    at = trained(opened(task=task, **SMALL | {"steps": 1, "T": 12}))
    assert steps(at) == [1, 1] and TASKS[task].measure in results(at)


def test_the_pace_follows_the_crowd(workshop):
    """Few look twice a second, sixty every two and a half seconds."""
    shop = workshop()
    assert shop.pace("one") == training_workshop.USUAL_PACE
    assert max(shop.pace(str(k)) for k in range(60)) == pytest.approx(2.44)
