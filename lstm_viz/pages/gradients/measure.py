"""What the lab measures on networks, kept for all sessions: profiles, heat maps, the truncated gradient."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lstm_viz import fast, network
from lstm_viz.cell import parse
from lstm_viz.errors import LearnerError
from lstm_viz.flow.jacobians import between, transitions
from lstm_viz.flow.profiles import Band, Reach, band, columns, direct, keeper, reaches
from lstm_viz.pages.gradients.nets import Net, Setup, memory, nets

SEEDS, GRID, MOST_HEAT = 20, 40, 200


class Profile(NamedTuple):
    """By state ("h" and the memory's name): the band and the reach of its gradient's norm, over the seeds.

    `direct` is what the product of the keeping factors alone would bring, None where there is none; `state`
    is the one it belongs to.
    """

    bands: dict[str, Band]
    reaches: dict[str, Reach]
    state: str
    direct: Band | None
    direct_reach: Reach | None

    @property
    def memory(self) -> Reach | None:
        """The reach of what the cell keeps beside h."""
        return next((reach for state, reach in self.reaches.items() if state != "h"), None)


class Comparison(NamedTuple):
    """The whole gradient and the truncated one: both profiles, and by parameter each seed's cosine."""

    whole: Profile
    short: Profile
    cosines: dict[str, np.ndarray]


def gone_back(its: Setup, net: Net, cut: tuple[str, ...] = (), wanted: tuple[str, ...] = ()):
    """One run, and the gradient of an error of length 1 at the last output, the same on all outputs."""
    cell = parse(its.variant.equations)
    trace, y = network.forward(cell, net.params, net.x, its.variant.initial, net.dt, run=fast.run)
    dy = np.zeros(y.shape)
    dy[-1] = 1 / np.sqrt(y.shape[1])
    loss = {"h": network.loss_at_h(net.params, dy, trace.values["h"].shape)}
    return trace, fast.backprop(trace, loss, cut, wanted)


def _states(its: Setup) -> tuple[str, ...]:
    other = memory(parse(its.variant.equations))
    return ("h", other) if other else ("h",)


def _profile(its: Setup, found: list[tuple]) -> Profile:
    """From each run's trace and gradients."""
    cell, states = parse(its.variant.equations), _states(its)
    norms = {s: np.concatenate([columns(g.signals[s]) for _, g in found], axis=1) for s in states}
    kept = keeper(cell)
    state = kept[0] if kept else ""
    only = [direct(cell, t.values, g.signals[state][-1]) for t, g in found] if kept else []
    alone = np.concatenate(only, axis=1) if only else None
    return Profile(
        {s: band(n) for s, n in norms.items()},
        {s: reaches(n) for s, n in norms.items()},
        state,
        None if alone is None else band(alone),
        None if alone is None else reaches(alone),
    )


@st.cache_data(max_entries=200, show_spinner=False)
def profile(its: Setup, seeds: int = SEEDS) -> Profile:
    """The profile of a cell over the seeds."""
    states = _states(its)
    return _profile(its, [gone_back(its, net, wanted=states) for net in nets(its, seeds)])


@st.cache_data(max_entries=200, show_spinner=False)
def truncated(its: Setup, seeds: int) -> Comparison:
    """The truncated gradient of 1997, through which h of the step before sends nothing, beside the whole."""
    states, found, cosines = _states(its), ([], []), {}
    for net in nets(its, seeds):
        whole, short = (gone_back(its, net, cut, states) for cut in ((), ("h",)))
        found[0].append(whole)
        found[1].append(short)
        for name in parse(its.variant.equations).params:
            a, b = whole[1].params[name].ravel(), short[1].params[name].ravel()
            cosines.setdefault(name, []).append(_cosine(a, b))
    named = {name: np.array(found) for name, found in cosines.items()}
    return Comparison(*(_profile(its, some) for some in found), named)


def _cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The cosine between two gradients; 0 where one of them is zero."""
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / lengths) if lengths > 0 else 0.0


class Heat(NamedTuple):
    """The norm of ∂ s[T] / ∂ s[k] for all pairs of some steps; s is h, or what a cell has for it."""

    state: str
    steps: np.ndarray
    norms: np.ndarray


@st.cache_data(max_entries=100, show_spinner=False)
def heat(its: Setup) -> Heat:
    """The heat map of the first seed's network; a sentence for a cell whose memory is a matrix."""
    cell = parse(its.variant.equations)
    if any(len(cell.shapes[f"{s}_prev"]) != 2 for s in cell.states):
        raise LearnerError(
            f"{its.variant.title} has no heat map: its memory is a matrix. Allowed: cells whose states are "
            "vectors."
        )
    state = "h" if "h" in cell.states else memory(cell)
    its = its._replace(T=min(its.T, MOST_HEAT))
    net = next(nets(its, 1))
    params = {name: net.params[name] for name in cell.params}
    dt = np.ones((its.T, 1, 1)) if net.dt is None else net.dt[:, :, :1]
    dt = dt if "dt" in cell.inputs else None
    found = transitions(cell, params, net.x[:, :, :1], its.variant.initial, dt)
    steps = np.unique(np.linspace(1, its.T, GRID).round().astype(int))
    return Heat(state, steps, between(found.matrices, found.rows[state], steps))
