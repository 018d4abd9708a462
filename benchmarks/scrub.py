"""Dragging through time: the frames that the reader sees, and what the server hears meanwhile."""

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.browser import rest, stage_at
from benchmarks.row import Row, spread

VIEW = "/?T=100"
TARGET, FRAMES = 17, 59.5


def scrub(browser: Browser, url: str, moves: int) -> list[Row]:
    """One row a mode of the stage."""
    with stage_at(browser, url + VIEW) as page:
        sent = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        page.reload()
        rest(page)
        rows = [_mode(page, "forward", moves, sent)]
        page.keyboard.press("b")
        rest(page)
        return [*rows, _mode(page, "backward", moves, sent)]


def _mode(page: Page, mode: str, moves: int, sent: list) -> Row:
    frames, messages = drag(page, moves, sent)
    intervals = np.diff(frames["times"])
    s, work = spread(intervals), spread(frames["work"])
    reached = (
        f"{1000 / intervals.mean():.0f} frames/s; p50 {s.p50:.1f}, p95 {s.p95:.1f}, max {s.worst:.0f} ms; "
        f"work a frame p95 {work.p95:.1f} ms; {frames['drawn']} steps drawn; {messages} messages"
    )
    met = s.p95 <= TARGET and 1000 / intervals.mean() >= FRAMES and messages == 0
    target = f"60 frames/s, p95 <= {TARGET} ms, 0 messages to the server"
    return Row(f"scrubbing T=100, H=16, two models, {mode}", target, reached, met, "59-60 frames/s")


def drag(page: Page, moves: int, sent: list) -> tuple[dict, int]:
    """Hold the pointer and move it over the time axis and back; frames, and messages until it is let go."""
    box = page.locator(".rows canvas").first.bounding_box()
    way = np.concatenate([np.linspace(0.01, 0.99, moves // 2), np.linspace(0.99, 0.01, moves - moves // 2)])
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + way[0] * box["width"], y)
    before = len(sent)
    page.mouse.down()
    page.evaluate("probe.startFrames()")
    for part in way:
        page.mouse.move(box["x"] + part * box["width"], y)
    frames, messages = page.evaluate("probe.stopFrames()"), len(sent) - before
    page.mouse.up()
    return frames, messages
