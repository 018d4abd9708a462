"""Where chunks are computed on this machine: worker processes, or this process. Both are Executors."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

# Read by BLAS when a worker loads it; at these sizes more threads only get in each other's way.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Inline(Executor):
    """Computes at once, in the thread that asks: where there are no processes, as in a browser."""

    def submit(self, fn, /, *args, **kwargs) -> Future:
        """A future that is done already."""
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def processes(count: int) -> Executor:
    """That many worker processes, each with one thread for its products; Inline where there can be none."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    try:
        return ProcessPoolExecutor(count, _Context(), _join)
    except (ImportError, NotImplementedError, OSError, ValueError):
        return Inline()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait; a process that is started meanwhile never hears of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Bare(SpawnProcess):
    """A process that does not begin by running the main module's file: on a server that is a whole page.

    Nor does it hear of Ctrl-C while it starts.
    """

    def start(self) -> None:
        shown, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            with undisturbed():
                super().start()
        finally:
            sys.modules["__main__"] = shown


class _Context(SpawnContext):
    Process = _Bare


def _join() -> None:
    # Who looks at a page comes before who trains.
    if hasattr(os, "nice"):
        os.nice(10)
    # Ctrl-C reaches every process of a terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)
