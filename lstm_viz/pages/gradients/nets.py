"""The networks whose gradients are measured: a cell before training, by seed, or after it; what they read."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from lstm_viz import network
from lstm_viz.cell import Cell, parse
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY, Variant
from lstm_viz.library.variant import Chrono
from lstm_viz.pages.scene import SEQUENCE, WEIGHTS, trained
from lstm_viz.pages.training.runs import is_gate
from lstm_viz.tasks import TASKS
from lstm_viz.training import recipes

MEMORIES = ("c", "C", "m")  # what a cell may call its memory beside h
SHORTEST_CHRONO = 3
MOST = 2_000_000  # numbers that one sequence may take: a second or two for all seeds


class Setup(NamedTuple):
    """Which networks: cell, task, length and size; trained or not; how untrained ones start.

    A forget bias of None is the library's own.
    """

    cell: str
    task: str
    T: int
    hidden: int
    trained: bool = False
    forget: float | None = 1.0
    receive: float = 0.0
    chrono: int = 0
    scale: float = 1.0

    @property
    def variant(self) -> Variant:
        """The cell's row in the library."""
        return LIBRARY[self.cell]


class Net(NamedTuple):
    """Parameters, and the sequences (T, D, B) that they read, with the times between inputs if told."""

    params: dict[str, np.ndarray]
    x: np.ndarray
    dt: np.ndarray | None


def setup(values: dict, cell: str, T: int | None = None) -> Setup:
    """What the lab's choices say of one cell; a trained one only where its weights are shipped."""
    given = Setup(cell, values["task"], T or values["T"], values["hidden"])
    if values["weights"] == "trained" and values["hidden"] in recipes.sizes(values["task"], cell):
        return given._replace(trained=True)
    return given._replace(**{name: values[name] for name in ("forget", "receive", "chrono", "scale")})


def nets(its: Setup, seeds: int, first: int = 1) -> Iterator[Net]:
    """The network of each seed with a sequence of its own; trained weights once, with all the sequences."""
    check(its)
    task = TASKS[its.task]
    draws = []
    for k in range(first, first + seeds):
        draws.append(task.draw_test(np.random.default_rng([k, SEQUENCE]), its.T, 1, None))
    if its.trained:
        dt = None if draws[0].dt is None else np.concatenate([b.dt for b in draws], axis=-1)
        x = np.concatenate([b.x for b in draws], axis=-1)
        yield Net(trained(its.task, its.cell, its.hidden).params, x, dt)
        return
    for k, batch in enumerate(draws, first):
        yield Net(untrained(its, np.random.default_rng([k, WEIGHTS])), batch.x, batch.dt)


def untrained(its: Setup, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Random parameters with the biases of the gates, and the recurrent weights, as they were asked for."""
    variant, task = its.variant, TASKS[its.task]
    cell, gate = parse(variant.equations), is_gate(variant, "i")
    constants = {}
    if variant.forget and its.forget is not None:
        constants = {variant.forget: its.forget}
    if its.chrono:
        longest = max(its.chrono, SHORTEST_CHRONO)
        constants = {variant.forget: Chrono(1, longest)} if variant.forget else {}
        constants |= {"b_i": Chrono(-1, longest)} if gate else {}
    params = network.start(variant, len(task.inputs), len(task.outputs), its.hidden, rng, constants)
    if gate and not its.chrono:
        params["b_i"] = params["b_i"] + its.receive
    return params | {name: params[name] * its.scale for name in recurrent(cell, variant)}


def recurrent(cell: Cell, variant: Variant) -> list[str]:
    """The matrices that multiply a state of the step before."""
    found = [n.args[0] for n in cell.nodes if n.op == "matmul" and str(n.args[1]).endswith("_prev")]
    return [p for p in dict.fromkeys(found) if p in cell.params and p not in variant.fixed]


def memory(cell: Cell) -> str | None:
    """The state that a cell keeps beside h, if it has one."""
    return next((s for s in MEMORIES if s in cell.states), None)


def check(its: Setup) -> None:
    """A sentence where a run would have more numbers than are worth waiting for."""
    one = network.numbers(parse(its.variant.equations), its.hidden, its.variant.sizes)
    if one * its.T > MOST:
        raise LearnerError(
            f"{its.variant.title} with {its.hidden} units would compute {its.T * one:,} numbers a sequence. "
            f"Allowed: {MOST:,}, so {MOST // one} steps at most, or fewer units."
        )
