"""Opening the page: how long until one can step, and what travels."""

from typing import NamedTuple

from playwright.sync_api import Browser, Page

from benchmarks.browser import fresh, rest
from benchmarks.row import Row, said, spread
from benchmarks.server import running

WARM, COLD, SIZE = 1.8, 3.0, 3.5
PEER = "0.2-1.3 s (static pages), 2.1-3.3 s (Streamlit)"


class Opening(NamedTuple):
    """Seconds from navigation to a step made by key, MB received, requests sent."""

    seconds: float
    size: float
    requests: int


def opening(browser: Browser, openings: int) -> list[Row]:
    """Cold: each time a new server process, its first page. Warm: a server that has shown it before."""
    cold, warm, starts = [], [], []
    for _ in range(openings):
        with running() as server:
            starts.append(server.start)
            cold.append(measure(browser, server.url))
            warm.append(measure(browser, server.url))
    print(f"    process to healthy: {said(starts, 's', 2)}; then the first page")
    return [_times("warm", warm, WARM), _times("cold", cold, COLD), _size(cold + warm)]


def measure(browser: Browser, url: str) -> Opening:
    """Open the page as a new reader."""
    page = fresh(browser)
    received, requests = _traffic(page)
    page.goto(url, wait_until="commit")
    ms = page.evaluate("probe.opened()")
    rest(page)
    page.wait_for_load_state("networkidle")
    page.context.close()
    return Opening(ms / 1000, sum(received) / 1e6, len(requests))


def _traffic(page: Page) -> tuple[list, list]:
    """Lists that fill with the bytes received and the addresses asked for; a socket is one request."""
    received, requests = [], []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.webSocketFrameReceived", lambda event: received.append(_bytes(event["response"])))
    session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    session.on("Network.webSocketCreated", lambda event: requests.append(event["url"]))
    return received, requests


def _bytes(frame: dict) -> int:
    """The size of a frame's content; binary content is shown in base64."""
    text = frame["payloadData"]
    return len(text) * 3 // 4 - text.count("=", -2) if frame["opcode"] == 2 else len(text.encode())


def _times(name: str, runs: list[Opening], target: float) -> Row:
    seconds = [run.seconds for run in runs]
    reached = f"{said(seconds, 's', 2)} of {len(runs)}"
    what = f"open the page, {name} server, to a stage one can step"
    return Row(what, f"<= {target} s", reached, spread(seconds).p95 <= target, PEER)


def _size(runs: list[Opening]) -> Row:
    size, requests = max(run.size for run in runs), max(run.requests for run in runs)
    reached = f"{size:.2f} MB in {requests} requests"
    return Row("open the page for the first time: transferred", f"<= {SIZE} MB", reached, size <= SIZE, "")
