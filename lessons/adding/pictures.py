"""The pictures of the lesson on adding and multiplying."""

import numpy as np

from lessons.adding import products, trained
from lstm_viz.stage.chart import Axis, Dots, Line, Plot, Rule

PAIRS = 400
SUMS, PRODUCTS = Axis("sum of the two numbers", 0.0, 2.0), Axis("their product", 0.0, 1.0)


def gate() -> tuple[Plot, Plot]:
    """Unit 14 of the trained LSTM: its input gate in one sequence, its last cell state in two hundred."""
    i = trained.shown().values["i"][:, trained.UNIT, 0]
    marks = [Rule("marked", step + 1) for step in trained.MARKS]
    c, batch = trained.read()
    total, last = batch.target[-1, 0], c[trained.UNIT]
    return (
        Plot(
            "The input gate of unit 14",
            Axis("step", 1, len(i)),
            Axis("input gate", 0.0, 1.0),
            (Line("", "input", np.arange(1, len(i) + 1), i), *marks),
            f"{i[trained.MARKS[0]]:.2f} and {i[trained.MARKS[1]]:.2f} at the two marks, at most "
            f"{np.delete(i, trained.MARKS).max():.2f} elsewhere.",
        ),
        Plot(
            "Its last cell state, by the sum",
            SUMS,
            Axis("cell state at step 100", -0.6, 0.6),
            (Dots("", "cell", total, last),),
            f"The points lie along a line; the correlation is {np.corrcoef(total, last)[0, 1]:.2f}.",
        ),
    )


def cloud() -> Plot:
    """Pairs of numbers by their sum and their product, and the best that a sum says of a product."""
    pairs = np.random.default_rng(1).random((2, PAIRS))
    total = np.linspace(0.0, 2.0, 101)
    return Plot(
        "Products by their sums",
        SUMS,
        PRODUCTS,
        (
            Dots("pairs", "plain", pairs.sum(axis=0), pairs.prod(axis=0)),
            Line("best of the sum", "cell", total, products.best(total)),
            Line("a line", "input", (0.5, 2.0), (0.0, 0.75), dash="dash"),
        ),
        "A narrow cloud along a curve that rises from 0 at the sum 0 to 1 at the sum 2; it is widest in the "
        "middle, where products from 0 to a quarter have the sum 1.",
        tall=1.2,
    )
