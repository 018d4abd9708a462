"""Without a teacher: what is drawn is what the runs give, the race is the recipes', addresses lead back."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.pages.teacherless import maze as teacherless_maze
from lstm_viz.pages.teacherless import runs as teacherless_runs
from lstm_viz.pages.teacherless.choices import ALL, CELLS, LEARN
from lstm_viz.pages.training import clock as training_clock
from lstm_viz.pages.training import runs as training_runs
from lstm_viz.runs import Crew
from lstm_viz.runs.executors import Inline
from lstm_viz.runs.kinds import first, work
from lstm_viz.tasks import TASKS, t_maze
from lstm_viz.teacherless import contest, evolino, policy
from lstm_viz.teacherless.recipes import EVOLVED
from tests.app.page import APP, healthy, params, sentences
from tests.test_stage import unpack

PAGE = "lstm_viz/pages/teacherless/page.py"
EVOLUTION = {"way": "evolution", "task": "periodic", "children": 6, "generations": 12}
EVOLINO = {"way": "evolino", "sines": 2, "members": 8, "breedings": 3}
MAZE = {"way": "maze", "corridor": 2, "updates": 12, "hidden": 4}
DEFAULTS = {name: choice.default for name, choice in LEARN.items()}


@pytest.fixture(autouse=True)
def workshop(monkeypatch):
    """A workshop of the test's own, which computes a turn whenever a session looks; replays take no time."""
    monkeypatch.setattr(training_runs, "crew", lambda: Crew(Inline, 1))
    monkeypatch.setattr(training_clock, "REPLAY", 1e-9)
    training_runs.workshop.clear()
    yield
    training_runs.workshop.clear()


def opened(**given) -> AppTest:
    """The app on the page after its first run there at an address."""
    at = healthy(AppTest.from_file(str(APP), default_timeout=60).run())
    at.switch_page(PAGE)
    for name, value in given.items():
        at.query_params[name] = str(value)
    return healthy(at.run())


def trained(at: AppTest) -> AppTest:
    """The app after a whole run."""
    at.button(key="tl_go").click()
    for _ in range(400):
        if healthy(at.run()).button(key="tl_go").label == "Trained":
            return at
    raise AssertionError("It did not end.")


def component(at: AppTest, name: str) -> tuple[dict, dict[str, np.ndarray]]:
    [found] = [c for c in at.get("bidi_component") if c.proto.component_name.endswith(name)]
    return unpack(found.proto.bytes)


def table(at: AppTest) -> list[list[str]]:
    """The rows of the race below its head."""
    [said] = [m.value for m in at.markdown if m.value.startswith("| To the goal")]
    return [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in said.splitlines()[2:]]


def chunks(given: dict) -> list:
    """The runs of the choices, computed here."""
    shown = teacherless_runs.shown(DEFAULTS | given)
    return [work(spec, first(spec), shown.steps).chunk for spec in shown.runs]


def test_the_page_as_it_opens():
    """Axes, goal and untrained networks are there; nothing is in the address."""
    at = opened()
    head, arrays = component(at, "lstm_curves")
    assert [run["steps"] for run in head["runs"]] == [0, 0] and head["unit"] == "generation"
    assert not any(points.size for points in arrays.values())
    loss, _, race = head["plots"]
    assert loss["baseline"] == pytest.approx(np.log10(TASKS["spikes"].baseline(50)[0]))
    assert race["baseline"] == pytest.approx(np.log10(EVOLVED["spikes"].goal))
    assert [m["title"] for m in component(at, "lstm_stage")[0]["models"]] == [
        "LSTM, by evolution",
        "LSTM, by gradient",
    ]
    assert [row[1:] for row in table(at)] == [["–"] * 4] * 2
    assert params(at) == {} and sentences(at) == ""


@pytest.mark.parametrize("way", ["evolution", "evolino", "maze"])
def test_every_way_opens_with_something_to_see(way):
    at = opened(way=way)
    names = {c.proto.component_name for c in at.get("bidi_component")}
    assert "lstm_curves" in names and names & {"lstm_stage", "lstm_pictures"}
    assert at.button(key="tl_go").label == "Train" and sentences(at) == ""


