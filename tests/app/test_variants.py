"""The Variants page: every pair opens, the tree and the lines are the library's, the address is kept."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz import network
from lstm_viz.cell import parse
from lstm_viz.difference import difference, is_same
from lstm_viz.library import LIBRARY
from lstm_viz.pages import scene
from lstm_viz.pages.choices import MODEL
from lstm_viz.pages.pair import PAIR, elsewhere, fair, numbers, taken
from tests.app.page import chosen, healthy, params, sentences, visited
from tests.test_stage import unpack

PAGE = "lstm_viz/pages/variants.py"


def opened(**given) -> AppTest:
    """The app on the Variants page after its first run there at an address."""
    return visited(PAGE, **given)


def part(at: AppTest, name: str):
    """What the page sends to one of its drawings; None where that is not there."""
    found = [c.proto for c in at.get("bidi_component") if c.proto.component_name.endswith(name)]
    if not found:
        return None
    return unpack(found[0].bytes) if name == "stage" else json.loads(found[0].json)


def titles(at: AppTest) -> list[str]:
    """The pair as the comparison names it."""
    return [side["title"] for side in part(at, "comparison")["sides"]]


def test_the_page_as_it_opens():
    """The LSTM and its peepholes, one sequence, nothing to complain of, no address yet."""
    at = opened()
    tree, lines, (head, _) = part(at, "tree"), part(at, "comparison"), part(at, "stage")
    assert (tree["left"], tree["right"]) == (PAIR["left"], PAIR["right"])
    assert tree["members"].keys() == LIBRARY.keys()
    assert [m["id"] for m in head["models"]] == [PAIR["left"], PAIR["right"]] and head["T"] == 60
    assert lines["summary"] == "3 lines are the same, 3 different."
    assert sentences(at) == "" and params(at) == {}


@pytest.mark.parametrize("name", LIBRARY)
def test_every_member_beside_the_lstm_and_itself(name):
    """Its sentence, source and lines are the library's; both are on the stage."""
    at, variant = opened(left="lstm", right=name, T=12), LIBRARY[name]
    lines, (head, _) = part(at, "comparison"), part(at, "stage")
    right = lines["sides"][1]
    assert {k: right[k] for k in ("title", "year", "source", "sentence")} == {
        k: getattr(variant, k) for k in ("title", "year", "source", "sentence")
    }
    own = [row["sides"][1]["s"] for row in lines["rows"] if row["sides"][1]]
    assert sorted(own) == sorted(e.name for e in parse(variant.equations).equations)
    assert [row["same"] for row in lines["rows"]] == list(map(is_same, difference(LIBRARY["lstm"], variant)))
    assert [m["id"] for m in head["models"]] == ["lstm", name] and head["T"] == 12
    assert sentences(at) == ""
    lines = part(chosen(at, left=name), "comparison")
    assert all(row["same"] for row in lines["rows"]) and lines["starts"] is None


def test_the_tree_is_the_librarys():
    """Every member's year, parents and what it added; a name that begins with its parent's is shortened."""
    members = part(opened(), "tree")["members"]
    for name, variant in LIBRARY.items():
        found = members[name]
        assert (found["year"], tuple(found["parents"])) == (variant.year, variant.parents)
        assert found["adds"] == variant.adds and variant.title.endswith(found["short"])
    assert members["gru_reset_before"]["short"] == "reset first"


def test_a_pair_of_equal_lines_says_what_it_starts_from():
    """An IRNN is a ReLU RNN that starts from the identity; LMUs differ in their fixed matrices."""
    lines = part(opened(left="rnn_relu", right="irnn"), "comparison")
    assert lines["summary"] == "1 line is the same."
    assert lines["starts"] == ["all at random", "U_h the identity; b_h = 0"]
    zoh, euler = part(opened(left="lmu", right="lmu_euler"), "comparison")["starts"]
    assert "A and B" in zoh and "zero-order hold" in zoh and "Euler" in euler


def test_trained_weights_only_where_both_have_them():
    """Otherwise both are untrained, and the page says for whom there are none."""
    at = opened(left="lstm", right="gru_reset_after", weights="trained")
    assert all(m["note"].startswith("trained on") for m in part(at, "stage")[0]["models"])
    at = chosen(at, right="cifg")
    assert all(m["note"].startswith("untrained") for m in part(at, "stage")[0]["models"])
    assert any("no trained weights are shipped for Coupled gates" in m.value for m in at.markdown)
    assert params(at) == {"right": "cifg", "weights": "trained"}


def test_the_number_of_parameters_is_the_networks():
    """In letters and in figures, for the task's inputs and the units that are shown."""
    at = opened(task="recall", left="lstm", right="gru_reset_after", weights="untrained", hidden=7)
    head, _ = part(at, "stage")
    D = len(head["task"]["inputs"])
    for side in part(at, "comparison")["sides"]:
        cell = parse(LIBRARY[side["name"]].equations)
        sizes = network.shapes(cell, D, 1, 7)
        n = sum(sizes[p][0] * sizes[p][1] for p in cell.params)
        assert side["numbers"].endswith(f": {n:,} with D = {D} inputs and H = 7 units")
    assert part(at, "comparison")["sides"][0]["numbers"].startswith("4(HD + H² + H) parameters")


