"""Arrow key to painted step, in both directions of time and both of the stage's modes."""

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.browser import rest, stage_at
from benchmarks.row import Row, said, spread

VIEWS = {"default view": "/", "T=100, H=16": "/?T=100"}
ARROWS = {"ArrowRight": ("→", "Home"), "ArrowLeft": ("←", "End")}
TARGET, SWEEP = 20, 40


def keys(browser: Browser, url: str, presses: int) -> list[Row]:
    """One row a view: each arrow's spread in ms, forward and backward mode together."""
    return [_view(browser, name, url + query, presses) for name, query in VIEWS.items()]


def _view(browser: Browser, name: str, url: str, presses: int) -> Row:
    samples = {arrow: [] for arrow in ARROWS}
    with stage_at(browser, url) as page:
        page.evaluate("probe.keys()")
        for _ in ("forward", "backward"):
            for arrow in ARROWS:
                samples[arrow] += press(page, arrow, presses)
            page.keyboard.press("b")
    reached = "; ".join(f"{ARROWS[arrow][0]} {said(ms, digits=1)}" for arrow, ms in samples.items())
    met = all(spread(ms).p95 <= TARGET for ms in samples.values())
    peer = "10-21 ms (exploRNN, forward only), 22-42 ms (RNN-visualizer)"
    return Row(f"arrow key to painted step, {name}", f"p95 <= {TARGET} ms", reached, met, peer)


def press(page: Page, arrow: str, presses: int) -> list[float]:
    """The ms of every press, at moments that no frame clock knows; RuntimeError if one is lost."""
    rng = np.random.default_rng(presses)
    for k in range(presses):
        if k % SWEEP == 0:
            page.keyboard.press(ARROWS[arrow][1])
            rest(page)
        page.keyboard.press(arrow)
        page.wait_for_timeout(rng.uniform(25, 60))
    page.wait_for_timeout(200)
    samples = page.evaluate("probe.takeSteps()")
    if len(samples) != presses:
        raise RuntimeError(f"{presses} presses of {arrow}, {len(samples)} of them painted.")
    return samples
