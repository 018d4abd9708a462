"""Cells of random equations, for tests that ask whether two ways to run one agree."""

import random
from collections.abc import Iterator

from lstm_viz.cell import CellError, parse

NAMES = (*("x", "h_prev", "c_prev", "M_prev", "W", "U", "V", "a", "b", "k", "c", "H", "dt", "2", "0.5"),)
ONE = ("sigmoid", "tanh", "exp", "abs", "sqrt", "logsigmoid", "relu", "-")
TWO = ("max", "dot", "outer", "matvec", "conv")


def random_cells(many: int, seed: int) -> Iterator[str]:
    """So many texts that are cells; the same ones for the same seed."""
    rng = random.Random(seed)
    while many:
        lines = [f"{name} = {expression(rng, 2)}" for name in rng.sample("akcM", rng.randint(0, 3))]
        text = "\n".join([*lines, f"h = {expression(rng, 4)}"])
        try:
            parse(text)
        except CellError:
            continue
        many -= 1
        yield text


def expression(rng: random.Random, depth: int) -> str:
    """A random expression, brackets everywhere."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(NAMES)
    kind = rng.random()
    if kind < 0.3:
        return f"{rng.choice(ONE)}({expression(rng, depth - 1)})"
    if kind < 0.4:
        return f"{rng.choice(TWO)}({expression(rng, depth - 1)}, {expression(rng, depth - 1)})"
    return f"({expression(rng, depth - 1)} {rng.choice('+-**/@@')} {expression(rng, depth - 1)})"
