"""A scene: the task, its sequence and the models' runs that a set of choices asks for."""

from functools import cache
from typing import NamedTuple

import numpy as np

from lstm_viz import losses, network
from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY, Variant
from lstm_viz.pages.choices import OWN, OWN_SENTENCES
from lstm_viz.stage import Run
from lstm_viz.tasks import TASKS, Batch, InputError, Task, elapsed, own_series, own_text, parse_series
from lstm_viz.tasks.task import map_sizes
from lstm_viz.training import recipes
from lstm_viz.weights import MODELS, Weights, file_name, load

WEIGHTS, SEQUENCE = 1, 2  # the streams of random numbers of one seed
MOST = 1_000_000  # numbers that one model's run may have: more is slow to send to a browser
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


def brings_times(values: dict) -> bool:
    """Whether the sequence itself says how much time has passed before each step."""
    try:
        return sequence(values)[1].dt is not None
    except LearnerError:
        return False


def sizes(values: dict) -> list[int]:
    """The numbers of hidden units for which there are trained weights, the one to show first."""
    return list(dict.fromkeys(row.hidden for row in recipes.RECIPES if row.task == task_of(values).name))


def is_trained(variant: Variant, values: dict) -> bool:
    """Whether the choices show trained weights of this variant."""
    shipped = recipes.sizes(task_of(values).name, variant.name)
    return values["weights"] == "trained" and values["hidden"] in shipped


@cache
def trained(task: str, cell: str, hidden: int) -> Weights:
    """The shipped weights of a task, cell and size."""
    return load(MODELS / file_name(task, cell, hidden))


def play(variant: Variant, task: Task, batch: Batch, values: dict) -> Run:
    """One model's run: forward over the sequence, and the loss's gradient sent back."""
    cell, T, image = parse(variant.equations), len(batch.x), task.image or (1, 1)
    check_cost(variant, values, T, image)
    params, note = weights(variant, task, values, T)
    dt = elapsed(values["times"], T) if batch.dt is None else batch.dt
    trace, y = network.forward(cell, params, batch.x, variant.initial, dt, image)
    # Of a task that marks the steps that count, those are what "every step" can mean.
    when = losses.MARKED if (values["loss"], task.when) == ("every", losses.MARKED) else values["loss"]
    _, dy = losses.loss(task.loss, when, y, batch.target, batch.counts)
    out = np.exp(losses.log_softmax(y)) if task.loss == "cross-entropy" else y
    cut = ("h",) if values["cut"] == "truncated" else ()
    grads = network.backward(trace, params, dy, cut)
    loss = {"h": network.loss_at_h(params, dy, trace.values["h"].shape)}
    return Run(variant, trace, grads, loss, out, dy, note + ", truncated gradient" * bool(cut))


def check_cost(variant: Variant, values: dict, T: int, image: tuple[int, int]) -> None:
    """A sentence where a run would have more numbers than can be shown."""
    cell = parse(variant.equations)
    one = network.numbers(cell, values["hidden"], {"R": image[0], "S": image[1]} | variant.sizes)
    if T * one > MOST:
        raise LearnerError(
            f"{variant.title} with {values['hidden']} units would compute {T * one:,} numbers in {T} steps. "
            f"Allowed: {MOST:,}, so {MOST // one} steps at most, or fewer units."
        )


def weights(variant: Variant, task: Task, values: dict, T: int) -> tuple[dict, str]:
    """The parameters and what to say of them: trained ones, or random ones of the seed (T layers if deep)."""
    if is_trained(variant, values):
        known = trained(task.name, variant.name, values["hidden"])
        return known.params, f"trained on {known.meta['sequences']:,} sequences"
    rng = np.random.default_rng([values["seed"], WEIGHTS])
    constants = {variant.forget: values["forget"]} if variant.forget else {}
    sizes, H = map_sizes(task) | {"k": values["kernel"]}, values["hidden"]
    params = network.start(variant, len(task.inputs), len(task.outputs), H, rng, constants, sizes, T)
    return params, f"untrained{_kind(variant, values, sizes, T)}"


def _kind(variant: Variant, values: dict, sizes: dict, T: int) -> str:
    """What else is worth saying of an untrained model."""
    if variant.depth:
        return f", {T} layers, the first input alone is read"
    said = ""
    if variant.forget:
        # The bias is named after its gate: b_f belongs to f, the forget gate.
        gate = variant.signals[variant.forget.removeprefix("b_")].name.removesuffix(" gate")
        said = f", {gate} bias {values['forget']:g}"
    if network.reads_maps(parse(variant.equations)):
        one = sizes["R"] * sizes["S"] == 1
        said += ", maps of one pixel" if one else f", kernels {sizes['k']}×{sizes['k']}"
    return said
