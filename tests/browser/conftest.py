"""The real app in a process of its own, and a reader in front of it: a Chromium page that is watched."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.server import running
from tests.browser.reader import Reader

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def app():
    """The address of the running app."""
    with running() as server:
        yield server.url


@pytest.fixture(scope="session")
def chromium():
    """A browser without a window: $CHROMIUM, or one that is installed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(f"No browser was found. Install Chromium, or name one in $CHROMIUM; looked for {NAMES}.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(app, chromium):
    """One page that most tests share, so that each does not have to open its own."""
    reader = Reader(chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light"), app)
    yield reader
    reader.close()


@pytest.fixture
def reader(shared):
    """The shared page; whatever it complains of during the test fails the test."""
    shared.problems.clear()
    yield shared
    shared.usual()
    assert shared.problems == []


@pytest.fixture
def alone(app, chromium):
    """A page of the test's own, for what would leave traces."""
    reader = Reader(
        chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=False), app
    )
    yield reader
    reader.close()
    assert reader.problems == []
