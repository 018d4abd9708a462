"""The way back, quickly: the same gradients as engine.backprop, of every name that a reader can ask for."""

from collections.abc import Collection

import numpy as np

from lstm_viz import engine
from lstm_viz.engine import Gradients
from lstm_viz.fast.backplan import Back, make_back
from lstm_viz.fast.backspace import Backspace, make_backspace
from lstm_viz.fast.chunk import Chunk
from lstm_viz.fast.forward import Trace
from lstm_viz.fast.givens import Givens
from lstm_viz.fast.loops import play
from lstm_viz.fast.workspace import fill, fill_steps


def backprop(
    trace: Trace,
    seeds: dict[str, np.ndarray],
    cut: tuple[str, ...] = (),
    wanted: Collection[str] | None = None,
) -> Gradients:
    """As engine.backprop: dL/d everything, given the loss's own dL/d of some signals (T, rows, …, B).

    `signals` are those of the inputs, the last states and the named signals; where given, only `wanted` ones,
    which is quicker.
    """
    plan = trace.plan
    if plan is None:
        return referred(trace, seeds, cut, wanted)
    key = (tuple(seeds), cut, None if wanted is None else tuple(wanted))
    if key not in plan.backs:
        plan.backs[key] = make_back(plan, *key)
    back = plan.backs[key]
    seeds = {name: np.asarray(seed, plan.dtype) for name, seed in seeds.items()}
    with np.errstate(all="ignore"):
        space = back.pool.take(lambda: make_backspace(plan, back))
        found = swept(trace, back, space, seeds)
        back.pool.give(space, space.size)
    return Gradients(*found, cut)


def referred(trace: Trace, seeds: dict, cut: tuple[str, ...], wanted: Collection[str] | None) -> Gradients:
    """The gradients of a cell that has no plan."""
    signals, params, initial, _ = engine.backprop(engine.Trace(*trace[:3]), seeds, cut)
    names = {n for n in signals if "." not in n and (wanted is None or n in wanted)}
    dtype = trace.values["x"].dtype
    return Gradients(
        *(
            {n: g.astype(dtype) for n, g in some.items() if some is not signals or n in names}
            for some in (signals, params, initial)
        ),
        cut,
    )


def swept(trace: Trace, back: Back, space: Backspace, seeds: dict) -> tuple[dict, dict, dict]:
    """The gradients of signals, parameters and initial states."""
    plan, T = trace.plan, len(trace.whole) - 1
    givens, signals = (
        Givens(trace, back),
        {name: np.empty((T, *plan.shape(name)), plan.dtype) for name in back.moving},
    )
    fill(space.once, trace.given)
    behind = (T - 1) % back.steps + 1
    for stacked in space.stacked:
        stacked[behind] = 0.0
    carried: dict[str, np.ndarray] = {}
    for start in range((T - 1) // back.steps * back.steps, -1, -back.steps):
        now = slice(start, min(T, start + back.steps))
        chunk = Chunk(trace, back, space, seeds, carried, now)
        if plan.own:
            fill_steps(plan, space.by_step, trace.given, now)
        for number in reversed(back.sweeps):
            play(chunk, number)
        givens.add(chunk)
        for name, whole in signals.items():
            chunk.put(name, whole[now])
        carried = chunk.sent()
        if start:
            for stacked in space.stacked:
                stacked[back.steps] = stacked[0]
    params, named = givens.found()
    return signals | named, params, chunk.initial()
