"""The Training lab: what a control takes while runs train, and what a class that trains costs the others."""

import json
import subprocess
import sys
import time

from playwright.sync_api import Browser, Page

from benchmarks.row import Row, said, spread
from benchmarks.server import ROOT, running

ANSWER, SLOWER = 300, 2.0  # ms, times
FOUR = "cells=rnn_tanh,lstm,gru_reset_after,peephole_gers&T=60&hidden=16&steps=5000"
PRESS = """async (name) => {
  const named = (text) => [...document.querySelectorAll("button")].find((b) => b.innerText.endsWith(text));
  const began = performance.now(), other = name === "Pause" ? "Resume" : "Pause";
  named(name).click();
  while (!named(other)) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - began;
}"""


def answers(browser: Browser, presses: int) -> list[Row]:
    """One row: from a press on Pause or Resume to the page that shows it, while four runs train."""
    with running() as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}/training?{FOUR}")
        page.wait_for_selector(".curves[data-steps]", state="attached")
        page.wait_for_selector(".stage[data-t]", state="attached")
        page.get_by_role("button", name="Train", exact=True).click()
        while min(map(int, page.locator(".curves").get_attribute("data-steps").split(","))) < 5:
            page.wait_for_timeout(200)
        ms = [_pressed(page, k) for k in range(presses)]
        page.close()
    what = "Training lab: a press of Pause or Resume to the page that shows it, four runs training"
    return [Row(what, f"p95 <= {ANSWER} ms", said(ms), spread(ms).p95 <= ANSWER, "")]


def _pressed(page: Page, k: int) -> float:
    ms = page.evaluate(PRESS, "Resume" if k % 2 else "Pause")
    # Pauses are short: by far the most of the time all four train.
    time.sleep(0.7 if k % 2 else 0.15)
    return ms


def together(sessions: int, seconds: int) -> list[Row]:
    """Rows for a class of which half train the same, a sixth each their own, and a third use the Explorer."""
    same, own = sessions // 2, sessions // 6
    readers = sessions - same - own
    quiet, busy = _school(0, 0, readers, seconds), _school(same, own, readers, seconds)
    who = f"{same} train the same, {own} each their own, {readers} change something in the Explorer every 2 s"
    return [_slower(who, quiet["readers"], busy["readers"]), _looks(who, busy), _fair(who, busy)]


def _school(same: int, own: int, readers: int, seconds: int) -> dict:
    with running() as server:
        command = [sys.executable, "-m", "benchmarks.school", server.url]
        command += [str(n) for n in (same, own, readers, seconds)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"A session failed: {done.stderr[-300:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _slower(who: str, quiet: list[float], busy: list[float]) -> Row:
    """The Explorer's changes with nobody training beside those with everybody training."""
    ratios = [with_ / without for with_, without in zip(spread(busy), spread(quiet), strict=True)][:2]
    reached = f"alone {said(quiet)}; with them {said(busy)}: {ratios[0]:.1f} and {ratios[1]:.1f} times"
    return Row(f"{who}: a change in the Explorer", f"<= {SLOWER:g} times", reached, max(ratios) <= SLOWER, "")


def _looks(who: str, busy: dict) -> Row:
    pupils = busy["same"] + busy["own"]
    looks, presses = [ms for one in pupils for ms in one["looks"]], [one["press"] for one in pupils]
    reached = f"look {said(looks)} of {len(looks)}; press of Train {said(presses)}"
    met = max(spread(looks).p95, spread(presses).p95) <= ANSWER
    return Row(f"{who}: a look at the curves", f"p95 <= {ANSWER} ms", reached, met, "")


def _fair(who: str, busy: dict) -> Row:
    """Whether the same is trained once, and the turns of the others are fair and told."""
    ends = [one["steps"][-1][1] for one in busy["same"]]
    own = [one["steps"][-1][1][0] for one in busy["own"]]
    told = sum(any("runs waiting" in place for place in one["places"]) for one in busy["same"] + busy["own"])
    everyone = len(ends) + len(own)
    first = [end[0] for end in ends]
    reached = (
        f"{len(ends)} sessions see one run, {min(first)} to {max(first)} updates at their last look; "
        f"{len(own)} runs made {min(own)} to {max(own)} updates; {told} of {everyone} were told their place"
    )
    met = told == everyone and max(own) <= 1.5 * min(own)
    return Row(f"{who}: turns", "largest <= 1.5 times the smallest, all told", reached, met, "")
