"""Workspaces that nobody uses at the moment, and those lent to results for as long as somebody sees these."""

import weakref
from collections.abc import Callable

import numpy as np

# What lies idle in all pools together, in bytes, at most.
LIMIT = 128 << 20
# So many small things, or small bytes, are never too many.
MANY, SMALL = 64, 1 << 20


class Pool:
    """Things to be taken and given back, from any thread; a thing is used by one at a time."""

    # All idle things with their pools and sizes, the longest idle first.
    _idle: dict[int, tuple] = {}

    def __init__(self):
        self._things: dict[int, object] = {}

    def take(self, make: Callable[[], object], fits: Callable[[object], bool] = bool):
        """A thing that fits, made where none is idle."""
        try:
            key, thing = self._things.popitem()
        except KeyError:
            return make()
        Pool._idle.pop(key, None)
        return thing if fits(thing) else make()

    def give(self, thing, size: int) -> None:
        """Give back a thing of so many bytes; the longest idle go where there are too many."""
        Pool._idle[id(thing)] = self, size
        self._things[id(thing)] = thing
        if size > SMALL or len(Pool._idle) > MANY:
            prune(Pool._idle)

    def lend(self, thing, array: np.ndarray, steps: int) -> np.ndarray:
        """The first steps of a thing's array; the thing comes back when nobody sees them any more."""
        seen = np.ndarray((steps, *array.shape[1:]), array.dtype, memoryview(array))
        weakref.finalize(seen, self.give, thing, array.nbytes).atexit = False
        return seen


def prune(idle: dict[int, tuple]) -> None:
    """Drop the things that are idle longest where all together are too large, or there are too many.

    Another thread may take one at any moment, and this one give another back: so nothing is expected of them.
    """
    for key, (pool, _) in list(idle.items()):
        if sum(size for _, size in list(idle.values())) <= LIMIT and len(idle) <= MANY:
            return
        idle.pop(key, None)
        pool._things.pop(key, None)
