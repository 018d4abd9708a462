"""The moving part of the page without a teacher: curves, the race in a table, then pictures and the stage."""

from functools import partial

import streamlit as st

from lstm_viz.pages.bench import View, moved, remember, returned, settled
from lstm_viz.pages.teacherless import maze as mazes
from lstm_viz.pages.teacherless import scene as scenes
from lstm_viz.pages.teacherless.choices import EVOLINO, EVOLUTION, MAZE
from lstm_viz.pages.teacherless.controls import key
from lstm_viz.pages.teacherless.plots import plots, run
from lstm_viz.pages.teacherless.race import amount, reads, table
from lstm_viz.pages.teacherless.runs import Entry, Shown, told
from lstm_viz.pages.teacherless.view import cell
from lstm_viz.pages.training import clock as clocks
from lstm_viz.pages.training.choices import NEWEST
from lstm_viz.pages.training.look import follow_pace, look, outdated, usual_pace
from lstm_viz.pages.training.runs import workshop
from lstm_viz.pages.training.scene import moment, moments, newest
from lstm_viz.pages.training.speed import progress, queue, speed
from lstm_viz.runs import Tape
from lstm_viz.stage import stage
from lstm_viz.stage.curves import curves, pack_curves
from lstm_viz.stage.pictures import pictures
from lstm_viz.teacherless.contest import sequences

S = st.session_state


def live(shown: Shown, view: View) -> None:
    """The curves as a fragment: it looks again by itself while something moves."""
    pace = usual_pace(S["tl_clock"])
    st.fragment(partial(_live, shown, view, pace), run_every=pace)()


def _tapes(shown: Shown) -> list[Tape]:
    return [workshop().line.tape(spec) for spec in shown.runs]


def _live(shown: Shown, view: View, pace: float | None) -> None:
    if S.pop("tl_moved", False):
        st.rerun()
    before = S["tl_clock"]
    tapes, clock = look("tl", shown.runs, shown.steps)
    curves(_packed(shown, tapes, clock), "tl_curves", partial(moved, view))
    left, right = st.container(key="tl_race").columns([1.7, 1], vertical_alignment="center")
    left.markdown(table(shown, tapes, clock))
    right.caption(_beside_the_table(shown, tapes, clock))
    if before.moving != clock.moving or outdated(pace, usual_pace(clock)):
        st.rerun()


