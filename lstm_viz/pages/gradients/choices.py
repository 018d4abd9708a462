"""What can be chosen in the Gradient lab: every choice with its default, its bounds and its words."""

import math
from typing import NamedTuple

from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.network import reads_maps
from lstm_viz.pages.address import Choice, number, one_of, text, whole
from lstm_viz.tasks import TASKS
from lstm_viz.training import recipes

POWERS, PROFILES, PATHS, WALL, TRUNCATED, CHECK = "powers", "profiles", "paths", "wall", "truncated", "check"
VIEWS = {
    POWERS: "Powers",
    PROFILES: "Profiles",
    PATHS: "Paths",
    WALL: "The wall",
    TRUNCATED: "Truncated",
    CHECK: "Check",
}
# A gradient through time needs steps of time, and norms that mean the same in both cells.
CELLS = tuple(n for n, v in LIBRARY.items() if not v.depth and not reads_maps(parse(v.equations)))
LISTED = "the library's cells but for its deep nets and those that read maps"
# Vectors in, and sequences of any length.
TASK_TITLES = {
    name: TASKS[name].title
    for name in dict.fromkeys(row.task for row in recipes.RECIPES)
    if TASKS[name].image is None
}
MOST_STEPS = 1000
OWN = "own"


class Slider(NamedTuple):
    """A number: the words beside it, where it begins, its bounds, its step, and what it does."""

    label: str
    default: int | float
    low: int | float
    high: int | float
    step: int | float
    help: str = ""


class Menu(NamedTuple):
    """One of some names: the words beside it, where it begins, each name in words, and what it does."""

    label: str
    default: str
    titles: dict[str, str]
    help: str = ""


def _cell(said: str) -> str:
    if said not in CELLS:
        raise ValueError
    return said


def _cells(default: str) -> Choice:
    return Choice(default, _cell, f"{LISTED}, as rnn_tanh or lstm")


def _name(said: str) -> None:
    if len(said) > 20:
        raise ValueError


SLIDERS = {
    # Powers
    "radius": Slider(
        "Spectral radius ρ",
        0.9,
        0.0,
        3.0,
        0.05,
        "The size of the largest eigenvalue: by it Wⁿ grows or shrinks at each step in the long run.",
    ),
    "shear": Slider(
        "Shear, a one-way push",
        10.0,
        0.0,
        20.0,
        0.5,
        "How much one unit pushes another that does not push back: what stands above the diagonal. No "
        "eigenvalue shows it. At 0 nothing is stretched by more than ρ.",
    ),
    "turn": Slider(
        "Turn of the axes, °",
        0.0,
        -90.0,
        90.0,
        5.0,
        "Changes no eigenvalue and no norm: what else can it do?",
    ),
    "b1": Slider("Steady input of unit 1", 0.0, -6.0, 6.0, 0.1),
    "b2": Slider("Steady input of unit 2", 0.0, -6.0, 6.0, 0.1),
    "h1": Slider("Unit 1 starts at", 0.5, -1.0, 1.0, 0.1),
    "h2": Slider("Unit 2 starts at", 0.5, -1.0, 1.0, 0.1),
    "n": Slider("Steps n", 100, 10, 200, 10),
    # Profiles and truncated
    "T": Slider("Length T, steps", 100, 10, MOST_STEPS, 10),
    "hidden": Slider("Hidden units H", 16, 2, 32, 1),
    "forget": Slider(
        "Forget bias", 1.0, -6.0, 8.0, 0.5, "Of the gate that keeps (GRU: update gate): 0 keeps half a step."
    ),
    "receive": Slider("Input bias, shifted by", 0.0, -8.0, 8.0, 0.5, "Added to the input gate's own bias."),
    "chrono": Slider(
        "Chrono: memories up to",
        0,
        0,
        MOST_STEPS,
        10,
        "Tallec & Ollivier 2018: forget biases for memories of 1 to so many steps, input biases their "
        "opposites. 0 is off.",
    ),
    "scale": Slider("Recurrent weights ×", 1.0, 0.1, 8.0, 0.1),
    # Paths
    "steps": Slider("Length T, steps", 100, 10, 200, 10),
    # The wall
    "w0": Slider("Start w", 1.3, 0.0, 8.0, 0.05),
    "b0": Slider("Start b", 0.1, -6.0, 2.0, 0.05),
    "rate": Slider("Learning rate", 0.2, 0.01, 0.5, 0.01),
    "limit": Slider("Limit of the norm", 0.5, 0.1, 2.0, 0.1),
    "moves": Slider("Moves", 100, 10, 200, 10),
    "loop": Slider("Recurrent weight", 1.0, 0.0, 10.0, 0.25),
    "gates": Slider("Bias of the gates", 5.0, -5.0, 10.0, 0.5, "5 leaves a gate 99 % open."),
    # Check
    "epsilon": Slider("ε = 10 to the power of", -5, -14, -1, 1),
}
MENUS = {
    "size": Menu("Units", "2", {"1": "1", "2": "2", "16": "16"}),
    "activation": Menu(
        "Activation",
        "identity",
        {"tanh": "tanh", "sigmoid": "logistic", "relu": "ReLU", "identity": "identity"},
        "What a unit makes of its sum; identity leaves it as it is.",
    ),
    "span": Menu(
        "Scale, up and down",
        "3",
        {"3": "to 10³", "10": "to 10¹⁰", "30": "to 10³⁰", "120": "to 10¹²⁰"},
        "How far the axis of the norms reaches: to 10³ is up to a thousandfold, and down to a thousandth.",
    ),
    "task": Menu("Task", "adding", TASK_TITLES),
    "weights": Menu("Weights", "untrained", {"untrained": "before training", "trained": "after training"}),
    "floor": Menu("Scale down to", "50", {"15": "10⁻¹⁵", "50": "10⁻⁵⁰", "320": "10⁻³²⁰"}),
    "heat": Menu("Heat map of", "right", {"left": "the first", "right": "the second", "off": "neither"}),
    "land": Menu("Unit", "tanh", {"tanh": "tanh", "logistic": "logistic (Pascanu 2013)"}),
    "picture": Menu("Show", "surface", {"surface": "the wall", "lstm": "the LSTM that explodes"}),
}
# Where a descent begins on each land, unless it is told.
STARTS = {"tanh": {"w0": 1.3, "b0": 0.1}, "logistic": {"w0": 6.0, "b0": -2.0}}
FREE = {
    "view": one_of(POWERS, *VIEWS),
    "seed": whole(1, 0, 9999),
    "left": _cells("rnn_tanh"),
    "right": _cells("lstm"),
    "cell": _cells("lstm"),
    "param": text("U_f", _name, "a parameter of the cell"),
    "row": whole(1, 1, 32),
    "column": whole(1, 1, 32),
}
OF_POWERS = ("size", "radius", "shear", "turn", "activation", "b1", "b2", "h1", "h2", "n", "span")


