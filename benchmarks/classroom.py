"""A class on one server: how long a change takes for each, and what it costs in memory."""

import json
import subprocess
import sys
import threading
import time

import numpy as np

from benchmarks.row import Row, said, spread
from benchmarks.server import ROOT, memory, running

TARGET, MEMORY, NOISE = 650, 250, 5  # ms, MB, MB
PEER = "3.05 s (three Plotly charts)"


def classroom(sessions: int, seconds: int) -> list[Row]:
    """One row for the time, one for the memory; the load comes from another process on the same machine."""
    with running() as server:
        before = memory(server.pid)
        answers, series = _watched(server, sessions, seconds)
    first, later = ([ms for ms, *_ in answers[part]] for part in ("first", "later"))
    size = np.median([kb for _, kb, _ in answers["later"]])
    print(f"    first pages: {said(first)}; an answer has {size:.0f} kB")
    reached = f"{said(later)} over {len(later)} reruns"
    return [
        Row(_what(sessions), f"p95 <= {TARGET} ms", reached, spread(later).p95 <= TARGET, PEER),
        _memory(sessions, before, series, len(later)),
    ]


def _what(sessions: int) -> str:
    return f"a class on 2 cores: {sessions} sessions changing something every 2 s"


def _watched(server, sessions: int, seconds: int) -> tuple[dict, list[float]]:
    """The answers, and the server's memory in MB, twice a second from when all have joined."""
    command = [sys.executable, "-m", "benchmarks.load", server.url, str(sessions), str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "joined\n":
        raise RuntimeError("Not every session got its first page.")
    lines = []
    reading = threading.Thread(target=lambda: lines.extend(process.stdout))
    reading.start()
    series = []
    while reading.is_alive():
        series.append(memory(server.pid))
        time.sleep(0.5)
    if process.wait():
        raise RuntimeError("A session failed.")
    return json.loads(lines[-1]), series


def _memory(sessions: int, before: float, series: list[float], reruns: int) -> Row:
    """Growth: the last sixth of the time beside the second sixth, when everybody has changed something."""
    sixth = max(1, len(series) // 6)
    growth = float(np.mean(series[-sixth:]) - np.mean(series[sixth : 2 * sixth]))
    between = round(reruns * 2 / 3)
    reached = f"{before:.0f} MB empty, at most {max(series):.0f} MB; {growth:+.1f} MB over {between} reruns"
    met = max(series) <= MEMORY and growth <= NOISE
    return Row(f"{_what(sessions)}: server memory", f"<= {MEMORY} MB, no growth", reached, met, "")
