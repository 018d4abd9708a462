"""T-maze: a sign at the start tells which way to turn at the end of a corridor; rewards alone teach it.

An environment and no Task, for what comes next depends on what is done: `start`, then `observe` and `act`
in turn, B mazes at once. Nothing but the sign, seen once, tells the right turn.
"""

from typing import NamedTuple

import numpy as np

from lstm_viz.tasks.task import MAX_DRAWN, InputError

ACTIONS = ("north", "east", "south", "west")
NORTH, EAST, SOUTH, WEST = range(len(ACTIONS))
# What is seen, each of three sensors: the sign for north, that for south, the corridor, the junction.
NORTHERN, SOUTHERN, CORRIDOR, JUNCTION = np.array([(0, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 0)], float)
RIGHT, WRONG, WALL = 4.0, -0.1, -0.1  # rewards: the right turn, the wrong one, standing still at a wall
LONGEST = 1000
SENTENCE = (
    "Only the sign at the start says which way to turn at the end: "
    "watch which state keeps it along a corridor that looks the same everywhere."
)
SOURCE = "Bakker 2001, Reinforcement learning with long short-term memory, the T-maze"


class Maze(NamedTuple):
    """B mazes, of each where its goal is, how far one has come, and whether it is over and was won."""

    length: int  # steps from the sign to the junction
    north: np.ndarray  # (B,) whether the goal is in the north
    place: np.ndarray  # (B,) 0, the sign, to `length`, the junction
    over: np.ndarray  # (B,)
    won: np.ndarray  # (B,)


def start(rng: np.random.Generator, length: int, B: int) -> Maze:
    """B fresh mazes, each goal in the north or in the south; InputError for sizes that cannot be."""
    for what, size, most in (("steps long", length, LONGEST), ("mazes", B, MAX_DRAWN // LONGEST)):
        if not isinstance(size, int | np.integer) or isinstance(size, bool) or not 1 <= size <= most:
            raise InputError(f"{size!r:.20} {what} cannot be; 1 to {most:,} are allowed.")
    return Maze(length, rng.random(B) < 0.5, np.zeros(B, int), np.zeros(B, bool), np.zeros(B, bool))


def observe(maze: Maze) -> np.ndarray:
    """What is seen in each maze, (3, B); zeros where it is over."""
    sign = np.where(maze.north, NORTHERN[:, None], SOUTHERN[:, None])
    on = np.where(maze.place == maze.length, JUNCTION[:, None], CORRIDOR[:, None])
    return np.where(maze.place == 0, sign, on) * ~maze.over


def act(maze: Maze, actions: np.ndarray) -> tuple[Maze, np.ndarray]:
    """The mazes after one action in each, (B,) numbers of ACTIONS, and the rewards (B,).

    A turn at the junction ends a maze; afterwards nothing moves and nothing is paid. InputError for actions
    that there are not.
    """
    actions = np.asarray(actions)
    known = (actions == np.arange(len(ACTIONS))[:, None]).any(axis=0) if actions.ndim == 1 else np.zeros(1)
    if actions.shape != maze.place.shape or not known.all():
        allowed = f"a number from 0 to {len(ACTIONS) - 1} for each of {len(maze.place):,} mazes"
        raise InputError(f"These actions cannot be taken; {allowed} is allowed.")
    turned = ~maze.over & (maze.place == maze.length) & ((actions == NORTH) | (actions == SOUTH))
    won = turned & ((actions == NORTH) == maze.north)
    step = (actions == EAST).astype(int) - (actions == WEST)
    place = np.where(maze.over, maze.place, np.clip(maze.place + step, 0, maze.length))
    still = ~maze.over & ~turned & (place == maze.place)
    reward = RIGHT * won + WRONG * (turned & ~won) + WALL * still
    return maze._replace(place=place, over=maze.over | turned, won=maze.won | won), reward


def baseline(length: int) -> tuple[float, str]:
    """The mean reward of the best that see only where they are: straight on, and any turn; half are won.

    It is the same for every length of the corridor.
    """
    return (RIGHT + WRONG) / 2, "walks to the junction and guesses"
