"""Opening a lesson: how long a new reader waits until its last part is there, with a server that is warm."""

import time

from playwright.sync_api import Browser

from benchmarks.browser import fresh
from benchmarks.row import Row, said, spread
from benchmarks.server import running
from lessons import LESSONS

TARGET = 2.5  # seconds
FULL_COURSE = 3  # readers of each lesson


def course(browser: Browser, readers: int = FULL_COURSE) -> list[Row]:
    """Every lesson, once to warm the server, then by readers who were never here."""
    with running() as server:
        for name in LESSONS:
            opened(browser, server.url, name)
        seconds = {name: [opened(browser, server.url, name) for _ in range(readers)] for name in LESSONS}
    every = [s for one in seconds.values() for s in one]
    slowest = max(seconds, key=lambda name: max(seconds[name]))
    reached = f"{said(every, 's', 2)}; slowest {slowest}, {max(seconds[slowest]):.2f} s"
    what = f"open a lesson, warm server, to its quiz and its stage ({len(LESSONS)} lessons, new readers)"
    return [Row(what, f"<= {TARGET} s", reached, spread(every).p95 <= TARGET, "")]


def opened(browser: Browser, url: str, name: str) -> float:
    """Seconds from navigation until the last question stands there, and the stage where there is one."""
    page, lesson = fresh(browser), LESSONS[name]
    began = time.perf_counter()
    page.goto(f"{url}/lessons?lesson={name}", wait_until="commit")
    page.wait_for_selector(f".st-key-quiz_{name}_{len(lesson.prose.quiz)} [role=radiogroup]")
    page.wait_for_selector(".chart svg path, .drawing svg, .lesson-table", state="attached")
    if lesson.parts.STAGE:
        page.wait_for_selector(".stage[data-t]", state="attached")
    took = time.perf_counter() - began
    page.context.close()
    return took