@pytest.mark.parametrize("given", [EVOLUTION, EVOLINO, MAZE], ids=lambda given: given["way"])
def test_the_race_is_drawn_and_told_as_it_was(given):
    """Every judgement of every run stands at its sequences; the table has the first that is good enough."""
    at, shown = trained(opened(**given)), teacherless_runs.shown(DEFAULTS | given)
    _, arrays = component(at, "lstm_curves")
    for k, (entry, chunk, row) in enumerate(zip(shown.entries, chunks(given), table(at), strict=True)):
        every, read = entry.spec.every, contest.sequences(entry.spec)
        judged = chunk.metrics.judged[every - 1 :: every]
        places = np.arange(every, shown.steps + 1, every) * read
        value = np.log10(judged) if shown.goal.below else judged
        np.testing.assert_allclose(arrays[f"{k}/judged"][:, 0], np.log10(places), rtol=1e-6)
        np.testing.assert_allclose(arrays[f"{k}/judged"][:, 1], value, rtol=1e-5)
        good = np.flatnonzero(shown.goal.reached(judged))
        wanted = f"{places[good[0]]:,}" if len(good) else f"not reached within {shown.steps * read:,}"
        assert row[0] == entry.title and row[1] == wanted
        assert len(row) == 4 + (shown.way != "maze")
        if shown.way != "maze":
            needed = places[good[0]] if len(good) else shown.steps * read
            steps = {"evolution": 50, "evolino": 400}[shown.way]
            assert row[2].removeprefix("not within ") == f"{needed * steps:,}"


def test_the_band_is_from_the_best_to_the_worst_child():
    at = trained(opened(**EVOLUTION))
    evolved, taught = chunks(EVOLUTION)
    _, arrays = component(at, "lstm_curves")
    m = evolved.metrics
    wanted = np.log10(np.stack([m.best, m.best, m.worst], axis=1))
    np.testing.assert_allclose(arrays["0/loss"], wanted, rtol=1e-5)
    np.testing.assert_allclose(arrays["0/sigma"][:, 0], np.log10(m.sigma), rtol=1e-5)
    np.testing.assert_allclose(arrays["1/loss"][:, 0], np.log10(taught.metrics.loss), rtol=1e-5)


def test_the_free_run_is_the_networks_own():
    """Of both: driven, then alone; the moment on the slider chooses the network."""
    at = trained(opened(**EVOLINO))
    shown = teacherless_runs.shown(DEFAULTS | EVOLINO)
    for at_step in (3, 1):
        at.session_state["tl"] = at.session_state["tl"] | {"at": at_step}
        head, arrays = component(healthy(at.run()), "lstm_pictures")
        for k, spec in enumerate(shown.runs):
            state = work(spec, first(spec), at_step).chunk.state
            played = evolino.played_by(spec.exam, contest.params(spec, state))
            np.testing.assert_allclose(arrays[f"{k}/y"], played.output, rtol=1e-5, atol=1e-5)
            assert f"{shown.entries[k].title}: error {state.judged:.2g}" in str(head)
        assert (head["free"], head["beyond"]) == (100, 400)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (EVOLUTION, ("judged every 10 generations or 20 updates,", "read the same sequences")),
        (
            EVOLINO,
            ("judged every generation or 12 updates,", "reads 400 true", "never its own outputs"),
        ),
        (MAZE, ("judged every 10 updates,", "from 3 to 16 steps", "leads through 3 and")),
    ],
)
def test_the_caption_says_when_is_judged_and_what_is_read(given, words):
    said = opened(**given).caption[0].value
    assert all(word in said for word in words), said


def test_one_sine_has_no_race():
    at = opened(**EVOLINO | {"sines": 1})
    assert len(table(at)) == 1 and "choose two for a race" in at.caption[0].value


