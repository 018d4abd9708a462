"""How fast the app is, for one reader and for a class: `python -m benchmarks` writes README.md's table."""
