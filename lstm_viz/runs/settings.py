"""Where runs are computed: on the cluster that the environment or a command names, or on this machine."""

import os
from functools import partial

from lstm_viz.network import check_size
from lstm_viz.runs.cluster import Cluster
from lstm_viz.runs.crew import Crew
from lstm_viz.runs.executors import Inline, processes

SCHEDULER = "LSTM_VIZ_SCHEDULER"
MAX_WORKERS = 64


def crew(scheduler: str | None = None, workers: int | None = None) -> Crew:
    """The crew of a cluster, of that many processes (0: this one), or of one process a core.

    The scheduler is the one given, else the one in the environment variable; "" is none. A cluster's crew is
    as large as the cluster, or as `workers` says.
    """
    address = os.environ.get(SCHEDULER, "") if scheduler is None else scheduler
    if workers is not None:
        check_size("workers", workers, MAX_WORKERS, 0)
    if address:
        return Crew(partial(Cluster, address), workers)
    count = os.cpu_count() or 1 if workers is None else workers
    return Crew(partial(processes, count), count) if count else Crew(Inline, 1)
