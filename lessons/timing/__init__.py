"""Timing and peepholes: the prose, its claims, its pictures and experiments."""
