"""The Gradient lab: every view and preset opens, its numbers are the engine's, the address leads back."""

import base64
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.cell import parse
from lstm_viz.engine import backprop, run
from lstm_viz.library import LIBRARY
from lstm_viz.ops import OPS
from lstm_viz.pages.gradients import measure, powers_view, wall_view
from lstm_viz.pages.gradients.check_view import checked
from lstm_viz.pages.gradients.choices import (
    CELLS,
    CHOICES,
    MENUS,
    OF_POWERS,
    OWN,
    PRESETS,
    SLIDERS,
    TASK_TITLES,
    VIEWS,
)
from lstm_viz.pages.gradients.nets import Setup, nets, recurrent, untrained
from lstm_viz.pages.gradients.view import preset
from tests.app.page import chosen, params, sentences, visited
from tests.test_stage import unpack

PAGE = "lstm_viz/pages/gradients/page.py"
DEFAULTS = {name: choice.default for name, choice in CHOICES.items()}
SMALL = {"T": 20, "hidden": 4}
# One of each: no gates, a gate, a cell state, peepholes, times, fixed matrices, a stabiliser, a matrix.
KINDS = ("rnn_tanh", "gru_reset_after", "lstm1997", "peephole_gers", "tlstm", "lmu", "slstm", "mlstm")


def opened(**given) -> AppTest:
    """The app on the lab after its first run there at an address."""
    return visited(PAGE, **given)


def numbers(field) -> np.ndarray:
    """The numbers of a trace as they are sent: a list, or an array in base 64."""
    if isinstance(field, dict):
        return np.frombuffer(base64.b64decode(field["bdata"]), np.dtype(field["dtype"])).astype(float)
    return np.array([np.nan if v is None else v for v in field], float)


def drawings(at: AppTest) -> list[dict]:
    """What each figure on the page was given."""
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def traces(figure: dict) -> dict[str, dict]:
    """A figure's traces by name."""
    return {trace["name"]: trace for trace in figure["data"] if trace.get("name")}


def steps_back(at: AppTest) -> dict[str, list[str]]:
    """The table of reaches: words -> what is said of each cell."""
    table = next(m.value for m in at.markdown if m.value.startswith("| steps back"))
    rows = [[part.strip() for part in line.strip("|").split("|")] for line in table.splitlines()]
    return {words: rest for words, *rest in rows if not words.startswith("---")}


def settings(name: str) -> dict:
    """A preset's own choices."""
    values = preset(DEFAULTS | {"preset": name}, set())
    return {key: values[key] for key in (*OF_POWERS, "seed") if key != "span"}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens(view):
    """Some figures, a caption for them, nothing to complain of, and only this view is in the address."""
    at = opened(view=view)
    assert 1 <= len(drawings(at)) <= 3 and at.caption and sentences(at) == ""
    assert params(at) == ({} if view == "powers" else {"view": view})


@pytest.mark.parametrize("view", VIEWS)
def test_every_axis_has_a_name(view):
    for figure in drawings(opened(view=view, **({} if view == "powers" else SMALL))):
        assert figure["layout"]["xaxis"]["title"]["text"]
        assert figure["layout"]["yaxis"]["title"]["text"] or figure["data"][0]["y"]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_an_address(name):
    """It says what to look at, and its curves are those of its matrix."""
    at = opened(preset=name)
    assert sentences(at) == "" and params(at) == ({} if name == "hump" else {"preset": name})
    assert PRESETS[name].words in [m.value for m in at.markdown]
    its = powers_view.found(**settings(name))
    norms = traces(drawings(at)[1])
    np.testing.assert_allclose(numbers(norms["‖Wⁿ‖, the matrix alone"]["y"])[:5], its.norms[:5], atol=1e-300)
    np.testing.assert_allclose(numbers(norms["‖Jₙ…J₁‖, the real net"]["y"])[:5], its.products[:5])
    span = int(PRESETS[name].values.get("span", "3"))
    assert drawings(at)[1]["layout"]["yaxis"]["range"] == [-span, span]


