"""Backpropagation through time by hand: curves and experiments by the names that the prose has for them."""

from lessons.backprop_by_hand import experiments
from lessons.backprop_by_hand.by_hand import RIGHT
from lessons.backprop_by_hand.pictures import profile_table, road_map
from lessons.backprop_by_hand.spoiling import worst
from lessons.parts import Curve
from lstm_viz.stage.chart import Ask, Axis, Line, Plot

STAGE = (
    "/?left=rnn_tanh&right=lstm&weights=untrained&T=30&hidden=8&first=5&second=17&mode=backward&t=29&model=2"
)
POWERS = range(-12, 0)


def readings() -> tuple[Line, ...]:
    """The largest reading of a correct pass for twelve values of ε."""
    found = [worst(6, RIGHT, 10.0**k) for k in POWERS]
    return (Line("reading", "gradient", [10.0**k for k in POWERS], found),)


PICTURES = {"backprop_profiles": profile_table, "backprop_road_map": road_map}
CURVES = {
    "backprop_epsilon": Curve(
        Plot(
            "The reading of a correct pass",
            Axis("ε", 1e-12, 1e-1, log=True),
            Axis("reading", 1e-12, 1, log=True),
            (),
            "An empty plot: across ε from a millionth of a millionth to a tenth, upwards the reading.",
        ),
        Ask([10.0**k for k in POWERS], 1e-4),
        readings,
    )
}
EXPERIMENTS = {
    "backprop_side_by_side": experiments.pair,
    "backprop_check": experiments.judge,
    "backprop_roads": experiments.both_roads,
}
