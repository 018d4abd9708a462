"""What generations know of a gradient, and networks that must go on alone."""

from functools import lru_cache
from math import cos
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.losses import loss
from lstm_viz.network import backward, forward
from lstm_viz.tasks import TASKS
from lstm_viz.teacherless import contest, esp, evolino, evolution
from lstm_viz.teacherless.freerun import driven, error, fitted, free, signal, with_readout
from lstm_viz.teacherless.population import readout
from lstm_viz.teacherless.recipes import evolino_spec, evolution_spec
from lstm_viz.training import first_state
from lstm_viz.training.advance import sequences

PAIRS, NUDGE, AT_ONCE = 400, 0.01, 50
SINES, DRAWS = 2, (1, 2, 3)


@lru_cache(maxsize=1)
def turning() -> np.ndarray:
    """The cosine between the true gradient and the sum of 1, 2 … PAIRS weighted nudges: (PAIRS,)."""
    spec = evolution_spec("spikes", 1)
    mean, batch = evolution.first_state(spec).mean, sequences(spec.run, 0)
    z = np.random.default_rng(1).standard_normal((PAIRS, len(mean)))
    differences = np.concatenate(
        [
            evolution.losses(spec, mean + NUDGE * part, batch)
            - evolution.losses(spec, mean - NUDGE * part, batch)
            for part in np.split(z, PAIRS // AT_ONCE)
        ]
    )
    sums, true = np.cumsum(z * differences[:, None], axis=0), gradient(spec)
    return sums @ true / np.linalg.norm(sums, axis=1) / np.linalg.norm(true)


def gradient(spec: evolution.Spec) -> np.ndarray:
    """The true gradient of all weights at the start, on the first batch: (n,)."""
    params, batch, task = first_state(spec.run).params, sequences(spec.run, 0), TASKS[spec.run.task]
    trace, y = forward(parse(spec.run.equations), params, batch.x)
    _, dy = loss(task.loss, task.when, y, batch.target, batch.counts)
    grads = backward(trace, params, dy).params
    return np.concatenate([grads[name].ravel() for name in params])


def by_chance(pairs: np.ndarray, weights: int) -> np.ndarray:
    """The cosine that so many random directions are expected to reach."""
    return np.sqrt(pairs / (pairs + weights))


def estimate() -> dict[str, float]:
    """What some pairs of nudges know."""
    return {f"cosine, pairs of nudges: {n}": float(turning()[n - 1]) for n in (1, 40, 400)}


def cost() -> dict[str, float]:
    """The weights that are looked for."""
    return {"weights of an LSTM of 4 units": len(evolution.first_state(evolution_spec("spikes", 1)).mean)}


def readings() -> dict[str, float]:
    """The sequences that a step of both ways reads."""
    spec = evolution_spec("spikes", 1)
    ways = {"a generation": ("evolution", spec), "an update": ("gradient", spec.run)}
    return {name: contest.sequences(contest.Contestant(way, own, spec)) for name, (way, own) in ways.items()}


def genes() -> dict[str, float]:
    """What a unit owns, and the layer."""
    state = evolino.first_state(evolino_spec(SINES, 1))
    own = sum(g[0, 0].size for g in state.genes.values())
    return {"genes of a unit": own, "of all ten": own * next(iter(state.genes.values())).shape[1]}


class Alone(NamedTuple):
    """Networks of one draw with their best readouts: what they say, (T, P), led and alone, and errors."""

    target: np.ndarray
    led: np.ndarray
    alone: np.ndarray
    led_error: np.ndarray
    alone_error: np.ndarray


@lru_cache(maxsize=3)
def alone(draw: int) -> Alone:
    """A hundred networks drawn at random; the target from the washout's end on."""
    spec = evolino_spec(SINES, draw)
    rng = np.random.default_rng([draw, evolino.STREAM, 0])
    state = evolino.first_state(spec)
    own = evolino.expressed(spec, esp.assembled(state.genes, esp.teams(rng, spec.members, spec.hidden)))
    networks = evolino.side_by_side(evolino.cell_of(spec), own)
    target, start = signal(SINES, spec.washout + spec.steps), spec.washout
    h, states = driven(networks, target, start)
    networks = with_readout(networks, fitted(h[start:], target[start:]))
    led = np.stack([readout(networks, row[:, :, None])[:, 0, 0] for row in h[start:]])
    said, _, _ = free(networks, states, target[start - 1], spec.steps)
    rest = target[start:]
    return Alone(rest, led, said, error(led, rest), error(said, rest))


def followers() -> dict[str, float]:
    """How well they follow, and how many can go on."""
    draws = [alone(draw) for draw in DRAWS]
    return {
        "median error while led": max(float(np.median(d.led_error)) for d in draws),
        "least median error alone": min(float(np.median(d.alone_error)) for d in draws),
        "of 300 networks below 0.02 alone": sum(int((d.alone_error < 0.02).sum()) for d in draws),
    }


def recurrence() -> dict[str, float]:
    """The rule of two sines, fitted to 100 values, and how far it is from them in a thousand steps alone."""
    s = signal(SINES, 1004)
    past = np.stack([s[3 - k : 103 - k] for k in range(4)], axis=1)
    rule = np.linalg.lstsq(past, s[4:104], rcond=None)[0]
    said = list(s[:4])
    for _ in range(1000):
        said.append(float(rule @ said[:-5:-1]))
    return {"largest error in 1,000 steps": float(np.abs(np.array(said) - s).max())}


def one_sine() -> dict[str, float]:
    """The rule of one sine: twice its cosine, and minus one."""
    s = signal(1, 50)
    past = np.stack([s[1:-1], s[:-2]], axis=1)
    rule = np.linalg.lstsq(past, s[2:], rcond=None)[0]
    return {
        "of the last value": float(rule[0]),
        "of the one before": float(rule[1]),
        "2 cos 0.2": 2 * cos(0.2),
    }
