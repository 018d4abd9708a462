"""What is said of clocks written by hand, of gates that are blind, and of what they cost."""

import numpy as np

from lessons.timing.clocks import (
    SHARP,
    Values,
    between,
    cell_of,
    clock,
    counter,
    measure,
    pair,
    run,
    strikes,
    wiki,
)
from lstm_viz import fast, network, parameters
from lstm_viz.layers import Layers, run_layers
from lstm_viz.library import LIBRARY

LONG, SEEDS = 3000, range(1, 6)


def blind_runs(name: str, seed: int) -> tuple[Values, Values]:
    """Eight untrained units with shut output gates read the same, once from 0 and once from 3."""
    params = network.start(LIBRARY[name], 2, 1, 8, np.random.default_rng(seed), {"b_o": -60.0})
    own = {p: params[p] for p in cell_of(name).params}
    x = np.random.default_rng(99).normal(size=(20, 2, 1))
    return tuple(fast.run(cell_of(name), own, x, {"c": np.full((8, 1), c)}).values for c in (0.0, 3.0))


def apart(name: str, seed: int) -> np.ndarray:
    """How far the forget gates of both runs stand apart at each step, the farthest unit, (T,)."""
    zero, three = blind_runs(name, seed)
    return np.abs(zero["f"] - three["f"]).max(axis=(1, 2))


def blind() -> dict[str, float]:
    """The same for five seeds."""
    return {
        "without peepholes, most": max(apart("lstm", seed).max() for seed in SEEDS),
        "with peepholes, least": min(apart("peephole_gers", seed).max() for seed in SEEDS),
    }


def weights() -> dict[str, float]:
    """Weights of both cells."""
    names = {"LSTM": "lstm", "with peepholes": "peephole_gers"}
    return {words: parameters.count(LIBRARY[name], 1, 16) for words, name in names.items()}


def clocks() -> dict[str, float]:
    """Periods of 10, 50 and 1,000 over three thousand steps."""
    found = {}
    for period in (10, 50, 1000):
        values = run("peephole_gers", clock(period - 0.5), LONG)
        told = np.arange(period, LONG + 1, period)
        found[f"strikes where they should be, period {period:,}"] = np.array_equal(strikes(values), told)
        found[f"most in between, period {period:,}"] = between(values)
    return found


def speaks(apart: int, threshold: float) -> float:
    """What the measuring cell says at the second of two signals that are so many steps apart."""
    x = np.zeros((apart + 1, 1, 1))
    x[0] = x[apart] = 1
    return float(run("peephole_gers", measure(threshold), x)["h"][-1, 0, 0])


def measures() -> dict[str, float]:
    """49 against 50, and 999 against 1,000."""
    pairs = ((49, 50.5), (50, 50.5), (999, 1000.5), (1000, 1000.5))
    return {f"says at {n:,} steps": speaks(n, threshold) for n, threshold in pairs}


def cut() -> dict[str, float]:
    """The clock of ten steps without the peephole of its forget gate."""
    params = clock(9.5)
    params["V_f"] = np.zeros((1, 1))
    heard = strikes(run("peephole_gers", params, 100))
    return {"first strike": heard[0], "strikes in 100 steps": len(heard), "last strike": heard[-1]}


def creeps() -> dict[str, float]:
    """Cell states of twenty LSTMs with shut output gates and no input that turned back."""
    turned = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        params = {p: rng.normal(0, 3, zeros.shape) for p, zeros in silent_lstm().items()}
        c = run("lstm", params | {"b_o": np.full((4, 1), -60.0)}, 200)["c"][:, :, 0]
        moves = np.diff(c, axis=0, prepend=0)
        # The last digits waver where a state has come to rest.
        moves[np.abs(moves) < 1e-12] = 0
        turned += int(((moves * np.sign(moves[0])) < 0).any(axis=0).sum())
    return {"cell states": 20 * 4, "turned back": turned}


