"""The forget gate: the prose, its claims, its pictures and experiments."""
