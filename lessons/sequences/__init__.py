"""Sequences and the plain recurrent network: the prose, its claims, its pictures and experiments."""
