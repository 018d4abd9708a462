"""The Training lab: what a control takes while runs train, and what a class that trains costs the others."""

import json
import subprocess
import sys
import time
from urllib.parse import parse_qsl

from playwright.sync_api import Browser, Page

from benchmarks.row import Row, said, spread
from benchmarks.school import KINDS
from benchmarks.server import ROOT, running
from lstm_viz.pages import address
from lstm_viz.pages.training.choices import LEARN
from lstm_viz.pages.training.runs import specs
from lstm_viz.training import advance, first_state

ANSWER, SLOWER, FAIR = 300, 2.0, 1.5  # ms, times, times
TIMED, REPEATS = 10, 5  # updates that tell what one costs
# Long enough that nothing ends while it is measured.
FOUR = "cells=rnn_tanh,lstm,gru_reset_after,peephole_gers&T=100&hidden=32&batch=64&steps=5000"
PRESS = """async (name) => {
  const named = (text) => [...document.querySelectorAll("button")].find((b) => b.innerText.endsWith(text));
  const began = performance.now(), other = name === "Pause" ? "Resume" : "Pause";
  named(name).click();
  while (!named(other)) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - began;
}"""
MOVE = """async (slider, [stage, place, after]) => {
  const began = performance.now();
  slider.value = place;
  slider.oninput();
  slider.onchange();
  while (!stage.dataset.name.endsWith(after)) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - began;
}"""


def answers(browser: Browser, presses: int) -> list[Row]:
    """Two rows, four runs training: from a press on Pause to the page that says Resume, and from the slider
    over training to the stage of that moment."""
    with running() as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}/training?{FOUR}")
        page.wait_for_selector(".curves[data-steps]", state="attached")
        page.wait_for_selector(".stage[data-t]", state="attached")
        page.get_by_role("button", name="Train", exact=True).click()
        _grown(page, 5)
        moves = [_moved(page, k) for k in range(presses)]
        pauses = [_paused(page) for _ in range(presses)]
        page.close()
    four = "Training lab, four runs training"
    return [
        _answer(f"{four}: a press of Pause to the page that has paused", pauses),
        _answer(f"{four}: a move of the slider over training to the stage of that moment", moves),
    ]


def _answer(what: str, ms: list[float]) -> Row:
    return Row(what, f"p95 <= {ANSWER} ms", said(ms), spread(ms).p95 <= ANSWER, "")


def _steps(page: Page) -> list[int]:
    return [int(k) for k in page.locator(".curves").get_attribute("data-steps").split(",")]


def _grown(page: Page, least: int) -> None:
    """Wait until every run is shown so far."""
    while min(_steps(page)) < least:
        page.wait_for_timeout(50)


def _paused(page: Page) -> float:
    """The time of a pause in mid-training; then the runs go on, and have gone on before this returns."""
    ms, before = page.evaluate(PRESS, "Pause"), sum(_steps(page))
    page.evaluate(PRESS, "Resume")
    while sum(_steps(page)) <= before:
        page.wait_for_timeout(50)
    return ms


def _moved(page: Page, k: int) -> float:
    """The time of a move to the moment after the first update, or the second, by turns."""
    page.wait_for_timeout(600)
    place = 1 + k % 2
    stage = page.locator(".stage").element_handle()
    return page.locator(".moment input").evaluate(MOVE, [stage, place, f"after {place} {place}"])


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
    costs = [cost(kind) for kind in KINDS]
    work = [steps * costs[k % len(KINDS)] for k, steps in enumerate(own)]
    told = sum(any("runs waiting" in place for place in one["places"]) for one in busy["same"] + busy["own"])
    everyone = len(ends) + len(own)
    first = [end[0] for end in ends]
    reached = (
        f"{len(ends)} sessions see one run, {min(first)} to {max(first)} updates at their last look; "
        f"{len(own)} runs, cheap and dear, made {min(own)} to {max(own)} updates, which alone take "
        f"{min(work):.1f} to {max(work):.1f} s; {told} of {everyone} were told their place"
    )
    met = told == everyone and max(work) <= FAIR * min(work)
    return Row(f"{who}: turns", f"the most work <= {FAIR} times the least, all told", reached, met, "")


def cost(query: str) -> float:
    """Seconds of one update of the run at an address, with nothing else to do."""
    values, _ = address.read(dict(parse_qsl(query)), LEARN)
    [spec] = specs(values).values()
    warm, seconds = advance(spec, first_state(spec), 1).state, []
    for _ in range(REPEATS):
        began = time.perf_counter()
        advance(spec, warm, TIMED)
        seconds.append(time.perf_counter() - began)
    # What else the machine does only adds to it.
    return min(seconds) / TIMED
