"""Sequences to learn, one file a task; own text and own series too."""

from functools import lru_cache

from lstm_viz.tasks import (
    adding,
    copy_memory,
    delay,
    dot,
    events,
    lines,
    multiplication,
    parity,
    periodic,
    powers,
    reber,
    recall,
    runoff,
    sines,
    spikes,
    sunspots,
    temporal_order,
    text,
)
from lstm_viz.tasks.alphabet import normalise, outside
from lstm_viz.tasks.elapsed import elapsed, parse_times
from lstm_viz.tasks.own_series import own_series, parse_series, series_task, series_text, used, with_commas
from lstm_viz.tasks.own_text import own_text, text_task
from lstm_viz.tasks.score import SHARES, judge, score
from lstm_viz.tasks.table import MAX_BYTES, Table, read_csv
from lstm_viz.tasks.task import Batch, InputError, Task, quote
from lstm_viz.tasks.text import pair_bits

# In the order of the menu.
TASKS = {
    task.name: task
    for task in (
        adding.TASK,
        recall.TASK,
        parity.TASK,
        sunspots.TASK,
        text.TASK,
        dot.TASK,
        multiplication.TASK,
        copy_memory.TASK,
        temporal_order.TWO,
        temporal_order.THREE,
        powers.ANBN,
        powers.ANBNCN,
        reber.EMBEDDED,
        reber.CONTINUAL,
        periodic.TASK,
        spikes.TASK,
        sines.TASK,
        events.TASK,
        events.TOLD,
        delay.TASK,
        lines.TASK,
        runoff.TASK,
    )
}
# Tasks that a learner's own data make: the text of the data -> Task.
OWN = {"own_text": text_task, "own_series": series_task}


@lru_cache(maxsize=64)
def task_of(name: str, data: str = "") -> Task:
    """The task of that name, an own one with its `data`; InputError where there is none."""
    if name in OWN:
        return OWN[name](data)
    if name not in TASKS:
        raise InputError(f"There is no task {quote(name)}. Allowed: {', '.join((*TASKS, *OWN))}.")
    return TASKS[name]


__all__ = [
    "MAX_BYTES",
    "OWN",
    "SHARES",
    "TASKS",
    "Batch",
    "InputError",
    "Table",
    "Task",
    "elapsed",
    "judge",
    "normalise",
    "outside",
    "own_series",
    "own_text",
    "pair_bits",
    "parse_series",
    "parse_times",
    "read_csv",
    "score",
    "series_task",
    "series_text",
    "task_of",
    "text_task",
    "used",
    "with_commas",
]
