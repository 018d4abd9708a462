"""Runs driven to their ends by a crew, each from what is kept of it, and kept again as it goes.

For a command, not for pages: whoever iterates sets the pace. A run has its turn until it has ended, and as
many have theirs as there are workers.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.runs.crew import Crew
from lstm_viz.runs.kinds import Done, first, work
from lstm_viz.runs.line import sentence, turn_steps
from lstm_viz.runs.store import load, save
from lstm_viz.runs.tape import Tape, blank, record, rewound

POLL, SAVE = 0.5, 10.0  # seconds between two looks at the clock, and between two times that a tape is kept


class Run(NamedTuple):
    """A run that is wanted until so many steps; `last` is what a worker makes of its last state."""

    spec: NamedTuple
    steps: int
    last: Callable[[NamedTuple], object]


class Heard(NamedTuple):
    """What came from a run: its tape, and after its end, what was made of its last state, else None."""

    run: Run
    tape: Tape
    over: bool = False
    result: object = None


class Held(NamedTuple):
    """A run that has its turns: its tape, what of it is on disk (steps, whether it broke), and since when."""

    tape: Tape
    kept: tuple[int, bool]
    since: float


def drive(crew: Crew, runs: list[Run], folder: Path | None = None) -> Iterator[Heard | None]:
    """Take runs to their ends: what was kept of each, each chunk, each end; None while all are at work.

    With a folder they go on from what is kept there. Close the iterator, and all that was heard is kept. A
    run that diverges, or whose workers are lost again and again, ends with a sentence; a LearnerError is
    raised where there are no workers at all, or a file cannot be used.
    """
    heard, waiting, held = SimpleQueue(), deque(runs), {}
    try:
        while waiting or held:
            while waiting and len(held) < crew.size:
                run = waiting.popleft()
                held[run] = opened(run, folder)
                yield Heard(run, held[run].tape)
                submit(crew, heard, run, held[run].tape)
            try:
                run, said = heard.get(timeout=POLL)
            except Empty:
                yield None
                continue
            if isinstance(said, Done):
                held[run] = kept(noted(held[run], said), folder, SAVE)
                yield Heard(run, held[run].tape)
                submit(crew, heard, run, held[run].tape)
            else:
                tape = kept(held.pop(run), folder).tape
                yield ended(run, tape, said)
    finally:
        for one in held.values():
            kept(one, folder)


def opened(run: Run, folder: Path | None) -> Held:
    """A run as it was kept, its tape rewound where it is longer than is wanted now."""
    tape = (load(folder, run.spec) if folder else None) or blank(run.spec, first(run.spec))
    return Held(rewound(tape, run.steps), (tape.steps, bool(tape.broke)), time.monotonic())


def submit(crew: Crew, heard: SimpleQueue, run: Run, tape: Tape) -> None:
    """Let a worker make the run's next chunk, or after the last one, what is made of its state."""
    done = partial(tell, heard, run)
    if tape.broke or tape.steps >= run.steps:
        crew.submit(done, run.last, tape.state)
    else:
        crew.submit(done, work, run.spec, tape.state, turn_steps(tape, run.steps))


def tell(heard: SimpleQueue, run: Run, said: object) -> None:
    """Hand what a worker said to the thread that drives."""
    heard.put((run, said))


def noted(one: Held, done: Done) -> Held:
    """With a chunk more on its tape."""
    return one._replace(tape=record(one.tape, done.chunk, done.seconds))


def kept(one: Held, folder: Path | None, patience: float = 0.0) -> Held:
    """Kept on disk, where there is more than was kept before, and that was a while ago."""
    now = one.tape.steps, bool(one.tape.broke)
    if folder is None or now <= one.kept or time.monotonic() - one.since < patience:
        return one
    save(folder, one.tape)
    return one._replace(kept=now, since=time.monotonic())


def ended(run: Run, tape: Tape, said: object) -> Heard:
    """The end of a run: its result, or why there is none."""
    if isinstance(said, LearnerError):
        raise said
    if isinstance(said, Exception):
        # Not the run's own end, and so not on disk: the same command tries again.
        return Heard(run, tape._replace(broke=sentence(said)), True)
    return Heard(run, tape, True, said)
