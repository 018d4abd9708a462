"""What is said of readers that nobody has trained, of a question's ceiling, and of clocks in a stack."""

import numpy as np

from lessons.both_directions.nets import SEEDS, STEPS, answers, numbers, touch, untrained
from lessons.timing.by_hand import stacked
from lessons.timing.clocks import strikes
from lstm_viz import parameters
from lstm_viz.layers import run_layers
from lstm_viz.library import LIBRARY
from lstm_viz.papers.both_future import AWAY, ONE, draw

LSTM = LIBRARY["lstm"]
LATER = np.triu(np.ones((STEPS, STEPS), bool), 1).T  # inputs s behind the answer t, as (s, t)
CLOCKS = (9.5, 5.5, 9.5)


def reach() -> dict[str, float]:
    """What inputs behind an answer do to it."""
    one = max(touch(depth, False, seed)[LATER].max() for depth in (1, 2, 3, 4) for seed in (1, 2))
    both = min(touch(depth, True, seed).min() for depth in (1, 2) for seed in (1, 2))
    return {"one direction, most by a later input": one, "both, least by any input": both}


def mirror() -> dict[str, float]:
    """A reader from the end beside an ordinary one that reads the sequence turned round."""
    net, params = untrained(1, True, 1)
    x = numbers(1)
    passes = run_layers(net, params, x)
    backwards = {name: p for name, p in params.items() if name.endswith("_rev")}
    forwards = {name.removesuffix("_rev"): p for name, p in backwards.items()}
    turned = run_layers(net._replace(both=False), forwards, x[::-1])
    return {"largest difference": np.abs(passes.y[:, 8:] - turned.y[::-1]).max()}


def weights() -> dict[str, float]:
    """Two readers of 12 units and one of 18, of eight inputs."""
    return {"two of 12": 2 * parameters.count(LSTM, 8, 12), "one of 18": parameters.count(LSTM, 8, 18)}


def ceiling() -> dict[str, float]:
    """How often the sign of the first of two numbers is that of their sum, for three distributions."""
    rng, n = np.random.default_rng(5), 400_000
    drawn = {
        "normal": rng.normal(size=(2, n)),
        "uniform": rng.uniform(-1, 1, (2, n)),
        "many small, few large": rng.normal(size=(2, n)) ** 3,
    }
    found = {f"{name}: % right": 100 * np.mean((a > 0) == (a + b > 0)) for name, (a, b) in drawn.items()}
    return found | {"what the theory says": 100 * mean_of_larger()}


def mean_of_larger(parts: int = 100_000) -> float:
    """The mean of max(u, 1 − u): by the first number the sum is positive with a chance u, all u alike."""
    u = (np.arange(parts) + 0.5) / parts
    return float(np.maximum(u, 1 - u).mean())


def wait() -> dict[str, float]:
    """The ceiling by how many steps later the answer may come, the second number being three ahead."""
    x, right, counts = draw(np.random.default_rng(5), ONE, 10_000)
    asked, found = np.flatnonzero(counts), {}
    for delay in (1, 2, 3):
        # Whoever answers so much later has read so much more; of what is not read the mean is the best guess.
        ahead = x[asked + AWAY, 0] if delay >= AWAY else 0.0
        found[f"% with a delay of {delay}"] = 100 * np.mean((x[asked - AWAY, 0] + ahead > 0) == right[asked])
    return found


def ends() -> dict[str, float]:
    """The reader from the end at the last step, beside one that reads nothing but the last input."""
    net, params = untrained(1, True, 1)
    x = numbers(1)
    whole, alone = run_layers(net, params, x), run_layers(net, params, x[-1:])
    start = run_layers(net, params, x[:1])
    return {
        "at the last step, difference": np.abs(whole.y[-1, 8:] - alone.y[-1, 8:]).max(),
        "at the first, of the other": np.abs(whole.y[0, :8] - start.y[0, :8]).max(),
    }


def changes() -> dict[str, float]:
    """What other numbers in the last third do to the answers before."""
    x = numbers(5)
    other = x.copy()
    other[20:] = np.random.default_rng(6).normal(size=(10, 1, 1))
    found = {}
    for name, both in (("one direction", False), ("both", True)):
        moved = np.abs(answers(1, both, 1, x) - answers(1, both, 1, other))[:20]
        found[f"{name}: answers that changed, of 20"] = int((moved > 0).sum())
    return found


def clocks() -> dict[str, float]:
    """Three clocks one above the other."""
    heard = [strikes(values) for values in stacked(CLOCKS, 1250)]
    told = {"lowest": 10, "middle": 60, "highest": 600}
    right = {
        f"{name}: every {every}": np.array_equal(found, np.arange(every, 1251, every))
        for found, (name, every) in zip(heard, told.items(), strict=True)
    }
    counted = max(float(values["c"].max()) for values in stacked(CLOCKS, 650))
    return right | {"farthest tally": counted}


def hours() -> dict[str, float]:
    """A fourth clock above them, by the strikes of the third alone."""
    first, second = stacked((11.5, 0.5), 30)[0], 600
    at = strikes(first)[:2] * second
    return {"first strike": at[0], "second strike": at[1], "threshold of a single unit": 7200 - 0.5}


def stack_weights() -> dict[str, float]:
    """Layers of 16 units, and a single one of 32."""
    return {
        "first layer": parameters.count(LSTM, 1, 16),
        "second": parameters.count(LSTM, 16, 16),
        "second, above two directions": parameters.count(LSTM, 32, 16),
        "one of 32 units": parameters.count(LSTM, 1, 32),
    }


def depth() -> dict[str, float]:
    """The gradient of an answer by the input of the same step, the median of all steps, by the layers."""
    found = {d: [float(np.median(np.diagonal(touch(d, False, s)))) for s in SEEDS] for d in (1, 4)}
    middle = [float(np.median(found[d])) for d in found]
    return {
        "one layer, least": min(found[1]),
        "one layer, most": max(found[1]),
        "four layers, most": max(found[4]),
        "left by each layer more": (middle[1] / middle[0]) ** (1 / 3),
    }
