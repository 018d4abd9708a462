"""The cell of 1997."""
