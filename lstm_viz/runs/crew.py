"""A crew of workers: chunks are submitted to it, and one that was lost with its worker is done again."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.runs.executors import Inline

TRIES = 3


class Lost(Exception):
    """A chunk that was lost with its worker as often as it was tried."""


class NoWorkers(BrokenExecutor):
    """There are none, and `why` is the sentence on it, or what went wrong."""

    def __init__(self, why: Exception):
        super().__init__(str(why))
        self.why = why


class Chore(NamedTuple):
    """A chunk to be computed: who hears of it, what it is, and how often it may still be tried."""

    done: Callable[[object], None]
    fn: Callable
    args: tuple
    tries: int


class Crew:
    """Workers made by `make`, made anew where they are lost. `size` is how many chunks there are at a time.

    A worker process that dies takes its whole pool along, and every chunk in it. Which of them did it nobody
    can say: so each is done again, one after the other, in a pool of its own. A chunk that kills whoever
    takes it ends after TRIES, and the others go on.
    """

    def __init__(self, make: Callable[[], Executor], size: int | None = None):
        self._size, self._closed = size, False
        self._make, self._executor, self._lock = make, None, threading.RLock()
        self._suspects: deque[Chore] = deque()
        self._alone = False

    @property
    def size(self) -> int:
        """How many chunks are computed at a time: the number given, or as many as the workers say."""
        return self._size or getattr(self._current(), "size", 1)

    @property
    def empty(self) -> bool:
        """Whether there are no workers now, so that chunks wait until some come."""
        return getattr(self._current(), "empty", False)

    @property
    def inline(self) -> bool:
        """Whether what is submitted is computed at once, by whoever submits it."""
        return isinstance(self._current(), Inline)

    def submit(self, done: Callable[[object], None], fn: Callable, *args) -> None:
        """Compute fn(*args); `done` is called with the result, or with the exception that it ended with."""
        if not self._closed:
            chore = Chore(done, fn, args, TRIES)
            _hand(chore, self._current, lambda executor, future: self._ended(chore, executor, future))

    def close(self) -> None:
        """Let the workers go; what they have not begun is never done, nor heard of."""
        with self._lock:
            self._closed = True
            self._suspects.clear()
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _ended(self, chore: Chore, executor: Executor | None, future: Future) -> None:
        said = _said(future)
        if not _is_loss(said):
            chore.done(said)
            return
        with self._lock:
            if self._closed:
                return
            if self._executor is executor:
                self._executor = None
                _release(executor, said)
            self._suspects.append(chore._replace(tries=chore.tries - 1))
        self._examine()

    def _examine(self) -> None:
        """Have the next suspect done in a pool that it has for itself, if none is being done."""
        with self._lock:
            if self._alone or self._closed or not self._suspects:
                return
            self._alone, chore = True, self._suspects.popleft()
        _hand(chore, self._make, lambda executor, future: self._examined(chore, executor, future))

    def _examined(self, chore: Chore, executor: Executor | None, future: Future) -> None:
        said = _said(future)
        _release(executor, said)
        lost, again = _is_loss(said), chore.tries > 1
        with self._lock:
            self._alone = False
            if lost and again and not self._closed:
                self._suspects.append(chore._replace(tries=chore.tries - 1))
        if not (lost and again):
            chore.done(_told(said) if lost else said)
        self._examine()

    def _current(self) -> Executor:
        with self._lock:
            if self._closed:
                return Inline()
            if self._executor is None:
                self._executor = self._make()
            return self._executor


def _hand(
    chore: Chore, make: Callable[[], Executor], ended: Callable[[Executor | None, Future], None]
) -> None:
    """Give a chunk to the workers that `make` has; `ended` hears of its end, be it that there are none."""
    executor = None
    try:
        executor = make()
        future = executor.submit(chore.fn, *chore.args)
    except (BrokenExecutor, RuntimeError, LearnerError) as error:
        future = Future()
        future.set_exception(NoWorkers(error))
    future.add_done_callback(lambda future: ended(executor, future))


def _said(future: Future) -> object:
    """A chunk's result, or the exception that it ended with."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        # A cluster says in its own words that a chunk's workers died again and again.
        return Lost(str(error)) if type(error).__name__ == "KilledWorker" else error


def _is_loss(said: object) -> bool:
    """Whether a chunk was lost on the way, through no word of its own."""
    return isinstance(said, BrokenExecutor | CancelledError | OSError)


def _told(loss: Exception) -> Exception:
    """What is said of a chunk that was lost too often: where there are no workers, the sentence on that."""
    why = getattr(loss, "why", None)
    return why if isinstance(why, LearnerError) else Lost(str(loss))


def _release(executor: Executor | None, said: object) -> None:
    """Let workers go; broken processes end by themselves, while the pool's own lock is held."""
    if executor is not None and not isinstance(said, BrokenExecutor):
        executor.shutdown(wait=False)
