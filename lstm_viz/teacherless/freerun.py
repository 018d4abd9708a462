"""Free running: a network reads what it said itself, after a readout was fitted by least squares.

While it is being driven it reads the true last value. What it does then is linear in the readout, so the
readout needs no learning: one least-squares problem a network (Jaeger 2001; Schmidhuber et al. 2005).
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.teacherless.population import Population, population, readout, rest, step

SPEEDS = (0.2, 0.311, 0.42)  # radians a step
CUTOFF = 1e-9  # singular values below this share of the largest count as zero
AWAY = 10.0  # an output that has run away is worth no more than this


class Driven(NamedTuple):
    """Networks that were driven along a signal: h (T, P, H), and the states at which the free run begins."""

    h: np.ndarray
    states: dict[str, np.ndarray]


class Playback(NamedTuple):
    """A target and what a network said to it, (T,), from which step on it ran free, from which untrained."""

    target: np.ndarray
    output: np.ndarray
    free: int
    beyond: int


def signal(sines: int, steps: int) -> np.ndarray:
    """sin(0.2 t) + sin(0.311 t) + sin(0.42 t), as many of them as wanted, at the steps from 0 on."""
    return np.sin(np.arange(steps)[:, None] * np.array(SPEEDS[:sines])).sum(axis=1)


def driven(networks: Population, target: np.ndarray, washout: int) -> Driven:
    """Drive networks along a target; each step reads the value before, the first one 0."""
    states, found, at = rest(networks, 1), [], {}
    with np.errstate(all="ignore"):
        for t, value in enumerate([0.0, *target[:-1]]):
            at = states if t == washout else at
            states = step(networks, states, np.full((1, 1), value))
            found.append(states["h"][:, :, 0])
            states = {s: states[s] for s in networks.cell.states}
    return Driven(np.stack(found), at)


def fitted(h: np.ndarray, target: np.ndarray) -> dict[str, np.ndarray]:
    """The readouts W_y (P, 1, H) and b_y (P, 1, 1) that come nearest the target (T,), from h (T, P, H).

    A network whose h is no longer finite says nothing but zero.
    """
    said = np.concatenate([h, np.ones((*h.shape[:2], 1))], axis=2).swapaxes(0, 1)
    said = np.where(np.isfinite(said).all(axis=(1, 2), keepdims=True), said, 0.0)
    W = np.linalg.pinv(said, rcond=CUTOFF) @ target
    return {"W_y": W[:, None, :-1], "b_y": W[:, None, -1:]}


def free(networks: Population, states: dict, value, steps: int) -> tuple[np.ndarray, dict, np.ndarray]:
    """What networks say (steps, P) that read their own last output, beginning from `value`.

    Then the states at the end and the value to be read next, to go on from there.
    """
    P, said = len(networks.params["W_y"]), []
    x = np.broadcast_to(np.asarray(value, float).reshape(-1, 1, 1), (P, 1, 1))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            states = step(networks, states, x)
            x = readout(networks, states["h"])
            said.append(x[:, 0, 0])
            states = {s: states[s] for s in networks.cell.states}
    return np.stack(said), states, x


def led(networks: Population, target: np.ndarray, washout: int) -> np.ndarray:
    """What one network says (T,) that is driven through a washout and then let go."""
    h, states = driven(networks, target[: washout + 1], washout)
    before = readout(networks, h[:washout, 0].T)[0, 0]
    said, _, _ = free(networks, states, target[washout - 1], len(target) - washout)
    return np.concatenate([before, said[:, 0]])


def error(said: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The mean squared error of each (P,) over the target's variance; AWAY at most."""
    with np.errstate(all="ignore"):
        found = ((said - target[:, None]) ** 2).mean(axis=0) / target.var()
    return np.where(found < AWAY, found, AWAY)


def missed(played: Playback) -> float:
    """The error of a free run over the steps that no readout was fitted to."""
    return float(error(played.output[played.beyond :, None], played.target[played.beyond :])[0])


def with_readout(networks: Population, W: dict[str, np.ndarray]) -> Population:
    """The networks with another readout."""
    return networks._replace(params=networks.params | W)


def side_by_side(cell, params: dict[str, np.ndarray]) -> Population:
    """Networks (P, H, columns) without a readout yet."""
    P, H = next(iter(params.values())).shape[:2]
    return population(cell, params | {"W_y": np.zeros((P, 1, H)), "b_y": np.zeros((P, 1, 1))})
