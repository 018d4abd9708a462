"""A search space odyssey, 2015: the LSTM with one part less or more, ranked on one task."""

from collections.abc import Mapping

import numpy as np

from lstm_viz.papers.row import Ours, Paper, Row, grade
from lstm_viz.papers.streams import right
from lstm_viz.papers.trial import Trial, spec

STREAMS, WINDOW, WINDOWS, ASKED = 8, 40, 750, 5000
# Of the 25 pairs of two arms' runs; by chance as few, either way, in 3 % of all cases (Mann & Whitney 1947).
FEW = 2

VANILLA = Trial("peephole_gers", "reber_stream", WINDOW, WINDOW, 12, WINDOWS, STREAMS, 0.01)
CELLS = {
    "vanilla": "peephole_gers",
    "NIG, no input gate": "greff_nig",
    "NFG, no forget gate": "greff_nfg",
    "NOG, no output gate": "greff_nog",
    "NIAF, no input tanh": "greff_niaf",
    "NOAF, no output tanh": "greff_noaf",
    "NP, no peepholes": "greff_np",
    "CIFG, coupled gates": "cifg",
    "FGR, full gate recurrence": "greff_fgr",
}
CRITICAL = ("NFG, no forget gate", "NOAF, no output tanh")


def wrong(trial: Trial, seed: int) -> float:
    """The share of symbols that the net, once it has learnt, predicts wrongly, in per cent."""
    run = spec(trial, seed)._replace(precision="float64")
    return float(100 * (1 - right(run, trial.steps, ASKED).mean()))


def clearly_less(a: list[float], b: list[float]) -> bool:
    """Whether of all pairs of a run of a and one of b at most a few have the smaller number in b."""
    pairs = np.subtract.outer(a, b)
    return np.sum(pairs > 0) + np.sum(pairs == 0) / 2 <= FEW


def verdict(numbers: Mapping[str, list[float]]) -> str:
    """By pairs of runs of the vanilla LSTM and of each variant."""
    vanilla = numbers["vanilla"]
    better = any(clearly_less(values, vanilla) for values in numbers.values())
    worse = [clearly_less(vanilla, numbers[arm]) for arm in CRITICAL]
    return grade(not better and all(worse), not better and any(worse))


ROW = Row(
    name="odyssey",
    title="Which part matters",
    paper=Paper(
        source="Greff, Srivastava, Koutník, Steunebrink & Schmidhuber 2015, LSTM: A search space odyssey, "
        "abstract",
        claim="None of eight variants is significantly better than the LSTM with peepholes; its forget "
        "gate and its output activation function are its most critical parts.",
        number="5,400 runs on three tasks: speech, handwriting and music",
        sure="notes",
    ),
    ours=Ours(
        setup=f"One task, the continual embedded Reber grammar: {STREAMS} streams whose states are never "
        f"set back, gradient cut every {WINDOW} symbols. {VANILLA.hidden} units, Adam at {VANILLA.rate} for "
        f"all, {STREAMS * WINDOW * WINDOWS:,} symbols in {WINDOWS:,} updates; then {ASKED:,} symbols of "
        "each stream are asked for. CIFG has no peepholes here. The paper sought each variant's best "
        "settings; this does not.",
        unit="% of symbols predicted wrongly",
        arms={arm: VANILLA._replace(cell=cell) for arm, cell in CELLS.items()},
        run=wrong,
        criterion="No variant clearly better than vanilla, NFG and NOAF clearly worse; in part, if one of "
        f"the two is. Clearly: of the 25 pairs of a run of each, at most {FEW} say otherwise (an even one "
        "half).",
        verdict=verdict,
        better="less",
    ),
    opens=f"training?task=reber_stream&cells=peephole_gers,greff_nfg,greff_noaf,greff_np&T={WINDOW}"
    f"&shortest={WINDOW}&hidden={VANILLA.hidden}&batch={STREAMS}&rate={VANILLA.rate}&steps={WINDOWS}&seed=1",
    opened=f"New sequences of {WINDOW} symbols, each from rest, in place of streams whose states are never "
    "set back; four of the nine arms.",
)
