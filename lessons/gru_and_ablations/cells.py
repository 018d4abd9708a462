"""What follows from the lines alone: GRU and LSTM cells with random weights, run by the engine."""

import numpy as np

from lessons.seen import at, share
from lstm_viz import network, parameters
from lstm_viz.cell import parse
from lstm_viz.engine import run
from lstm_viz.library import LIBRARY
from lstm_viz.tasks import TASKS

H, D = 4, 3
FRONT_HALF = """\
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
i = 1 - z
g = tanh(W_h @ x + U_h @ h_prev + b_h)
c = z * c_prev + i * g
h = c"""
STREAM = (
    "/?task=reber_stream&left=greff_nfg&right=peephole_gers&weights=untrained&T=200&hidden=12&seed=1&forget=1"
)
PAIR = (
    "/?task=adding&left=gru_reset_after&right=lstm&weights=untrained&T=100&hidden=16&seed=1&forget={}"
    "&mode=backward&t=50"
)
LETTERS = 7


def drawn(name: str, rng: np.random.Generator, size: float = 1.0) -> dict[str, np.ndarray]:
    """Normal weights for a cell, in its own order."""
    cell = parse(LIBRARY[name].equations)
    sizes = {"H": H, "D": D, "1": 1}
    return {p: size * rng.normal(size=[sizes[s] for s in cell.shapes[p]]) for p in cell.params}


def states(name: str, params: dict, x: np.ndarray, of: str = "h") -> np.ndarray:
    """A state of a cell at every step."""
    return run(parse(LIBRARY[name].equations), params, x).values[of]


def one_step() -> dict[str, float]:
    """A GRU that holds 0.8, keeps nine tenths and is offered −0.5."""
    cell = parse(LIBRARY["gru_reset_after"].equations)
    params = {p: np.zeros((1, 1)) for p in cell.params}
    params |= {"b_z": np.array([[np.log(9.0)]]), "b_h": np.array([[np.arctanh(-0.5)]])}
    trace = run(cell, params, np.zeros((1, 1, 1)), {"h": np.array([[0.8]])})
    return {"the state after the step": trace.values["h"][0, 0, 0]}


def walls(name: str, of: str) -> float:
    """The largest size of a state in 20 networks of large random weights, each over 200 random inputs."""
    largest = 0.0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        params = drawn(name, rng, 5.0)
        largest = max(largest, float(np.abs(states(name, params, rng.normal(size=(200, D, 1)), of)).max()))
    return largest


def bounded() -> dict[str, float]:
    """Both forms of the GRU."""
    return {LIBRARY[name].title: walls(name, "h") for name in ("gru_reset_after", "gru_reset_before")}


def coupled() -> dict[str, float]:
    """The cell state with coupled gates."""
    return {"largest cell state": walls("cifg", "c")}


def half() -> dict[str, float]:
    """A GRU with its reset gate held open beside the front half of an LSTM with coupled gates."""
    rng = np.random.default_rng(0)
    params, x = drawn("gru_reset_after", rng), rng.normal(size=(50, D, 1))
    params |= {"b_r": np.full((H, 1), 1000.0), "bU_h": np.zeros((H, 1))}
    for gone in ("W_r", "U_r"):
        params[gone] = np.zeros_like(params[gone])
    cell = parse(FRONT_HALF)
    other = run(cell, {p: params[p] for p in cell.params}, x).values["h"]
    return {
        "largest difference of their states": float(
            np.abs(states("gru_reset_after", params, x) - other).max()
        )
    }


def weights() -> dict[str, float]:
    """The weights of ten cells for 7 inputs and 12 units."""
    names = ("peephole_gers", "greff_nig", "greff_nfg", "greff_nog", "greff_np", "cifg", "greff_fgr")
    names += ("gru_reset_after", "lstm")
    return {LIBRARY[name].title: float(parameters.count(LIBRARY[name], LETTERS, 12)) for name in names}


def grown() -> dict[str, float]:
    """Untrained cells on the endless stream: the largest state after 200 letters, the mean after 1,000."""
    nfg, full = at(STREAM).runs
    found = {
        "without forget gate, largest after 200": float(np.abs(nfg.trace.values["c"][-1]).max()),
        "full cell, largest after 200": float(np.abs(full.trace.values["c"][-1]).max()),
    }
    x = TASKS["reber_stream"].draw(np.random.default_rng(5), 1000, 5).x
    means = []
    for seed in range(1, 6):
        variant = LIBRARY["greff_nfg"]
        params = network.start(variant, LETTERS, LETTERS, 12, np.random.default_rng(seed))
        trace, _ = network.forward(parse(variant.equations), params, x)
        means.append(np.abs(trace.values["c"][-1]).mean())
    return found | {"without forget gate, mean after 1,000": float(np.median(means))}


def reset() -> dict[str, float]:
    """Both forms of the GRU with the same random weights."""
    return {"largest difference of their states": apart(np.ones((H, H)))}


def diagonal() -> dict[str, float]:
    """The same where every unit's candidate hears that unit alone."""
    return {"largest difference of their states": apart(np.eye(H))}


def apart(kept: np.ndarray) -> float:
    """How far both forms of the GRU come apart over 30 steps with U_h where it is kept."""
    rng = np.random.default_rng(0)
    after = drawn("gru_reset_after", rng)
    after |= {"bU_h": np.zeros((H, 1)), "U_h": after["U_h"] * kept}
    x = rng.normal(size=(30, D, 2))
    before = {p: after[p] for p in parse(LIBRARY["gru_reset_before"].equations).params}
    difference = states("gru_reset_after", after, x) - states("gru_reset_before", before, x)
    return float(np.abs(difference).max())


def fair() -> dict[str, float]:
    """GRUs beside an LSTM with as many weights."""
    sizes = (("gru_reset_after", 14), ("gru_reset_after", 15), ("lstm", 12))
    return {
        f"{LIBRARY[n].title}, {h} units": float(parameters.count(LIBRARY[n], LETTERS, h)) for n, h in sizes
    }


def kept() -> dict[str, float]:
    """What is left of the gradient after 50 steps back, by the keeping bias."""
    found = {}
    for bias in (0, 3):
        gru, lstm = at(PAIR.format(bias)).runs
        found |= {f"GRU, bias {bias}": share(gru, "h")[-51], f"LSTM, bias {bias}": share(lstm, "c")[-51]}
    return found


def sums() -> dict[str, float]:
    """Forget gate plus input gate in the trained networks on the sequences of the text."""
    found = {}
    for task in ("adding", "recall"):
        values = at(f"/?task={task}&T=60").runs[1].trace.values
        both = values["f"] + values["i"]
        found |= {f"{task}, least": float(both.min()), f"{task}, largest": float(both.max())}
    return found
