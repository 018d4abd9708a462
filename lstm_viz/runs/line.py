"""The line in front of the workers: runs that are wanted take turns, whoever and however many want them.

A run is known by its description: sessions that want the same one share its tape, and it gets its turns like
any other. Whoever had fewest turns is next; one that took longer counts as several. A session says again and
again what it wants; one that falls silent wants nothing more.
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
from lstm_viz.runs.tape import Tape, blank, next_stop, record, size, thinned

TURN = 0.15  # seconds that a turn should take
PATIENCE = 6.0  # seconds after which a silent session wants nothing more
# What all tapes may hold, and what one is thinned to before another is forgotten.
MOST_BYTES, MOST_TAPES, THIN = 128_000_000, 300, 1_000_000


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
        self._waiting: list[NamedTuple] = []  # who came first stands in front
        self._working: set[NamedTuple] = set()
        self._turns: dict[NamedTuple, int] = {}  # had by who waits or works; the new have the fewest
        self._sizes: dict[NamedTuple, int] = {}
        self._lost: dict[NamedTuple, str] = {}  # why a run's workers could not go on

    def want(self, who: str, goals: dict[NamedTuple, int]) -> list[Tape]:
        """Say what a session wants from now on, and read those tapes; a sentence for what cannot be run.

        An empty dictionary wants nothing: what others want goes on. What its workers could not go on with is
        tried again when somebody wants it who did not before.
        """
        with self._lock:
            before = self._wants[who].goals if who in self._wants else {}
            for spec in goals.keys() - before.keys():
                self._lost.pop(spec, None)
            tapes = [self._tape(spec) for spec in goals]
            self._wants[who] = Want(goals, self._clock() + PATIENCE)
        self._start()
        return tapes

    def tape(self, spec: NamedTuple) -> Tape:
        """What is recorded of a run, be it nothing; a sentence for what cannot be run."""
        with self._lock:
            return self._tape(spec)

    def place(self, spec: NamedTuple) -> int:
        """A run's place among those that wait, 1 being the next; 0 while it is computed or not wanted."""
        with self._lock:
            waiting = self._in_line(self._goals())
            return waiting.index(spec) + 1 if spec in waiting else 0

    def __len__(self) -> int:
        """How many runs wait or are computed."""
        with self._lock:
            return len(self._in_line(self._goals())) + len(self._working)

    def _tape(self, spec) -> Tape:
        if spec not in self._tapes:
            self._keep(spec, blank(spec, first(spec)))
        self._tapes.move_to_end(spec)
        tape = self._tapes[spec]
        return tape._replace(broke=self._lost[spec]) if spec in self._lost else tape

    def _keep(self, spec, tape: Tape) -> None:
        self._tapes[spec], self._sizes[spec] = tape, size(tape)
        self._make_room(spec)

    def _goals(self) -> dict[NamedTuple, int]:
        """How far each run is wanted by those who were heard of lately."""
        now, goals = self._clock(), {}
        self._wants = {who: want for who, want in self._wants.items() if want.until > now}
        for want in self._wants.values():
            for spec, goal in want.goals.items():
                goals[spec] = max(goal, goals.get(spec, 0))
        return goals

    def _in_line(self, goals: dict[NamedTuple, int]) -> list[NamedTuple]:
        """The runs that wait, in the order of their turns."""
        asked = [spec for spec in dict.fromkeys([*self._waiting, *goals]) if spec not in self._working]
        waiting = [spec for spec in asked if self._is_wanted(spec, goals.get(spec, 0))]
        known = {spec: self._turns[spec] for spec in (*waiting, *self._working) if spec in self._turns}
        fewest = min(known.values(), default=0)
        self._turns = known | {spec: fewest for spec in waiting if spec not in known}
        self._waiting = sorted(waiting, key=self._turns.get)
        return self._waiting

    def _is_wanted(self, spec, goal: int) -> bool:
        tape = self._tapes.get(spec)
        return tape is not None and not tape.broke and spec not in self._lost and tape.steps < goal

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
            if isinstance(done, Done):
                self._turns[spec] = self._turns.get(spec, 0) + max(1, round(done.seconds / TURN))
                self._keep(spec, record(self._tapes[spec], done.chunk, done.seconds))
            else:
                self._lost[spec] = sentence(done)
            self._working.discard(spec)
        if not self._crew.inline:
            self._start()

    def _make_room(self, newest) -> None:
        """Where tapes hold too much, thin those that were not read for longest, then forget them."""
        for most in (THIN, 0):
            for spec in [spec for spec in self._tapes if spec != newest]:
                if sum(self._sizes.values()) <= MOST_BYTES and len(self._tapes) <= MOST_TAPES:
                    return
                goals = self._goals()
                if most:
                    self._tapes[spec] = thinned(self._tapes[spec], most)
                    self._sizes[spec] = size(self._tapes[spec])
                elif spec not in self._working and spec not in goals:
                    del self._tapes[spec], self._sizes[spec]


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