@pytest.mark.parametrize(
    ("name", "n", "value"),
    [
        ("hump", 9, 38.746),
        ("hump", 100, 0.0295),
        ("radius0", 20, 7.4145e6),
        ("one_unit", 100, 1.893e-104),
        ("switch", 100, 10**-76.8),
        ("edge", 100, 0.01306),
        ("orthogonal", 200, 1.0),
        ("identity", 200, 1.0),
    ],
)
def test_presets_do_what_they_promise(name, n, value):
    """The measured norms of the products of the real Jacobians."""
    its = powers_view.found(**settings(name))
    assert its.products[n - 1] == pytest.approx(value, rel=0.05 if name == "switch" else 5e-3)
    assert its.spectrum.radius == pytest.approx(
        {"hump": 0.9, "radius0": 0.0, "one_unit": 2.0, "switch": 2.0}.get(name, 1.0), abs=1e-6
    )


def test_a_counterexamples_state_stays_where_it_is():
    """Radius 0, held at its fixed point: W² = 0, and the Jacobian has the eigenvalue 2."""
    its = powers_view.found(**settings("radius0"))
    assert its.W.tolist() == [[8, 8], [-8, -8]] and (its.norms[1:] == 0).all()
    np.testing.assert_allclose(its.course, np.tile([0.0, 0.5], (21, 1)), atol=1e-6)
    assert np.abs(its.last).max() == pytest.approx(2.0, abs=1e-5)


@pytest.mark.parametrize("name", MENUS["activation"].titles)
def test_the_steepest_slopes_are_the_rule_books(name):
    """The largest derivative of each activation on a fine grid."""
    a = np.linspace(-4, 4, 8001)
    y, d = OPS[name].value(a), 1.0
    slope = {"tanh": d * (1 - y * y), "sigmoid": d * y * (1 - y), "relu": d * (a > 0), "identity": d + 0 * a}
    assert slope[name].max() == pytest.approx(powers_view.STEEPEST[name], abs=1e-6)


@pytest.mark.parametrize("activation", MENUS["activation"].titles)
@pytest.mark.parametrize("size", MENUS["size"].titles)
def test_every_size_with_every_activation(size, activation):
    at = opened(size=size, activation=activation)
    assert sentences(at) == "" and len(drawings(at)) == 3
    assert len(numbers(traces(drawings(at)[0])["of W"]["x"])) == int(size)
    keys = {"gl_w_shear": size != "1", "gl_w_turn": size == "2", "gl_w_h2": size != "1"}
    assert {key: key in {slider.key for slider in at.slider} for key in keys} == keys


def test_a_moved_slider_leaves_the_preset():
    """The other numbers of the preset stay, and all of them go into the address."""
    at = chosen(opened(preset="one_unit"), gl_w_radius=1.5)
    assert params(at)["preset"] == OWN and params(at)["radius"] == "1.5" and params(at)["b1"] == "0.3"
    again = opened(**params(at))
    assert {n: again.session_state["gl"][n] for n in OF_POWERS} == {
        n: at.session_state["gl"][n] for n in OF_POWERS
    }


def test_a_fixed_point_survives_the_address():
    """With a preset's numbers in full the state rests where it rested."""
    at = chosen(opened(preset="radius0"), gl_w_n=30)
    assert opened(**params(at)).session_state["gl"]["b2"] == PRESETS["radius0"].values["b2"]


def test_a_preset_takes_all_back():
    at = chosen(opened(size="16", n=30, view="powers", T=50), gl_w_preset="switch")
    assert params(at) == {"preset": "switch", "T": "50"}


def test_a_state_without_bounds_is_a_sentence():
    at = opened(activation="identity", radius=3, shear=20, size=16, n=200, h1=1)
    assert sentences(at) == "" and len(drawings(at)) == 3


