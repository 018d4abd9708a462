"""Rainfall and runoff, 2019: how well a flow is told from the weather, and who knows the hidden snow."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, trained
from lstm_viz.tasks.runoff import YEAR, Basin, basin, read, weather
from lstm_viz.training.measure import TEST_SEED

T, SHORTEST, TESTS = 200, 50, 200
MIDSUMMER, THAW, SAME = (
    YEAR / 2,
    50,
    500,
)  # where the calendar begins, when all are looked at, how many valleys

LSTM = Trial("lstm", "runoff", T, SHORTEST, 16, 400, 32, 0.02, schedule="cosine")
RNN = LSTM._replace(cell="rnn_tanh")


class Look(NamedTuple):
    """What is trained, and what it is examined for: "flow" or "snow"."""

    trial: Trial
    what: str


def efficiency(said: np.ndarray, flow: np.ndarray) -> float:
    """1 − the mean squared error over the variance (Nash & Sutcliffe 1970)."""
    return float(1 - np.mean((said - flow) ** 2) / flow.var())


def correlations(states: np.ndarray, store: np.ndarray) -> np.ndarray:
    """Of each unit's states (…, H, B) with what is in a store (…, B)."""
    units = np.moveaxis(states, -2, 0)
    return np.array([np.corrcoef(unit.ravel(), store.ravel())[0, 1] for unit in units])


def ran(cell: str, params: dict, fallen: np.ndarray, warm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A net in that weather: its memories (T, H, B), and the flow that it tells (T, B)."""
    made = parse(LIBRARY[cell].equations)
    trace, y = forward(made, params, read(fallen, warm).x)
    return trace.values["c" if "c" in made.states else "h"], y[:, 0]


def same_calendar(begin: float = MIDSUMMER) -> tuple[np.ndarray, np.ndarray, Basin]:
    """The weather of many valleys from midsummer on to the thaw, and what is in their stores."""
    made = weather(np.random.default_rng(TEST_SEED), THAW + 1, SAME, begin)
    return (*made, basin(*made))


def known(cell: str, params: dict) -> np.ndarray:
    """Each unit's correlation with the snow in the thaw, over valleys with the same calendar."""
    fallen, warm, stores = same_calendar()
    return correlations(ran(cell, params, fallen, warm)[0][-1], stores.snow[-1])


def told(cell: str, params: dict) -> float:
    """The efficiency with which a net tells the flow in fresh weather."""
    made = weather(np.random.default_rng(TEST_SEED), T, TESTS)
    return efficiency(ran(cell, params, *made)[1], basin(*made).flow)


def looked(look: Look, seed: int) -> float:
    """The efficiency, or the size of the best unit's correlation with the snow."""
    params = {name: p.astype(float) for name, p in trained(look.trial, seed).params.items()}
    found = {"flow": told, "snow": lambda *net: float(np.abs(known(*net)).max())}
    return partial(found[look.what], look.trial.cell)(params)


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By the LSTM's worst seed."""
    snow, flow = min(numbers["LSTM, snow"]), min(numbers["LSTM, flow"])
    return grade(snow > 0.9 and flow > 0.9, snow > 0.8)


ROW = Row(
    name="stores_valley",
    title="Snow that nobody shows",
    paper=Paper(
        source="Kratzert, Herrnegger, Klotz, Hochreiter & Klambauer 2019, NeuralHydrology: interpreting "
        "LSTMs in hydrology",
        claim="An LSTM that tells a river's flow from the weather has cell states that follow the snow.",
        number="in words alone; on real rivers",
        sure="notes",
    ),
    ours=Ours(
        setup=f"A made valley with a snow store and a soil store; 16 units, {LSTM.steps * LSTM.batch:,} "
        f"pieces of weather of {SHORTEST} to {T} steps, batches of 32, Adam at {LSTM.rate}, cosine schedule. "
        f"Flow: {TESTS} new pieces. Snow: {SAME} valleys with one calendar, {THAW} steps after midsummer.",
        unit="efficiency (flow) or size of the best unit's correlation (snow), at most 1",
        arms={
            f"{name}, {what}": Look(t, what)
            for name, t in (("LSTM", LSTM), ("tanh RNN", RNN))
            for what in ("flow", "snow")
        },
        run=looked,
        criterion="With every seed the LSTM's efficiency and its best unit's correlation are above 0.9; "
        "in part, if the correlation is above 0.8.",
        verdict=verdict,
        seeds=(2, 3, 4),
        better="more",
    ),
    opens="lessons?lesson=hidden_stores",
    opened="the lesson, where both nets can be trained",
)
