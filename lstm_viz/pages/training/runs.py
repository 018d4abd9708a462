"""The runs behind the Training lab: what each choice means, and the one workshop of the whole server."""

import secrets
import time
from collections.abc import MutableMapping

import streamlit as st

from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.library.variant import Chrono, Variant
from lstm_viz.pages.training.workshop import Workshop
from lstm_viz.runs.settings import crew
from lstm_viz.tasks import Task, task_of
from lstm_viz.training import Descent, Spec, spec_for

DATA = {"own_text": "text", "own_series": "series"}
OPEN_FORGET, OPEN_INPUT, OPEN_UPDATE = 5.0, -3.0, 3.0  # training/recipes.py says why


@st.cache_resource(show_spinner=False)
def workshop() -> Workshop:
    """The one of this server."""
    shared = crew()
    # The workers come up while the first reader looks around.
    for _ in range(1 if shared.inline else shared.size):
        shared.submit(lambda _: None, time.sleep, 0.01)
    return Workshop(shared)


def who(session: MutableMapping) -> str:
    """The name by which a session is known in the line."""
    return session.setdefault("lab_who", secrets.token_hex(8))


def task_for(values: dict) -> Task:
    """The task of the choices; a sentence where there is none."""
    name = values["task"]
    if name == "own_series" and not values["series"]:
        raise LearnerError("Type a series of numbers with commas between them, or choose a CSV file.")
    return task_of(name, data_of(values))


def data_of(values: dict) -> str:
    """What a task of the learner's own is made of."""
    return values[DATA[values["task"]]] if values["task"] in DATA else ""


def specs(values: dict) -> dict[str, Spec]:
    """The run of each chosen cell."""
    return {name: spec(LIBRARY[name], values) for name in values["cells"].split(",")}


def spec(variant: Variant, values: dict) -> Spec:
    """The run of one cell."""
    v = values
    descent = Descent(**{name: v[name] for name in Descent._fields})
    constants = kept_open(variant, v["keep"], v["T"])
    run = spec_for(variant, v["task"], v["T"], v["hidden"], v["seed"], descent, constants)
    return run._replace(shortest=v["shortest"], precision=v["precision"], data=data_of(v))


def kept_open(variant: Variant, keep: str, T: int) -> dict:
    """The biases by which a cell's gates start, where it has them: those of its forget and its input gate."""
    if keep == "plain":
        return {}
    forget, receive = variant.forget, "b_i" if is_gate(variant, "i") else ""
    start = {}
    if forget:
        opened = OPEN_FORGET if receive else OPEN_UPDATE
        start[forget] = Chrono(1, T) if keep == "chrono" else opened
    if receive:
        start[receive] = Chrono(-1, T) if keep == "chrono" else OPEN_INPUT
    return start


def is_gate(variant: Variant, name: str) -> bool:
    """Whether a cell has a gate of that name between 0 and 1, with a bias of its own."""
    cell = parse(variant.equations)
    return f"b_{name}" in cell.params and f"{name} = sigmoid(" in variant.equations