def test_choices_are_kept_in_the_address():
    """The pair and the task; what is as the page opens is left out, and a reload comes back."""
    at = chosen(opened(T=60, t=7, mode="backward"), left="rnn_tanh", right="lmu", task="recall")
    kept = params(at)
    assert kept == {"left": "rnn_tanh", "right": "lmu", "task": "recall", "t": "7", "mode": "backward"}
    again = opened(**kept)
    assert titles(again) == ["Vanilla RNN", "LMU"] and params(again) == kept
    assert part(again, "stage")[0]["view"].items() >= {"t": 7, "mode": "backward"}.items()
    assert params(chosen(opened(), left="rnn_tanh", right="lstm")) == {"left": "rnn_tanh", "right": "lstm"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"left": "lstm2"}, ["left = 'lstm2'", "rnn_tanh"]),
        ({"right": "<b>x</b>", "foo": "1"}, ["right = '<b>x</b>'", "'foo'", "not known"]),
        ({"left": "![](//a.b/c)", "T": "9999"}, ["![](//a.b/c)", "T = '9999'", "5 to 200"]),
        ({"task": "nothing", "t": "-1"}, ["task = 'nothing'", "t = '-1'"]),
        ({"open": "q"}, ["open", "q", "none"]),
    ],
)
def test_a_wrong_address_gets_a_note(address, words):
    """The page is there, and says what it shows instead until a reader chooses."""
    at = opened(**address)
    [note] = at.warning
    for word in words:
        assert word in note.value.replace("\\", "")
    assert all(part(at, name) for name in ("tree", "comparison", "stage"))
    assert not chosen(at, right="cifg").warning


def test_what_cannot_be_shown_gets_a_sentence(monkeypatch):
    """The lines stay; the stage of another pair does not stand below them."""
    monkeypatch.setattr(scene, "MOST", 20_000)
    at = chosen(opened(left="lstm", right="gru_reset_after", T=30), right="mlstm")
    assert "mLSTM with 16 units" in sentences(at) and titles(at) == ["LSTM", "mLSTM"]
    assert part(at, "stage") is None and params(at).items() >= {"right": "mlstm", "T": "30"}.items()
    assert sentences(chosen(at, T=10)) == "" and part(at, "stage")[0]["T"] == 10


def test_each_page_comes_back_as_it_was_left():
    """One goes to the Explorer and returns: neither has lost or taken anything."""
    at = chosen(opened(), left="rnn_tanh", right="lmu")
    at.switch_page("lstm_viz/pages/explorer.py")
    at.query_params.clear()
    head, _ = part(healthy(at.run()), "stage")
    assert [m["id"] for m in head["models"]] == ["rnn_tanh", "lstm"]
    chosen(at, task="recall")
    at.switch_page(PAGE)
    at.query_params.clear()
    assert titles(healthy(at.run())) == ["Vanilla RNN", "LMU"]
    assert part(at, "stage")[0]["task"]["title"] == "Adding"
    at.switch_page("lstm_viz/pages/explorer.py")
    at.query_params.clear()
    assert part(healthy(at.run()), "stage")[0]["task"]["title"] == "Recall"


def test_the_explorer_opens_the_pair():
    """The link's address, opened there, shows the same two on the same sequence."""
    at = opened(left="lmu", right="tlstm", T=30, seed=4)
    values, view = at.session_state["values"], at.session_state["view"]
    address = elsewhere(values, view)
    at.switch_page("lstm_viz/pages/explorer.py")
    at.query_params.clear()
    for name, value in address.items():
        at.query_params[name] = value
    head, _ = part(healthy(at.run()), "stage")
    assert [m["id"] for m in head["models"]] == ["lmu", "tlstm"] and head["T"] == 30
    plain = {name: c.default for name, c in MODEL.items()}
    assert elsewhere(plain, {}) == {"left": plain["left"]}


ODD = [None, "", 1, [], {}, {"side": "left"}, {"side": "up", "name": "lstm"}, {"side": "left", "name": "x"}]
ODD += [{"side": ["left"], "name": "lstm"}, {"side": "left", "name": {"a": 1}}, {"name": "lstm"}]


@pytest.mark.parametrize("pick", ODD, ids=repr)
def test_odd_picks_are_no_choice(pick):
    """What the browser reports is checked: only a member of the library takes a side."""
    assert taken(pick) == {}


def test_a_pick_takes_its_side():
    """One side and no more."""
    assert taken({"side": "left", "name": "lmu", "number": 3}) == {"left": "lmu"}


def test_fairness_and_numbers_of_deep_nets_and_fixed_matrices():
    """A deep net has its parameters once a layer; what is fixed is named and not counted."""
    values = {name: c.default for name, c in MODEL.items()} | PAIR | {"T": 20, "weights": "trained"}
    assert fair(values)[0]["weights"] == "untrained" and fair(values | {"right": "lstm"})[1] == ""
    assert (
        numbers(LIBRARY["highway"], values)
        == "2(H² + H) parameters a layer: 10,880 in 20 layers of H = 16 units"
    )
    assert numbers(LIBRARY["lmu"], values).endswith("units, beside the fixed A and B")
