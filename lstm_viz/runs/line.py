"""The line in front of the workers: runs that are wanted take turns, whoever and however many want them.

A run is known by its description: sessions that want the same one share its tape, and it gets one turn a
round like any other. A session says again and again what it wants; one that falls silent wants nothing more.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.runs.crew import Crew, Lost
from lstm_viz.runs.kinds import Done, first, work
from lstm_viz.runs.tape import Tape, blank, next_stop, record, size

TURN = 0.15  # seconds that a turn should take
PATIENCE = 6.0  # seconds after which a silent session wants nothing more
MOST_BYTES, MOST_TAPES = 64_000_000, 300


class Want(NamedTuple):
    """What a session wants: runs, each until so many steps are recorded; good until a time."""

    goals: dict[NamedTuple, int]
    until: float


class Line:
    """Tapes by their runs, and the turns at which they grow. Every method may be called by any thread."""

    def __init__(self, crew: Crew, clock: Callable[[], float] = time.monotonic):
        self._crew, self._clock, self._lock = crew, clock, threading.RLock()
        self._tapes: OrderedDict[NamedTuple, Tape] = OrderedDict()
        self._wants: dict[str, Want] = {}
        self._waiting: list[NamedTuple] = []  # the order of the turns
        self._working: set[NamedTuple] = set()

    def want(self, who: str, goals: dict[NamedTuple, int]) -> list[Tape]:
        """Say what a session wants from now on, and read those tapes; a sentence for what cannot be run.

        An empty dictionary wants nothing: what others want goes on.
        """
        with self._lock:
            tapes = [self._tape(spec) for spec in goals]
            self._wants[who] = Want(goals, self._clock() + PATIENCE)
        self._start()
        return tapes

    def tape(self, spec: NamedTuple) -> Tape:
        """What is recorded of a run, be it nothing; a sentence for what cannot be run."""
        with self._lock:
            return self._tape(spec)

    def place(self, spec: NamedTuple) -> int:
        """How many runs have their turn before this one's next; 0 while it is computed or not wanted."""
        with self._lock:
            waiting = self._in_line(self._goals())
            return waiting.index(spec) + 1 if spec in waiting else 0

    def __len__(self) -> int:
        """How many runs wait or are computed."""
        with self._lock:
            return len(self._in_line(self._goals())) + len(self._working)

    def _tape(self, spec) -> Tape:
        if spec not in self._tapes:
            tape = blank(spec, first(spec))
            self._drop()
            self._tapes[spec] = tape
        self._tapes.move_to_end(spec)
        return self._tapes[spec]

    def _goals(self) -> dict[NamedTuple, int]:
        """How far each run is wanted by those who were heard of lately."""
        now, goals = self._clock(), {}
        self._wants = {who: want for who, want in self._wants.items() if want.until > now}
        for want in self._wants.values():
            for spec, goal in want.goals.items():
                goals[spec] = max(goal, goals.get(spec, 0))
        return goals

    def _in_line(self, goals: dict[NamedTuple, int]) -> list[NamedTuple]:
        """The runs that wait, in the order of their turns; new ones, and who had a turn, come last."""
        asked = [spec for spec in dict.fromkeys([*self._waiting, *goals]) if spec not in self._working]
        self._waiting = [spec for spec in asked if self._is_wanted(spec, goals.get(spec, 0))]
        return self._waiting

    def _is_wanted(self, spec, goal: int) -> bool:
        tape = self._tapes.get(spec)
        return tape is not None and not tape.broke and tape.steps < goal

    def _start(self) -> None:
        """Give turns to as many runs as there are workers; where there are none, one turn here and now."""
        while turn := self._turn():
            self._crew.submit(partial(self._ended, turn[0]), work, *turn)
            if self._crew.inline:
                return

    def _turn(self) -> tuple | None:
        """The next run, its state and the steps it may make; None where nothing waits or nobody is free."""
        with self._lock:
            goals = self._goals()
            waiting = self._in_line(goals)
            if not waiting or len(self._working) >= self._crew.size:
                return None
            spec = waiting.pop(0)
            self._working.add(spec)
            tape = self._tapes[spec]
            return spec, tape.state, turn_steps(tape, goals[spec])

    def _ended(self, spec, done: Done | Exception) -> None:
        with self._lock:
            tape = self._tapes[spec]
            if isinstance(done, Done):
                self._tapes[spec] = record(tape, done.chunk, done.seconds)
            else:
                self._tapes[spec] = tape._replace(broke=sentence(done))
            self._working.discard(spec)
        if not self._crew.inline:
            self._start()

    def _drop(self) -> None:
        """Make room for one tape more: forget those that were not read for longest."""
        held, goals = sum(map(size, self._tapes.values())), self._goals()
        for spec in list(self._tapes):
            if held <= MOST_BYTES and len(self._tapes) < MOST_TAPES:
                return
            if spec not in self._working and spec not in goals:
                held -= size(self._tapes.pop(spec))


def turn_steps(tape: Tape, goal: int) -> int:
    """The steps of a run's next turn: as many as fit into it, as far as is wanted, not past a stop."""
    fit = int(TURN * tape.steps / tape.seconds) if tape.seconds else 1
    return max(1, min(fit, next_stop(tape.steps) - tape.steps, goal - tape.steps))


def sentence(error: Exception) -> str:
    """What a run's page says where its workers could not go on."""
    if isinstance(error, LearnerError):
        return str(error)
    if isinstance(error, Lost):
        return "The workers that trained this run were lost again and again. Allowed: a smaller run."
    return f"This run ended with an error of the program: {type(error).__name__}."
