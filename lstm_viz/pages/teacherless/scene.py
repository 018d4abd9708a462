"""What networks do at a moment of learning: on the stage, and in a free run."""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np

from lstm_viz.pages.teacherless.runs import Entry, Shown, told
from lstm_viz.pages.training.scene import read, sequence
from lstm_viz.stage import Run, pack
from lstm_viz.stage.pictures import pack_playback
from lstm_viz.tasks import Batch, Task, task_of
from lstm_viz.teacherless import contest, evolino
from lstm_viz.teacherless.freerun import Playback, missed
from lstm_viz.training.optimisers import begin

MOST = 48  # pictures and stages that are kept, some hundred kB each
_kept: OrderedDict[tuple, bytes] = OrderedDict()


def shared(name: tuple, make: Callable[[], bytes]) -> bytes:
    """The bytes of that name, made once for all sessions that look at the same."""
    data = _kept.get(name)
    if data is None:
        data = _kept[name] = make()
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return data


def name_of(shown: Shown, states: list[contest.State]) -> tuple:
    """What tells the pictures of these states from others."""
    return (*shown.runs, *(state.step for state in states))


def trained(shown: Shown, states: list[contest.State], view: dict) -> bytes:
    """The stage of evolution: its network and the gradient's read the same test sequence."""

    def make() -> bytes:
        spec = shown.entries[0].spec.spec.run
        task, batch = task_of(spec.task), sequence(spec.task, "", spec.T, spec.seed)
        runs = [_read(e, s, spec, task, batch) for e, s in zip(shown.entries, states, strict=True)]
        return pack(task, batch, runs, view, f"{spec.task} after {[state.step for state in states]}")

    return shared(("stage", *name_of(shown, states), *view.items()), make)


def _read(entry: Entry, state: contest.State, spec, task: Task, batch: Batch) -> Run:
    weights = begin(contest.params(entry.spec, state))
    run = read(entry.cell._replace(title=entry.title), spec, weights, task, batch)
    return run._replace(note=note(entry, state.step))


def note(entry: Entry, step: int) -> str:
    """How far learning was."""
    if not step:
        return "before training"
    return f"after {told(entry, step)}, {step * contest.sequences(entry.spec):,} sequences"


def free_run(shown: Shown, states: list[contest.State]) -> bytes:
    """The picture of Evolino: target, and what the best networks so far say on their own."""

    def make() -> bytes:
        found = [_played(e, s) for e, s in zip(shown.entries, states, strict=True)]
        whole = next(filter(None, found), None) or _silent(shown)
        titles = [f"{e.title} {note(e, s.step)}" for e, s in zip(shown.entries, states, strict=True)]
        outputs = [None if played is None else played.output for played in found]
        says = "; ".join(
            f"{entry.title}: error {missed(played):.2g}"
            for entry, played in zip(shown.entries, found, strict=True)
            if played is not None
        )
        words = (
            f"beyond the fit, over the signal's variance: {says}"
            if says
            else "no network has been tried yet: press Train"
        )
        return pack_playback(whole.target, outputs, titles, whole.free, whole.beyond, words)

    return shared(("free", *name_of(shown, states)), make)


def _played(entry: Entry, state: contest.State) -> Playback | None:
    """A free run; None of a way that has tried no network yet."""
    if entry.spec.way == "evolino" and not state.step:
        return None
    return evolino.played_by(entry.spec.exam, contest.params(entry.spec, state))


def _silent(shown: Shown) -> Playback:
    spec = shown.entries[0].spec.exam
    target = evolino.signal(spec.sines, spec.washout + 2 * spec.steps)
    return Playback(target, np.zeros(0), spec.washout, spec.washout + spec.steps)
