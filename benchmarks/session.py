"""One reader as the server sees them: Streamlit's protocol over a web socket, without a browser.

The client state goes out with every message and is brought up to date from every answer, as the browser does:
the page, the address, the widget's identity, which large messages are known already.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

SEED = "Seed"
ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
KNOWN = 8  # of the large messages, the last few


class Answer(NamedTuple):
    """One run: ms from the message to "script finished", kB received, whether a stage was in it."""

    ms: float
    size: float
    stage: bool


def join(url: str) -> connect:
    """A connection as the browser makes it."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], compression=None, max_size=None, proxy=None)


async def rerun(
    socket: ClientConnection, state: ClientState, read: Callable[[ForwardMsg], None] = lambda message: None
) -> Answer:
    """Ask for a run of the page and read to its end; RuntimeError where the page shows an exception.

    `read` is shown every message that comes.
    """
    began, size, stage = time.perf_counter(), 0, False
    await socket.send(BackMsg(rerun_script=state).SerializeToString())
    while True:
        blob = await socket.recv()
        message = ForwardMsg.FromString(blob)
        size += len(blob)
        stage |= message.delta.new_element.HasField("bidi_component")
        _learn(state, message)
        read(message)
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished in ENDS:
                return Answer(1000 * (time.perf_counter() - began), size / 1000, stage)
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                raise RuntimeError("A run of the page failed.")


def turn(state: ClientState, seed: int) -> None:
    """Set the seed's widget."""
    state.widget_states.widgets[0].int_value = seed


def _learn(state: ClientState, message: ForwardMsg) -> None:
    kind = message.WhichOneof("type")
    if message.metadata.cacheable and message.hash:
        known = [*state.cached_message_hashes, message.hash][-KNOWN:]
        del state.cached_message_hashes[:]
        state.cached_message_hashes.extend(known)
    if kind == "new_session":
        state.page_script_hash = message.new_session.page_script_hash
    elif kind == "page_info_changed":
        state.query_string = message.page_info_changed.query_string
    elif kind == "delta":
        _element(state, message.delta)


def _element(state: ClientState, delta: Delta) -> None:
    element = delta.new_element
    if element.HasField("exception"):
        raise RuntimeError(f"The page shows: {element.exception.message}")
    if element.number_input.label.startswith(SEED) and not state.widget_states.widgets:
        state.widget_states.widgets.add(id=element.number_input.id)
