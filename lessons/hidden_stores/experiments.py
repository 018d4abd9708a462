"""The experiments of the lesson on hidden stores: a valley to look into, its training, an alarm."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.hidden_stores.alarm import AT, FAULTS, T, errors, signals, threshold
from lessons.hidden_stores.nets import HIDDEN, NETS, SNOW, Valley, told, valleys
from lessons.parts import Table, show
from lstm_viz.library import LIBRARY
from lstm_viz.papers.stores_valley import T as LONG
from lstm_viz.papers.stores_valley import efficiency, known
from lstm_viz.papers.stores_valley import told as examined_flow
from lstm_viz.stage.chart import Axis, Line, Plot, Rule
from lstm_viz.training import Descent, State, spec_for

ROLES = {"LSTM": "cell", "tanh RNN": "hidden"}
UPDATES, MOST_SNOW, MOST_FLOW = 400, 60, 12
STEPS = np.arange(1, LONG + 1)
TIME = Axis("step of five days", 1, LONG)
FEW = 0.5  # cm: below that no snow lies to speak of
LEAST = 1e-4  # of the errors that are drawn


def look() -> None:
    """The flow that a network tells, and one of its units laid on the snow."""
    key = "stores_look"
    columns = st.columns(3)
    unit = columns[0].slider("Unit", 1, HIDDEN, SNOW, key=f"{key}_unit")
    warmer = columns[1].slider("Warmer, in °C", -4.0, 8.0, 0.0, 1.0, key=f"{key}_warmer")
    wetter = columns[2].slider("Rain and snow, times", 0.5, 3.0, 1.0, 0.25, key=f"{key}_wetter")
    with st.expander("More"):
        seed = st.slider("Weather", 1, 50, 3, key=f"{key}_seed")
        net = st.segmented_control("Net", list(NETS), default="LSTM", key=f"{key}_net") or "LSTM"
    v = valleys(warmer, wetter, seed, 1)
    states, said = told(net, v)
    laid, fit = on_the_snow(states[:, unit - 1, 0], v)
    show((river(v, said, wetter > 1.5), snow(v, Line(f"unit {unit}", ROLES[net], STEPS, laid), fit)), key)
    quality = efficiency(said, v.stores.flow)
    st.caption(f"Efficiency of the flow in these {len(STEPS)} steps: {quality:.2f}. Unit {unit}: {fit}.")


def river(v: Valley, said: np.ndarray, much: bool) -> Plot:
    """The flow of a valley, and what a network tells of it, (T, 1)."""
    truth = Line("in fact", "plain", STEPS, v.stores.flow[:, 0], "dash")
    quality = efficiency(said, v.stores.flow)
    return Plot(
        "Flow",
        TIME,
        Axis("cm in five days", 0, MOST_FLOW if much else MOST_FLOW / 2),
        (truth, Line("told", "output", STEPS, said[:, 0])),
        f"Over {len(STEPS)} steps the flow is told with an efficiency of {quality:.2f}.",
    )


def snow(v: Valley, laid: Line, fit: str) -> Plot:
    """The snow of a valley, and the state of a unit that was laid on it."""
    return Plot(
        f"Snow, and {laid.name}",
        TIME,
        Axis("cm of water", -10, MOST_SNOW),
        (Line("snow", "plain", STEPS, v.stores.snow[:, 0], "dash"), laid),
        f"The state of {laid.name}, laid on the snow; {fit}.",
    )


def on_the_snow(state: np.ndarray, v: Valley) -> tuple[np.ndarray, str]:
    """A state (T,), shifted and stretched to lie on the snow of one valley; how well it does, in words."""
    snow = v.stores.snow[:, 0]
    slope, start = np.polyfit(state, snow, 1)
    if snow.max() < FEW:
        return slope * state + start, "there is hardly any snow to compare it with"
    sure = np.corrcoef(state, snow)[0, 1]
    return slope * state + start, f"correlation with the snow {sure:.2f}".replace("-", "−")


def race() -> None:
    """Two cells learn the flow; then they are examined for the flow and for the snow."""
    descent = Descent(rate=0.02, schedule="cosine", horizon=UPDATES)
    specs = {
        name: spec_for(LIBRARY[cell], "runoff", LONG, HIDDEN, 2, descent)._replace(precision="float32")
        for name, cell in NETS.items()
    }
    axis = Axis("mean squared error", 0.01, 1, log=True)
    live.race(live.Race("stores_race", specs, ROLES, UPDATES, 5, axis), examined)


def examined(states: dict[str, State]) -> None:
    """The efficiency of what was just trained, and its best unit's correlation with the snow."""
    rows = []
    for name, state in states.items():
        units = np.abs(known(NETS[name], state.params))
        flow = examined_flow(NETS[name], state.params)
        rows.append([name, f"{flow:.2f}", f"{units.max():.2f}", str(units.argmax() + 1)])
    heads = ["Net", "Efficiency of the flow", "Best correlation with the snow, in size", "Its unit"]
    says = "New weather; the snow among valleys with one calendar, when the thaw begins"
    show(Table(heads, rows, says), "stores_race_exam")


def alarm() -> None:
    """A signal with a fault, the network's error, and a threshold."""
    key = "stores_alarm"
    fault = st.pills("What happens at step 100", list(FAULTS), default="hangs", key=f"{key}_fault") or "none"
    left, right = st.columns(2)
    times = left.select_slider(
        "Threshold, as a multiple of the largest healthy error",
        [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0],
        1.0,
        key=f"{key}_threshold",
    )
    seed = right.slider("Signal", 1, 50, 7, key=f"{key}_seed")
    s, limit = signals(fault, 1, seed), times * threshold()
    off = errors(s)[:, 0]
    late = np.flatnonzero(off > limit) + 1
    first = f"first alarm at step {late[0]}" if len(late) else "no alarm"
    show((heard(s[1:, 0], fault), wrong(off, fault, limit, first)), key)
    many = (errors(signals(fault, 200, 2)) > limit).any(axis=0).mean()
    st.caption(
        f"{FAULTS[fault].capitalize()}: {first}. Of 200 other signals with this, {many:.0%} raise an alarm."
    )


def heard(s: np.ndarray, fault: str) -> Plot:
    """A signal with a fault, (T,)."""
    signal = Line("signal", "input", np.arange(1, T + 1), s)
    value, says = Axis("value", -2.2, 2.2), f"The signal: {FAULTS[fault]}."
    return Plot("The signal", Axis("step", 1, T), value, (signal, *begins(fault)), says)


def wrong(off: np.ndarray, fault: str, limit: float, first: str) -> Plot:
    """How far the network's predictions of it are off, (T,), and the threshold."""
    error = Line("error", "gradient", np.arange(1, T + 1), np.maximum(off, LEAST))
    marks = (error, Rule("threshold", limit, across=True), *begins(fault))
    step, height = Axis("step", 1, T), Axis("error", LEAST, 2, log=True)
    return Plot("Error of the prediction", step, height, marks, f"{first}.")


def begins(fault: str) -> tuple[Rule, ...]:
    """Where a fault begins, if it has a beginning."""
    return () if fault in ("none", "faster") else (Rule("fault", AT),)
