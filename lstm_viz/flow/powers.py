"""Powers of a matrix: what a linear recurrent net does to a gradient, and what its spectrum hides."""

from typing import NamedTuple

import numpy as np

from lstm_viz.flow.jacobians import running


class Spectrum(NamedTuple):
    """The eigenvalues, the largest of their moduli, and the largest singular value."""

    eigenvalues: np.ndarray
    radius: float
    norm: float


def spectrum(W: np.ndarray) -> Spectrum:
    """The spectrum of a square matrix."""
    eigenvalues = np.linalg.eigvals(W)
    return Spectrum(eigenvalues, float(np.abs(eigenvalues).max()), float(np.linalg.norm(W, 2)))


def power_norms(W: np.ndarray, n: int) -> np.ndarray:
    """The spectral norms of W, W², … to the n-th power: (n,)."""
    return running(np.broadcast_to(W, (n, *W.shape)))


def matrix(rng: np.random.Generator, n: int, radius: float, shear: float) -> np.ndarray:
    """A matrix (n, n), n from 3, of that spectral radius; `shear` makes it non-normal.

    W = Q (D + N) Qᵀ in Schur's form: D turns n/2 planes by random angles and stretches all by `radius`, N
    above them holds random numbers of the size `shear`/√n, and Q is a random rotation. With shear 0 it is
    normal: its norm is its radius.
    """
    D = np.zeros((n, n))
    for k in range(0, n - 1, 2):
        a = rng.uniform(0, np.pi)
        D[k : k + 2, k : k + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    if n % 2:
        D[-1, -1] = 1.0
    N = np.triu(rng.normal(size=(n, n)), 2) * shear / np.sqrt(n)
    Q, R = np.linalg.qr(rng.normal(size=(n, n)))
    Q = Q * np.where(np.diagonal(R) < 0, -1.0, 1.0)
    return Q @ (radius * D + N) @ Q.T


def plane(radius: float, shear: float, degrees: float) -> np.ndarray:
    """The matrix [[radius, shear], [0, radius]] in axes turned by that angle: (2, 2).

    A turn changes no eigenvalue and no norm; a squashing function that works along the axes notices it.
    """
    # By twice the angle, and rounded: what is to cancel at 45° does so.
    c, s = (np.round(f(np.deg2rad(2 * degrees)), 15) for f in (np.cos, np.sin))
    return radius * np.eye(2) + shear / 2 * np.array([[-s, 1 + c], [c - 1, s]])


def departure(W: np.ndarray) -> float:
    """How far a matrix is from a normal one: √(‖W‖²_F − Σ|λ|²), Henrici 1962; 0 for a normal one."""
    return float(np.sqrt(max(0.0, (W**2).sum() - (np.abs(np.linalg.eigvals(W)) ** 2).sum())))
