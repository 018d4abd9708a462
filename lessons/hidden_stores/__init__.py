"""Hidden stores in nature: the prose, its claims, its pictures and experiments."""
