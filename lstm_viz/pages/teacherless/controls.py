"""The controls without a teacher: those of the chosen way in one line, the rarer ones behind "More"."""

from collections.abc import Callable

import streamlit as st

from lstm_viz.library import LIBRARY
from lstm_viz.pages.teacherless.choices import (
    CELLS,
    EVOLINO,
    EVOLUTION,
    MAZE,
    MOST_CELLS,
    MOST_CORRIDOR,
    MOST_STEPS,
    MOST_UNITS,
    TASK_TITLES,
    TITLES,
)
from lstm_viz.teacherless.evolution import MAX_MEMBERS, MIN_MEMBERS

S = st.session_state


def key(name: str) -> str:
    """The key of a choice's widget."""
    return f"tl_w_{name}"


def way(place, values: dict, changed: Callable) -> str:
    """The way to learn."""
    _seed("way", values)
    label = "Way to learn"
    return place.segmented_control(
        label,
        list(TITLES),
        key=key("way"),
        format_func=TITLES.get,
        required=True,
        label_visibility="collapsed",
        on_change=changed,
    )


def controls(values: dict, changed: Callable) -> dict:
    """Show every control of a way at its value and return what they say now."""
    columns = st.container(key="lab_controls").columns([1.6, 1.6, 1.1, 1.1, 0.9], vertical_alignment="bottom")
    with columns[-1].popover("More", width="stretch"):
        said = MORE[values["way"]](values, changed)
    return values | said | LINES[values["way"]](columns[:-1], values, changed)


def _seed(name: str, values: dict) -> None:
    """A widget starts from the page's own value, which outlives it."""
    S.setdefault(key(name), values[name])


def _number(place, label: str, name: str, low, high, values: dict, changed: Callable, **more):
    """A number; where the field was emptied, the one before."""
    _seed(name, values)
    # In a popover the value is needed twice: its widgets are first drawn after the run that set it.
    found = place.number_input(label, low, high, S[key(name)], key=key(name), on_change=changed, **more)
    return values[name] if found is None else found


def _evolution(columns, values: dict, changed: Callable) -> dict:
    task, children, steps, seed = columns
    own = (values, changed)
    _seed("task", values)
    titles = TASK_TITLES
    return {
        "task": task.selectbox(
            "Task", list(titles), key=key("task"), format_func=titles.get, on_change=changed
        ),
        "children": _number(
            children, "Children in a generation", "children", MIN_MEMBERS, MAX_MEMBERS, *own, step=10
        ),
        "generations": _number(steps, "Generations", "generations", 1, MOST_STEPS, *own, step=50),
        "seed": _number(seed, "Seed", "seed", 0, 9999, *own),
    }


def _evolino(columns, values: dict, changed: Callable) -> dict:
    sines, members, steps, seed = columns
    own = (values, changed)
    _seed("sines", values)
    return {
        "sines": sines.segmented_control(
            "Sines added up",
            [1, 2, 3],
            key=key("sines"),
            required=True,
            on_change=changed,
        ),
        "members": _number(members, "Networks in a generation", "members", 8, MOST_UNITS, *own, step=10),
        "breedings": _number(steps, "Generations", "breedings", 1, 200, *own, step=10),
        "seed": _number(seed, "Seed", "seed", 0, 9999, *own),
    }


def _maze(columns, values: dict, changed: Callable) -> dict:
    cells, corridor, steps, seed = columns
    own = (values, changed)
    S.setdefault(key("cells"), values["cells"].split(","))
    titles = {name: LIBRARY[name].title for name in CELLS}
    found = cells.multiselect(
        f"Cells, up to {MOST_CELLS}",
        list(titles),
        key=key("cells"),
        format_func=titles.get,
        max_selections=MOST_CELLS,
        on_change=changed,
        help="Those of the library that read a vector at each step and have one number a unit.",
    )
    return {
        "cells": ",".join(found) or values["cells"],
        "corridor": _number(corridor, "Steps of the corridor", "corridor", 1, MOST_CORRIDOR, *own, step=5),
        "updates": _number(steps, "Updates", "updates", 1, MOST_STEPS, *own, step=100),
        "seed": _number(seed, "Seed", "seed", 0, 9999, *own),
    }


def _more_evolution(values: dict, changed: Callable) -> dict:
    own = (values, changed)
    return {
        "sigma": _number(st, "First step size σ", "sigma", 0.001, 10.0, *own, step=0.1, format="%g"),
        "units": _number(st, "Hidden units H", "units", 2, 16, *own),
    }


def _more_evolino(values: dict, changed: Callable) -> dict:
    own = (values, changed)
    return {
        "share": _number(st, "Share of genes that mutate", "share", 0.0, 1.0, *own, step=0.05, format="%g"),
        "mutation": _number(st, "Size of mutations", "mutation", 0.001, 10.0, *own, step=0.01, format="%g"),
    }


def _more_maze(values: dict, changed: Callable) -> dict:
    own = (values, changed)
    help_text = "What keeping one's choice open is worth: the weight of the entropy of the chances."
    return {
        "hidden": _number(st, "Hidden units H", "hidden", 2, 32, *own),
        "rate": _number(st, "Learning rate", "rate", 1e-6, 1.0, *own, step=0.005, format="%g"),
        "curiosity": _number(
            st, "Curiosity", "curiosity", 0.0, 1.0, *own, step=0.05, format="%g", help=help_text
        ),
    }


LINES = {EVOLUTION: _evolution, EVOLINO: _evolino, MAZE: _maze}
MORE = {EVOLUTION: _more_evolution, EVOLINO: _more_evolino, MAZE: _more_maze}
