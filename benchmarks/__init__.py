"""How fast the app is for one reader, and for a class: `python -m benchmarks` measures it and writes README.md."""
