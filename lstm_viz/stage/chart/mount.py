"""Mount plots on a page."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lstm_viz.stage.bundle import bundle
from lstm_viz.stage.chart.pack import pack
from lstm_viz.stage.chart.plot import Ask, Plot

HERE = Path(__file__).parent
SHARED = ("svg",)
OWN = ("scale", "marks", "labels", "ask", "main")


@cache
def _component():
    scripts = [*(HERE.parent / f"{name}.js" for name in SHARED), *(HERE / f"{name}.js" for name in OWN)]
    styles = [HERE.parent / "card.css", HERE / "chart.css"]
    return bundle("lstm_chart", '<div class="card chart"></div>', scripts, styles)


def chart(plots: Plot | Sequence[Plot], key: str) -> None:
    """One plot, or several side by side; it says nothing back."""
    several = (plots,) if isinstance(plots, Plot) else tuple(plots)
    _component()(key=key, data=pack(several), height="content")


def asked(plot: Plot, ask: Ask, key: str) -> list[float] | None:
    """A plot on which the reader draws a curve: its heights at the places of `ask`, None until it is given.

    They come from the browser: whoever uses them checks them first.
    """
    drawn = _component()(
        key=key,
        data=pack((plot,), ask),
        default={"drawn": None},
        on_drawn_change=lambda: None,
        height="content",
    ).drawn
    return heights(drawn, plot, ask)


def heights(drawn: object, plot: Plot, ask: Ask) -> list[float] | None:
    """What the browser says was drawn, as heights within the axis; None where it is nothing of the kind."""
    if not isinstance(drawn, list) or len(drawn) != len(ask.at):
        return None
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and v == v for v in drawn):
        return None
    return [min(max(float(v), plot.y.low), plot.y.high) for v in drawn]
