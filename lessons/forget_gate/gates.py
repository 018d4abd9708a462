"""What is said of gates that stand still, of untrained networks, and of the one that learnt to add."""

import math

import numpy as np

from lessons.seen import at, share
from lstm_viz.ops import sigmoid
from lstm_viz.tasks.reber import last, tables

SPANS = "/?T=100&first=15&second=60&open=f"
SEEDS = range(1, 9)


def logit(p: float) -> float:
    """Where the logistic function is p."""
    return math.log(p / (1 - p))


def half_life(f: float) -> float:
    """After how many steps half is left, if each leaves f."""
    return math.log(0.5) / math.log(f)


def untrained(forget: float, seed: int, cut: str = "truncated") -> str:
    """The address of an untrained LSTM that sends back its error at the last of a hundred steps."""
    return (
        f"/?left=lstm1997&right=lstm&weights=untrained&T=100&hidden=16&seed={seed}&forget={forget:g}"
        f"&cut={cut}&mode=backward&t=1"
    )


def product() -> dict[str, float]:
    """The gradient of the cell state against the product of the forget gates on its way."""
    worst = 0.0
    for seed in SEEDS:
        run = at(untrained(1, seed)).runs[1]
        dc, f = run.grads.signals["c"], run.trace.values["f"]
        between = np.cumprod(f[:0:-1], axis=0)[::-1]
        told = dc[-1] * between
        worst = max(worst, float(np.abs(dc[:-1] / told - 1).max()))
    return {"largest relative difference": worst}


def half_lives() -> dict[str, float]:
    """Gate and half-life by the bias."""
    biases = (0, 1, 3, 5, 7)
    gates = {f"gate at the bias {b}": sigmoid(b) for b in biases}
    return gates | {f"half-life at {b}": half_life(sigmoid(b)) for b in biases}


def limit() -> dict[str, float]:
    """How far a state comes with a gate of 0.9, what is written being drawn at random or always 1."""
    rng, farthest = np.random.default_rng(1), 0.0
    written = np.concatenate([rng.uniform(-1, 1, (1000, 200)), np.ones((1000, 1))], axis=1)
    state = np.zeros(201)
    for row in written:
        state = 0.9 * state + row
        farthest = max(farthest, float(np.abs(state).max()))
    return {"farthest state": farthest, "1 divided by what is lost": 1 / (1 - 0.9)}


def large() -> dict[str, float]:
    """A cell whose gates stand at a sum of 5 and whose candidate is nearly 1."""
    f, written, c = sigmoid(5), sigmoid(5) * math.tanh(5), 0.0
    for _ in range(20):
        c = f * c + written
    return {"after 20 steps": c, "in the end": written / (1 - f)}


def decay() -> dict[str, float]:
    """What a loss of a tenth leaves, and how long the strings are."""
    return {"half-life": half_life(0.9), "left after 12 steps": 0.9**12, "letters in a string": length()}


def length() -> float:
    """The mean number of letters of a string of the embedded Reber grammar."""
    _, ends, _ = tables("over")
    n, over = len(ends), last(ends)
    # The expected number of letters from each state: one, and what is expected from where it leads.
    chances = np.zeros((n, n))
    for way in ends.T:
        chances[np.arange(n), way] += 0.5
    left = np.linalg.solve(np.eye(n)[~over][:, ~over] - chances[~over][:, ~over], np.ones((~over).sum()))
    return float(left[0])


def shares(forget: float, cut: str = "truncated") -> list[float]:
    """What is left of the gradient of the cell state after 99 steps, for each seed."""
    return [float(share(at(untrained(forget, seed, cut)).runs[1], "c")[0]) for seed in SEEDS]


def untrained_shares() -> dict[str, float]:
    """The same by the bias of the forget gate."""
    found = {b: shares(b) for b in (0, 1, 3, 5)}
    return {f"{end} left at the bias {b}": pick(found[b]) for b in found for end, pick in ENDS.items()}


ENDS = {"least": min, "most": max}


def measured() -> dict[str, float]:
    """The bias of 3, by the bias alone and in eight networks."""
    found = shares(3)
    return {"by the bias alone": sigmoid(3) ** 99, "least": min(found), "most": max(found)}


def measured_full() -> dict[str, float]:
    """The same with the full gradient."""
    found = shares(3, "full")
    return {"least": min(found), "most": max(found)}


def spans() -> dict[str, float]:
    """The half-lives of the units of the trained LSTM, by the means of their gates."""
    f = at(SPANS).runs[1].trace.values["f"][:, :, 0]
    lives = [half_life(gate) for gate in f.mean(axis=0)]
    return {"shortest": min(lives), "longest": max(lives), "gate at the start": sigmoid(5)}


def fifty() -> dict[str, float]:
    """The gate and the bias for a half-life of 50 steps."""
    f = 0.5 ** (1 / 50)
    return {"gate": f, "bias": logit(f)}


def reset_sum() -> dict[str, float]:
    """What a gate of a hundredth asks of its sum."""
    return {"sum": logit(0.01), "from the weights": logit(0.01) - 3}
