"""A session of the Training lab as the server sees it: it trains, and looks again as often as it is told."""

import asyncio
import json
import struct
import time
from typing import NamedTuple

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.session import join, rerun

PATIENCE, SPREAD = 60, 5  # seconds; in so many a class has pressed the button


class Seen(NamedTuple):
    """What a pupil has seen: ms of each look, updates of its runs at times, the place it was told, if any."""

    press: float
    looks: list[float]
    steps: list[tuple[float, list[int]]]
    places: list[str]


async def pupil(url: str, query: str, part: float, seconds: float, everyone: asyncio.Barrier) -> Seen:
    """Open the lab at an address, wait for everyone, press Train, and look until the time is over."""
    state = ClientState(page_name="training", query_string=query)
    page = Page(state)
    await asyncio.sleep(2 * part)
    async with join(url) as socket:
        await asyncio.wait_for(rerun(socket, state, page.read), PATIENCE)
        if await everyone.wait() == 0:
            print("joined", flush=True)
        await asyncio.sleep(part * SPREAD)
        end, seen = time.perf_counter() + seconds, Seen(0, [], [], [])
        seen = seen._replace(press=await _press(socket, state, page))
        while (now := time.perf_counter()) < end and page.fragments:
            fragment, interval = min(page.fragments.items(), key=lambda item: page.due(*item))
            await asyncio.sleep(max(0, page.due(fragment, interval) - now))
            page.looked[fragment] = time.perf_counter()
            state.fragment_id, state.is_auto_rerun, page.partial = fragment, True, True
            answer = await asyncio.wait_for(rerun(socket, state, page.read), PATIENCE)
            state.fragment_id, state.is_auto_rerun = "", False
            seen.looks.append(answer.ms)
            seen.steps.append((time.perf_counter() + seconds - end, list(page.steps)))
            seen.places.append(page.place)
    return seen


async def _press(socket, state: ClientState, page: "Page") -> float:
    state.widget_states.widgets.add(id=page.train, trigger_value=True)
    return (await asyncio.wait_for(rerun(socket, state, page.read), PATIENCE)).ms


class Page:
    """What messages have put on the page: the button, what looks again and how often, the last numbers."""

    def __init__(self, state: ClientState):
        self.state = state
        self.train, self.steps, self.place, self.partial = "", [], "", False
        self.fragments: dict[str, float] = {}
        self.looked: dict[str, float] = {}

    def due(self, fragment: str, interval: float) -> float:
        """When a fragment is to be looked at again."""
        return self.looked.setdefault(fragment, time.perf_counter()) + interval

    def read(self, message: ForwardMsg) -> None:
        """Take over what a message brings."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            # What was asked for may be a fragment's run; one that follows it by itself is the whole page's.
            if not self.partial:
                self.fragments.clear()
            self.partial = False
        elif kind == "navigation":
            # Later runs are of this page, whatever the session began with.
            self.state.page_script_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "script_finished":
            # What is not sent stays as it is; the Explorer's seed is not on this page.
            del self.state.widget_states.widgets[:]
        elif kind == "delta":
            self._element(message.delta.new_element)

    def _element(self, element) -> None:
        if element.HasField("button") and element.button.label == "Train":
            self.train = element.button.id
        elif element.HasField("markdown") and "fresh sequences" in element.markdown.body:
            self.place = element.markdown.body.partition("rests. ")[2]
        elif element.HasField("bidi_component") and element.bidi_component.component_name == "lstm_curves":
            data = element.bidi_component.bytes
            (length,) = struct.unpack_from("<I", data)
            self.steps = [run["steps"] for run in json.loads(data[4 : 4 + length])["runs"]]
