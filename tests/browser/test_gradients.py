"""The Gradient lab in the browser: every view is drawn at every size, controls work, so does the way back."""

from urllib.parse import urlencode

import pytest

from lstm_viz.pages.gradients.choices import VIEWS
from tests.browser.test_papers import IN_VAIN

SIZES = [(1440, 900), (390, 844)]
FIGURES = {"powers": 3, "profiles": 3, "paths": 2, "wall": 3, "truncated": 2, "check": 1}
# A page that scrolls sideways; words of a figure that leave it.
WRONG = """() => {
  const found = [], main = document.querySelector('[data-testid="stMain"]');
  if (main.scrollWidth > main.clientWidth + 1) found.push(`sideways: ${main.scrollWidth}`);
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const frame = plot.getBoundingClientRect();
    if (frame.right > innerWidth + 1 || frame.left < -1) found.push(`outside: ${frame.right}`);
    for (const text of plot.querySelectorAll('.main-svg text')) {
      const box = text.getBoundingClientRect();
      if (box.width && (box.right > frame.right + 2 || box.left < frame.left - 2))
        found.push(`cut: ${text.textContent}`);
      if (parseFloat(getComputedStyle(text).fontSize) < 9) found.push(`small: ${text.textContent}`);
    }
  }
  return [...new Set(found)];
}"""
# The curves as Plotly has read them, so that a change is seen.
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => plot._fullData.map((t) =>
  [t.name, ...[...(t.y ?? [])].slice(0, 40).map(String)].join(" ")))"""


@pytest.fixture
def lab(reader):
    """The shared page, opened at addresses of the lab, until as many figures are drawn as are wanted."""
    missing = []
    note = lambda response: response.status == 404 and missing.append(response.url)  # noqa: E731
    reader.page.on("response", note)

    def opened(figures, **params):
        reader.tidy = False
        reader.page.goto(f"{reader.url}/gradients?{urlencode(params)}")
        return drawn(reader, figures)

    yield opened
    reader.page.remove_listener("response", note)
    reader.usual()
    assert [url for url in missing if not url.endswith(IN_VAIN)] == []
    reader.problems[:] = [text for text in reader.problems if "404 (Not Found)" not in text]


def drawn(reader, figures):
    """Wait until so many figures are there and the script rests."""
    plots = reader.page.locator(".js-plotly-plot .main-svg .xtitle, .js-plotly-plot .main-svg .g-xtitle text")
    plots.nth(figures - 1).wait_for()
    return reader.idle()


def changed(reader, before) -> bool:
    now = reader.page.evaluate(DRAWN)
    return len(now) == len(before) and now != before


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_at_every_size(lab, view):
    """Drawn, nothing cut, nothing sideways; no sentence of complaint."""
    reader = lab(FIGURES[view], view=view)
    for width, height in SIZES:
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.page.wait_for_timeout(700)
        assert reader.page.evaluate(WRONG) == []
    assert reader.page.get_by_test_id("stAlert").count() == 0


def slide(reader, label: str, key: str = "ArrowRight") -> None:
    """Move a slider by one step with the keyboard."""
    handle = reader.page.get_by_test_id("stSlider").filter(has_text=label).get_by_role("slider")
    handle.focus()
    handle.press(key)


CHANGES = {
    "powers": lambda reader: slide(reader, "Spectral radius"),
    "profiles": lambda reader: slide(reader, "Forget bias"),
    "paths": lambda reader: slide(reader, "Hidden units"),
    "wall": lambda reader: slide(reader, "Learning rate"),
    "truncated": lambda reader: slide(reader, "Recurrent weights"),
    "check": lambda reader: slide(reader, "ε = 10"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_control_changes_what_is_drawn(lab, view):
    """And the address says so; a reload shows the same."""
    reader = lab(FIGURES[view], view=view, T=20, steps=20)
    before = reader.page.evaluate(DRAWN)
    CHANGES[view](reader)
    reader.soon(lambda: changed(reader, before))
    reader.idle()
    after, url = reader.page.evaluate(DRAWN), reader.page.url
    reader.page.reload()
    drawn(reader, FIGURES[view])
    reader.soon(lambda: reader.page.evaluate(DRAWN) == after)
    assert reader.page.url == url


def test_a_preset_and_the_way_back(lab):
    """The preset is marked and in the address; back is what was before, forth is it again."""
    reader = lab(3)
    before = reader.page.evaluate(DRAWN)
    reader.page.get_by_test_id("stButtonGroup").get_by_text("The switch", exact=True).click()
    reader.soon(lambda: "preset=switch" in reader.page.url and changed(reader, before))
    after = reader.page.evaluate(DRAWN)
    reader.page.go_back()
    reader.soon(lambda: reader.page.evaluate(DRAWN) == before)
    assert "preset" not in reader.idle().page.url
    reader.page.go_forward()
    reader.soon(lambda: reader.page.evaluate(DRAWN) == after)


def test_from_view_to_view(lab):
    """One after the other by a click; each way back is a view."""
    reader = lab(3)
    for view in ("profiles", "wall", "check"):
        reader.page.get_by_test_id("stButtonGroup").first.get_by_text(VIEWS[view], exact=True).click()
        reader.soon(lambda view=view: f"view={view}" in reader.page.url)
        drawn(reader, FIGURES[view])
    reader.page.go_back()
    drawn(reader, FIGURES["wall"])
    reader.soon(lambda: reader.page.get_by_text("Limit of the norm").count() == 1)


def test_the_stage_below_the_paths_stands_backward(lab):
    """It moves through time without touching the figures above it, and the Explorer opens the same run."""
    reader = lab(2, view="paths", steps=30, left="gru_reset_after")
    reader.ready()
    assert reader.state["mode"] == "backward"
    before = reader.page.evaluate(DRAWN)
    reader.find(".transport input").fill("4")
    reader.until(t=5)
    reader.settle()
    assert reader.page.evaluate(DRAWN) == before
    reader.page.get_by_test_id("stPageLink").get_by_text("Open in the Explorer").click()
    reader.page.wait_for_url(lambda url: "/gradients" not in url)
    reader.ready().until(mode="backward")
    assert reader.params()["left"] == "gru_reset_after" and reader.params()["T"] == "30"


def test_figures_follow_the_theme(lab):
    """Text of a figure is light on dark ground."""
    reader = lab(3)
    reader.page.emulate_media(color_scheme="dark")
    reader.page.reload()
    drawn(reader, 3)
    fills = reader.page.locator(".js-plotly-plot .xtick text").evaluate_all(
        "all => all.map((e) => getComputedStyle(e).fill.match(/[0-9]+/g).slice(0, 3).map(Number))"
    )
    assert fills and all(sum(fill) > 450 for fill in fills)
