"""The experiments of the lesson on timing: a clock in one's hand, and nets that learn a rhythm."""

import numpy as np
import streamlit as st

from lessons import live
from lessons.parts import show
from lessons.timing.clocks import blind, clock, run, strikes, wiki
from lessons.timing.pictures import plots
from lstm_viz.papers.timing_swing import ARMS, goes_on
from lstm_viz.papers.trial import spec
from lstm_viz.stage.chart import Axis, Line, Plot
from lstm_viz.tasks.periodic import swing
from lstm_viz.training import State

STEPS = 300
FORMS = {
    "Peepholes, papers": ("peephole_gers", clock),
    "Peepholes, encyclopaedia": ("peephole_wiki", wiki),
    "No peepholes": ("lstm", blind),
}
SHARPNESS = (0.5, 1, 2, 3, 5, 8, 10, 20, 40, 80)
ROLES = dict(zip(ARMS, ("output", "input", "reset", "cell"), strict=True))


def dial() -> None:
    """A clock whose threshold, sharpness and kind one chooses."""
    form = st.pills("The cell", list(FORMS), default="Peepholes, papers", key="timing_dial_form")
    left, right = st.columns(2)
    threshold = left.slider("Threshold", 0.5, 60.5, 9.5, 1.0, key="timing_dial_threshold")
    sharp = right.select_slider("Sharpness", SHARPNESS, 80, key="timing_dial_sharp")
    name, made = FORMS[form or "Peepholes, papers"]
    values = run(name, made(threshold, float(sharp)), STEPS)
    show(plots(values, threshold, 1.25 * threshold + 1), key="timing_dial")
    st.caption(f"{told(strikes(values))} After {STEPS} steps the tally is {values['c'][-1, 0, 0]:.3g}.")


def told(heard: np.ndarray) -> str:
    """The strikes in a sentence."""
    gaps = np.diff(heard)
    if not len(heard):
        return "It never says more than a half."
    if not len(gaps):
        return f"It strikes once, at step {heard[0]}."
    if gaps.min() == gaps.max():
        often = "at every step" if gaps[0] == 1 else f"every {gaps[0]} steps"
        return f"First strike at step {heard[0]}, then {often}."
    return f"First strike at step {heard[0]}, then at intervals from {gaps.min()} to {gaps.max()} steps."


def race() -> None:
    """One unit and four, with peepholes and without, learn a swing of ten steps; then each goes on alone."""
    seed = st.select_slider("Seed", range(1, 10), 1, key="timing_race_seed")
    specs = {name: spec(trial, int(seed)) for name, trial in ARMS.items()}
    steps = next(iter(ARMS.values())).steps
    axis = Axis("mean squared error", 1e-5, 1.0, log=True)
    live.race(live.Race("timing_race", specs, ROLES, steps, 6, axis), after)


def after(states: dict[str, State]) -> None:
    """What a chosen net says in twenty periods."""
    said = {name: goes_on(ARMS[name].cell, state.params) for name, state in states.items()}
    name = st.pills("Listen to", list(said), default="4 units, none", key="timing_race_name")
    name = name or "4 units, none"
    show(alone(name, said[name]), key="timing_race_alone")
    errors = {name: np.sqrt(np.mean((y - swing(len(y))) ** 2)) for name, y in said.items()}
    told = "; ".join(f"{name}: {error:.3f}" for name, error in errors.items())
    st.caption(f"Root mean squared errors over 200 steps: {told}. Always saying the mean: 0.354.")


def alone(name: str, y: np.ndarray) -> Plot:
    """What a net says beside what it should say."""
    steps = np.arange(1, len(y) + 1)
    return Plot(
        f"{name}: 200 steps alone, after practice on 40",
        Axis("step", 0, len(y)),
        Axis("output", -0.5, 1.5),
        (
            Line("target", "plain", steps, swing(len(y)), "dot", True),
            Line("says", ROLES[name], steps, y.clip(-0.5, 1.5)),
        ),
        f"The root mean squared error is {np.sqrt(np.mean((y - swing(len(y))) ** 2)):.3f}.",
    )
