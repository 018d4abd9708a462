"""A population: many networks of one cell, each with weights of its own, run side by side in one go.

Every parameter has an axis of members in front, (P, H, D), and so has every signal of a step, (P, H, B).
The equations and the rule book are the library's; member by member the numbers are engine.run's.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.cell import SIZE, Cell
from lstm_viz.errors import LearnerError
from lstm_viz.network import begins_from_input, reads_maps
from lstm_viz.ops import OPS, PRODUCTS


class Population(NamedTuple):
    """P networks of one cell: `params` (P, rows, columns), the readout's among them.

    `stacks[signal]` are all matrices that multiply that signal, one below the other, and the rows of each:
    one product a signal and not one a gate. `flat` tells that the cell computes no matrices.
    """

    cell: Cell
    params: dict[str, np.ndarray]
    stacks: dict[str, tuple[np.ndarray, dict[str, slice]]]
    flat: bool


def check_cell(cell: Cell) -> None:
    """A sentence for a cell whose weights cannot stand beside those of others."""
    if reads_maps(cell) or begins_from_input(cell):
        problem = "A cell that reads maps, or one whose steps are layers, cannot be in a population."
        raise LearnerError(f"{problem} Allowed: cells that read a vector at every step.")


def population(cell: Cell, params: dict[str, np.ndarray]) -> Population:
    """Networks side by side, from parameters with an axis of members in front."""
    groups: dict[str, dict[str, None]] = {}
    for node in cell.nodes:
        if node.op == "matmul" and node.args[0] in cell.params:
            groups.setdefault(node.args[1], {})[node.args[0]] = None
    given = params | {SIZE: float(params["W_y"].shape[2])}
    stacks = {signal: stacked(given, list(names)) for signal, names in groups.items()}
    return Population(cell, given, stacks, all(len(shape) <= 2 for shape in cell.shapes.values()))


def stacked(params: dict, names: list[str]) -> tuple[np.ndarray, dict[str, slice]]:
    """Some matrices of every member below each other, and where each stands."""
    ends = np.cumsum([params[n].shape[1] for n in names])
    rows = {n: slice(end - params[n].shape[1], end) for n, end in zip(names, ends, strict=True)}
    return np.concatenate([params[n] for n in names], axis=1), rows


def rest(networks: Population, B: int) -> dict[str, np.ndarray]:
    """The states before the first step, all zero: `{state: (P, H, B)}`."""
    P, _, H = networks.params["W_y"].shape
    sizes = {"H": H, "1": 1} | letters(networks)
    states = {}
    for s in networks.cell.states:
        shape = [sizes.get(letter, H) for letter in networks.cell.shapes[f"{s}_prev"][:-1]]
        states[s] = np.zeros((P, *shape, B))
    return states


def letters(networks: Population) -> dict[str, int]:
    """The sizes that the parameters tell."""
    found: dict[str, int] = {}
    for p in networks.cell.params:
        found |= zip(networks.cell.shapes[p], networks.params[p].shape[1:], strict=True)
    return found


def step(networks: Population, states: dict, x: np.ndarray, dt: np.ndarray | float = 1.0) -> dict:
    """One step of all members from `states`, reading x (D, B) or (P, D, B): the states after it, and h.

    `dt` (1, B) is the time since the last step. A member whose numbers overflow has them infinite or nan.
    """
    cell = networks.cell
    env = networks.params | {f"{s}_prev": value for s, value in states.items()} | {"x": x, "dt": dt}
    products: dict[str, np.ndarray] = {}
    for node in cell.nodes:
        left, right = node.args[0], node.args[-1]
        if node.op == "matmul" and left in cell.params:
            stack, rows = networks.stacks[right]
            if right not in products:
                products[right] = stack @ env[right]
            env[node.name] = products[right][:, rows[left]]
        else:
            values = [env.get(a, a) for a in node.args]
            env[node.name] = OPS[node.op].value(*(values if networks.flat else aligned(node.op, values)))
    return {s: env[s] for s in dict.fromkeys((*cell.states, "h"))}


def aligned(op: str, values: list) -> list:
    """Operands with as many axes each: beside a matrix vectors get its axes behind that of the members."""
    rank = 0 if op in PRODUCTS else max(map(np.ndim, values))
    if rank < 4:
        return values
    return [v.reshape(len(v), *(1,) * (rank - v.ndim), *v.shape[1:]) if np.ndim(v) > 2 else v for v in values]


def run(networks: Population, x: np.ndarray, dt: np.ndarray | None = None) -> np.ndarray:
    """What every member says of the same sequences x (T, D, B), with times dt (T, 1, B): (P, T, K, B)."""
    states, said = rest(networks, x.shape[-1]), []
    with np.errstate(all="ignore"):
        for t in range(len(x)):
            states = step(networks, states, x[t], 1.0 if dt is None else dt[t])
            said.append(readout(networks, states["h"]))
    return np.stack(said, axis=1)


def readout(networks: Population, h: np.ndarray) -> np.ndarray:
    """What the members say at a step, (P, K, B)."""
    return networks.params["W_y"] @ h + networks.params["b_y"]
