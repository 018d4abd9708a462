"""The time-aware LSTM, 2017: events at irregular times, and a memory that has to fade with them."""

from collections.abc import Mapping
from statistics import median

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.trial import Trial, error
from lstm_viz.tasks.events import FADE, GAPS, baseline

T, SEQUENCES = 40, 48_000

COMMON = Trial("lstm", "events", T, T, 12, SEQUENCES // 32, 32, 0.01, (("b_f", 1.0),), "cosine")
AWARE = COMMON._replace(cell="tlstm")
TOLD = COMMON._replace(task="events_told")


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """Against the net that sees no times, and the one that reads them as an input."""
    blind, told, aware = numbers["LSTM, no times"], numbers["LSTM, gap as an input"], numbers["T-LSTM"]
    return grade(max(aware) < min(blind) and median(aware) <= median(told), median(aware) < median(blind))


ROW = Row(
    name="tlstm_2017",
    title="Events at irregular times",
    paper=Paper(
        source="Baytas, Xiao, Zhang, Wang, Jain & Zhou 2017, Patient subtyping via time-aware LSTM networks",
        claim="A cell whose memory fades with the time that has passed does better on irregular times than "
        "an LSTM, which takes all steps for equally long.",
        number="in words alone: it “captures the underlying structures in the sequences with time "
        "irregularities”",
        sure="notes",
    ),
    ours=Ours(
        setup=f"A made task: {T} events with values from 0 to 1, gaps of {GAPS[0]:g} to {GAPS[-1]:g} "
        f"between them, and at each the sum of all before, faded to 1/e in {FADE:g}. {COMMON.hidden} units, "
        f"b_f = 1; {SEQUENCES:,} sequences in batches of 32, Adam at {COMMON.rate} with a cosine schedule. "
        "The third net is ours: an LSTM that reads the gap like any other input.",
        unit=f"mean squared error on 500 test sequences (without memory {baseline(T)[0]:.2g})",
        arms={"LSTM, no times": COMMON, "LSTM, gap as an input": TOLD, "T-LSTM": AWARE},
        run=error,
        criterion="The T-LSTM's worst seed is better than the best of the LSTM without times, and its "
        "median no worse than that of the LSTM that reads the gaps; in part, if its median beats the "
        "former alone.",
        verdict=verdict,
        better="less",
    ),
    opens=f"training?task=events&cells=lstm,tlstm&T={T}&shortest={T}&hidden={COMMON.hidden}"
    f"&rate={COMMON.rate}&schedule=cosine&steps={COMMON.steps}&horizon={COMMON.steps}&precision=float32"
    "&seed=1",
    opened="Two of the three arms with the first seed: without the LSTM that reads the gap as an input.",
    exact=True,
)
