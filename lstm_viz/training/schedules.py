"""Schedules: the share of the learning rate in use, by the share of the horizon that is done (0, 1, on)."""

import math


def constant(_share: float) -> float:
    """The whole rate at every step."""
    return 1.0


def linear(share: float) -> float:
    """Down to nothing in a straight line; nothing after the horizon."""
    return max(0.0, 1.0 - share)


def cosine(share: float) -> float:
    """Down to nothing along half a cosine (Loshchilov & Hutter 2017, without restarts)."""
    return (1.0 + math.cos(math.pi * min(1.0, share))) / 2


def halving(share: float) -> float:
    """Half as much after each horizon."""
    return 0.5**share


SCHEDULES = {"constant": constant, "linear": linear, "cosine": cosine, "halving": halving}
