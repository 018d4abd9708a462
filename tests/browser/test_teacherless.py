"""Without a teacher in the browser: runs grow, pictures follow the slider, a phone shows all."""

from urllib.parse import urlencode

import pytest

from tests.browser.test_training import IN_VAIN, has, move, press, said, steps

EVOLUTION = {"way": "evolution", "task": "periodic", "children": 6, "generations": 30}
EVOLINO = {"way": "evolino", "members": 8, "breedings": 4}
MAZE = {"way": "maze", "corridor": 3, "updates": 30, "hidden": 4}
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
CUT = """(all) => all.filter((e) => {
  const a = e.getBoundingClientRect(), b = e.closest(".picture").getBoundingClientRect();
  return a.width && (a.right > b.right + 1 || a.left < b.left - 1);
}).map((e) => e.textContent)"""


@pytest.fixture
def visit(reader):
    """The shared page, opened at addresses of this one."""
    missing = []
    note = lambda response: response.status == 404 and missing.append(response.url)  # noqa: E731
    reader.page.on("response", note)

    def go(**given):
        reader.tidy = False
        reader.page.goto(f"{reader.url}/teacherless?{urlencode(given)}")
        reader.page.wait_for_selector(".curves[data-steps]", state="attached")
        return reader.idle()

    yield go
    reader.page.remove_listener("response", note)
    assert [url for url in missing if not url.endswith(IN_VAIN)] == []
    reader.problems[:] = [text for text in reader.problems if "404 (Not Found)" not in text]


def train(reader) -> None:
    """Press Train and wait for the end."""
    press(reader, "Train")
    reader.page.get_by_role("button", name="Trained", exact=True).wait_for()
    reader.idle()


def table(reader) -> str:
    return reader.page.locator("table", has_text="To the goal").inner_text()


def test_evolution_and_the_gradient_race_to_their_ends(visit):
    """Two lines in the race, one of sequences; the stage shows both networks."""
    reader = visit(**EVOLUTION, seed=21)
    reader.ready()
    assert steps(reader) == [0, 0] and reader.page.locator(".baseline").count() == 2
    train(reader)
    assert steps(reader) == [30, 30]
    race = reader.page.locator("figure.plot").nth(2)
    assert set(race.locator(".name").all_text_contents()) == {"evolution", "gradient"}
    assert race.locator("path.run[d*=L]").count() == 2 and race.locator(".now").count() == 0
    assert "sequences" in race.text_content() and "not reached within 180" in table(reader)
    reader.soon(lambda: "after [30, 30]" in reader.state["name"])


def test_evolino_runs_on_its_own(visit):
    """Nothing but the target and an untrained network first; then both, and the slider chooses the moment."""
    reader = visit(**EVOLINO, seed=22)
    picture = reader.page.locator(".picture[data-kind=freerun]")
    picture.wait_for()
    assert picture.locator(".said[d*=L]").count() == 1 and "press Train" not in picture.inner_text()
    train(reader)
    reader.soon(lambda: picture.locator("svg[role=img] .said").count() == 2)
    move(reader, 1)
    reader.soon(lambda: "after 1 generation," in picture.inner_text())
    reader.settle()
    assert "at=1" in reader.page.url


def test_a_walk_through_the_maze(visit):
    """As many steps as were taken in the strip and on the stage; the reader chooses whose."""
    reader = visit(**MAZE, seed=23)
    reader.ready()
    # What is behind "More" keeps its values when it is opened and closed.
    reader.page.get_by_test_id("stPopover").locator("button").first.click()
    reader.idle().press("Escape")
    train(reader)
    assert "rate" not in reader.page.url and "hidden=4" in reader.page.url
    reader.ready()
    walkers = reader.page.locator(".walker")
    for name, k in (("LSTM", 1), ("Vanilla RNN", 0)):
        reader.page.get_by_role("radio", name=name, exact=True).or_(
            reader.page.get_by_test_id("stButtonGroup").last.get_by_text(name, exact=True)
        ).first.click()
        reader.soon(lambda name=name: reader.find(".cells h3, .cells b").first.inner_text().startswith(name))
        taken = walkers.nth(k).locator("td").count()
        reader.soon(lambda taken=taken: f"of {taken}" in reader.find(".transport").inner_text())
    assert walkers.count() == 2 and walkers.first.locator(".way").count() == 1


@pytest.mark.parametrize("given", [EVOLUTION, EVOLINO, MAZE], ids=lambda given: given["way"])
def test_a_phone_shows_all(visit, given):
    """Nothing is wider than the window, and nothing of a picture is cut."""
    reader = visit(**given)
    reader.page.set_viewport_size({"width": 390, "height": 844})
    try:
        reader.page.wait_for_timeout(600)
        assert not reader.page.evaluate(WIDER)
        assert reader.page.locator(".picture :is(text, h3, .legend)").evaluate_all(CUT) == []
        assert has(reader, "Train") and said(reader)["steps"]
    finally:
        reader.page.set_viewport_size({"width": 1440, "height": 900})
