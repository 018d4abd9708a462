"""Operations on trained networks: a part of a shipped LSTM is held, tied or taken out; then it is tested.

A held gate has no weights left and a bias so large that it stands at 1; whatever else is changed is a line.
"""

from functools import lru_cache

import numpy as np

from lstm_viz import fast
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import forward
from lstm_viz.tasks import TASKS, Batch, judge
from lstm_viz.training.measure import TEST_SEED
from lstm_viz.weights import MODELS, file_name, load

HELD, TESTS, UNITS = 1000.0, 200, 16
LENGTHS = {"adding": 60, "recall": 60, "parity": 20}
LINES = {
    "no tanh in the candidate": (
        "g = tanh(W_c @ x + U_c @ h_prev + b_c)",
        "g = W_c @ x + U_c @ h_prev + b_c",
    ),
    "no tanh behind the memory": ("h = o * tanh(c)", "h = o * c"),
    "forget = 1 − input": ("c = f * c_prev + i * g", "c = (1 - i) * c_prev + i * g"),
}
GATES = {f"{name} gate held open": gate for name, gate in (("forget", "f"), ("input", "i"), ("output", "o"))}
CUT = "no recurrent weights"
OPERATIONS = (*GATES, *LINES, CUT)


@lru_cache(maxsize=3)
def patient(task: str) -> tuple[dict, Batch]:
    """The shipped weights of a task's LSTM, and the sequences that it is tested on."""
    batch = TASKS[task].draw_test(np.random.default_rng(TEST_SEED), LENGTHS[task], TESTS)
    return load(MODELS / file_name(task, "lstm", UNITS)).params, batch


def operated(task: str, done: tuple[str, ...]) -> tuple[str, dict]:
    """The equations and the weights after some of OPERATIONS."""
    params, equations = dict(patient(task)[0]), LIBRARY["lstm"].equations
    for name in done:
        if name in LINES:
            equations = equations.replace(*LINES[name])
        elif name in GATES:
            gate = GATES[name]
            params |= {f"{k}_{gate}": np.zeros_like(params[f"{k}_{gate}"]) for k in "WU"}
            params[f"b_{gate}"] = np.full_like(params[f"b_{gate}"], HELD)
        else:
            params |= {n: np.zeros_like(p) for n, p in params.items() if n.startswith("U_")}
    # Tied to the input gate, the forget gate is in no line any more.
    return equations, params


@lru_cache(maxsize=400)
def error(task: str, *done: str) -> float:
    """The task's own measure on its test sequences after some of OPERATIONS."""
    equations, params = operated(task, done)
    batch = patient(task)[1]
    _, y = forward(parse(equations), params, batch.x, run=fast.run)
    return judge(TASKS[task], y, batch)


def ignorant(task: str) -> float:
    """What a predictor without memory reaches in the same measure."""
    return TASKS[task].baseline(LENGTHS[task])[0]
