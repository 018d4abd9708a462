"""The pictures of the lesson on policy gradients: the maze, the luck of chance, three famous systems."""

import numpy as np

from lessons.parts import Drawing, Table
from lessons.policy_gradients.walks import BATCH, arrives, batches
from lstm_viz.stage.chart import Axis, Line, Plot
from lstm_viz.tasks import t_maze

PLACES = ("sign", "corridor", "corridor", "corridor", "junction")
FIELD, LEFT, TOP = 78, 10, 100  # a place's width, where the first begins, the corridor's upper wall


def maze() -> Drawing:
    """The maze with its goal in the north, and what is seen at each place."""
    seen = [t_maze.NORTHERN, *[t_maze.CORRIDOR] * 3, t_maze.JUNCTION]
    parts = [
        _walls(),
        *(_place(k, name, code) for k, (name, code) in enumerate(zip(PLACES, seen, strict=True))),
    ]
    end = LEFT + FIELD * len(PLACES)
    parts += [
        _text(end + 14, 40, f"{t_maze.RIGHT:g}", "var(--forget)", 24),
        _text(end + 14, 236, f"{t_maze.WRONG:g}".replace("-", "−"), "currentColor", 20),
        _text(LEFT, 60, "The sign for south would be 1 1 0.", "currentColor", 17),
    ]
    says = "A corridor, a sign at its start, a junction at its end; seen are 011, 101, 101, 101, 010."
    return Drawing(f'<svg viewBox="0 0 470 260" width="100%">{"".join(parts)}</svg>', says)


def _walls() -> str:
    right, bend = LEFT + FIELD * len(PLACES), LEFT + FIELD * (len(PLACES) - 1)
    low = TOP + 80
    ways = (
        f"M{bend} 6 V{TOP} H{LEFT} V{low} H{bend} V256",
        f"M{right} 6 V256",
    )
    lines = "".join(f'<path d="{way}" fill="none" stroke="currentColor" stroke-width="2"/>' for way in ways)
    return lines


def _place(k: int, name: str, code: np.ndarray) -> str:
    middle = LEFT + FIELD * (k + 0.5)
    ink = {"sign": "var(--input)", "junction": "var(--output)"}.get(name, "var(--plain)")
    digits = " ".join(f"{value:.0f}" for value in code)
    return _text(middle, TOP + 34, digits, ink, 23, True) + _text(middle, TOP + 62, name, ink, 17, True)


def _text(x: float, y: float, words: str, ink: str, size: int, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}"{anchor}>{words}</text>'


def arrival() -> Plot:
    """The chance of a reward at random, for a walk and for a batch."""
    steps = np.arange(1, 41)
    walk = np.array([arrives(int(n)) for n in steps])
    lines = (
        Line("32 walks", "cell", steps, [batches(int(n)) for n in steps]),
        Line("one walk", "gradient", steps, walk),
    )
    return Plot(
        "The chance of a correct turn, walking at random",
        Axis("steps of the corridor", 1, 40),
        Axis("chance", 1e-7, 1, log=True),
        lines,
        f"From {walk[0]:.2f} with one step to {walk[-1]:.1g} with forty for one walk; for {BATCH} walks it "
        f"is {batches(40):.1g} with forty.",
    )


def timeline() -> Table:
    """Three systems with an LSTM in them, and what is often said."""
    rows = (
        (
            "2018",
            "OpenAI Five, Dota 2",
            "five networks, each with one layer of 1,024 LSTM units (so the encyclopaedia)",
            "rewards, by playing against itself",
            "holds, as far as we know",
        ),
        (
            "2018",
            "a robot hand that turns a cube",
            "an LSTM that remembers what the cube did",
            "rewards, in simulation only",
            "holds, as far as we know",
        ),
        (
            "2019",
            "AlphaStar, StarCraft II",
            "an LSTM at the core, among much else",
            "first imitation of people's games, then rewards",
            "wrong: the first part is supervised",
        ),
    )
    heads = ("Year", "System", "Its LSTM", "Learnt from", "“Without a supervising teacher”")
    return Table(heads, rows, "Three famous systems with an LSTM in them")