@pytest.mark.parametrize("cell", CELLS)
def test_a_profile_is_the_engines_gradient(cell):
    """The middle of one seed is the norm that the reference finds."""
    its = Setup(cell, "adding", 15, 4)
    found, net = measure.profile(its, 1), next(nets(its, 1))
    parsed = parse(LIBRARY[cell].equations)
    dt = np.ones((15, 1, 1)) if "dt" in parsed.inputs else None
    trace = run(parsed, {n: net.params[n] for n in parsed.params}, net.x, LIBRARY[cell].initial, dt)
    seed = np.zeros(trace.values["h"].shape)
    seed[-1] = net.params["W_y"].T
    grads = backprop(trace, {"h": seed})
    for state, one in found.bands.items():
        norm = np.sqrt((grads.signals[state] ** 2).reshape(15, -1).sum(axis=1))[::-1]
        np.testing.assert_allclose(one.middle, norm, rtol=1e-9)


def test_profiles_on_the_page_are_the_measured_ones():
    at = opened(view="profiles", left="gru_reset_after", right="lstm", T=30)
    hidden, memory, heat = drawings(at)
    for name, cell, figure, state in (("GRU", "gru_reset_after", hidden, "h"), ("LSTM", "lstm", hidden, "h")):
        its = measure.profile(Setup(cell, "adding", 30, 16))
        np.testing.assert_allclose(numbers(traces(figure)[name]["y"]), its.bands[state].middle)
    assert set(traces(hidden)) == {"GRU", "GRU: ∏ alone", "LSTM"}
    assert set(traces(memory)) == {"LSTM: c", "LSTM: ∏ alone"}
    assert heat["layout"]["xaxis"]["title"]["text"].startswith("k")
    assert steps_back(at)["reach of the memory"][0] == "–"


@pytest.mark.parametrize("floor", MENUS["floor"].titles)
def test_the_axis_of_profiles_stays(floor):
    """It is the one that was chosen, whatever the cells do; the ends of float stand where they are seen."""
    for scale in (0.1, 3):
        hidden = drawings(opened(view="profiles", floor=floor, scale=scale, heat="off", **SMALL))[0]
        assert hidden["layout"]["yaxis"]["range"][0] == -int(floor)
        shown = [note["text"] for note in hidden["layout"].get("annotations", [])]
        assert shown == {"15": [], "50": ["float32 ends"]}.get(floor, ["float32 ends", "float64 ends"])


def test_a_forget_bias_lengthens_the_reach():
    """And the half-life by the gates alone is that of its mean: ln ½ / ln σ(3) is 14 steps."""
    short, long = (steps_back(opened(view="profiles", forget=b, heat="off")) for b in (0.0, 3.0))
    reach, half = "reach of the memory", "half-life by ∏ alone"
    assert int(short[reach][1]) < 20 and long[reach][1].startswith("all")
    assert int(short[half][1]) <= 1 and 10 <= int(long[half][1]) <= 18


def test_chrono_decides_both_biases():
    """log(1 … T−1) for the forget gate, the opposite for the input gate; their sliders rest."""
    its = Setup("lstm", "adding", 100, 8, chrono=100)
    found = untrained(its, np.random.default_rng(1))
    np.testing.assert_allclose(found["b_f"], -found["b_i"])
    assert found["b_f"].min() == 0.0 and found["b_f"].max() == pytest.approx(np.log(99))
    at = opened(view="profiles", chrono=100, **SMALL)
    assert [s.disabled for s in at.slider if s.key in ("gl_w_forget", "gl_w_receive")] == [True, True]


def test_biases_and_scale_change_nothing_else():
    plain, other = (
        untrained(its, np.random.default_rng(1))
        for its in (Setup("lstm", "adding", 50, 4), Setup("lstm", "adding", 50, 4, False, 3.0, -2.0, 0, 2.0))
    )
    moved = {name for name in plain if not np.array_equal(plain[name], other[name])}
    assert moved == {"b_f", "b_i", "U_f", "U_i", "U_o", "U_c"}
    np.testing.assert_allclose(other["U_f"], 2 * plain["U_f"])
    np.testing.assert_allclose(other["b_i"], plain["b_i"] - 2)


def test_matrices_that_are_fixed_are_not_scaled():
    assert "A" not in recurrent(parse(LIBRARY["lmu"].equations), LIBRARY["lmu"])


def test_after_training_what_was_before_is_beside_it():
    at = opened(view="profiles", weights="trained", heat="off")
    assert {"LSTM", "LSTM, before", "Vanilla RNN, before"} <= set(traces(drawings(at)[0]))
    assert sentences(at) == "" and not any("shipped" in c.value for c in at.caption)


