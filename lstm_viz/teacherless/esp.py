"""Enforced subpopulations: units are bred, not networks; a network takes one of each of H populations.

Gomez & Miikkulainen 1999 and, for LSTM, Schmidhuber, Wierstra & Gomez 2005. A unit's genes are its row of
every parameter, so all genes are `{parameter: (P, H, columns)}`: population j stands in column j.
"""

import numpy as np

Genes = dict[str, np.ndarray]
KEPT = 4  # of so many units the best one has children, and stays


def teams(rng: np.random.Generator, members: int, hidden: int) -> np.ndarray:
    """Who is in which network, (P, H): each unit of each population in one, by chance."""
    return np.stack([rng.permutation(members) for _ in range(hidden)], axis=1)


def assembled(genes: Genes, team: np.ndarray) -> Genes:
    """The parameters (P, H, columns) of networks made of units."""
    return {name: g[team, np.arange(team.shape[1])] for name, g in genes.items()}


def credited(team: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """What each unit (P, H) is worth: the loss (P,) of the network that it was in."""
    found = np.empty(team.shape)
    np.put_along_axis(found, team, losses[:, None], axis=0)
    return found


def bred(rng: np.random.Generator, genes: Genes, losses: np.ndarray, share: float, size: float) -> Genes:
    """The next generation: the best quarter of each population stays, the rest are its children.

    A child has each gene of one of two parents; a `share` of them mutates by Cauchy noise of that `size`,
    most of it small and some of it very large.
    """
    P, H = losses.shape
    order, column = np.argsort(losses, axis=0, kind="stable"), np.arange(H)
    kept = max(2, P // KEPT)
    mother, father = (np.take_along_axis(order, rng.integers(0, kept, (P - kept, H)), 0) for _ in range(2))
    after = {}
    for name, g in genes.items():
        child = np.where(rng.random((P - kept, *g.shape[1:])) < 0.5, g[mother, column], g[father, column])
        child += (rng.random(child.shape) < share) * size * rng.standard_cauchy(child.shape)
        after[name] = np.concatenate([g[order[:kept], column], child])
    return after


def burst(rng: np.random.Generator, best: Genes, members: int, size: float) -> Genes:
    """Burst mutation, for populations that have settled: all anew around the best network (H, columns)."""
    after = {n: g + size * rng.standard_cauchy((members, *g.shape)) for n, g in best.items()}
    for name, g in best.items():
        after[name][0] = g
    return after
