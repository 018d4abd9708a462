"""The runs of the rows on a crew of workers: each arm with each seed is a job, and every worker has one.

A result comes back as soon as it is there; a job that was lost with its worker is done again. Whoever stops
listening ends the workers at once.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from queue import Empty, SimpleQueue
from typing import NamedTuple

from lstm_viz.errors import LearnerError
from lstm_viz.papers import ALL
from lstm_viz.papers.results import Result
from lstm_viz.runs.crew import Crew, Lost

POLL = 1.0  # seconds between two looks at the workers


class Job(NamedTuple):
    """One run: the names of the row and of the arm, and the seed."""

    row: str
    arm: str
    seed: int


def work(todo: list[Job], crew: Crew) -> Iterator[tuple[Job, Result] | None]:
    """Each job with its result as it is done, in any order; None now and then while all are at work.

    The crew is closed at the end. A job's own error is raised; a LearnerError, where the workers of a job are
    lost again and again.
    """
    heard, waiting, running = SimpleQueue(), deque(todo), set()
    with closed(crew):
        while waiting or running:
            while waiting and len(running) < crew.size:
                job = waiting.popleft()
                running.add(job)
                crew.submit(partial(tell, heard, job), run, job)
            try:
                job, said = heard.get(timeout=POLL)
            except Empty:
                yield None
                continue
            running.remove(job)
            yield job, result(job, said)


def run(job: Job) -> Result:
    """Run one job here and now."""
    ours, began = ALL[job.row].ours, time.process_time()
    value = float(ours.run(ours.arms[job.arm], job.seed))
    return Result(value, time.process_time() - began)


def tell(heard: SimpleQueue, job: Job, said: object) -> None:
    """Hand what a worker said to the thread that listens."""
    heard.put((job, said))


def result(job: Job, said: object) -> Result:
    """What a worker said, where it is a result; otherwise it is raised."""
    if isinstance(said, Lost):
        raise LearnerError(
            f"The workers that ran “{job.arm}” of {job.row} with seed {job.seed} were lost again and again. "
            "Allowed: fewer at a time (--jobs), where the machine's memory is short."
        )
    if isinstance(said, Exception):
        raise said
    return said


@contextmanager
def closed(crew: Crew) -> Iterator[None]:
    """Close the crew at the end, and end those of its processes that are still at work."""
    before = {*multiprocessing.active_children()}
    try:
        yield
    finally:
        crew.close()
        # A job can take half a minute, which nobody waits for who has pressed Ctrl-C.
        for process in {*multiprocessing.active_children()} - before:
            process.terminate()