def test_a_cell_without_trained_weights_is_named():
    at = opened(view="profiles", weights="trained", left="cifg", heat="off")
    assert any("No trained weights are shipped for Coupled gates" in c.value for c in at.caption)


@pytest.mark.parametrize("task", TASK_TITLES)
def test_every_task_can_be_read(task):
    for weights in ("untrained", "trained"):
        assert sentences(opened(view="profiles", task=task, weights=weights, heat="off", T=30)) == ""


def test_a_long_sequence():
    at = opened(view="profiles", T=1000, heat="off")
    assert sentences(at) == "" and numbers(traces(drawings(at)[0])["LSTM"]["x"])[-1] == 999


def test_more_than_can_be_waited_for_is_a_sentence():
    assert "Allowed" in sentences(opened(view="profiles", left="mlstm", T=1000, hidden=32))


def test_a_heat_map_of_a_matrix_is_a_sentence():
    assert "its memory is a matrix" in sentences(opened(view="profiles", right="mlstm", **SMALL))


def test_a_heat_map_without_h_is_of_the_memory():
    assert measure.heat(Setup("peephole_wiki", "adding", 20, 4)).state == "c"


def test_the_paths_are_the_shares_of_the_stages_own_run():
    """They add up to 1 at every step; the stage below stands in backward mode."""
    at = opened(view="paths", steps=30)
    for figure in drawings(at):
        np.testing.assert_allclose(sum(numbers(trace["y"]) for trace in figure["data"]), 1.0, rtol=1e-6)
    assert set(traces(drawings(at)[1])) == {
        f"through the {name}"
        for name in ("cell state", "forget gate", "input gate", "output gate", "candidate")
    }
    head, _ = unpack(next(c for c in at.get("bidi_component") if c.proto.bytes).proto.bytes)
    assert head["view"]["mode"] == "backward" and head["T"] == 30
    assert [model["id"] for model in head["models"]] == ["rnn_tanh", "lstm"]


@pytest.mark.parametrize("cell", KINDS)
def test_paths_of_all_kinds_of_cells(cell):
    at = opened(view="paths", left=cell, right=cell, hidden=4, steps=20)
    assert sentences(at) == "" and len(drawings(at)) == 2


def test_a_peephole_is_a_path_of_its_own():
    """The same gate by two ways: it is said to which state each leads."""
    names = set(traces(drawings(opened(view="paths", right="peephole_gers", steps=30))[1]))
    assert {"through the forget gate, to c", "through the forget gate, to h"} <= names


def test_a_limit_saves_the_descent():
    """From the start of the page one step is thrown far; with a limit the loss becomes small."""
    plain, cut = wall_view.ways("tanh", 1.3, 0.1, 0.2, 0.5, 200)
    assert plain[1][-1] == pytest.approx(0.159, abs=0.005) and cut[1][-1] < 1e-4
    at = opened(view="wall", moves=200)
    ways = traces(drawings(at)[0])
    np.testing.assert_allclose(numbers(ways["without a limit"]["x"]), plain[0][:, 0])
    np.testing.assert_allclose(numbers(ways["with it"]["y"]), cut[0][:, 1])


