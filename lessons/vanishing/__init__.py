"""Why gradients vanish and explode: the prose, its claims, its pictures and experiments."""
