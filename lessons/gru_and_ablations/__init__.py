"""The GRU and the Greff ablations: the prose, its claims, its pictures and experiments."""
