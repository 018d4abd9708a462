"""The runs of the rows in worker processes: each arm with each seed is a job, and every core has one.

A result comes back as soon as it is there. Whoever stops listening ends the workers at once.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from typing import NamedTuple

from lstm_viz.papers import ROWS
from lstm_viz.papers.results import Result

POLL = 1.0  # seconds between two looks at the workers


class Job(NamedTuple):
    """One run: the names of the row and of the arm, and the seed."""

    row: str
    arm: str
    seed: int


def work(todo: list[Job], workers: int) -> Iterator[tuple[Job, Result] | None]:
    """Each job with its result as it is done, in any order; None now and then while all are at work."""
    # Read by BLAS when a worker loads it; at these sizes more threads only get in each other's way.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(workers, context, _join, (stop,)) as pool:
        running = {pool.submit(run, job): job for job in todo}
        try:
            while running:
                for future in wait(running, POLL, FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
                yield None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            if running:
                stop.set()


def run(job: Job) -> Result:
    """Run one job here and now."""
    ours, began = ROWS[job.row].ours, time.process_time()
    value = float(ours.run(ours.arms[job.arm], job.seed))
    return Result(value, time.process_time() - began)


def _join(stop) -> None:
    # Ctrl-C reaches every process of a terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ended in (multiprocessing.parent_process().join, stop.wait):
        threading.Thread(target=_end_after, args=(ended,), daemon=True).start()


def _end_after(ended) -> None:
    ended()
    os._exit(1)
