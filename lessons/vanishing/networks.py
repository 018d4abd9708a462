"""What is said of whole networks: those trained for the adding problem, and untrained ones."""

import numpy as np

from lessons.seen import at, share
from lstm_viz import flow, losses, network
from lstm_viz.cell import parse
from lstm_viz.flow.powers import spectrum
from lstm_viz.library import LIBRARY
from lstm_viz.pages.scene import WEIGHTS, trained
from lstm_viz.tasks import TASKS

FAILED = "/?T=100&first=15&second=60&mode=backward&t=60&model=1"
MARKS = (14, 59)
ADDING = TASKS["adding"]


def untrained(seed: int) -> str:
    """The address of a plain network and an LSTM at their start."""
    return f"/?left=rnn_tanh&right=lstm&weights=untrained&T=100&hidden=16&seed={seed}"


def failed() -> dict[str, float]:
    """The two trained networks at the end of one sequence and of three hundred others."""
    scene = at(FAILED)
    rnn, lstm = scene.runs
    batch = ADDING.draw(np.random.default_rng(3), 100, 300, MARKS)
    outputs = {}
    for name in ("rnn_tanh", "lstm"):
        cell, params = parse(LIBRARY[name].equations), trained("adding", name, 16).params
        outputs[name] = network.forward(cell, params, batch.x)[1][-1, 0]
    told = batch.target[-1, 0]
    return {
        "the plain network's answer": rnn.out[-1].item(),
        "the LSTM's": lstm.out[-1].item(),
        "what is right": scene.batch.target[-1].item(),
        "the plain network's least answer to 300 others": outputs["rnn_tanh"].min(),
        "its largest": outputs["rnn_tanh"].max(),
        "the LSTM's mean squared error there": ((outputs["lstm"] - told) ** 2).mean(),
    } | practised()


def practised() -> dict[str, float]:
    """What the files of both say of their training: the same sequences, and biases set for the LSTM alone."""
    plain, lstm = (trained("adding", name, 16).meta for name in ("rnn_tanh", "lstm"))
    return {
        "sequences that it practised on": plain["sequences"],
        "sequences for the LSTM": lstm["sequences"],
        "seed, plain network": plain["seed"],
        "seed, LSTM": lstm["seed"],
        "biases set at the start, plain network": len(plain["constants"]),
        "biases set at the start, LSTM": len(lstm["constants"]),
        "the LSTM's forget bias at the start": lstm["constants"]["b_f"],
        "the LSTM's input bias at the start": lstm["constants"]["b_i"],
    }


def seen() -> dict[str, float]:
    """What is left of the gradient at the marked numbers."""
    rnn, lstm = at(FAILED).runs
    first, second = MARKS
    return {
        "left at step 60, plain": share(rnn, "h")[second],
        "left at step 15, plain": share(rnn, "h")[first],
        "left at step 15, LSTM": share(lstm, "c")[first],
    }


def pressed() -> dict[str, float]:
    """The trained network's spectral radius and the mean of its slopes."""
    rnn = at(FAILED).runs[0]
    slopes = 1 - rnn.trace.values["h"] ** 2
    return {
        "spectral radius after training": spectrum(rnn.trace.params["U_h"]).radius,
        "mean slope": slopes.mean(),
    }


def tripled() -> dict[str, float]:
    """Untrained networks whose recurrent weights are three times as large."""
    found = {}
    for seed in (2, 4):
        radius, left = three_times(seed)
        found |= {f"spectral radius, seed {seed}": radius, f"left after 99 steps, seed {seed}": left}
    return found


def three_times(seed: int) -> tuple[float, float]:
    """The spectral radius and the share of the gradient that is left at the first step."""
    batch = at(untrained(seed)).batch
    variant, rng = LIBRARY["rnn_tanh"], np.random.default_rng([seed, WEIGHTS])
    params = network.start(variant, 2, 1, 16, rng)
    params["U_h"] = 3 * params["U_h"]
    trace, y = network.forward(parse(variant.equations), params, batch.x)
    _, dy = losses.loss(ADDING.loss, "end", y, batch.target, batch.counts)
    norms = flow.norms(network.backward(trace, params, dy).signals["h"])
    return spectrum(params["U_h"]).radius, norms[0] / norms[-1]


def usual() -> dict[str, float]:
    """Untrained networks of eight seeds as they are."""
    runs = [at(untrained(seed)).runs[0] for seed in range(1, 9)]
    radii = [spectrum(run.trace.params["U_h"]).radius for run in runs]
    return {
        "least spectral radius": min(radii),
        "largest": max(radii),
        "most that is left after 11 steps": max(share(run, "h")[-12] for run in runs),
    }


def shares() -> dict[str, float]:
    """What each step adds to the gradient of the recurrent weights, by its length."""
    rnn = at(FAILED).runs[0]
    into = rnn.grads.signals["h"] * (1 - rnn.trace.values["h"] ** 2)
    # Each share is a column times a row, so that its length is the product of theirs.
    each = flow.norms(into) * flow.norms(rnn.trace.values["h_prev"])
    return {
        "from the last ten steps": each[-10:].sum() / each.sum(),
        "step 15 beside the last": each[MARKS[0]] / each[-1],
    }
