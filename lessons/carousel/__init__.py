"""The constant error carousel: the prose, its claims, its pictures and experiments."""
