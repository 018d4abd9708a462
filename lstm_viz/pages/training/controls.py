"""The Training lab's controls: task, cells, updates; the rarer ones behind "More"; the learner's own data."""

from collections.abc import Callable

import streamlit as st

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.pages.controls import plain
from lstm_viz.pages.training.choices import CELLS, KEEPS, MOST_CELLS, MOST_STEPS, TITLES
from lstm_viz.tasks import MAX_BYTES, OWN, read_csv, series_text, with_commas
from lstm_viz.tasks.task import MAX_TYPED
from lstm_viz.training.optimisers import OPTIMISERS
from lstm_viz.training.schedules import SCHEDULES
from lstm_viz.training.spec import MAX_BATCH, MAX_CLIP, MAX_HORIZON, PRECISIONS

S = st.session_state
OPTIMISER_NAMES = {"sgd": "SGD", "momentum": "momentum", "nesterov": "Nesterov", "adagrad": "AdaGrad"}
OPTIMISER_NAMES |= {"rmsprop": "RMSProp", "adam": "Adam", "adamw": "AdamW"}
MOST_NUMBERS = 500


def key(name: str) -> str:
    """The key of a choice's widget."""
    return f"lab_w_{name}"


def controls(values: dict, changed: Callable) -> dict:
    """Show every control at its value and return what they say now; `changed` is called after a choice."""
    task, cells, steps, more = st.container(key="lab_controls").columns(
        [1.3, 3, 1.1, 0.9], vertical_alignment="bottom"
    )
    said = {
        "task": _select(task, "Task", "task", TITLES, values, changed),
        "cells": _cells(cells, values, changed),
        "steps": _number(steps, "Updates to train", "steps", 1, MOST_STEPS, values, changed, step=100),
    }
    with more.popover("More", width="stretch"):
        said |= _rarer(values, changed)
    # The container is always there: what follows on the page keeps its place when it fills.
    with st.container():
        if said["task"] in OWN:
            said |= OWN_CONTROLS[said["task"]](values, changed)
    return values | said


def _seed(name: str, value):
    """A widget starts from the page's own value, which outlives it; returns what it stands at.

    In the popover it is needed twice: what is drawn later than it was set would stand at its least otherwise.
    """
    return S.setdefault(key(name), value)


def _select(place, label: str, name: str, titles: dict, values: dict, changed: Callable, **more) -> str:
    names = list(titles)
    now = names.index(_seed(name, values[name]))
    return place.selectbox(
        label, names, now, key=key(name), format_func=titles.get, on_change=changed, **more
    )


def _number(place, label: str, name: str, low, high, values: dict, changed: Callable, **more):
    """A number; where the field was emptied, the one before."""
    now = _seed(name, values[name])
    found = place.number_input(label, low, high, now, key=key(name), on_change=changed, **more)
    return values[name] if found is None else found


def _cells(place, values: dict, changed: Callable) -> str:
    """Up to four cells; none chosen is the ones before, and the page says so."""
    _seed("cells", values["cells"].split(","))
    titles = {name: LIBRARY[name].title for name in CELLS}
    found = place.multiselect(
        f"Cells, up to {MOST_CELLS}",
        list(titles),
        key=key("cells"),
        format_func=titles.get,
        max_selections=MOST_CELLS,
        on_change=changed,
        help="All of the library, but for the deep nets: these have a layer for each step of one input, and "
        "nothing to train on sequences.",
    )
    return ",".join(found) or values["cells"]


def _rarer(values: dict, changed: Callable) -> dict:
    """The sizes, the descent and the start."""
    left, right = st.columns(2)
    own = (values, changed)
    bare = {"format": "%g"}
    return {
        "T": _number(left, "Longest sequence T", "T", 5, 200, *own, step=5),
        "shortest": _number(
            right, "Shortest sequence", "shortest", 0, 200, *own, step=5, help="0: a quarter of T"
        ),
        "hidden": _number(left, "Hidden units H", "hidden", 2, 32, *own),
        "batch": _number(right, "Sequences an update", "batch", 1, MAX_BATCH, *own),
        "optimiser": _select(
            left, "Optimiser", "optimiser", {n: OPTIMISER_NAMES.get(n, n) for n in OPTIMISERS}, *own
        ),
        "rate": _number(right, "Learning rate", "rate", 1e-6, 1.0, *own, step=0.001, **bare),
        "schedule": _select(left, "The rate falls", "schedule", _schedules(), *own),
        "horizon": _number(right, "over updates", "horizon", 1, MAX_HORIZON, *own, step=100),
        "clip": _number(left, "Largest norm of the gradient", "clip", 1e-6, MAX_CLIP, *own, step=0.5, **bare),
        "limit": _number(
            right, "Largest number in it", "limit", 0.0, MAX_CLIP, *own, step=0.5, help="0: no limit", **bare
        ),
        "window": _number(
            left, "Gradient cut after steps", "window", 0, 200, *own, step=5, help="0: not cut, full BPTT"
        ),
        "keep": _select(
            right,
            "Gates start",
            "keep",
            KEEPS,
            *own,
            help="keeping: the forget gate open (bias 5), the input gate nearly shut (−3), the GRU's update "
            "gate at 3; chrono: biases for memories of 1 to T steps (Tallec and Ollivier 2018)",
        ),
        "seed": _number(left, "Seed", "seed", 0, 9999, *own),
        "precision": _select(right, "Precision", "precision", {n: n for n in PRECISIONS}, *own),
    }


def _schedules() -> dict[str, str]:
    words = {"constant": "never", "linear": "in a line, to 0", "cosine": "in a cosine, to 0"}
    return {name: words.get(name, "by half, and again") for name in SCHEDULES}


def _text(values: dict, changed: Callable) -> dict:
    _seed("text", values["text"])
    label = "Your text: the networks learn to guess its next letter"
    return {"text": st.text_area(label, key=key("text"), max_chars=MAX_TYPED, height=110, on_change=changed)}


def _series(values: dict, changed: Callable) -> dict:
    """Numbers that are typed, or the first column of numbers in a file, which are then typed in."""
    _seed("series", values["series"])
    left, right = st.columns([2, 1])
    label = "Your series: numbers with commas, blanks or new lines between; the networks predict the next"
    right.file_uploader(
        "or a CSV file with a column of numbers, 1 MB at most",
        key=key("upload"),
        max_upload_size=1,
        on_change=_read_file,
        args=(changed,),
    )
    if S.get("lab_upload_problem"):
        right.error(plain(S["lab_upload_problem"]))
    typed = left.text_area(label, key=key("series"), max_chars=MAX_TYPED, height=110, on_change=changed)
    return {"series": with_commas(typed)}


def _read_file(changed: Callable) -> None:
    """Take over a file's first column of numbers, as many as an address can carry; or say what is wrong."""
    file = S.get(key("upload"))
    S["lab_upload_problem"] = ""
    if file is None:
        return
    try:
        if file.size > MAX_BYTES:
            raise LearnerError(f"The file has {file.size:,} bytes. Allowed: {MAX_BYTES:,} bytes.")
        column = next(iter(read_csv(file.getvalue()).columns.values()))
    except LearnerError as error:
        S["lab_upload_problem"] = str(error)
        return
    S[key("series")] = fitting(column)
    changed()


def fitting(column: tuple[float, ...]) -> str:
    """The first numbers of a column that fit into the field."""
    said = series_text(column, MOST_NUMBERS)
    return said if len(said) <= MAX_TYPED else said[: said.rindex(",", 0, MAX_TYPED + 1)]


OWN_CONTROLS = {"own_text": _text, "own_series": _series}
