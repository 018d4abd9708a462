"""What the claims of the lesson on hidden stores measure."""

import math

import numpy as np

from lessons.hidden_stores import alarm, spots
from lessons.hidden_stores.nets import NETS, SNOW, shipped, told, valleys
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward, start
from lstm_viz.papers.stores_valley import correlations, efficiency, known, ran
from lstm_viz.tasks.runoff import DRAIN, read
from lstm_viz.tasks.sines import SPEEDS

WIPE, AFTER = 100, 40
UNTRAINED = range(1, 6)
TABLE, CASES = 20, 500


def conserved() -> dict[str, float]:
    """What fell, less what flowed out and what is still there."""
    v = valleys()
    left = v.fallen.sum(axis=0) - v.stores.flow.sum(axis=0) - v.stores.snow[-1] - v.stores.soil[-1]
    return {"cm of water lost, at most": np.abs(left).max()}


def memoryless() -> dict[str, float]:
    """A table of the mean flow for each of 20 by 20 classes of this step's rain and temperature."""
    v = valleys(count=1000)
    where = np.zeros(v.fallen.size, int)
    for values in (v.fallen, v.warm):
        edges = np.quantile(values, np.linspace(0, 1, TABLE + 1)[1:-1])
        where = where * TABLE + np.searchsorted(edges, values.ravel())
    flow = v.stores.flow.ravel()
    means = np.bincount(where, flow) / np.maximum(1, np.bincount(where))
    return {"efficiency of the table": efficiency(means[where], flow)}


def snow() -> dict[str, float]:
    """The unit that goes best with the snow."""
    v = valleys()
    found = correlations(told("LSTM", v)[0], v.stores.snow)
    return {"its number": np.abs(found).argmax() + 1, "its correlation": found[SNOW - 1]}


def flow() -> dict[str, float]:
    """How well the shipped networks tell the flow."""
    v = valleys()
    return {f"efficiency, {name}": efficiency(told(name, v)[1], v.stores.flow) for name in NETS}


def wiped() -> dict[str, float]:
    """The LSTM's states put back to 0 after a hundred steps."""
    v = valleys()
    late = ran("lstm", shipped("LSTM"), v.fallen[WIPE:], v.warm[WIPE:])[1]
    kept, right = told("LSTM", v)[1][WIPE:], v.stores.flow[WIPE:]
    first, rest = slice(None, AFTER), slice(AFTER, None)
    return {
        "next 40 steps, put back": efficiency(late[first], right[first]),
        "next 40 steps, kept": efficiency(kept[first], right[first]),
        "after that, put back": efficiency(late[rest], right[rest]),
        "after that, kept": efficiency(kept[rest], right[rest]),
    }


def begun(seed: int) -> dict[str, np.ndarray]:
    """An LSTM that was never trained."""
    return start(LIBRARY["lstm"], 2, 1, 16, np.random.default_rng(seed), {"b_f": 1.0})


def untrained() -> dict[str, float]:
    """The best unit of each of five networks that were never trained."""
    v = valleys()
    best = [np.abs(correlations(told("LSTM", v, begun(seed))[0], v.stores.snow)).max() for seed in UNTRAINED]
    return {"least of five": min(best), "largest": max(best)}


def calendar() -> dict[str, float]:
    """The same at one moment of the thaw, in valleys with one calendar."""
    best = [np.abs(known("lstm", begun(seed))).max() for seed in UNTRAINED]
    return {
        "unit 12, trained": known("lstm", shipped("LSTM"))[SNOW - 1],
        "best unit, untrained, least of five": min(best),
        "largest": max(best),
    }


def gate() -> dict[str, float]:
    """Where the forget gate of the unit stands, by the temperature."""
    v = valleys()
    trace, _ = forward(parse(LIBRARY["lstm"].equations), shipped("LSTM"), read(v.fallen, v.warm).x)
    f = trace.values["f"][:, SNOW - 1]
    others = np.abs(correlations(trace.values["c"], v.stores.snow)) > 0.8
    return {
        "below 0 °C": f[v.warm < 0].mean(),
        "above 5 °C": f[v.warm > 5].mean(),
        "other units that go with the snow": others.sum() - 1,
    }


def climate() -> dict[str, float]:
    """Warmer and wetter valleys than any of the training."""
    warmer, wetter = valleys(warmer=4.0), valleys(wetter=3.0)
    said = told("LSTM", wetter)[1]
    return {
        "efficiency, 4 °C warmer": efficiency(told("LSTM", warmer)[1], warmer.stores.flow),
        "efficiency, three times as wet": efficiency(said, wetter.stores.flow),
        "mean flow there": wetter.stores.flow.mean(),
        "mean flow that is told": said.mean(),
    }


def warm() -> dict[str, float]:
    """A valley with hardly any winter."""
    v, usual = valleys(warmer=8.0), valleys()
    said = told("LSTM", v)[1]
    return {
        "mean snow as usual": usual.stores.snow.mean(),
        "mean snow, 8 °C warmer": v.stores.snow.mean(),
        "efficiency": efficiency(said, v.stores.flow),
        "told, as a share of the flow": said.mean() / v.stores.flow.mean(),
    }


def soil() -> dict[str, float]:
    """The soil as a forget gate."""
    keeps = 1 - DRAIN
    return {"bias": math.log(keeps / DRAIN), "half-life in steps": math.log(0.5) / math.log(keeps)}


def alarmed(fault: str, begin: int = alarm.AT - 1) -> float:
    """The share of signals with this fault that raise an alarm from then on."""
    off = alarm.errors(alarm.signals(fault, CASES, 2))
    return float((off[begin:] > alarm.threshold()).any(axis=0).mean())


def hanging() -> dict[str, float]:
    """A sensor that hangs for three steps."""
    s, healthy = alarm.signals("hangs", CASES, 2), alarm.signals("none", CASES, 2)
    before = alarm.errors(s)[: alarm.AT - 1] > alarm.threshold()
    step = np.abs(np.diff(healthy, axis=0)).max()
    return {
        "largest healthy value": np.abs(healthy).max(),
        "found by the network": alarmed("hangs"),
        "false alarms before": before.any(axis=0).mean(),
        "found by a limit of the change": (np.abs(np.diff(s, axis=0)) > step).any(axis=0).mean(),
    }


def fading() -> dict[str, float]:
    """A sensor that grows weak slowly."""
    return {"alarms in 500 cases": CASES * alarmed("weak, slowly")}


def faster() -> dict[str, float]:
    """A healthy signal of another speed."""
    return {"share with an alarm": alarmed("faster", 0)}


def rule() -> dict[str, float]:
    """The rule of four terms that a sum of two sines obeys."""
    s = alarm.signals("none", 50, 3)
    p, q = 2 * np.cos(SPEEDS[:, 0])
    said = (p + q) * (s[3:-1] + s[1:-3]) - (2 + p * q) * s[2:-2] - s[:-4]
    return {"largest error": np.abs(said - s[4:]).max()}


def sunspots() -> dict[str, float]:
    """One year ahead."""
    net, persists = spots.next_year()
    return {
        "LSTM": net,
        "as this year": persists,
        "two years": spots.weighted(2),
        "nine years": spots.weighted(9),
    }


def horizon() -> dict[str, float]:
    """Farther ahead, as a share of the error of the old years' mean."""
    found = spots.horizons()
    share = found["LSTM"] / found["the old mean"]
    far = {f"year 10, {name}": found[name][9] for name in ("LSTM", "as this year")}
    return {f"year {k}": share[k - 1] for k in (1, 4, 8)} | far
