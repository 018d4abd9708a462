"""What the browser reports is checked like an address: nothing that it could send breaks the page."""

import ast
from types import SimpleNamespace

import pytest

from lstm_viz.pages.arrival import arrive
from tests.app.page import APP


class State(dict):
    """A session's state: items and attributes are the same."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


@pytest.fixture
def page():
    """The Explorer's module without the run of its page, and a session and address of its own."""
    path = APP.parent / "lstm_viz" / "pages" / "explorer.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [part for part in tree.body if not isinstance(part, ast.Expr) or part is tree.body[0]]
    names: dict = {}
    exec(compile(tree, str(path), "exec"), names)
    values, view, _ = arrive({"t": "12", "unit": "3"})
    address: dict = {}
    params = SimpleNamespace(from_dict=lambda given: (address.clear(), address.update(given)))
    names |= {"S": State(values=values, view=view), "st": SimpleNamespace(query_params=params)}
    return SimpleNamespace(names=names, address=address, state=names["S"])


def settle(page, view) -> dict:
    """The address after the browser has reported a view."""
    page.state["stage"] = {"view": view}
    page.names["settled"]()
    return page.address


GOOD = {"t": 40, "unit": 5, "mode": "backward", "model": "lstm", "place": 1, "signal": "c", "speed": 16}


def test_a_settled_view_is_written_into_the_address(page):
    """Step, unit, direction, model, detail and speed."""
    assert settle(page, GOOD) == {"t": "40", "unit": "5", "mode": "backward", "open": "c", "speed": "16"}
    left = GOOD | {"place": 0, "model": "rnn_tanh", "signal": "h"}
    assert settle(page, left) == {
        "t": "40",
        "unit": "5",
        "mode": "backward",
        "open": "h",
        "speed": "16",
        "model": "1",
    }
    assert settle(page, GOOD | {"signal": None, "mode": "forward"}) == {"t": "40", "unit": "5", "speed": "16"}


ODD = [None, "", "x", -1, 0, 10**9, 1e308, float("nan"), True, "<b>", "9" * 10_000]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", ODD, ids=lambda v: repr(v)[:12])
def test_odd_reports_never_raise(page, name, value):
    """A value that cannot be leaves an address that can be read again without a note."""
    address = settle(page, GOOD | {name: value})
    assert arrive(dict(address))[2] == []


def test_an_empty_report_never_raises(page):
    """Then everything falls back."""
    assert arrive(dict(settle(page, {})))[2] == []