def test_walks_and_gates_are_those_of_the_moment():
    """Picture and stage show one episode of the network then; the reader chooses whose."""
    at = trained(opened(**MAZE))
    shown = teacherless_runs.shown(DEFAULTS | MAZE)
    walkers = component(at, "lstm_pictures")[0]["walkers"]
    assert [w["title"] for w in walkers] == ["Vanilla RNN, by rewards", "LSTM, by rewards"]
    for k, cell in ((1, "lstm"), (0, "rnn_tanh")):
        at.get_by_key("tl_w_walker").set_value(cell)
        head, arrays = component(healthy(at.run()), "lstm_stage")
        spec = shown.runs[k]
        walked = policy.episode(spec.spec, work(spec, first(spec), 12).chunk.state.own, spec.spec.seed)
        np.testing.assert_array_equal(arrays["x"], walked.x[:, :, 0])
        np.testing.assert_allclose(arrays["0/v:y"], walked.chances, atol=1e-6)
        assert [t_maze.ACTIONS.index(name) for name in walkers[k]["done"]] == list(walked.actions)
        assert walkers[k]["won"] == walked.won and head["models"][0]["id"] == cell
    assert params(at)["walker"] == "rnn_tanh"


def test_places_are_those_of_the_maze():
    """Replayed by the maze itself, every walk is where the picture says."""
    shown = teacherless_runs.shown(DEFAULTS | MAZE)
    walked = teacherless_maze.episode(shown.entries[0], first(shown.runs[0]))
    maze = t_maze.start(np.random.default_rng(shown.runs[0].spec.seed), 2, 1)
    found = []
    for action in walked.actions:
        found.append(int(maze.place[0]))
        maze, _ = t_maze.act(maze, np.array([action]))
    assert teacherless_maze.places(walked, 2) == tuple(found)


def test_pause_step_stop_and_again():
    at = opened(**EVOLUTION | {"generations": 300})

    def steps():
        return [run["steps"] for run in component(healthy(at.run()), "lstm_curves")[0]["runs"]]

    at.button(key="tl_go").click()
    while min(steps()) < 3:
        pass
    at.button(key="tl_go").click()
    paused = steps()
    assert steps() == paused and at.button(key="tl_go").label == "Resume"
    at.button(key="tl_step").click()
    for _ in range(9):
        stepped = steps()
    assert stepped == [k + 1 for k in paused]
    at.button(key="tl_go").click()
    healthy(at.run())
    at.button(key="tl_stop").click()
    assert max(steps()) < 300 and at.button(key="tl_go").label == "Train"
    at.button(key="tl_again").click()
    healthy(at.run())
    assert at.button(key="tl_go").label == "Pause"


def test_the_address_leads_back():
    given = MAZE | {"cells": "lstm,gru_reset_after", "seed": 7, "curiosity": 0.2, "walker": "lstm", "t": 3}
    at = opened(**given)
    assert params(at) == {name: str(value) for name, value in given.items()} and sentences(at) == ""
    assert {name: at.session_state["tl"][name] for name in given} == given


def test_a_wrong_address_is_a_sentence():
    at = opened(way="magic", children=3, walker="gru_reset_after", at=40)
    said = sentences(at)
    assert "way = 'magic'" in said and "whole numbers from 4 to 200" in said
    assert "walker = 'gru_reset_after' does not fit" in said and params(at) == {"at": "40"}
    assert any("names the moment after 40 generations" in m.value for m in at.markdown)


def test_every_cell_that_is_offered_can_walk():
    """Two updates of each, by rewards and with a teacher, without a sentence on why not."""
    assert {"lstm", "rnn_tanh", "gru_reset_after"} <= set(CELLS) and "lmu" not in CELLS
    for cell in CELLS:
        for spec in teacherless_runs.shown(DEFAULTS | MAZE | {"cells": cell}).runs:
            assert work(spec, first(spec), 1).chunk.broke == ""


def test_every_choice_can_be_read_back():
    assert all(
        choice.read(str(choice.default)) == choice.default for choice in ALL.values() if choice.default
    )
