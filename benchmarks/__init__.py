"""How fast the app is, for a reader and a class, and its engine: `python -m benchmarks` writes README.md."""

import os

# Before NumPy loads: what is measured is one thread.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
