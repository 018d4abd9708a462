"""Chromium without a window, and a page of the app in it with the probe inside."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
WINDOW = {"width": 1440, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser: $CHROMIUM, one that is installed, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def fresh(browser: Browser) -> Page:
    """An empty page of a reader who was never here: no cache, no cookies."""
    page = browser.new_context(viewport=WINDOW).new_page()
    page.add_init_script(PROBE)
    return page


@contextmanager
def stage_at(browser: Browser, url: str) -> Iterator[Page]:
    """A page that shows its stage and has come to rest."""
    page = fresh(browser)
    page.goto(url)
    rest(page)
    yield page
    page.context.close()


def rest(page: Page) -> None:
    """Wait until the stage is there and the server's script has ended."""
    page.wait_for_selector(".stage[data-t]")
    page.wait_for_timeout(600)  # a step is sent 0.3 s after it is settled on
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
