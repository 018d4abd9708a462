"""A session's own clock of training: how far it sees each run, how far it wants to go, whether it moves.

The tapes are everybody's; a session sees its own up to where its clock stands. What others have recorded
already is shown again quickly, in REPLAY seconds for the whole; what is not yet there, as it comes. A session
that pauses stops nobody.
"""

from collections.abc import Mapping
from typing import NamedTuple

from lstm_viz.runs import Tape

REPLAY = 3.0  # seconds in which a whole run that is recorded is shown again
# What a session does with its runs; all but the first two are at rest.
TRAINING, STEPPING, READY, PAUSED, STOPPED, DONE = (
    "training",
    "stepping",
    "ready",
    "paused",
    "stopped",
    "done",
)


class Clock(NamedTuple):
    """By run: the updates that are shown and those to be reached; the time of the last look, in seconds."""

    mode: str = READY
    shown: Mapping = {}
    goals: Mapping = {}
    looked: float = 0.0

    @property
    def moving(self) -> bool:
        """Whether runs are wanted."""
        return self.mode in (TRAINING, STEPPING)

    def rest(self) -> "Clock":
        """The same at rest."""
        return self._replace(mode=PAUSED, goals={}) if self.moving else self


def seen(clock: Clock, spec) -> int:
    """How many updates of a run are shown."""
    return int(clock.shown.get(spec, 0))


def train(clock: Clock, specs: list, steps: int, now: float) -> Clock:
    """Go on until `steps` updates; from the start where the runs were stopped."""
    shown = {} if clock.mode == STOPPED else clock.shown
    return Clock(TRAINING, kept(shown, specs), dict.fromkeys(specs, steps), now)


def again(specs: list, steps: int, now: float) -> Clock:
    """From the start: nothing is shown, everything wanted."""
    return Clock(TRAINING, dict.fromkeys(specs, 0), dict.fromkeys(specs, steps), now)


def one_step(clock: Clock, specs: list, now: float) -> Clock:
    """One update of each run more than is shown."""
    shown = kept(clock.shown, specs)
    return Clock(STEPPING, shown, {spec: int(k) + 1 for spec, k in shown.items()}, now)


def stop(clock: Clock) -> Clock:
    """End the runs where they are; to train again is to begin anew."""
    return clock._replace(mode=STOPPED, goals={})


def kept(shown: Mapping, specs: list) -> dict:
    """What is shown of these runs, and of no others."""
    return {spec: shown.get(spec, 0) for spec in specs}


def chosen(clock: Clock, specs: list, steps: int) -> Clock:
    """After a change of the choices: other runs rest, the same ones go on, further where more is wanted."""
    if clock.moving and set(clock.goals) == set(specs):
        return clock._replace(goals=dict.fromkeys(specs, steps)) if clock.mode == TRAINING else clock
    shown = kept(clock.shown, specs)
    if set(shown) != set(clock.shown) or not any(shown.values()):
        mode = PAUSED if any(shown.values()) else READY
        return Clock(mode, shown, {}, clock.looked)
    return clock


def arrived(tapes: list[Tape], at: int, now: float) -> Clock:
    """What an address shows that names a moment: the runs up to there, where they are recorded that far."""
    known = all(tape.steps >= at or tape.broke for tape in tapes)
    shown = {tape.spec: min(at, tape.steps) if known else 0 for tape in tapes}
    return Clock(PAUSED if any(shown.values()) else READY, shown, {}, now)


def look(clock: Clock, tapes: list[Tape], steps: int, now: float) -> Clock:
    """The clock after the time since the last look, as far as the tapes go; at rest where all is reached."""
    if not clock.moving:
        return clock._replace(
            shown={tape.spec: min(clock.shown.get(tape.spec, 0), tape.steps) for tape in tapes}
        )
    stride = max(1.0, steps * (now - clock.looked) / REPLAY)
    shown = {
        tape.spec: min(clock.shown.get(tape.spec, 0) + stride, tape.steps, goal(clock, tape))
        for tape in tapes
    }
    moved = clock._replace(shown=shown, looked=now)
    if not all(reached(moved, tape) for tape in tapes):
        return moved
    return moved._replace(mode=DONE if finished(moved, tapes, steps) else PAUSED, goals={})


def goal(clock: Clock, tape: Tape) -> int:
    """How far a run is to go."""
    return clock.goals.get(tape.spec, 0)


def reached(clock: Clock, tape: Tape) -> bool:
    """Whether a run is shown as far as it is to go, or as it ever will."""
    shown = seen(clock, tape.spec)
    return shown >= goal(clock, tape) or (bool(tape.broke) and shown >= tape.steps)


def finished(clock: Clock, tapes: list[Tape], steps: int) -> bool:
    """Whether every run is shown to its end."""
    return all(
        seen(clock, tape.spec) >= steps or (tape.broke and seen(clock, tape.spec) >= tape.steps)
        for tape in tapes
    )


def replayed(clock: Clock, tapes: list[Tape]) -> bool:
    """Whether what is shown now was computed before."""
    return clock.moving and all(tape.steps - clock.shown.get(tape.spec, 0) > 1 for tape in tapes)
