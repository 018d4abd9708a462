"""Reference vectors: what another implementation computed, compared with the engine, array by array.

A file says in `meta` what was run: one run of a cell, a padded batch (it holds `lengths`) or a training
run (`steps` in meta); tests/golden/README.md has the format. Every array is an input or is compared.
"""

import json
import math
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import Cell, parse
from lstm_viz.engine import Gradients, Trace, backprop, run
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward
from lstm_viz.training.optimisers import adam, begin, clip_by_norm

LIMIT, TRAINING_LIMIT = 1e-9, 1e-7
MAX_NUMBERS, MAX_STEPS, MAX_SIGNALS = 5_000_000, 20_000, 20_000_000


class VectorError(LearnerError):
    """A file that is no reference vector: what is wrong with it, in a sentence."""


class Finding(NamedTuple):
    """A file's greatest relative error, the array it was in, how many were compared, the error allowed."""

    error: float
    array: str
    compared: int
    limit: float


def add_arguments(parser) -> None:
    """The arguments of the command `verify`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .npz of reference vectors")


def main(args) -> int:
    """Print a line for each file and a summary; 1 where a file failed, else 0."""
    failed = 0
    for path in args.files:
        try:
            found = compare(path)
            good = found.error <= found.limit
            over = "" if good else f", more than {found.limit:g}"
            line = f"{found.error:.1e} in {found.array}{over} ({found.compared} arrays)"
        except LearnerError as error:
            good, line = False, str(error)
        failed += not good
        print(f"{'ok  ' if good else 'FAIL'}  {printable(str(path), 200)}: {line}")
    passed = len(args.files) - failed
    print(f"{passed} file{'s' * (passed != 1)} passed, {failed} failed")
    return int(failed > 0)


def compare(path: Path) -> Finding:
    """Do what the file describes and compare all that it holds; LearnerError where that cannot be done."""
    arrays = read(path)
    meta = read_meta(arrays.pop("meta", None))
    cell, training = known_cell(meta.get("cell")), "steps" in meta
    sizes = read_sizes(meta, cell, ("T", "B", "D", "H") + ("steps",) * training)
    shapes = training_inputs(cell) if training else run_inputs(cell, arrays)
    given = {name: take(arrays, name, [sizes[s] for s in shape]) for name, shape in shapes.items()}
    with np.errstate(all="ignore"):
        results = (train if training else padded if "lengths" in arrays else plain)(cell, given, meta)
        errors = relative_errors(arrays, results, given)
    worst = max(errors, key=lambda name: (math.isnan(errors[name]), errors[name]))
    return Finding(errors[worst], worst, len(errors), TRAINING_LIMIT if training else LIMIT)


def relative_errors(arrays: dict, results: dict, given: dict) -> dict[str, float]:
    """max |a - b| / (1 + max |b|) for every array that is not an input; none may be unknown or missing."""
    for name in arrays:
        if name not in given and name not in results:
            raise VectorError(f"it holds ‘{printable(name)}’, which is nothing that this cell computes.")
    theirs = {n: take(arrays, n, np.shape(r)) for n, r in results.items() if n in arrays or "gate_" not in n}
    return {n: float(np.max(np.abs(results[n] - b)) / (1 + np.max(np.abs(b)))) for n, b in theirs.items()}


# What the three kinds of file hold: shapes of inputs, and results, both in the conventions of the files:
# (T, B, H) where the engine has (T, H, B), and (H,) where it has (H, 1).


def run_inputs(cell: Cell, arrays: dict) -> dict[str, tuple[str, ...]]:
    """Inputs of one run, padded or not, and their shapes."""
    params = {p: columns_of(cell.shapes[p]) for p in cell.params}
    initial = {f"{s}0": ("B", "H") for s in cell.states}
    ends = {f"G_{s}T": ("B", "H") for s in cell.states if f"G_{s}T" in arrays}
    lengths = {"lengths": ("B",)} | ends if "lengths" in arrays else {}
    return {"x": ("T", "B", "D"), "G": ("T", "B", "H")} | params | initial | lengths


def training_inputs(cell: Cell) -> dict[str, tuple[str, ...]]:
    """Inputs of a training run and their shapes."""
    params = {f"{p}_start": columns_of(cell.shapes[p]) for p in cell.params}
    readout = {"W_y_start": ("1", "H"), "b_y_start": ("1",)}
    return {"X": ("steps", "T", "B", "D"), "Y": ("steps", "B")} | params | readout


def columns_of(shape: tuple[str, str]) -> tuple[str, ...]:
    """A parameter's shape in a file: one column is no axis."""
    return tuple(letter for letter in shape if letter != "1")


