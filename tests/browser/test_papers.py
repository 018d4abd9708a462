"""The Papers page in the browser: there at once, readable at every size, and its ways out lead on."""

import time
from urllib.parse import urlencode

import pytest

from lstm_viz.papers import ROWS

SIZES = [(1440, 900), (1280, 720), (390, 844)]
# What Streamlit itself asks for in vain below an address like /papers.
IN_VAIN = ("/_stcore/health", "/_stcore/host-config")
SECONDS = 6.0  # on an idle machine below 2; this one may be busy
# Text that is cut off or leaves the window, a dot off its line, a page that scrolls sideways.
WRONG = """() => {
  const found = [], W = innerWidth, main = document.querySelector('[data-testid="stMain"]');
  if (main.scrollWidth > main.clientWidth + 1) found.push(`sideways: ${main.scrollWidth}`);
  for (const e of document.querySelectorAll('.paper *')) {
    const box = e.getBoundingClientRect();
    if (!box.width || e.closest('.wide')) continue;
    if (box.right > W + 1 || box.left < -1) found.push(`outside: ${e.className}`);
    if (parseFloat(getComputedStyle(e).fontSize) < 11) found.push(`small: ${e.className}`);
  }
  for (const dot of document.querySelectorAll('.paper .line i')) {
    const [a, b] = [dot, dot.parentElement].map((e) => e.getBoundingClientRect());
    const x = (a.left + a.right) / 2;
    if (x < b.left - 1 || x > b.right + 1) found.push(`off its line: ${x}`);
  }
  for (const strip of document.querySelectorAll('.paper .strip')) {
    const boxes = [...strip.children].map((e) => e.getBoundingClientRect());
    for (const [k, a] of boxes.entries()) for (const b of boxes.slice(k + 1))
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        found.push(`on each other: ${strip.textContent.slice(0, 40)}`);
  }
  return [...new Set(found)];
}"""


@pytest.fixture
def papers(reader):
    """The shared page, opened at addresses of the Papers page."""
    missing = []
    note = lambda response: response.status == 404 and missing.append(response.url)  # noqa: E731
    reader.page.on("response", note)

    def opened(**params):
        reader.tidy = False
        reader.page.goto(f"{reader.url}/papers?{urlencode(params)}")
        reader.page.locator(".paper").first.wait_for()
        return reader.idle()

    yield opened
    reader.page.remove_listener("response", note)
    assert [url for url in missing if not url.endswith(IN_VAIN)] == []
    reader.problems[:] = [text for text in reader.problems if "404 (Not Found)" not in text]


def test_it_is_there_at_once(papers):
    """All rows, warm, in a few seconds of a busy machine."""
    papers()
    began = time.monotonic()
    reader = papers()
    assert reader.page.locator(".paper").count() == len(ROWS)
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_or_on_top_of_another(papers, size, scheme):
    """Closed and with every row's numbers open."""
    reader = papers()
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    reader.page.emulate_media(color_scheme=scheme)
    reader.page.wait_for_timeout(300)
    assert reader.page.evaluate(WRONG) == []
    reader.page.evaluate("document.querySelectorAll('.paper details').forEach((e) => { e.open = true; })")
    assert reader.page.evaluate(WRONG) == []
    reader.page.emulate_media(color_scheme="light")
    reader.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_click_filters_and_an_experiment_opens(papers):
    """The verdict's rows alone; then away to the page that the first of them names."""
    reader = papers()
    shown = reader.page.locator(".paper .verdict").all_inner_texts()
    wanted = next(text for text in shown if "confirmed" in text).split(maxsplit=1)[1]
    button = reader.page.locator('[data-testid="stButtonGroup"] button').filter(has_text=f" {wanted}: ").first
    button.click()
    reader.soon(
        lambda: (
            reader.page.locator(".paper").count() == sum(wanted in text.split(maxsplit=1) for text in shown)
        )
    )
    assert f"verdict={wanted}".replace(" ", "+") in reader.page.url.replace("%20", "+")
    name = reader.page.locator(".paper").first.get_attribute("data-row")
    reader.page.locator(".paper a").first.click()
    reader.page.wait_for_url(f"**/{ROWS[name].opens.partition('?')[0]}?**")
    reader.idle()
    assert reader.page.locator('[data-testid="stException"]').count() == 0


def test_the_numbers_open_by_keys(papers):
    """A row's numbers are a disclosure that the keyboard reaches."""
    reader = papers()
    first = reader.page.locator(".paper details").first
    first.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    assert first.locator("table").is_visible() and first.locator("td").count() >= 10
