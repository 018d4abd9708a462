"""A scene: the task, its sequence and the models' runs that a set of choices asks for."""

from functools import cache
from typing import NamedTuple

import numpy as np

from lstm_viz import losses, network
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY, Variant
from lstm_viz.pages.choices import OWN, OWN_SENTENCES
from lstm_viz.stage import Run
from lstm_viz.tasks import TASKS, Batch, InputError, Task, own_series, own_text, parse_series
from lstm_viz.training.recipes import CELLS, RECIPES
from lstm_viz.weights import MODELS, Weights, file_name, load

WEIGHTS, SEQUENCE = 1, 2  # the streams of random numbers of one seed
# Whose weights read a sequence of the learner's own.
TRAINED_ON = {"own_text": "text", "own_series": "sunspots"}


class Scene(NamedTuple):
    """What the stage shows: the task, one sequence of it, and each model's run."""

    task: Task
    batch: Batch
    runs: list[Run]


def scene(values: dict) -> Scene:
    """The scene of the Explorer's choices, named as in choices.MODEL; LearnerError where there is none."""
    task, batch = sequence(values)
    runs = [play(LIBRARY[values[side]], task, batch, values) for side in ("left", "right")]
    return Scene(task, batch, runs)


def task_of(values: dict) -> Task:
    """The task whose networks read the sequence."""
    return TASKS[TRAINED_ON.get(values["task"], values["task"])]


def sequence(values: dict) -> tuple[Task, Batch]:
    """The sequence to be read: drawn by the task from the seed, or the learner's own."""
    task = task_of(values)
    if values["task"] in OWN:
        task = task._replace(title=OWN[values["task"]], sentence=OWN_SENTENCES[values["task"]])
    if values["task"] == "own_text":
        return task, own_text(values["text"])
    if values["task"] == "own_series":
        if not values["series"]:
            raise InputError("Choose a CSV file with a column of at least 6 numbers, up to 1 MB.")
        batch = own_series(parse_series(values["series"]))
        edge = float(np.ceil(np.abs(np.concatenate([batch.x, batch.target])).max()))
        return task._replace(x_range=(-edge, edge), y_range=(-edge, edge)), batch
    rng = np.random.default_rng([values["seed"], SEQUENCE])
    marks = (values["first"] - 1, values["second"] - 1) if values["task"] == "adding" else None
    return task, task.draw_test(rng, values["T"], 1, marks)


def sizes(values: dict) -> list[int]:
    """The numbers of hidden units for which there are trained weights, the one to show first."""
    return [row.hidden for row in RECIPES if row.task == task_of(values).name]


def is_trained(variant: Variant, values: dict) -> bool:
    """Whether the choices show trained weights of this variant."""
    return values["weights"] == "trained" and variant.name in CELLS


@cache
def trained(task: str, cell: str, hidden: int) -> Weights:
    """The shipped weights of a task, cell and size."""
    return load(MODELS / file_name(task, cell, hidden))


def play(variant: Variant, task: Task, batch: Batch, values: dict) -> Run:
    """One model's run: forward over the sequence, and the loss's gradient sent back."""
    cell = parse(variant.equations)
    params, note = weights(variant, task, values)
    trace, y = network.forward(cell, params, batch.x)
    _, dy = losses.loss(task.loss, values["loss"], y, batch.target)
    out = np.exp(losses.log_softmax(y)) if task.loss == "cross-entropy" else y
    return Run(
        variant, trace, network.backward(trace, params, dy), {"h": params["W_y"].T @ dy}, out, dy, note
    )


def weights(variant: Variant, task: Task, values: dict) -> tuple[dict, str]:
    """The parameters and what to say of them: trained ones, or random ones of the seed."""
    if is_trained(variant, values):
        known = trained(task.name, variant.name, values["hidden"])
        return known.params, f"trained on {known.meta['sequences']:,} sequences"
    rng = np.random.default_rng([values["seed"], WEIGHTS])
    constants = {variant.forget: values["forget"]} if variant.forget else {}
    params = network.start(variant, len(task.inputs), len(task.outputs), values["hidden"], rng, constants)
    if not variant.forget:
        return params, "untrained"
    # The bias is named after its gate: b_f belongs to f, the forget gate.
    gate = variant.signals[variant.forget.removeprefix("b_")].name.removesuffix(" gate")
    return params, f"untrained, {gate} bias {values['forget']:g}"
