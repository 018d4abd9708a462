"""Both directions and stacks: the prose, its claims, its pictures and experiments."""
