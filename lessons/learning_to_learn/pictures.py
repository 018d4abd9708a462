"""The pictures of the lesson on learning to learn, and the curve to be drawn."""

import numpy as np

from lessons.learning_to_learn.nets import POINTS, delta, errors, lines
from lessons.parts import Curve, Table
from lstm_viz.stage.chart import Ask, Axis, Line, Plot
from lstm_viz.tasks.lines import examples

AT = np.arange(1, POINTS + 1)
POINT = Axis("number of the point", 1, POINTS)
ERROR = Axis("mean squared error", 1e-4, 1, log=True)
SHOWN, SLOPE, HEIGHT = 6, -0.8, 0.3


def task() -> Table:
    """The first points of one line, as the network reads them."""
    x = np.random.default_rng(2).uniform(-1, 1, (SHOWN, 1)).round(2)
    batch = examples(np.array([SLOPE]), np.array([HEIGHT]), x)
    rows = [
        [
            str(k + 1),
            *(f"{value:.2f}".replace("-", "−") for value in (*batch.x[k, :, 0], batch.target[k, 0, 0])),
        ]
        for k in range(SHOWN)
    ]
    says = f"One sequence: the line with slope {SLOPE} and height {HEIGHT} at zero".replace("-", "−")
    return Table(["point", "reads x", "reads the last right answer", "should say"], rows, says)


def curve() -> tuple[Line, ...]:
    """The LSTM's error by the number of the point."""
    return (Line("LSTM", "cell", AT, errors("LSTM", lines()[2])),)


CURVE = Curve(
    Plot("Error on new lines, weights frozen", POINT, ERROR, (), "The error by the number of the point."),
    Ask((1, 2, 3, 5, 7, 10, 15, 20), 0.45),
    curve,
)


def learners() -> Plot:
    """Two networks with frozen weights and the delta rule on the same lines."""
    batch = lines()[2]
    found = {
        ("LSTM", "cell"): errors("LSTM", batch),
        ("tanh RNN", "hidden"): errors("tanh RNN", batch),
        ("delta rule", "plain"): delta(batch),
    }
    marks = [
        Line(name, role, AT, values, "dash" if role == "plain" else "")
        for (name, role), values in found.items()
    ]
    said = "; ".join(f"{name} from {v[0]:.2f} to {v[-1]:.1g}" for (name, _), v in found.items())
    return Plot(
        "Error on new lines, by the number of the point",
        POINT,
        ERROR,
        tuple(marks),
        f"Mean squared errors: {said}.",
        tall=1.1,
    )
