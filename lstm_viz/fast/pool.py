"""Workspaces that nobody uses at the moment, and those lent to results for as long as somebody sees these."""

import weakref
from collections.abc import Callable
from threading import RLock

import numpy as np

# What lies idle in all pools together, in bytes, at most.
LIMIT = 128 << 20


class Pool:
    """Things to be taken and given back, from any thread; a thing is used by one at a time."""

    # All idle things with their pools and sizes, the longest idle first. A thing may come back at any moment,
    # even while this thread is giving back another: so the lock can be taken twice.
    _lock, _idle, _bytes = RLock(), {}, 0

    def __init__(self):
        self._things: dict[int, object] = {}

    def take(self, make: Callable[[], object], fits: Callable[[object], bool] = bool):
        """A thing that fits, made where none is idle."""
        with Pool._lock:
            thing = next(reversed(self._things.values()), None)
            if thing is not None:
                self._drop(id(thing))
        return thing if thing is not None and fits(thing) else make()

    def give(self, thing, size: int) -> None:
        """Give back a thing of so many bytes; the longest idle go where there are too many."""
        with Pool._lock:
            self._things[id(thing)] = thing
            Pool._idle[id(thing)] = self, size
            Pool._bytes += size
            while Pool._bytes > LIMIT:
                key, (pool, _) = next(iter(Pool._idle.items()))
                pool._drop(key)

    def lend(self, thing, array: np.ndarray, steps: int) -> np.ndarray:
        """The first steps of a thing's array; the thing comes back when nobody sees them any more."""
        seen = np.ndarray((steps, *array.shape[1:]), array.dtype, memoryview(array))
        weakref.finalize(seen, self.give, thing, array.nbytes).atexit = False
        return seen

    def _drop(self, key: int) -> None:
        del self._things[key]
        Pool._bytes -= Pool._idle.pop(key)[1]