class Preset(NamedTuple):
    """A matrix and where its net begins, with what to look at."""

    title: str
    values: dict
    words: str


ATANH_HALF = math.atanh(0.5)
PRESETS = {
    "hump": Preset(
        "The hump",
        {},
        "W multiplies the gradient at every step back. Its largest eigenvalue ρ is 0.9, so Wⁿ must end at 0. "
        "**Look at how high it climbs first:** a gradient feels the hump, not the limit.",
    ),
    "radius0": Preset(
        "Radius 0 explodes",
        {
            "radius": 0.0,
            "shear": 16.0,
            "turn": -45.0,
            "activation": "tanh",
            "b1": -4.0,
            "b2": 4.0 + ATANH_HALF,
            "h1": 0.0,
            "n": 20,
            "span": "10",
        },
        "W² = 0: both eigenvalues are 0. **Yet the product of the Jacobians grows like 2ⁿ:** at this state "
        "tanh is steep for one unit only, and W times those slopes has the eigenvalue 2.",
    ),
    "one_unit": Preset(
        "Radius 2 vanishes",
        {"size": "1", "radius": 2.0, "activation": "tanh", "b1": 0.3, "h1": 0.0, "span": "120"},
        "ρ = 2, and 2ⁿ explodes. **The real product vanishes:** the unit saturates, where tanh is flat.",
    ),
    "switch": Preset(
        "The switch",
        {"size": "1", "radius": 2.0, "activation": "tanh", "span": "120"},
        "A unit that remembers one bit: it stays at +0.96 for ever. **And its gradient vanishes:** what "
        "holds a state fast lets no gradient through.",
    ),
    "edge": Preset(
        "The edge",
        {"size": "1", "radius": 1.0, "activation": "tanh", "n": 200},
        "w = 1, exactly between. **The product falls as a power of n, not exponentially:** the state "
        "creeps to 0, where tanh has the slope 1.",
    ),
    "orthogonal": Preset(
        "Orthogonal start",
        {"size": "16", "radius": 1.0, "shear": 0.0, "n": 200},
        "All 16 eigenvalues lie on the circle, ‖Wⁿ‖ = 1 for ever. **Choose tanh:** how long does it last?",
    ),
    "identity": Preset(
        "Identity start",
        {"radius": 1.0, "shear": 0.0, "activation": "relu", "n": 200},
        "W is the identity and the units are ReLU, as an IRNN starts: **nothing fades** as long as both "
        "units are on. **Shift the shear or an input:** how exact must it be?",
    ),
}


def _choice(slider: Slider) -> Choice:
    kind = whole if isinstance(slider.default, int) else number
    return kind(slider.default, slider.low, slider.high)


CHOICES = (
    FREE
    | {name: _choice(slider) for name, slider in SLIDERS.items()}
    | {name: one_of(menu.default, *menu.titles) for name, menu in MENUS.items()}
    | {"preset": one_of("hump", *PRESETS, OWN)}
)
