"""A Dask cluster as an Executor: whoever submits never waits for the network, and no page is held up by it.

One thread of its own speaks to the cluster. The same chunks give the same numbers there as here, bit for
bit where the processors are of one kind; the workers need this program, in the same version.
"""

import asyncio
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from importlib.util import find_spec

from lstm_viz.errors import LearnerError

PATIENCE = 5  # seconds in which a scheduler must answer
LOOK = 2.0  # seconds between two looks at how many workers there are


class Cluster(Executor):
    """The workers of the Dask scheduler at an address.

    What cannot be sent, or is lost with the scheduler, ends with the exception that says so.
    """

    def __init__(self, address: str):
        if find_spec("distributed") is None:
            raise LearnerError(
                "A cluster needs the package “distributed”. Allowed: install it, or leave the scheduler out."
            )
        self._threads, self._looked = 1, 0.0
        self._address, self._client = address, None
        self._thread = ThreadPoolExecutor(1, "cluster")

    @property
    def size(self) -> int:
        """How many chunks it computes at a time, as was known a moment ago; 1 where it has no workers."""
        if self._client is not None and time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            self._post(self._count)
        return max(1, self._threads)

    @property
    def empty(self) -> bool:
        """Whether all workers are gone, or none has come."""
        return self.size > self._threads

    def submit(self, fn, /, *args, **kwargs) -> Future:
        """The future of fn(*args) on a worker."""
        future: Future = Future()
        self._thread.submit(self._send, future, fn, args, kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the cluster go; what it still computes is forgotten."""
        self._post(self._leave)
        self._thread.shutdown(wait)

    def _send(self, future: Future, fn, args, kwargs) -> None:
        try:
            if self._client is None:
                self._client = connected(self._address)
                self._count()
            theirs = self._client.get_executor(pure=False).submit(fn, *args, **kwargs)
        except Exception as error:
            future.set_exception(error)
            return
        # The client's own thread must not be held up by what is done with a result.
        theirs.add_done_callback(lambda theirs: self._post(hand_on, theirs, future))

    def _count(self) -> None:
        with suppress(OSError):  # Whether the scheduler is lost shows in the chunks.
            self._threads = sum(self._client.nthreads().values())

    def _post(self, fn, *args) -> None:
        with suppress(RuntimeError):  # The cluster was let go: nobody waits for results any more.
            self._thread.submit(fn, *args)

    def _leave(self) -> None:
        if self._client is not None:
            self._client.close()


def connected(address: str):
    """The client of the scheduler at the address; a sentence where none answers."""
    from distributed import Client

    try:
        # A client that was never connected cannot be closed in peace: none is made before somebody answers.
        asyncio.run(answers(address))
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        shown = "".join(c for c in address[:60] if c.isprintable())
        allowed = "the address of a running Dask scheduler, as tcp://127.0.0.1:8786"
        raise LearnerError(f"No scheduler answers at “{shown}”. Allowed: {allowed}.") from error


async def answers(address: str) -> None:
    """Come back when somebody listens at the address; OSError where nobody does for PATIENCE seconds."""
    from distributed.comm import connect
    from distributed.security import Security

    comm = await connect(address, PATIENCE, **Security().get_connection_args("client"))
    await comm.close()


def hand_on(theirs: Future, ours: Future) -> None:
    """Give one future the end that another has come to."""
    if theirs.cancelled():
        ours.set_exception(ConnectionError("the cluster let go of a chunk"))
    elif error := theirs.exception():
        ours.set_exception(lacking(error) or error)
    else:
        ours.set_result(theirs.result())


def lacking(error: BaseException) -> LearnerError | None:
    """The sentence where a cluster cannot read what it was sent, None for any other error."""
    if not isinstance(error.__cause__ or error, ImportError):
        return None
    allowed = "a scheduler and workers where it is installed, in this version"
    return LearnerError(f"The cluster lacks this program or a part of it. Allowed: {allowed}.")