def silent_lstm() -> Values:
    """The shapes of an LSTM of four units."""
    cell = cell_of("lstm")
    return {p: np.zeros([{"H": 4, "D": 1, "1": 1}[letter] for letter in cell.shapes[p]]) for p in cell.params}


def pairs() -> dict[str, float]:
    """The clock of two units without peepholes."""
    found = {}
    for period in (10, 1000):
        values = run("lstm", pair(period)[0], LONG)
        told = np.arange(period, LONG + 1, period)
        found[f"strikes where they should be, period {period:,}"] = np.array_equal(strikes(values, 1), told)
    return found


def pair_weights() -> dict[str, float]:
    """Its largest weight, divided by the period."""
    shares = {period: pair(period)[1] / period for period in (10, 100, 1000)}
    return {f"weight by period at {n:,}": share for n, share in shares.items()} | {"the peephole": SHARP}


def soft() -> dict[str, float]:
    """The clock of ten steps at lesser sharpness, after a thousand steps."""
    tail = {k: run("peephole_gers", clock(9.5, k), LONG) for k in (20.0, 10.0, 5.0, 1.0)}
    gaps = {k: np.diff(strikes(values)[50:]) for k, values in tail.items() if k >= 10}
    tallies = {k: values["c"][1000:, 0, 0] for k, values in tail.items()}
    return {
        "shortest interval at 20": gaps[20.0].min(),
        "longest at 20": gaps[20.0].max(),
        "shortest at 10": gaps[10.0].min(),
        "longest at 10": gaps[10.0].max(),
        "lowest tally at 5": tallies[5.0].min(),
        "highest at 5": tallies[5.0].max(),
        "tally at 1": tallies[1.0][-1],
        "how far it still moves": np.ptp(tallies[1.0]),
    }


def in_the_article() -> dict[str, float]:
    """The clock's weights in the encyclopaedia's cell, and a second threshold."""
    same, lower = run("peephole_wiki", wiki(9.5), 100), run("peephole_wiki", wiki(9.5, early=1), 100)
    late = np.flatnonzero(same["h"][:, 0, 0] > 0.01) + 1
    return {
        "first strike": late[0],
        "its height": same["h"][late[0] - 1, 0, 0],
        "then": late[1],
        "first strike with the lower threshold": strikes(lower)[0],
        "second": strikes(lower)[1],
    }


def article_weights() -> dict[str, float]:
    """Weights of both forms."""
    names = {"as in the papers": "peephole_gers", "as in the encyclopaedia": "peephole_wiki"}
    return {words: parameters.count(LIBRARY[name], 1, 16) for words, name in names.items()}


def double() -> dict[str, float]:
    """Both peepholes twice as strong, the biases as they were."""
    params = clock(9.5)
    params |= {name: 2 * params[name] for name in ("V_f", "V_o")}
    heard = strikes(run("peephole_gers", params, 100))
    gaps = np.diff(heard)
    return {"first strike": heard[0], "shortest interval": gaps.min(), "longest": gaps.max()}


def stacked(thresholds: tuple[float, ...], steps: int) -> list[Values]:
    """Clocks one above the other, each counting the strikes of the one below: every signal of each."""
    parts = [clock(thresholds[0]), *map(counter, thresholds[1:])]
    params = {f"{p}_l{k}": a for k, part in enumerate(parts) for p, a in part.items()}
    net = Layers(cell_of("peephole_gers"), len(parts))
    passes = run_layers(net, params, np.zeros((steps, 1, 1)))
    return [passes.traces[f"_l{k}"].values for k in range(len(parts))]


def minutes() -> dict[str, float]:
    """Every sixth strike."""
    first, second = stacked((9.5, 5.5), 600)
    return {
        "strikes where they should be": np.array_equal(strikes(second), np.arange(60, 601, 60)),
        "each together with the first": np.isin(strikes(second), strikes(first)).all(),
    }
