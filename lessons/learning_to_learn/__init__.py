"""Learning to learn: the prose, its claims, its pictures and experiments."""
