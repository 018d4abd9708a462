"""The lessons in the browser: each is opened, predicted, run and answered, at every size, light and dark."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from lessons import LESSONS
from lessons.prose import Mark, Question

SIZES = [(1440, 900), (1280, 720), (390, 844)]
# What Streamlit itself asks for in vain below an address like /lessons.
IN_VAIN = ("/_stcore/health", "/_stcore/host-config")
# Functions of a part of the page, and of the page.
SEEN, WRONG = Path(__file__).with_name("lessons.js").read_text("utf-8").split("// ---\n")


@pytest.fixture
def lessons(reader):
    """The shared page, opened at lessons."""
    missing = []
    note = lambda response: response.status == 404 and missing.append(response.url)  # noqa: E731
    reader.page.on("response", note)

    def opened(**params):
        reader.tidy = False
        reader.page.goto(f"{reader.url}/lessons?{urlencode(params)}")
        reader.page.locator(".st-key-lesson h1").first.wait_for()
        reader.idle().page.wait_for_timeout(400)
        return reader.idle()

    yield opened
    reader.page.evaluate("localStorage.clear()")
    reader.page.remove_listener("response", note)
    assert [url for url in missing if not url.endswith(IN_VAIN)] == []
    reader.problems[:] = [text for text in reader.problems if "404 (Not Found)" not in text]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_a_lesson_from_its_question_to_its_quiz(lessons, lesson):
    """Predict, run every experiment, answer the quiz; then look at it at every size, light and dark."""
    reader = lessons(lesson=lesson.name)
    page = reader.page
    for block in lesson.prose.blocks:
        if isinstance(block, Question):
            predict(reader, block)
        elif isinstance(block, Mark) and block.kind == "experiment":
            run(reader, page.locator(f".st-key-experiment_{block.name}"))
        elif isinstance(block, Mark) and block.kind == "equations":
            point(reader, block.name)
    quiz = page.locator(f".st-key-quiz_{lesson.name}_1")
    answer(reader, quiz, 0)
    quiz.locator("[data-testid=stAlert]").wait_for()
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            reader.idle().frame()
            page.wait_for_timeout(250)
            assert page.evaluate(WRONG) == [], (width, scheme)


def answer(reader, part, k: int) -> None:
    """Choose the k-th answer of a question."""
    part.locator("label[data-baseweb=radio], [role=radiogroup] label").nth(k).click()
    page_is_quiet(reader)


def page_is_quiet(reader) -> None:
    reader.page.wait_for_timeout(150)
    reader.idle()


def predict(reader, question: Question) -> None:
    """Commit to a prediction: then it is said what comes out."""
    part = reader.page.locator(f".st-key-predict_{question.name}")
    part.scroll_into_view_if_needed()
    before = part.evaluate(SEEN)
    if question.options:
        answer(reader, part, 0)
    else:
        svg = part.locator("svg.drawing")
        box = svg.bounding_box()
        reader.page.mouse.move(box["x"] + 90, box["y"] + 60)
        reader.page.mouse.down()
        reader.page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 120, steps=12)
        reader.page.mouse.up()
        part.locator(".commit").click()
    # Then the lesson goes on.
    reader.page.locator(f".st-key-skip_{question.name}").wait_for(state="detached")
    page_is_quiet(reader)
    assert part.evaluate(SEEN) != before


def run(reader, part) -> None:
    """Start what can be started and stop it again; otherwise move the first control that moves something."""
    part.scroll_into_view_if_needed()
    before = part.evaluate(SEEN)
    go = part.locator("button[kind=primary]:not([disabled])")
    changed = lambda: part.evaluate(SEEN) != before  # noqa: E731
    if go.count():
        go.first.click()
        soon(reader, changed)
        stop = part.get_by_role("button", name="Stop", exact=True)
        if stop.count():
            stop.first.click()
            soon(reader, lambda: not stop.count())
    else:
        for control in controls(part):
            control()
            page_is_quiet(reader)
            reader.page.wait_for_timeout(300)
            if changed():
                break
        assert changed()
    assert part.locator("[data-testid=stException]").count() == 0


def controls(part):
    """What a hand can do with each control: a slider a step on, another choice, an answer, a press."""
    for slider in part.locator("input[type=range]:visible").all():
        yield lambda s=slider: s.press("ArrowRight")
        yield lambda s=slider: s.press("ArrowLeft")
    for choice in part.locator("[data-testid=stButtonGroup] button, [role=radiogroup] label").all():
        yield lambda c=choice: c.click()
    for field in part.locator("[data-testid=stTextInput] input").all():
        yield lambda f=field: (f.fill("one more word"), f.press("Enter"))
    for box in part.locator("[data-testid=stCheckbox] label, button").all():
        yield lambda b=box: b.click()


def soon(reader, holds) -> None:
    """Wait until something holds."""
    for _ in range(400):
        if holds():
            return
        reader.page.wait_for_timeout(75)
    raise AssertionError("It did not come true.")


def point(reader, cell: str) -> None:
    """A symbol that is pointed at lights up on the stage, if the cell stands there."""
    page = reader.page
    symbol = page.locator(f'.walk[data-cell="{cell}"] math [data-s]').first
    symbol.scroll_into_view_if_needed()
    symbol.hover()
    s = symbol.get_attribute("data-s")
    page.wait_for_selector(".stage[data-t]", state="attached")
    if cell in page.locator(".stage").evaluate("(e) => e.dataset.name.split(' ')"):
        soon(reader, lambda: page.locator(f".stage .lit[data-s={s}]").count() > 0)


def test_progress_outlives_a_reload(lessons):
    """A prediction, an answer and a lesson read are there again; on the map too."""
    reader = lessons(lesson="vanishing")
    page = reader.page
    answer(reader, page.locator(".st-key-predict_vanish_one_unit"), 0)
    answer(reader, page.locator(".st-key-quiz_vanishing_1"), 1)
    page.get_by_text("I have read this lesson").click()
    kept = "(localStorage.getItem('lstm-explorer') ?? '')"
    page.wait_for_function(f'{kept}.includes(\'"read": ["vanishing"]\')')
    page.reload()
    page.locator(".st-key-quiz_vanishing_1 [data-testid=stAlert]").wait_for()
    assert "the unit climbs" in page.locator(".st-key-predict_vanish_one_unit").inner_text().lower()
    page.get_by_role("link", name="The map of the course").first.click()
    page.get_by_text("1 of 24 lessons read").wait_for()
    assert page.get_by_text("quiz: 1 of 4 answered").count() == 1


def test_two_tabs_keep_what_both_have(lessons):
    """What one tab has put into the browser, the other takes over before it writes."""
    reader = lessons(lesson="vanishing")
    other = reader.context.new_page()
    other.goto(f"{reader.url}/lessons?lesson=carousel")
    other.locator(".st-key-quiz_carousel_1 [role=radiogroup] label").first.click()
    other.locator(".st-key-quiz_carousel_1 [data-testid=stAlert]").wait_for()
    kept = "(localStorage.getItem('lstm-explorer') ?? '')"
    other.wait_for_function(f"{kept}.includes('carousel/1')")
    answer(reader, reader.page.locator(".st-key-quiz_vanishing_1"), 1)
    reader.page.wait_for_function(f"{kept}.includes('vanishing/1') && {kept}.includes('carousel/1')")
    other.close()


def test_what_cannot_be_read_is_laid_aside(lessons):
    """Progress of another version is not written over at once, and not lost when it is."""
    reader = lessons()
    page = reader.page
    page.evaluate("localStorage.setItem('lstm-explorer', 'of another version')")
    page.goto(f"{reader.url}/lessons?lesson=vanishing")
    page.get_by_text("cannot be read").wait_for()
    page_is_quiet(reader)
    assert page.evaluate("localStorage.getItem('lstm-explorer')") == "of another version"
    answer(reader, page.locator(".st-key-quiz_vanishing_1"), 1)
    page.wait_for_function("localStorage.getItem('lstm-explorer').includes('vanishing/1')")
    assert page.evaluate("localStorage.getItem('lstm-explorer-aside')") == "of another version"


def test_the_browsers_way_back_undoes_a_path(lessons):
    """The map is again as the address says."""
    reader = lessons()
    page = reader.page
    page.get_by_role("radio", name="A 45-minute class").click()
    page.wait_for_url("**path=class")
    page.get_by_text("Four lessons for a teacher").wait_for()
    page.go_back()
    page.get_by_text("All lessons in order.").wait_for()
    assert "path" not in page.url


def test_a_term_explains_itself(lessons):
    """To the pointer and to the keyboard."""
    page = lessons(lesson="vanishing").page
    term = page.locator(".term").first
    tip = term.locator("[role=tooltip]")
    assert not tip.is_visible()
    term.focus()
    assert tip.is_visible() and len(tip.inner_text()) > 20


def test_a_class_finds_its_way(lessons):
    """The path is chosen, begun and followed to its end by links alone, without another load of the page."""
    reader = lessons(path="class")
    page = reader.page
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Begin:").click()
    for name in ("cell_1997", "forget_gate", "backprop_by_hand"):
        title = LESSONS[name].prose.title
        # The way on stands at the end of a lesson too, and leads to the next one's beginning.
        page.get_by_role("link", name=f"{title} →").last.click()
        page.get_by_role("heading", name=title, level=1).wait_for()
        top = "document.querySelector('[data-testid=stMain]').scrollTop"
        soon(reader, lambda: page.evaluate(top) == 0)  # noqa: B023
        assert page.get_by_text("Class view:").count() == 1
    assert page.evaluate("window.same") and "path=class" in page.url
    soon(reader, lambda: page.get_by_role("link", name="→").count() == 0)
