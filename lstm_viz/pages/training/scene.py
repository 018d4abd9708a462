"""The stage of the Training lab: the same test sequence read by the weights as they were at a moment."""

from collections import OrderedDict
from functools import lru_cache

import numpy as np

from lstm_viz import losses, network
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY, Variant
from lstm_viz.pages.scene import SEQUENCE, check_cost
from lstm_viz.pages.training.workshop import Workshop
from lstm_viz.runs import Tape
from lstm_viz.runs.tape import is_stop
from lstm_viz.stage import Run, pack
from lstm_viz.tasks import Batch, Task, task_of
from lstm_viz.training import Spec, State

MOST = 24  # stages that are kept, some hundred kB each
_kept: OrderedDict[tuple, bytes] = OrderedDict()


def stops(tape: Tape, shown: int, moving: bool) -> list[int]:
    """The moments of a run that can be looked at: those recorded, and at rest the last that is shown."""
    recorded = [step for step in tape.snapshots if step <= shown]
    return recorded if moving or shown in recorded else [*recorded, shown]


def moment(shop: Workshop, tape: Tape, shown: int, at: int, moving: bool) -> State:
    """The last state that can be looked at, not after `at` updates; one recorded until it is computed.

    At rest that is the state after `at` updates itself, recorded or not.
    """
    wanted = max(step for step in stops(tape, shown, moving) if step <= at) if moving else min(at, shown)
    state = shop.state(tape, wanted)
    return state or tape.snapshots[max(step for step in tape.snapshots if step <= min(at, shown))]


def newest(tapes: list[Tape], shown: list[int], moving: bool) -> int:
    """The newest moment that all runs have: while they move one that is recorded of all."""
    # A run that broke stands at its end; the others go on without it.
    going = [k for tape, k in zip(tapes, shown, strict=True) if not (tape.broke and k >= tape.steps)]
    least = min(going) if going else max(shown)
    return next(step for step in range(least, -1, -1) if is_stop(step) or not step) if moving else least


def moments(tapes: list[Tape], shown: list[int], moving: bool, at: int | str, staged: int, last: int) -> dict:
    """What a slider over training goes over, where it stands, and its newest place.

    `at` is a number of updates, or another word for the newest: that is `staged`, what the stage shows
    already, while runs move, and `last` at rest.
    """
    found = sorted({step for tape, k in zip(tapes, shown, strict=True) for step in stops(tape, k, moving)})
    follow = not isinstance(at, int)
    wanted = (staged if moving else last) if follow else at
    place = max(step for step in found if step <= wanted)
    return {"stops": found, "at": place, "newest": max(s for s in found if s <= last), "follow": follow}


def staged(cells: list[str], specs: list[Spec], states: list[State], view: dict) -> bytes:
    """The bytes of the stage, once for all sessions that look at the same."""
    name = tuple(cells), tuple(specs), tuple(state.step for state in states), tuple(view.items())
    data = _kept.get(name)
    if data is None:
        data = _kept[name] = _pack(cells, specs, states, view)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return data


def _pack(cells, specs, states, view) -> bytes:
    spec = specs[0]
    task, batch = task_of(spec.task, spec.data), sequence(spec.task, spec.data, spec.T, spec.seed)
    runs = [read(LIBRARY[c], s, w, task, batch) for c, s, w in zip(cells, specs, states, strict=True)]
    shown = f"{spec.task} {' '.join(cells)} after {' '.join(str(state.step) for state in states)}"
    return pack(task, batch, runs, view, shown)


@lru_cache(maxsize=64)
def sequence(task: str, data: str, T: int, seed: int) -> Batch:
    """The test sequence that is always shown: of the length of the longest ones, from the seed."""
    return task_of(task, data).draw_test(np.random.default_rng([seed, SEQUENCE]), T, 1)


def check(cells: list[str], specs: list[Spec], values: dict) -> None:
    """A sentence where a run cannot be put on the stage: no sequence that long, or too many numbers."""
    spec = specs[0]
    batch = sequence(spec.task, spec.data, spec.T, spec.seed)
    image = task_of(spec.task, spec.data).image or (1, 1)
    for cell in cells:
        check_cost(LIBRARY[cell], values, len(batch.x), image)


def read(variant: Variant, spec: Spec, state: State, task: Task, batch: Batch) -> Run:
    """One model's run over the sequence, forward and backward, as training runs it but in full length."""
    cell, image = parse(variant.equations), task.image or (1, 1)
    params = {name: p.astype(float) for name, p in state.params.items()}
    trace, y = network.forward(cell, params, batch.x, None, batch.dt, image)
    _, dy = losses.loss(task.loss, task.when, y, batch.target, batch.counts)
    grads = network.backward(trace, params, dy)
    out = np.exp(losses.log_softmax(y)) if task.loss == "cross-entropy" else y
    loss = {"h": network.loss_at_h(params, dy, trace.values["h"].shape)}
    return Run(variant, trace, grads, loss, out, dy, note(state.step, spec.descent.batch))


def note(step: int, batch: int) -> str:
    """How far training was."""
    updates = f"{step:,} update" + "s" * (step != 1)
    return f"after {updates}, {step * batch:,} sequences" if step else "before training"