def plain(cell: Cell, given: dict, _meta: dict) -> dict:
    """One run with the loss sum(h * G)."""
    trace, grads = there_and_back(cell, given, given["x"], {"h": given["G"]})
    results = {"loss": np.sum(given["G"] * turned(trace.values["h"]))}
    for e in cell.equations:
        name = e.name if e.name in (*cell.states, "h") else f"gate_{e.name}"
        results |= {name: turned(trace.values[e.name]), f"d{name}": turned(grads.signals[e.name])}
    return results | ends_of(grads, given)


def padded(cell: Cell, given: dict, _meta: dict) -> dict:
    """Sequences of their own lengths: y is zero after the end, sT the state there.

    The loss is sum(y * G) + sum(sT * G_sT) over the states. Time runs one way, so all sequences can run to
    T together: what comes after an end has no cotangent and changes nothing.
    """
    T, lengths = len(given["x"]), given["lengths"]
    if not np.isin(lengths, np.arange(T + 1)).all():
        raise VectorError(f"lengths are not whole numbers from 0 to T = {T}.")
    real = (np.arange(T)[:, None] < lengths)[..., None]
    end = (np.arange(T + 1)[:, None] == lengths)[..., None]
    seeds = {s: end * given.get(f"G_{s}T", 0.0) * np.ones_like(given[f"{s}0"]) for s in cell.states}
    seeds["h"][1:] += real * given["G"]
    trace, grads = there_and_back(cell, given, real * given["x"], {s: d[1:] for s, d in seeds.items()})
    states = {s: np.concatenate([given[f"{s}0"][None], turned(trace.values[s])]) for s in cell.states}
    results = {"loss": sum(np.sum(seeds[s] * states[s]) for s in cell.states), "y": real * states["h"][1:]}
    results |= {f"{s}T": np.sum(end * states[s], axis=0) for s in cell.states} | ends_of(grads, given)
    return results | {f"d{s}0": results[f"d{s}0"] + seeds[s][0] for s in cell.states}


def train(cell: Cell, given: dict, meta: dict) -> dict:
    """Training steps from given weights on given batches: readout at the last step, squared error, Adam."""
    clip, rate = positive(meta, "clip"), positive(meta, "lr")
    names = [name.removesuffix("_start") for name in given if name.endswith("_start")]
    state, history = begin({name: column(given[f"{name}_start"]) for name in names}), []
    for X, Y in zip(given["X"], given["Y"], strict=True):
        trace, y = forward(cell, state.params, turned(X))
        value, dy = loss("squared", "end", y, np.broadcast_to(Y, y.shape))
        grads, norm = clip_by_norm(backward(trace, state.params, dy).params, clip)
        state = adam(state, grads, rate)
        history.append((value, norm))
    weights = {f"{n}_end": state.params[n].reshape(given[f"{n}_start"].shape) for n in names}
    return dict(zip(("losses", "grad_norms"), np.transpose(history), strict=True)) | weights


def there_and_back(cell: Cell, given: dict, x: np.ndarray, seeds: dict) -> tuple[Trace, Gradients]:
    """Run the cell over x and send the seeds back, all of them as in the files."""
    params = {p: column(given[p]) for p in cell.params}
    trace = run(cell, params, turned(x), {s: given[f"{s}0"].T for s in cell.states})
    return trace, backprop(trace, {s: turned(d) for s, d in seeds.items()})


def ends_of(grads: Gradients, given: dict) -> dict:
    """The gradients at the ends of a run: inputs, parameters, initial states."""
    params = {f"d{p}": d.reshape(given[p].shape) for p, d in grads.params.items()}
    return {"dx": turned(grads.signals["x"])} | params | {f"d{s}0": d.T for s, d in grads.initial.items()}


def turned(signal: np.ndarray) -> np.ndarray:
    """(T, B, H) of a file as (T, H, B) of the engine, or the other way round."""
    return signal.swapaxes(-1, -2)


def column(param: np.ndarray) -> np.ndarray:
    """A parameter of a file as the engine has it."""
    return param if param.ndim == 2 else param.reshape(-1, 1)


# Reading a file that anyone may have written: nothing in it is believed, nothing large is unpacked.


