"""States as plain data: a tree for JSON and one row of bytes, from which the same state is made again.

What comes back is equal bit for bit, in the types, the order and the layout that it had. A state is made of
arrays, NamedTuples of this program, tuples, dicts, numbers, texts and None; arrays that occur twice are kept
once. Nothing that is read is ever executed: whatever is not such a tree is Foreign, or another error.
"""

import math
import re
import sys
from typing import NamedTuple

import numpy as np

OWN = "lstm_viz."
KIND = re.compile(r"[<>|][fiubc]\d{1,2}")
PLAIN = bool | int | float | str | None
MAX_SIZE = 2**40
ARRAY, SCALAR, NAMED, DICT = "array", "scalar", "named", "dict"


class Foreign(ValueError):
    """What is no state, with the reason."""


class Pile(NamedTuple):
    """The bytes of all arrays, one behind the other, and where each array lies, by its id."""

    data: bytearray
    places: dict[int, list]


def pack(part, pile: Pile):
    """The tree of a part of a state; its arrays go on the pile."""
    if isinstance(part, np.ndarray):
        return {ARRAY: placed(part, pile)}
    if isinstance(part, np.generic):
        return {SCALAR: placed(np.asarray(part), pile)}
    if isinstance(part, PLAIN):
        return part
    if isinstance(part, dict):
        return {DICT: [[pack(key, pile), pack(value, pile)] for key, value in part.items()]}
    if isinstance(part, tuple):
        items = [pack(item, pile) for item in part]
        kind = type(part)
        return items if kind is tuple else {NAMED: [f"{kind.__module__}.{kind.__name__}", *items]}
    raise TypeError(f"A state cannot hold a {type(part).__name__}.")


def unpack(tree, data: bytes):
    """The part of a state that was packed."""
    if isinstance(tree, PLAIN):
        return tree
    if isinstance(tree, list):
        return tuple(unpack(item, data) for item in tree)
    if not isinstance(tree, dict) or len(tree) != 1:
        raise Foreign("a part of it is of no known kind")
    ((tag, said),) = tree.items()
    if tag == ARRAY:
        return array(said, data)
    if tag == SCALAR:
        return array(said, data)[()]
    if tag == DICT:
        return {unpack(key, data): unpack(value, data) for key, value in said}
    if tag == NAMED:
        name, *items = said
        return named(name, [unpack(item, data) for item in items])
    raise Foreign("a part of it is of no known kind")


def placed(part: np.ndarray, pile: Pile) -> list:
    """The kind, layout, place and shape of an array on the pile, where it is put if it is not there."""
    if KIND.fullmatch(part.dtype.str) is None:
        raise TypeError(f"A state cannot hold an array of {part.dtype}.")
    if id(part) not in pile.places:
        order = "F" if part.flags.f_contiguous and not part.flags.c_contiguous else "C"
        pile.places[id(part)] = [part.dtype.str, order, len(pile.data), *part.shape]
        pile.data.extend(part.tobytes(order))
    return pile.places[id(part)]


def array(place: list, data: bytes) -> np.ndarray:
    """The array that lies at a place; it owns its numbers."""
    kind, order, start, *shape = place
    if not all(type(n) is int and 0 <= n <= MAX_SIZE for n in (start, *shape)) or order not in ("C", "F"):
        raise Foreign("an array of it does not lie where it should")
    if not isinstance(kind, str) or KIND.fullmatch(kind) is None:
        raise Foreign("an array of it is of no known kind")
    dtype = np.dtype(kind)
    if len(shape) > 8 or start + math.prod(shape) * dtype.itemsize > len(data):
        raise Foreign("an array of it does not lie where it should")
    part = np.frombuffer(data, np.uint8)[start : start + math.prod(shape) * dtype.itemsize]
    return part.copy().view(dtype).reshape(shape, order=order)


def named(name: str, items: list):
    """A NamedTuple of this program with those items."""
    module, _, short = str(name).rpartition(".")
    kind = getattr(sys.modules.get(module), short, None) if module.startswith(OWN) else None
    if not (
        isinstance(kind, type) and issubclass(kind, tuple) and len(getattr(kind, "_fields", ())) == len(items)
    ):
        raise Foreign(f"it holds “{str(name)[-30:]}”, which is no part of a state")
    return kind(*items)


def alike(pattern, part) -> bool:
    """Whether a part could have grown from a pattern: the same types, names and shapes.

    What is empty in the pattern, and None, may have become anything, and a plain tuple may be longer.
    """
    if isinstance(pattern, np.ndarray):
        fits = isinstance(part, np.ndarray) and part.dtype == pattern.dtype
        return fits and (part.shape == pattern.shape or not pattern.size)
    if pattern is None or (isinstance(pattern, tuple | dict) and not pattern):
        return True
    if isinstance(pattern, dict):
        fits = isinstance(part, dict) and list(part) == list(pattern)
        return fits and all(alike(pattern[name], part[name]) for name in pattern)
    if isinstance(pattern, tuple):
        longer = len(part) - len(pattern) if type(part) is type(pattern) else -1
        fits = longer == 0 or (longer > 0 and type(pattern) is tuple)
        return fits and all(map(alike, pattern, part))
    if isinstance(pattern, int | float) and not isinstance(pattern, bool | np.generic):
        return type(part) in (int, float)
    return type(part) is type(pattern)
