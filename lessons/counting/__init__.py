"""Grammar and counting: the prose, its claims, its pictures and experiments."""