@pytest.mark.parametrize("land", MENUS["land"].titles)
def test_every_land_has_its_wall_in_the_picture(land):
    its = wall_view.surface(land)
    norm = np.hypot(its.dw, its.db)
    assert norm.max() > {"tanh": 10_000, "logistic": 10}[land] * np.median(norm)
    at = opened(view="wall", land=land)
    (left, right), (low, high) = (drawings(at)[0]["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    start = traces(drawings(at)[0])["start"]
    assert left <= numbers(start["x"])[0] <= right and low <= numbers(start["y"])[0] <= high


def test_another_land_has_its_own_start():
    """By a click and by an address; the address of a start of one's own is kept."""
    at = chosen(opened(view="wall", rate=0.1), gl_w_land="logistic")
    assert params(at)["w0"] == "6" and at.session_state["gl"]["b0"] == -2.0
    assert "w0" not in params(chosen(at, gl_w_land="tanh"))
    assert opened(view="wall", land="logistic", w0=3).session_state["gl"]["w0"] == 3.0


def test_the_lstm_explodes_at_every_weight():
    """K7 of the experiments: 6e17, 2e28, 5e41, 1e57 after 60 steps."""
    ends = [one[-1] for one in wall_view.loops((1.0, 2.0, 4.0, 8.0), 5.0)]
    assert ends == pytest.approx([6e17, 2e28, 5e41, 1e57], rel=0.15)
    figure = drawings(opened(view="wall", picture="lstm", loop=3))[0]
    assert "yours, 3" in traces(figure)


@pytest.mark.parametrize("cell", CELLS)
def test_the_truncated_gradient_of_every_cell(cell):
    found = measure.truncated(Setup(cell, "adding", 12, 3), 2)
    cosines = np.concatenate([np.ravel(c) for c in found.cosines.values()])
    assert np.isfinite(cosines).all() and np.abs(cosines).max() <= 1 + 1e-12
    if "h" not in parse(LIBRARY[cell].equations).states:
        np.testing.assert_allclose(cosines[cosines != 0], 1.0)


def test_of_a_plain_nets_truncated_gradient_nothing_is_left():
    found = measure.truncated(Setup("rnn_tanh", "adding", 12, 3), 2)
    assert (found.short.bands["h"].middle[1:] == 0).all() and found.whole.bands["h"].middle[-1] > 0


def test_the_check_agrees_for_every_parameter():
    """The chosen weight and all others; at a far larger ε the curve bends."""
    found = checked("lstm", 1, "U_f", (0, 0), -5)
    assert found.numeric == pytest.approx(found.analytic, rel=1e-6) and max(found.whole.values()) < 1e-8
    assert found.errors[-1] > 100 * found.errors.min() < 1e-8
    assert found.sides[0] != found.sides[1]


@pytest.mark.parametrize("cell", KINDS)
def test_weights_of_all_kinds_of_cells_can_be_checked(cell):
    at = opened(view="check", cell=cell)
    if "dt" in parse(LIBRARY[cell].equations).inputs:
        assert "Allowed: cells that read nothing else" in sentences(at)
    else:
        assert sentences(at) == "" and any("relative difference" in m.value for m in at.markdown)


def test_rows_and_columns_are_those_of_the_parameter():
    """Another parameter moves what does not fit; the address follows."""
    at = chosen(opened(view="check", row=4, column=4), gl_w_param="b_f")
    assert params(at)["param"] == "b_f" and "column" not in params(at) and params(at)["row"] == "4"


def test_a_wrong_address_is_a_sentence():
    at = opened(view="nowhere", left="highway", T="x", radius=9, foo=1)
    said = sentences(at)
    assert "view = 'nowhere'" in said and "but for its deep nets" in said and "whole numbers from 10" in said
    assert "'foo'" in said and "numbers from 0 to 3" in said
    assert "param = 'W_q' does not fit the cell; shown is U_f." in sentences(opened(param="W_q"))
    assert params(at) == {} and at.session_state["gl"]["view"] == "powers"


def test_the_address_leads_back():
    given = {"view": "profiles", "left": "irnn", "right": "slstm", "T": 40, "hidden": 8, "forget": 3.5}
    given |= {"receive": -2.0, "scale": 1.5, "floor": "15", "heat": "left"}
    at = opened(**given)
    assert {n: at.session_state["gl"][n] for n in given} == given and sentences(at) == ""
    assert params(at) == {n: f"{v:g}" if isinstance(v, float) else str(v) for n, v in given.items()}


def test_another_view_keeps_the_choices():
    at = chosen(opened(view="profiles", left="irnn", T=40), gl_w_view="paths")
    assert params(at) == {"view": "paths", "left": "irnn", "T": "40"} and len(drawings(at)) == 2


def test_every_choice_can_be_read_back():
    for choice in CHOICES.values():
        assert choice.read(str(choice.default)) == choice.default
    assert not SLIDERS.keys() & MENUS.keys()
