"""`python -m benchmarks.engine`: the engine's speed beside what else there is, its growth, its memory.

All on one thread, all in one run, in turns. Times are forward and full backward, in milliseconds of the
processor: the gradients of x, of all parameters and of the initial states; ONNX Runtime forward alone.
`--json` prints the LSTM's table as a list of {B, T, D, H, dtype, ms: {ours, naive_numpy, fused_numpy, torch,
onnxruntime}}, null where something is not installed or cannot do it.
"""

import argparse
import json
import sys
import tracemalloc
from collections.abc import Iterator

import numpy as np

from benchmarks import contest
from benchmarks.contest import Data, Size, data, ours, take_turns
from benchmarks.row import Row
from lstm_viz import fast
from lstm_viz.fast import forward
from lstm_viz.library import LIBRARY

SIZES = [
    Size(*s)
    for s in (
        *((1, 50, 4, 8), (1, 100, 8, 16), (1, 1000, 4, 16)),
        *((32, 100, 2, 32), (32, 200, 8, 64), (64, 100, 32, 128)),
    )
]
# Where it is promised to be 0.9 times as fast as PyTorch in 32 bits.
AS_TORCH = (SIZES[1], SIZES[5])
DOUBLE, SINGLE = np.dtype(np.float64), np.dtype(np.float32)
NAMES = ("ours", "naive_numpy", "fused_numpy", "torch", "onnxruntime")

# The library's LSTM as a learner may change it: other names, another order.
EDITED = """
a = tanh(W_a @ x + U_a @ h_prev + b_a)
forget = sigmoid(W_k @ x + U_k @ h_prev + b_k)
put = sigmoid(W_p @ x + U_p @ h_prev + b_p)
memory = put * a + forget * memory_prev
show = sigmoid(W_s @ x + U_s @ h_prev + b_s)
h = tanh(memory) * show
"""


def lstm_rows(seconds: float) -> Iterator[dict]:
    """The LSTM at every size in both types, as `--json` prints it."""
    for size in SIZES:
        # Both types in one contest, so that any two can be compared.
        calls = {(k, n): c for k in (DOUBLE, SINGLE) for n, c in contest.lstm(size, k).items()}
        ms = take_turns(calls, seconds)
        for kind in (DOUBLE, SINGLE):
            yield {**size._asdict(), "dtype": kind.name, "ms": {n: ms[kind, n] for n in NAMES}}


def others(seconds: float) -> Iterator[tuple[str, Size, dict]]:
    """GRU and peephole beside the usual fused NumPy; an edited LSTM beside the library's."""
    for name, calls in (("GRU", contest.gru), ("peephole", contest.peephole)):
        for size in SIZES:
            yield name, size, take_turns(calls(size, DOUBLE), seconds)
    for size in SIZES:
        texts = {"library": LIBRARY["lstm"].equations, "edited": EDITED}
        yield (
            "edited LSTM",
            size,
            take_turns({n: ours(data(text, size, DOUBLE)) for n, text in texts.items()}, seconds),
        )


def growth(seconds: float) -> Iterator[tuple[Size, float]]:
    """Microseconds a step, as T grows and as B does."""
    longer = [Size(1, T, 4, 16) for T in (100, 1000, 10_000)]
    wider = [Size(B, 100, 4, 16) for B in (1, 8, 64, 512)]
    for sizes in (longer, wider):
        calls = {size: ours(data(LIBRARY["lstm"].equations, size, DOUBLE)) for size in sizes}
        for size, ms in take_turns(calls, seconds * len(sizes)).items():
            yield size, 1e3 * ms / size.T


def memory() -> Iterator[tuple[Size, float, float, float]]:
    """The megabytes of a trace, and the most that was in use for a run and its way back."""
    for size in (Size(1, 10_000, 4, 16), Size(32, 200, 8, 64), Size(64, 100, 32, 128)):
        d = data(LIBRARY["lstm"].equations, size, DOUBLE)
        yield size, *peak(d)


def peak(d: Data) -> tuple[float, float, float]:
    """The megabytes of a new trace, the most in use until it was made, and until its way back was."""
    forward.plan_of.cache_clear()
    forward.cached_plan.cache_clear()  # and with the plans all workspaces that lie idle
    tracemalloc.start()
    trace = fast.run(d.cell, d.params, d.x)
    run = tracemalloc.get_traced_memory()[1]
    fast.backprop(trace, {"h": d.G}, wanted=("x",))
    both = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return trace.whole.nbytes / 1e6, run / 1e6, both / 1e6


