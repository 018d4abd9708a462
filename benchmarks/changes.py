"""A change of task, model or seed: from the reader's input to the new run on the stage."""

from itertools import cycle, islice

from playwright.sync_api import Browser, Page

from benchmarks.browser import rest, stage_at
from benchmarks.row import Row, said, spread

TARGET = 150
NOT_A_RUN = "Your own series"  # it shows a file chooser first
MIX = ("seed typed", "task", "seed stepped", "left model", "seed typed", "right model")


def change(browser: Browser, url: str, changes: int) -> list[Row]:
    """One row over a mix of changes on the default view; also printed for each kind."""
    samples = {kind: [] for kind in MIX}
    with stage_at(browser, url) as page:
        page.evaluate("probe.inputs()")
        for k, kind in enumerate(islice(cycle(MIX), changes)):
            page.evaluate("probe.expectChange()")
            _act(page, kind, k)
            samples[kind].append(_painted(page, kind))
            rest(page)
        if "T=" in page.url:
            raise RuntimeError(f"The length of the sequence has changed by itself: {page.url}")
    for kind, ms in samples.items():
        print(f"    {kind}: {said(ms)}, {len(ms)} changes")
    every = [ms for kind in samples.values() for ms in kind]
    what = "change of task, model or seed to the whole stage repainted (local server)"
    peer = "189-359 ms (three Plotly charts by rerun)"
    return [Row(what, f"p95 <= {TARGET} ms", said(every), spread(every).p95 <= TARGET, peer)]


def _painted(page: Page, kind: str) -> float:
    ms = page.evaluate("probe.changed")
    if ms is None:
        raise RuntimeError(f"After a change ({kind}) the stage stayed as it was for 20 s.")
    return ms


def _act(page: Page, kind: str, k: int) -> None:
    if not kind.startswith("seed"):
        return choose(page, kind.capitalize())
    seed = page.get_by_label("Seed of the sequence")
    if not seed.is_visible():
        page.get_by_role("button", name="More").click()
    if kind == "seed stepped":
        return page.get_by_test_id("stNumberInputStepUp").click()
    seed.fill(str(100 + k))
    seed.press("Enter")


def choose(page: Page, label: str) -> None:
    """Take the option after the chosen one."""
    if page.get_by_test_id("stPopoverBody").is_visible():
        page.keyboard.press("Escape")
    box = page.get_by_role("combobox", name=label)
    now = box.input_value()
    box.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    names = [name for name in options.all_inner_texts() if name != NOT_A_RUN]
    options.get_by_text(names[(names.index(now) + 1) % len(names)], exact=True).click()
