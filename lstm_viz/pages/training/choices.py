"""What can be chosen in the Training lab: every choice with its default and bounds, and the presets."""

from lstm_viz.library import LIBRARY
from lstm_viz.pages.address import Choice, number, one_of, text, whole
from lstm_viz.pages.choices import VIEW
from lstm_viz.tasks import OWN, TASKS, parse_series
from lstm_viz.tasks.task import MAX_TYPED
from lstm_viz.training.optimisers import OPTIMISERS
from lstm_viz.training.schedules import SCHEDULES
from lstm_viz.training.spec import MAX_BATCH, MAX_CLIP, MAX_HORIZON, PRECISIONS

MOST_CELLS, MOST_STEPS = 4, 5000
TITLES = {name: task.title for name, task in TASKS.items()}
TITLES |= {"own_text": "Your own text", "own_series": "Your own series"}
# A deep net has weights for each step of one input: nothing that training on sequences could move.
DEEP = tuple(name for name, variant in LIBRARY.items() if variant.depth)
CELLS = tuple(name for name in LIBRARY if name not in DEEP)
RHYME = (
    "this is the house that jack built. this is the malt that lay in the house that jack built. "
    "this is the rat that ate the malt that lay in the house that jack built. "
    "this is the cat that killed the rat that ate the malt that lay in the house that jack built. "
    "this is the dog that worried the cat that killed the rat that ate the malt that lay in the house "
    "that jack built."
)
KEEPS = {"plain": "as the library says", "open": "keeping", "chrono": "chrono, up to T steps"}


def _cells(said: str) -> str:
    names = said.split(",")
    if not 1 <= len(names) <= MOST_CELLS or len(set(names)) < len(names) or not {*names} <= {*CELLS}:
        raise ValueError
    return said


def _short(said: str) -> None:
    if len(said) > MAX_TYPED:
        raise ValueError


LEARN = {
    "task": one_of("adding", *TASKS, *OWN),
    "cells": Choice(
        "rnn_tanh,lstm",
        _cells,
        f"1 to {MOST_CELLS} different cells of the library, but for its deep nets, with commas between them",
    ),
    "T": whole(60, 5, 200),
    "shortest": whole(0, 0, 200),
    "hidden": whole(16, 2, 32),
    "batch": whole(32, 1, MAX_BATCH),
    "rate": number(0.01, 1e-6, 1.0),
    "clip": number(1.0, 1e-6, MAX_CLIP),
    "limit": number(0.0, 0.0, MAX_CLIP),
    "optimiser": one_of("adam", *OPTIMISERS),
    "schedule": one_of("constant", *SCHEDULES),
    "horizon": whole(1000, 1, MAX_HORIZON),
    "window": whole(0, 0, 200),
    "steps": whole(1000, 1, MOST_STEPS),
    "seed": whole(1, 0, 9999),
    "keep": one_of("plain", *KEEPS),
    "precision": one_of(PRECISIONS[0], *PRECISIONS),
    "text": text(RHYME, _short, f"texts of up to {MAX_TYPED:,} characters"),
    "series": text("", lambda said: parse_series(said, MAX_TYPED), "numbers with commas between them"),
}
NEWEST = "newest"


def _moment(said: str) -> int | str:
    return said if said == NEWEST else whole(0, 0, MOST_STEPS).read(said)


PLACE = VIEW | {
    "at": Choice(NEWEST, _moment, f"{NEWEST}, or whole numbers from 0 to {MOST_STEPS}"),
    "left": one_of("", *CELLS),
    "right": one_of("", *CELLS),
}

PRESETS = {
    "Which one learns?": (
        {"cells": "rnn_tanh,lstm,gru_reset_after", "keep": "open", "t": 33, "mode": "backward"},
        "**Press Train.** Three cells, the same seed: the same sequences, the same readout, 1,000 updates "
        "each. Which of them gets clearly below the dashed line of a predictor without memory in this "
        "budget? With more updates, shorter sequences or another seed the RNN may do better: try it.",
        "**Watch the error.** Which line leaves the dashed one clearly, and stays below? And which gradient "
        "arrives at step 1 before that?",
    ),
    "The gates find the marks": (
        {"cells": "lstm,gru_reset_after", "keep": "chrono", "open": "i", "t": 33, "unit": 12, "model": 1},
        "**Press Train.** Chrono start spreads the gates' biases so that the units remember for 1 to T "
        "steps. When does the LSTM's input gate begin to open at the marked inputs, and only there? Set the "
        "gates' start back to the library's to see what it is worth.",
        "**Watch the LSTM's input gate on the stage.** At first it looks the same at every step. After how "
        "many updates does it open at the marked inputs, and only there?",
    ),
    "Too large a learning rate": (
        {"cells": "irnn,rnn_tanh,lstm", "T": 100, "rate": 0.5, "steps": 300, "precision": "float32"},
        "**Press Train.** At a rate of 0.5 one update makes the IRNN, which nothing bounds, grow with every "
        "step of a sequence until float32 ends. What was computed up to there is kept. The other two stay "
        "finite: do they learn?",
        "**Watch the loss.** The IRNN's ends at a cross, after few updates; the others go on. Does their "
        "error come down to the dashed line?",
    ),
    "Truncated at 20 steps": (
        {"cells": "lstm,gru_reset_after", "window": 20, "shortest": 60, "keep": "open", "t": 20},
        "**Press Train.** The gradient is cut after 20 steps (truncated backpropagation through time): of "
        "the error at the end nothing arrives at the first step. Do they learn all the same? The gate that "
        "opens for a mark within reach opens for every mark, and the states are carried on.",
        "**Watch the gradient at step 1 and the error.** Nothing arrives at the start. Does the error come "
        "down all the same?",
    ),
}