def ratios(found: list[dict]) -> Iterator[tuple[Size, str, float, float]]:
    """What is promised of the LSTM: size, beside whom, how many times as fast, at least how many."""
    ms = {(Size(*(r[k] for k in "BTDH")), r["dtype"], n): v for r in found for n, v in r["ms"].items()}
    for size in SIZES:
        asked = [("fused NumPy", "fused_numpy", DOUBLE, 4 if size.B == 1 else 1)]
        asked += [("textbook NumPy", "naive_numpy", DOUBLE, 10)] * (size.B == 1)
        asked += [("PyTorch", "torch", DOUBLE, 10)] * (size.B == 1)
        asked += [("PyTorch in 32 bits", "torch", SINGLE, 0.9)] * (size in AS_TORCH)
        for words, name, kind, least in asked:
            mine, its = ms[size, kind.name, "ours"], ms[size, kind.name, name]
            if its is not None:
                yield size, words, its / mine, least


def rows(seconds: float) -> list[Row]:
    """The rows of the table in README.md."""
    found = list(ratios(list(lstm_rows(seconds))))
    made = []
    for size in SIZES:
        its = [(f"{least}x {words}", ratio, least) for s, words, ratio, least in found if s == size]
        reached = ", ".join(f"{ratio:.2f}x" for _, ratio, _ in its)
        met = all(ratio >= least for _, ratio, least in its)
        target = ", ".join(words for words, *_ in its)
        made.append(Row(f"engine, LSTM (B, T, D, H) = {tuple(size)}, as fast as", target, reached, met, ""))
    made += [other_row(name, ratios) for name, ratios in grouped(others(seconds)).items()]
    steps = list(growth(seconds))
    longer, wider = steps[:3], [(size, step / size.B) for size, step in steps[3:]]
    for letter, its in (("T", longer), ("B", wider)):
        sizes = ", ".join(f"{getattr(size, letter):,}" for size, _ in its)
        reached = ", ".join(f"{step:.2f}" for _, step in its) + " µs a step and sequence"
        # Linear or better: what it costs at the largest is at most a fifth more than at the smallest.
        met = its[-1][1] <= 1.2 * its[0][1]
        made.append(Row(f"engine, cost at {letter} = {sizes}", "linear at most", reached, met, ""))
    used = [run / own for _, own, run, _ in memory()]
    reached = ", ".join(f"{times:.2f}x" for times in used)
    made.append(Row("engine, memory of a run", "<= 1.5x its trace", reached, max(used) <= 1.5, ""))
    return made


def grouped(measured: Iterator[tuple[str, Size, dict]]) -> dict[str, list[float]]:
    """By name, the second time over the first at each size."""
    found: dict[str, list[float]] = {}
    for name, _, ms in measured:
        first, second = ms.values()
        found.setdefault(name, []).append(second / first)
    return found


def other_row(name: str, ratios: list[float]) -> Row:
    """The row of a cell beside fused NumPy, or of the edited cell beside the library's, at all six sizes."""
    reached = ", ".join(f"{ratio:.2f}x" for ratio in ratios)
    if name == "edited LSTM":
        target = "<= 1.1x the library cell's time"
        return Row("engine, an edited cell at the same sizes", target, reached, max(ratios) <= 1.1, "")
    return Row(
        f"engine, {name} at the same sizes, as fast as", "1x fused NumPy", reached, min(ratios) >= 1, ""
    )


def show(seconds: float) -> None:
    """Everything as tables for people."""
    print(
        "(B, T, D, H)          dtype           "
        + "".join(f"{n:>13}" for n in NAMES)
        + "   ms, forward + full backward"
    )
    found = []
    for row in lstm_rows(seconds):
        found.append(row)
        print(line(tuple(row[k] for k in "BTDH"), row["dtype"], row["ms"].values()), flush=True)
    print("\nhow many times as fast, and what is promised")
    for size, words, ratio, least in ratios(found):
        print(line(tuple(size), words, [ratio]) + f"  >= {least}{'' if ratio >= least else '  MISSED'}")
    print("\n" + line("(B, T, D, H)", "", ["ours", "fused_numpy"]) + "   of the edited cell: library, edited")
    for name, size, ms in others(seconds):
        print(line(tuple(size), name, ms.values()), flush=True)
    print("\nmicroseconds a step")
    for size, step in growth(seconds):
        print(f"  {tuple(size)!s:22} {step:8.2f}   {step / size.B:8.2f} a sequence")
    print("\nMB of a trace; the most in use for the run, and for the way back too")
    for size, own, *used in memory():
        print(f"  {tuple(size)!s:22} {own:8.2f}" + "".join(f"{u:9.2f} ({u / own:.2f}x)" for u in used))


def line(size, name: str, cells) -> str:
    """One line of a table."""
    said = ("-" if v is None else v if isinstance(v, str) else f"{v:.3f}" for v in cells)
    return f"{size!s:22}{name:20}" + "".join(f"{text:>13}" for text in said)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the LSTM's times as JSON")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each contest (%(default)s)")
    args = parser.parse_args()
    if args.json:
        print(json.dumps(list(lstm_rows(args.seconds)), indent=1))
    else:
        show(args.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