def _packed(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> bytes:
    drawn, seen = plots(shown, tapes), [clocks.seen(clock, tape.spec) for tape in tapes]
    goal = max(shown.steps, *seen)
    runs = [
        run(shown, entry, tape, k, goal, _says(shown, entry, tape, clock))
        for entry, tape, k in zip(shown.entries, tapes, seen, strict=True)
    ]
    same = {sequences(spec) for spec in shown.runs}
    batch = same.pop() if len(same) == 1 else 0
    return pack_curves(runs, drawn, goal, batch, _moments(tapes, clock), shown.unit)


def _says(shown: Shown, entry: Entry, tape: Tape, clock: clocks.Clock) -> str:
    """How far a run is, in words."""
    seen, spec = clocks.seen(clock, tape.spec), entry.spec
    if not seen:
        return "not begun yet"
    read = f"{seen * sequences(spec):,} sequences"
    if clock.moving and not clocks.reached(clock, tape):
        far = progress(tape, seen, shown.steps, speed(S["tl_speeds"], tape), shown.unit)
        if spec.each == 1:
            return f"{far} · {read}"
    return f"{told(entry, seen)} · {read}"


def _moments(tapes: list[Tape], clock: clocks.Clock) -> dict:
    """The moments that the slider goes over, and the one that is shown."""
    seen = [clocks.seen(clock, tape.spec) for tape in tapes]
    last = newest(tapes, seen, clock.moving)
    return moments(tapes, seen, clock.moving, S["tl"]["at"], S.get("tl_staged", 0), last)


def _beside_the_table(shown: Shown, tapes: list[Tape], clock: clocks.Clock) -> str:
    """What the goal is, how it is judged, and what the reader should know of the others."""
    sign = "at most" if shown.goal.below else "at least"
    every = dict.fromkeys(told(entry, entry.spec.every).removeprefix("1 ") for entry in shown.entries)
    goal = f"{shown.goal.value:g}" if shown.goal.below else amount(shown, shown.goal.value)
    words = (
        f"Goal: {shown.goal.words}, {sign} {goal}; “now” is the last judgement. Networks are judged every "
        f"{' or '.join(every)}, which is not counted; every network that reads a sequence is. Seconds are "
        f"those of computing on this machine, as busy as it is. {reads(shown)}"
    )
    if any(entry.cell.name == "lstm" for entry in shown.entries) and shown.way == MAZE:
        words += "The LSTM's gates begin with memories that outlast the corridor (Tallec & Ollivier 2018). "
    if shown.way == EVOLINO and len(shown.entries) == 1:
        words += "The gradient has a task of two sines only: choose two for a race. "
    if clocks.replayed(clock, tapes):
        return words + "**A replay of what was computed before,** number by number the same."
    return words + (queue([workshop().standing(spec) for spec in shown.runs]) if clock.moving else "")


def below(shown: Shown, view: View) -> None:
    """Pictures and stage as a fragment; while they follow the newest moment they look for it."""
    following = S["tl_clock"].moving and S["tl"]["at"] == NEWEST
    every = follow_pace(usual_pace(S["tl_clock"])) if following else None
    st.fragment(partial(_below, shown, view), run_every=every)()


def _below(shown: Shown, view: View) -> None:
    if S.pop("tl_came_back", False):
        st.rerun()
    clock, tapes, at = S["tl_clock"], _tapes(shown), S["tl"]["at"]
    seen = [clocks.seen(clock, tape.spec) for tape in tapes]
    S["tl_staged"] = newest(tapes, seen, clock.moving) if at == NEWEST else _moments(tapes, clock)["at"]
    states = [
        moment(workshop(), tape, k, S["tl_staged"], clock.moving) for tape, k in zip(tapes, seen, strict=True)
    ]
    BELOW[shown.way](shown, states, view)


def _stage(data: bytes, view: View) -> None:
    stage(data, "tl_stage", partial(settled, view), partial(returned, view))


def _evolution(shown: Shown, states: list, view: View) -> None:
    _stage(scenes.trained(shown, states, S["tl_adopted"]), view)


def _evolino(shown: Shown, states: list, _view: View) -> None:
    pictures(scenes.free_run(shown, states), "tl_picture")


def _maze(shown: Shown, states: list, view: View) -> None:
    pictures(mazes.walks(shown, states), "tl_picture")
    _walker(shown, view)
    wanted = cell(S["tl"])
    pairs = zip(shown.entries, states, strict=True)
    entry, state = next((e, s) for e, s in pairs if mazes.rewarded(e) and e.cell.name == wanted)
    _stage(mazes.walked_stage(entry, state, S["tl_adopted"]), view)


def _walker(shown: Shown, view: View) -> None:
    """Which of the cells is on the stage, where there are two."""
    cells = {entry.cell.name: entry.cell.title for entry in shown.entries}
    if len(cells) < 2:
        return
    if S.get(key("walker")) not in cells:
        S[key("walker")] = cell(S["tl"])
    st.segmented_control(
        "Whose walk is on the stage",
        list(cells),
        key=key("walker"),
        format_func=cells.get,
        required=True,
        on_change=_placed,
        args=(view,),
    )


def _placed(view: View) -> None:
    """The reader has put the other cell on the stage."""
    S["tl"] |= {"walker": S.get(key("walker"), S["tl"]["walker"])}
    remember(view)


BELOW = {EVOLUTION: _evolution, EVOLINO: _evolino, MAZE: _maze}
