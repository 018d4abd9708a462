"""The Training lab: cells learn from the same seed, live; a slider over training shows their gates then."""

import time

import streamlit as st

from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.pages.bench import View, begin, enter, remember
from lstm_viz.pages.controls import plain
from lstm_viz.pages.style import style
from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training import scene
from lstm_viz.pages.training.buttons import Runs, buttons
from lstm_viz.pages.training.choices import LEARN, MOST_CELLS, NEWEST, PRESETS
from lstm_viz.pages.training.controls import controls, key
from lstm_viz.pages.training.live import Shown, below, live
from lstm_viz.pages.training.runs import specs, task_for, who, workshop
from lstm_viz.pages.training.view import LAB, misfits, pair

S = st.session_state
INTRODUCTION = (
    "**Press Train.** The cells learn from the same seed: the same sequences, the same readout. "
    "Which of them gets below the dashed line?"
)
MEANWHILE = (
    "**Watch the error and its dashed line,** which is what a predictor without memory reaches. "
    "Who leaves it behind first, and what does that cell's gradient at step 1 do then?"
)
LATER = (
    "**Drag the slider under the curves.** The stage shows gates and gradients as they were at that moment. "
    "What did a cell learn first?"
)


def page() -> None:
    """The address once; then presets, controls, the run's buttons, the curves, and the stage."""
    style()
    enter(here())
    presets()
    S.lab = S.lab | controls(S.lab, changed)
    S.lab |= {name: misfit for name, misfit in misfits(S.lab).items() if name in ("left", "right", "open")}
    if S.lab_notes:
        st.warning(plain("\n".join(S.lab_notes)).replace("\n", "  \n"))
    problem = st.empty()
    shown = playable(problem)
    if shown:
        if S.pop("lab_arrived", False) and S.lab["at"] != NEWEST:
            arrive(shown)
        S.lab_clock = clocks.chosen(S.lab_clock, list(shown.specs.values()), shown.steps)
        if not S.lab_clock.moving:
            workshop().line.want(who(S), {})
        runs = Runs("lab", list(shown.specs.values()), shown.steps)
        none = S.get(key("cells")) == []
        if none:
            problem.info(
                f"No cell is chosen. Choose 1 to {MOST_CELLS} cells to train; shown are those of before."
            )
        buttons(runs, none or S.lab_good != choices(), hint(S.lab_clock))
        live(shown, here())
        place(shown)
        below(shown, here())
    remember(here())


def here() -> View:
    """This page."""
    return View(LAB, S, st.query_params)


def presets() -> None:
    """The title and the presets."""
    title, *columns = st.container(key="top").columns([1.6, *[1] * len(PRESETS)], vertical_alignment="center")
    title.markdown("#### Training lab")
    for column, name in zip(columns, PRESETS, strict=True):
        column.button(name, on_click=preset, args=(name,), width="stretch")


def preset(name: str) -> None:
    """Set everything to a preset, as if its address had been opened."""
    given, *hints = PRESETS[name]
    begin(here(), {name: str(value) for name, value in given.items()})
    S.lab_hint = hints


def hint(clock: clocks.Clock) -> str:
    """What to do or to look at: before, during, and after training; a preset has its own words for it."""
    before, during = S.lab_hint or (INTRODUCTION, MEANWHILE)
    if clock.moving:
        return during
    return LATER if any(clock.shown.values()) else before


def choices() -> dict:
    """All that a run depends on."""
    return {name: S.lab[name] for name in LEARN}


def playable(problem) -> Shown | None:
    """What the choices mean; where they cannot be trained, a sentence and the last that could."""
    wanted = choices()
    for values in filter(None, (wanted, S.lab_good)):
        try:
            shown = Shown(task_for(values), specs(values), values["steps"])
            scene.check(list(shown.specs), list(shown.specs.values()), values)
            for spec in shown.specs.values():
                workshop().line.tape(spec)
        except LearnerError as error:
            said = str(error)
            problem.info(plain(said))
        else:
            if values != wanted:
                kept = f"Curves and stage still show the task of before: {shown.task.title}."
                problem.info(plain(f"{said} {kept}"))
            S.lab_good = values
            return shown
    return None


def arrive(shown: Shown) -> None:
    """Show the moment that the address names, or say how to get there."""
    tapes = [workshop().line.tape(spec) for spec in shown.specs.values()]
    S.lab_clock = clocks.arrived(tapes, S.lab["at"], time.monotonic())
    if S.lab["at"] and S.lab_clock.mode == clocks.READY:
        known = f"the moment after {S.lab['at']:,} updates: the stage follows training up to there and stays."
        S.lab_hint = (f"**Press Train.** The address names {known}", f"**Watch the stage.** It shows {known}")


def place(shown: Shown) -> None:
    """What the stage shows; which two of the cells stand on it, where there are more."""
    cells = list(shown.specs)
    said = f"**One test sequence, always the same.** {shown.task.title}: {shown.task.sentence}"
    if 0 < shown.specs[cells[0]].descent.window < shown.specs[cells[0]].T:
        said += " Here the error is sent back uncut."
    if len(cells) < 3:
        st.markdown(said)
        return
    titles = {name: LIBRARY[name].title for name in cells}
    columns = st.container(key="lab_pair").columns([1, 1, 3], vertical_alignment="center")
    columns[2].markdown(said)
    both = pair(S.lab | choices_of(shown))
    for column, side, now in zip(columns, ("left", "right"), (both[0], both[-1]), strict=False):
        # A cell that was taken away changes who stands on both sides.
        S[key(side)] = now
        column.selectbox(
            f"On the stage, {side}", cells, key=key(side), format_func=titles.get, on_change=placed
        )


def choices_of(shown: Shown) -> dict:
    """The cells of what is shown, which can be those of before."""
    return {"cells": ",".join(shown.specs)}


def placed() -> None:
    """The reader has put another cell on the stage; a preset may have taken the boxes away."""
    S.lab |= {side: S.get(key(side), S.lab[side]) for side in ("left", "right")}


def changed() -> None:
    """After a choice of the reader's own, the notes and the preset's hint have done their work."""
    S.lab_notes, S.lab_hint = [], ()


page()
