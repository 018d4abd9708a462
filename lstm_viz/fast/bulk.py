"""Many steps at once: products of matrices and values (steps, rows, …, B), other shapes of these."""

import numpy as np


def times(matrix: np.ndarray, vectors: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """A matrix times vectors (steps, rows, B): in one product where B is 1."""
    if matrix.ndim == 2 and vectors.shape[-1] == 1:
        out = np.empty((len(vectors), len(matrix), 1), matrix.dtype) if out is None else out
        np.matmul(vectors[:, :, 0], matrix.T, out=out[:, :, 0])
        return out
    return np.matmul(matrix, vectors, out=out)


def lifted(value: np.ndarray, rank: int) -> np.ndarray:
    """Values of many steps, with at least `rank` axes after the first."""
    missing = max(0, rank + 1 - value.ndim)
    return value.reshape(len(value), *(1,) * missing, *value.shape[1:]) if missing else value


def rows_first(a: np.ndarray) -> np.ndarray:
    """Rows of some steps (steps, rows, B) as a matrix (rows, steps · B)."""
    return a[:, :, 0].T if a.shape[-1] == 1 else a.transpose(1, 0, 2).reshape(a.shape[1], -1)
