"""Runs on disk: a folder in which each tape lies under the address of its run, runs/key.py.

A file is written whole or not at all, and what it gives goes on exactly as the run would have. It may come
from anyone: it is read without pickle, its size is known before it is read, and what is wrong with it is
said in one sentence.
"""

import io
import json
import math
import re
import struct
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstm_viz.errors import LearnerError
from lstm_viz.files import write_whole
from lstm_viz.runs.key import ERA, key
from lstm_viz.runs.kinds import KINDS, first
from lstm_viz.runs.pack import Foreign, Pile, alike, pack, unpack
from lstm_viz.runs.tape import Tape, thinned

MAX_FILE, MOST_KEPT, MAX_SENTENCE = 200_000_000, 50_000_000, 1000
# What np.savez writes for a row of bytes.
HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '\|u1', 'fortran_order': False, 'shape': \((\d{1,10}),\), \} *\n",
    re.DOTALL,
)
MEMBERS = ("tree.npy", "numbers.npy")
DAMAGED = (
    *(zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, struct.error),
    *(ValueError, TypeError, OverflowError, IndexError, MemoryError),
)


def path_of(folder: Path, spec: NamedTuple) -> Path:
    """Where the tape of a run lies."""
    return folder / f"{key(spec)}.npz"


def save(folder: Path, tape: Tape) -> Path:
    """Keep a tape, whole or not at all, in a folder that is made where there is none; where it lies now."""
    path, pile = path_of(folder, tape.spec), Pile(bytearray(), {})
    tape = thinned(tape, MOST_KEPT)
    tree = json.dumps([ERA, pack(tape._replace(spec=repr(tape.spec)), pile)]).encode()
    if len(tree) + len(pile.data) > MAX_FILE // 2:
        raise LearnerError("The state of this run is too large to be kept. Allowed: a smaller run.")
    file, rows = io.BytesIO(), [np.frombuffer(data, np.uint8) for data in (tree, pile.data)]
    np.savez(file, **dict(zip(("tree", "numbers"), rows, strict=True)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LearnerError(f"{folder} cannot be made: {error.strerror}. Allowed: a folder.") from error
    write_whole(path, file.getvalue())
    return path


def load(folder: Path, spec: NamedTuple) -> Tape | None:
    """What is kept of a run, None where nothing is; a sentence for a file that cannot be used."""
    path = path_of(folder, spec)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_FILE + 1)
        tree, numbers = members(data)
        era, said = json.loads(tree)
        if era != ERA:
            raise Foreign("it is of another version of the program")
        return checked(unpack(said, numbers), spec)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(path, error.strerror or "it cannot be read") from error
    except Foreign as error:
        raise refusal(path, str(error)) from error
    except DAMAGED as error:
        raise refusal(path, "it is damaged") from error


def members(data: bytes) -> list[bytes]:
    """The two rows of bytes in a file: it is not compressed, so that none can grow as it is read."""
    if len(data) > MAX_FILE:
        raise Foreign(f"it has more than {MAX_FILE:,} bytes")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
        if [entry.filename for entry in entries] != [*MEMBERS] or not stored:
            raise Foreign("it is no tape")
        return [row(archive.read(entry)) for entry in entries]


def row(data: bytes) -> bytes:
    """The bytes in an npy file of bytes."""
    header = HEADER.match(data)
    if header is None or int(header[1]) != len(data) - header.end():
        raise Foreign("it is no tape")
    return data[header.end() :]


def checked(tape, spec: NamedTuple) -> Tape:
    """The tape with its description; Foreign where it is not one of that run, whole and in order."""
    if not isinstance(tape, Tape) or tape.spec != repr(spec):
        raise Foreign("it is not a tape of this run")
    start, states = first(spec), tape.snapshots
    states = states if isinstance(states, dict) and 0 in states else {0: None}
    if not all(grown(start, state, step) for step, state in states.items()):
        raise Foreign("its snapshots are not those of this run")
    if not grown(start, tape.state, getattr(tape.state, "step", None)):
        raise Foreign("its state is not one of this run")
    if not measured(tape.metrics, tape.steps, KINDS[type(spec)].metrics(spec)):
        raise Foreign("its measurements are not those of this run")
    if type(tape.seconds) is not float or not 0 <= tape.seconds < math.inf:
        raise Foreign("its time is none")
    if not isinstance(tape.broke, str) or len(tape.broke) > MAX_SENTENCE:
        raise Foreign("its end is none")
    return tape._replace(spec=spec)


def grown(start: NamedTuple, state, step) -> bool:
    """Whether a state can be that of a run after so many steps."""
    fits = alike(start, state) and type(step) is int and state.step == step >= 0
    return fits and kept_alike(getattr(state, "kept", {}), getattr(state, "params", {}))


def kept_alike(kept, params: dict) -> bool:
    """Whether what an optimiser keeps are tuples of arrays, each like the parameter that it is kept of."""
    return isinstance(kept, dict) and all(
        name in params and isinstance(arrays, tuple) and all(alike(params[name], a) for a in arrays)
        for name, arrays in kept.items()
    )


def measured(metrics, steps: int, kind: type) -> bool:
    """Whether metrics are of that kind, each an array of one number a step."""
    if metrics is None:
        return steps == 0
    return type(metrics) is kind and all(
        isinstance(column, np.ndarray) and column.shape == (steps,) and column.dtype.kind == "f"
        for column in metrics
    )


def refusal(path: Path, problem: str) -> LearnerError:
    """The sentence about a file that cannot be used."""
    allowed = "what this program wrote there; without the file, the run begins anew"
    return LearnerError(f"{path}: {problem}. Allowed: {allowed}.")
