"""How fast runs grow, from what a session has seen of them lately, and when they will be done."""

from collections.abc import MutableMapping

from lstm_viz.runs import Tape

MEMORY = 6.0  # seconds


def noted(history: MutableMapping, tapes: list[Tape], now: float) -> None:
    """Keep how far each tape is now, and forget what is older than MEMORY but one."""
    for spec in set(history) - {tape.spec for tape in tapes}:
        del history[spec]
    for tape in tapes:
        known = [*history.get(tape.spec, []), (now, tape.steps)]
        while len(known) > 2 and now - known[1][0] > MEMORY:
            known.pop(0)
        history[tape.spec] = known


def speed(history: MutableMapping, tape: Tape) -> float:
    """Updates a second that were recorded lately; 0 where nothing is known yet."""
    known = history.get(tape.spec, [(0.0, 0)])
    (before, few), (after, many) = known[0], known[-1]
    return (many - few) / (after - before) if after - before > 0.2 else 0.0


def progress(tape: Tape, shown: int, goal: int, pace: float, unit: str = "update") -> str:
    """A moving run in words: how far, how fast, how long still."""
    far = f"{shown:,} of {goal:,} {unit}s"
    if shown >= goal or not pace or tape.steps >= goal:
        return far
    return f"{far} · {brief(pace)} a second · {duration((goal - tape.steps) / pace)} left"


def brief(pace: float) -> str:
    """A speed with two digits that count."""
    return f"{pace:,.0f}" if pace >= 10 else f"{pace:.1f}"


def duration(seconds: float) -> str:
    """Some seconds, or minutes."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def queue(standings: list[tuple[int, int]]) -> str:
    """The place in line of the run whose turn is next, from (place, all); nothing where nobody else waits."""
    places, waiting = [place for place, _ in standings if place], max(n for _, n in standings)
    if not places or waiting <= len(standings):
        return ""
    return f"{ordinal(min(places))} of {waiting} runs waiting: turns are shared"


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
