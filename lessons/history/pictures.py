"""The pictures of the lesson on history: how sure the timeline is, and a network that was guessed."""

import numpy as np

from lessons.history.facts import SURE, counted
from lessons.history.guess import SEED, STEPS, TELLING, guesses, path
from lstm_viz.stage.chart import Axis, Bars, Line, Note, Plot, Rule

ROLES = {"read": "input", "notes": "output", "said": "plain", "memory": "forget"}
SHORT = {"read": "read", "notes": "notes", "said": "said", "memory": "memory"}


def sure() -> Plot:
    """How many entries there are of each degree of certainty."""
    found = counted()
    counts = {name: found[words] for name, words in SURE.items()}
    bars = [Bars(SHORT[n], ROLES[n], [k], [count], 0.6) for k, (n, count) in enumerate(counts.items())]
    notes = [Note(f"{count}", k, count + 4) for k, count in enumerate(counts.values())]
    return Plot(
        "How sure the entries are",
        Axis("", -0.6, len(counts) - 0.4, names=[(k, SHORT[n]) for k, n in enumerate(counts)]),
        Axis("entries", 0, 100),
        (*bars, *notes),
        "; ".join(f"{SURE[n]}: {count}" for n, count in counts.items()),
        tall=0.8,
    )


def latch() -> Plot:
    """The answer of a guessed network along one sequence of each kind."""
    found = guesses(SEED)
    below, above = path(found, SEED)
    steps = np.arange(1, STEPS + 1)
    marks = (
        Line("began with 1", "cell", steps, above),
        Line("began with −1", "hidden", steps, below),
        Rule("from here on noise", TELLING + 1),
    )
    said = f"The two lines end at {above[-1]:.2g} and {below[-1]:.2g} after {STEPS} steps."
    return Plot(
        f"The network of guess {found.found}",
        Axis("step", 1, STEPS),
        Axis("first unit", -1.1, 1.1),
        marks,
        said,
        tall=0.8,
    )
