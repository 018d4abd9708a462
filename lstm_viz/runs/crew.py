"""A crew of workers: chunks are submitted to it, and one that was lost with its worker is done again."""

import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future

from lstm_viz.errors import LearnerError
from lstm_viz.runs.executors import Inline

TRIES = 3


class Lost(Exception):
    """A chunk that was lost with its worker as often as it was tried."""


class Crew:
    """Workers made by `make`, made anew where they are lost. `size` is how many chunks there are at a time.

    A worker process that dies takes its whole pool along, and every chunk in it: each is submitted again to
    a new pool, TRIES times at most, so that a chunk that kills whoever takes it ends and the others go on.
    """

    def __init__(self, make: Callable[[], Executor], size: int | None = None):
        self._size, self._closed = size, False
        self._make, self._executor, self._lock = make, None, threading.Lock()

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
            self._try(done, fn, args, TRIES)

    def close(self) -> None:
        """Let the workers go; what they have not begun is never done, nor heard of."""
        with self._lock:
            self._closed = True
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _try(self, done, fn, args, tries: int) -> None:
        executor = None
        try:
            executor = self._current()
            future = executor.submit(fn, *args)
        except (BrokenExecutor, RuntimeError, LearnerError) as error:
            self._again(executor, error, done, fn, args, tries)
            return
        future.add_done_callback(lambda future: self._ended(executor, future, done, fn, args, tries))

    def _ended(self, executor, future: Future, done, fn, args, tries: int) -> None:
        try:
            result = future.result()
        except (BrokenExecutor, CancelledError, OSError) as error:
            self._again(executor, error, done, fn, args, tries)
        except Exception as error:
            # A cluster says in its own words that a chunk's workers died again and again.
            done(Lost(str(error)) if type(error).__name__ == "KilledWorker" else error)
        else:
            done(result)

    def _again(self, executor, error, done, fn, args, tries: int) -> None:
        with self._lock:
            if self._closed:
                return
            mine = self._executor is executor
            if mine:
                self._executor = None
        # Broken processes end by themselves, while the pool's own lock is held.
        if mine and executor is not None and not isinstance(error, BrokenExecutor):
            executor.shutdown(wait=False)
        if tries > 1:
            self._try(done, fn, args, tries - 1)
        else:
            done(error if isinstance(error, LearnerError) else Lost(str(error)))

    def _current(self) -> Executor:
        with self._lock:
            if self._closed:
                return Inline()
            if self._executor is None:
                self._executor = self._make()
            return self._executor
