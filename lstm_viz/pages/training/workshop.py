"""What all sessions of the Training lab share: the line of runs, work done once for everybody, the crowd."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from lstm_viz.runs import Crew, Line, Tape
from lstm_viz.runs.key import key
from lstm_viz.runs.kinds import Done, work
from lstm_viz.training import Exam, Spec, State
from lstm_viz.training.exam import examine

SEQUENCES = 200
MOST = 200  # answers that are kept, those that were asked for last: numbers, and states of up to 200 kB
HEARD, USUAL_PACE, EACH = 6.0, 0.5, 0.04  # seconds


class Workshop:
    """Every method may be called by any session's thread; what takes long is done by the crew."""

    def __init__(self, crew: Crew):
        self.crew, self.line = crew, Line(crew)
        self._answers: OrderedDict[tuple, object] = OrderedDict()
        self._standing: dict[Spec, tuple[float, int, int]] = {}
        self._heard: dict[str, float] = {}
        self._lock = threading.Lock()

    def state(self, tape: Tape, step: int) -> State | None:
        """A run's state after exactly so many updates; None while a worker computes it again."""
        if step == tape.steps:
            return tape.state
        if step in tape.snapshots:
            return tape.snapshots[step]
        before = tape.snapshots[max(k for k in tape.snapshots if k < step)]
        done = self.ask((key(tape.spec), step), work, tape.spec, before, step - before.step)
        # Where even that failed, the state before it stands for it.
        return done.chunk.state if isinstance(done, Done) else None if done is None else before

    def exam(self, spec: Spec, state: State) -> float | None:
        """The test error of a run's weights; None while a worker computes it."""
        exam = Exam(spec.T, SEQUENCES)
        error = self.ask((key(spec), state.step, exam), examine, spec, state.params, exam)
        return math.nan if isinstance(error, Exception) else error

    def ask(self, name: tuple, fn: Callable, *args):
        """The answer to a question, or the exception; None until it is there. Asked once, answered to all."""
        with self._lock:
            if name in self._answers:
                self._answers.move_to_end(name)
                return self._answers[name]
            self._answers[name] = None
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        self.crew.submit(lambda answer: self._answers.__setitem__(name, answer), fn, *args)
        return self._answers.get(name)

    def waiting(self, name: tuple) -> bool:
        """Whether a question was asked and has no answer yet."""
        return self._answers.get(name, name) is None

    def forget(self, name: tuple) -> None:
        """Drop the answer to a question: whoever asks it next has it answered anew."""
        with self._lock:
            self._answers.pop(name, None)

    def standing(self, spec: Spec) -> tuple[int, int]:
        """A run's place in the line and how many there are, as they were half a second ago at most."""
        now, (at, *known) = time.monotonic(), self._standing.get(spec, (-math.inf, 0, 0))
        if now - at > USUAL_PACE:
            known = [self.line.place(spec), len(self.line)]
            with self._lock:
                fresh = {s: v for s, v in self._standing.items() if now - v[0] < HEARD}
                self._standing = fresh | {spec: (now, *known)}
        return tuple(known)

    def pace(self, who: str) -> float:
        """Seconds after which a session should look again: the more are looking, the longer."""
        now = time.monotonic()
        with self._lock:
            self._heard[who] = now
            self._heard = {who: at for who, at in self._heard.items() if now - at < HEARD}
            return max(USUAL_PACE, EACH * len(self._heard))
