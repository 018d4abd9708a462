"""The networks of the lesson on sequences, all set by hand: two units that count steps, walks, a ring."""

import numpy as np

from lessons.plain import net, ring, states, turn
from lstm_viz.library import LIBRARY
from lstm_viz.pages import scene
from lstm_viz.pages.arrival import arrive
from lstm_viz.tasks import TASKS

MIX = [[0.5, -0.8], [0.8, 0.5]]
ENTRY = [[1.0], [0.0]]
STARTS = ((0.8, 0.6), (-0.3, 0.9), (-0.9, -0.4), (0.5, -0.7))
CORNER = 2.0  # a factor that sends each unit to one side
RING = 10


def reading(x) -> np.ndarray:
    """The states of the two units that read numbers: (T, 2)."""
    return states(net("tanh", MIX, ENTRY), x)[1:]


def walk(degrees: float, stretch: float, kind: str, start, steps: int) -> np.ndarray:
    """Where two units go without input: (steps + 1, 2)."""
    return states(net(kind, turn(degrees, stretch)), np.zeros(steps), start)


def held(numbers, zeros: int, kind: str, scale: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """What a ring of ten units gives back after so many zeros, and its states (steps, 10) meanwhile.

    The numbers enter the first unit one by one, times `scale`, and are divided by it when they are read.
    """
    n = net(kind, ring(RING), scale * np.eye(RING)[:, :1])
    h = states(n, np.concatenate([numbers, np.zeros(zeros)]))[1:] / scale
    return np.roll(h[-1], -zeros)[::-1], h


def by_hand() -> dict[str, float]:
    """The three states of the picture, and the sums of the second."""
    h, sums = reading([1, 0, 0]), np.array(MIX) @ reading([1])[0]
    return {
        **{f"unit {k + 1} at step {t + 1}": h[t, k] for t in range(3) for k in range(2)},
        "first sum at step 2": sums[0],
        "second sum": sums[1],
    }


def order() -> dict[str, float]:
    """The last state when the zeros come first."""
    h = reading([0, 0, 1])[-1]
    return {"unit 1": h[0], "unit 2": h[1]}


def weights() -> dict[str, float]:
    """How many numbers the Explorer's plain network has, whatever it reads."""
    found = {}
    for T in (5, 200):
        values, _, _ = arrive({"weights": "untrained", "T": str(T)})
        params, _ = scene.weights(LIBRARY["rnn_tanh"], TASKS["adding"], values, T)
        found[f"numbers for {T} steps"] = sum(p.size for p in params.values())
    return found


def spiral() -> dict[str, float]:
    """What is left of the distance from the middle."""
    start = STARTS[0]
    straight, bent = (np.linalg.norm(walk(30, 0.9, kind, start, 100), axis=1) for kind in ("linear", "tanh"))
    return {
        "after 20 steps": straight[20] / straight[0],
        "after 100 steps": straight[100] / straight[0],
        "after 20 with tanh, beside without": bent[20] / straight[20],
    }


def corners() -> dict[str, float]:
    """Where each unit settles that began above 0, and below."""
    rng = np.random.default_rng(1)
    starts = [rng.uniform(0.01, 1, 2) * rng.choice([-1, 1], 2) for _ in range(30)]
    ends = np.array([walk(0, CORNER, "tanh", start, 100)[-1] for start in starts])
    kept = (np.sign(ends) == np.sign(starts)).all()
    return {
        "least distance of a unit from 0": np.abs(ends).min(),
        "largest": np.abs(ends).max(),
        "every unit has kept its sign": kept,
    }


def clock() -> dict[str, float]:
    """The distances from the middle of a state that is turned and stretched, long after its start."""
    far = [np.linalg.norm(walk(30, 1.5, "tanh", start, 1000)[200:], axis=1) for start in STARTS]
    return {"least distance": np.min(far), "largest": np.max(far)}


def turned() -> dict[str, float]:
    """What is left of 0.7 after a thousand turns."""
    n = net("linear", turn(30), ENTRY)
    h = states(n, np.concatenate([[0.7], np.zeros(1000)]))[-1]
    return {
        "error of the length": abs(np.linalg.norm(h) - 0.7),
        "times around": 1000 * 30 / 360,
        "direction in degrees": np.degrees(np.arctan2(h[1], h[0])),
    }


def ringed() -> dict[str, float]:
    """The largest error of ten numbers after a thousand steps without tanh."""
    numbers = np.random.default_rng(1).uniform(-1, 1, RING)
    return {"largest error": np.abs(held(numbers, 1000, "linear")[0] - numbers).max()}


def worn() -> dict[str, float]:
    """What a tanh unit with the weight 1 makes of two numbers in a thousand steps."""
    one = net("tanh", [[1.0]])
    half, most = (states(one, np.zeros(1000), [start])[-1, 0] for start in (0.5, 0.9))
    return {"of 0.5": half, "of 0.9": most, "difference": abs(most - half)}


def small() -> dict[str, float]:
    """The largest error with tanh, if the numbers are a thousand times smaller on their way."""
    numbers = np.linspace(-1, 1, RING)
    return {"largest error": np.abs(held(numbers, 1000, "tanh", 0.001)[0] - numbers).max()}


def home() -> dict[str, float]:
    """Which multiples of 30 degrees below 180 come back after 12 steps and not before."""
    first = {}
    for degrees in range(30, 180, 30):
        h = walk(degrees, 1.0, "linear", STARTS[0], 12)
        first[degrees] = next(k for k in range(1, 13) if np.allclose(h[k], h[0], atol=1e-12))
    twelve = [degrees for degrees, steps in first.items() if steps == 12]
    return {"angles": len(twelve), "the least": min(twelve), "the largest": max(twelve)}


def delay() -> dict[str, float]:
    """A ring cut open: the last unit shows what came four steps ago, and then it is gone."""
    U = ring(5)
    U[0, -1] = 0.0
    x = np.random.default_rng(1).uniform(-1, 1, 30)
    h = states(net("linear", U, np.eye(5)[:, :1]), x)[1:]
    return {
        "error of the fifth unit": np.abs(h[4:, 4] - x[:-4]).max(),
        "the matrix's fifth power": np.abs(np.linalg.matrix_power(U, 5)).max(),
    }