def read(path: Path) -> dict[str, np.ndarray]:
    """The arrays of an .npz, numbers as float64; VectorError for anything else."""
    try:
        if not path.is_file():
            raise VectorError("this is not a file." if path.exists() else "there is no such file.")
        with zipfile.ZipFile(path) as archive:
            members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
            if len(members) < len(archive.infolist()):
                raise VectorError("it holds two arrays of one name.")
            if sum(claimed_bytes(archive, name, info) for name, info in members.items()) > 8 * MAX_NUMBERS:
                raise VectorError(f"it claims to hold more than {MAX_NUMBERS:,} numbers.")
            return {name: read_array(archive, name, info) for name, info in members.items()}
    except LearnerError:
        raise
    except Exception as error:  # what a broken archive raises in zipfile, zlib and NumPy has no common base
        raise VectorError("it cannot be read as an .npz file.") from error


def claimed_bytes(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> int:
    """The size of an array by its header; only deflate and header version 1.0, whose sizes are bounded."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise VectorError(f"‘{printable(name)}’ is packed in a way that NumPy does not use.")
    with archive.open(info) as stream:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise VectorError(f"‘{printable(name)}’ is not a plain NumPy array.")
        shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.hasobject:
        raise VectorError(f"‘{printable(name)}’ holds pickled objects, which are never loaded.")
    if not (dtype.kind == "U" if name == "meta" else dtype.kind in "fiu" and dtype.itemsize <= 8):
        raise VectorError(
            f"‘{printable(name)}’ has the type {printable(str(dtype))}, not numbers of 64 bits or fewer."
        )
    return math.prod(map(abs, shape)) * max(8, dtype.itemsize)


def read_array(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> np.ndarray:
    """One array: all of it and nothing more."""
    with archive.open(info) as stream:
        array = np.lib.format.read_array(stream, allow_pickle=False)
        if stream.read(1):
            raise VectorError(f"‘{printable(name)}’ goes on after its last number.")
    return array if name == "meta" else array.astype(np.float64)


def read_meta(array: np.ndarray | None) -> dict:
    """What `meta` says."""
    if array is None:
        raise VectorError("meta is missing.")
    try:
        meta = json.loads(array.item())
    except (ValueError, RecursionError):
        raise VectorError("meta is not JSON.") from None
    if not isinstance(meta, dict):
        raise VectorError("meta is not a JSON object.")
    return meta


def known_cell(name) -> Cell:
    """The library's cell of that name."""
    if not isinstance(name, str) or name not in LIBRARY:
        raise VectorError(
            f"no cell named ‘{printable(str(name))}’ in the library; known: {', '.join(LIBRARY)}."
        )
    return parse(LIBRARY[name].equations)


def read_sizes(meta: dict, cell: Cell, names: tuple) -> dict[str, int]:
    """The sizes that meta gives, within what can be run here."""
    for name in names:
        size = meta.get(name)
        if type(size) is not int or not 1 <= size <= MAX_NUMBERS:
            raise VectorError(f"meta gives no whole number from 1 to {MAX_NUMBERS:,} as {name}.")
    sizes = {"1": 1} | {name: meta[name] for name in names}
    if sizes["T"] * sizes.get("steps", 1) > MAX_STEPS:
        raise VectorError(f"it has more than {MAX_STEPS:,} time steps.")
    if sizes["T"] * sizes["B"] * sizes["H"] * len(cell.nodes) > MAX_SIGNALS:
        raise VectorError(f"its run would compute more than {MAX_SIGNALS:,} numbers.")
    return sizes


def positive(meta: dict, name: str) -> float:
    """A setting of the training run."""
    value = meta.get(name)
    if type(value) not in (int, float) or not 0 < value < 1e300:
        raise VectorError(f"meta gives no positive number as {name}.")
    return float(value)


def take(arrays: dict, name: str, shape) -> np.ndarray:
    """The array of that name and shape, each number finite."""
    if name not in arrays:
        raise VectorError(f"{name} is missing.")
    if arrays[name].shape != tuple(shape):
        got, want = ("×".join(map(str, s)) or "a number" for s in (arrays[name].shape, shape))
        raise VectorError(f"{name} has the shape {got}; by meta and the equations it is {want}.")
    if not np.isfinite(arrays[name]).all():
        raise VectorError(f"{name} holds a value that is not a finite number.")
    return arrays[name]


def printable(text: str, length: int = 40) -> str:
    """Text from outside, fit for one line of a terminal."""
    text = "".join(c if c.isprintable() else "?" for c in text[: length + 1])
    return text if len(text) <= length else text[: length - 1] + "…"
