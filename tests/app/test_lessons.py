"""The Lessons page as Streamlit runs it: the map, every lesson, predictions, quizzes, progress, bad input."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS, PATHS
from lessons.checks import LONGEST
from lessons.progress import Progress, answered, dump, place
from lessons.prose import Mark, Question
from lstm_viz.pages.training.runs import workshop
from tests.app.page import healthy, sentences, visited

PAGE = "lessons/page.py"
EVERY = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


def opened(**given) -> AppTest:
    """The app on the Lessons page after its first run there at an address."""
    return visited(PAGE, **given)


def text(at: AppTest) -> str:
    """All that is written on the page."""
    return "\n".join(e.value for kind in (at.markdown, at.caption, at.success, at.warning) for e in kind)


def on(at: AppTest, lesson) -> AppTest:
    """The same when all predictions of the lesson have been made: the first option, a flat curve."""
    questions = [b for b in lesson.prose.blocks if isinstance(b, Question)]
    at.session_state["course"] = Progress(
        predictions={q.name: 0 if q.options else flat(lesson, q) for q in questions}
    )
    return healthy(at.run())


def flat(lesson, question: Question) -> list[float]:
    """A curve as it is before anything is drawn."""
    ask = lesson.parts.CURVES[question.name].ask
    return [ask.start] * len(ask.at)


@EVERY
def test_a_lesson_opens_and_trains_nothing(lesson):
    """Every part is there once predictions are made, nothing to complain of, and no run waits in the line."""
    at = opened(lesson=lesson.name)
    prose = lesson.prose
    assert f"# {prose.title}" in [m.value for m in at.markdown] and sentences(at) == ""
    asked = [b for b in prose.blocks if isinstance(b, Question)]
    # What comes out is not said before the learner has committed, and what comes next waits.
    assert all(said(question) not in text(at) for question in asked)
    assert "The lesson goes on when you have made your prediction." in text(at)
    on(at, lesson)
    assert all(said(question) in text(at) for question in asked)
    for block in prose.blocks:
        if isinstance(block, Mark) and block.kind == "experiment":
            assert at.get_by_key(f"experiment_{block.name}") is not None
    radios = {radio.key.rpartition("_")[0] for radio in at.radio}
    assert {f"quiz_{lesson.name}_{k + 1}" for k in range(len(prose.quiz))} <= radios
    assert len(workshop().line) == 0
    # What a run takes is said before it is begun, and is never long.
    costs = [re.search(r"about ([\d,]+) s", button.label) for button in at.button]
    assert all(int(found[1].replace(",", "")) <= LONGEST for found in costs if found)


@EVERY
def test_a_lesson_in_class(lesson):
    """Pictures, predictions and experiments are all there, and most of the words are not."""
    whole = on(opened(lesson=lesson.name), lesson)
    short = on(opened(lesson=lesson.name, path="class"), lesson)
    if lesson.name in PATHS["class"][1]:
        assert " of 4 · Lesson" in "".join(e.proto.body for e in short.get("html"))
    [switch] = [t for t in short.toggle if t.key.startswith("in_class")]
    assert switch.value
    assert len(text(short)) < 0.85 * len(text(whole))
    assert len(short.get("bidi_component")) == len(whole.get("bidi_component"))


def test_a_reader_can_go_on_without_a_prediction():
    """And is told what came out of none."""
    at = opened(lesson="vanishing")
    at.get_by_key("skip_vanish_one_unit").click()
    healthy(at.run())
    assert at.get_by_key("experiment_vanish_wall") is not None
    assert at.session_state["course"].predictions == {}


@EVERY
def test_predictions_and_quiz_are_answered(lesson):
    """Each answer gets its reason; the first one counts, later ones are explained too."""
    at = opened(lesson=lesson.name)
    for question in (b for b in lesson.prose.blocks if isinstance(b, Question)):
        radios = [r for r in at.radio if r.key.startswith(f"predict_{question.name}_")]
        if radios:
            radios[0].set_value(0)
            healthy(at.run())
            assert ("**Yes:** " if question.options[0].right else "**No.** You said: ") in text(at)
            assert said(question) in text(at)
        else:
            at.get_by_key(f"skip_{question.name}").click()
            healthy(at.run())
    for k, question in enumerate(lesson.prose.quiz):
        for j, option in enumerate(question.options):
            [radio] = [r for r in at.radio if r.key.startswith(f"quiz_{lesson.name}_{k + 1}_")]
            radio.set_value(j)
            healthy(at.run())
            assert ("✓ **Right**" if option.right else "✗ **Not so**") in text(at)
        assert at.session_state["course"].answers[place(lesson.name, k)] == 0
        # Whoever comes back is not told again of a mistake that was mended.
        assert (place(lesson.name, k) in at.session_state["course"].mended) is not question.options[0].right
    right = sum(q.options[0].right for q in lesson.prose.quiz)
    assert f"**{right} of {len(lesson.prose.quiz)}** right at the first attempt." in text(at)


def said(question: Question) -> str:
    """How that begins which is said after a prediction."""
    return re.split(r"\[\[|<!--", question.because[0].upper() + question.because[1:])[0].strip()[:60]


@EVERY
def test_claims_are_computed_on_the_page(lesson):
    """Side by side: what is expected, what the paper prints, what comes out here."""
    at = opened(lesson=lesson.name)
    at.get_by_key(f"checks_{lesson.name}").click()
    healthy(at.run())
    [table] = [e.proto.body for e in at.get("html") if "Your run" in e.proto.body]
    assert "✗" not in table and table.count("✓") >= sum(hasattr(c, "run") for c in lesson.claims)


def test_a_drawn_curve_is_answered_by_what_comes_out():
    """As the browser reports it; the truth is drawn beside it."""
    name, _ = next(
        (one.name, b)
        for one in LESSONS.values()
        for b in one.prose.blocks
        if isinstance(b, Question) and not b.options
    )
    at = on(opened(lesson=name), LESSONS[name])
    [asked_for] = [c for c in at.get("bidi_component") if "your guess" in c.proto.json]
    marks = json.loads(asked_for.proto.json)["plots"][0]["marks"]
    assert len(marks) > 1 and marks[-1]["name"] == "your guess"


def test_the_map_shows_every_lesson_and_where_one_is():
    """A card each; what is read is marked, and the way on begins at the first that is not."""
    at = opened()
    labels = [link.proto.label for link in at.get("page_link")]
    for lesson in LESSONS.values():
        assert any(f"**{lesson.number}.** {lesson.prose.title}" in label for label in labels)
    assert any("Begin: 1." in label for label in labels)
    at.session_state["course"] = answered(Progress(frozenset({"sequences"})), place("sequences", 0), 0)
    healthy(at.run())
    labels = [link.proto.label for link in at.get("page_link")]
    assert any(label.startswith("✓ **1.**") for label in labels) and any(
        "Go on: 2." in label for label in labels
    )
    assert "1 of 24 lessons read" in text(at)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_chosen_and_kept(path):
    """Its lessons alone stand on the map, and its name in the address."""
    at = opened(**({} if path == "course" else {"path": path}))
    cards = [link.proto.label for link in at.get("page_link") if ".** " in link.proto.label]
    assert len(cards) == len(PATHS[path][1])
    at.get_by_key("course_path").set_value("class")
    healthy(at.run())
    assert at.query_params["path"] in ("class", ["class"])


def test_everything_is_forgotten_when_asked():
    """For the next one at the same computer."""
    at = opened()
    at.session_state["course"] = answered(Progress(frozenset({"sequences"})), place("sequences", 0), 0)
    healthy(at.run())
    at.get_by_key("course_forget").click()
    healthy(at.run())
    assert at.session_state["course"] == Progress() and "0 of 24 lessons read" in text(at)


@pytest.mark.parametrize("given", [{"lesson": "<b>x"}, {"path": "nowhere"}, {"lesson": "x" * 5000}])
def test_an_address_that_names_no_lesson_gets_a_sentence(given):
    """And the map is shown."""
    at = opened(**given)
    assert "cannot be shown. Allowed:" in sentences(at) and "# The course" in [m.value for m in at.markdown]
    assert "<b>x" not in text(at).replace("\\<b>", "")


def test_progress_is_saved_and_loaded_as_a_file():
    """What was saved comes back; what is no progress gets a sentence and changes nothing."""
    p = answered(Progress(frozenset({"vanishing"})), place("vanishing", 0), 1)
    at = opened()
    at.file_uploader(key="course_file").set_value(("mine.json", dump(p).encode(), "application/json"))
    healthy(at.run())
    assert at.session_state["course"] == p
    at.file_uploader(key="course_file").set_value(("bad.json", b"\xff{", "application/json"))
    healthy(at.run())
    assert "Allowed: what “Save” wrote." in sentences(at) and at.session_state["course"] == p


def test_what_the_browser_kept_is_taken_over_once():
    """And what it kept that is damaged gets a sentence."""
    at = opened()
    at.session_state["course_memory"] = {"kept": dump(Progress(frozenset({"vanishing"})))}
    healthy(at.run())
    assert at.session_state["course"].read == {"vanishing"}
    at = opened()
    at.session_state["course_memory"] = {"kept": "no progress"}
    healthy(at.run())
    assert "cannot be read" in sentences(at)
    assert at.session_state["course"] == Progress()


def test_the_exam_is_handed_in_and_explained():
    """All answers first; then each is explained, and the best result stands."""
    at = opened(lesson="history")
    at.session_state["exam_number"] = 1
    on(at, LESSONS["history"])
    assert at.get_by_key("exam_hand_in").disabled
    for k in range(12):
        at.get_by_key(f"exam_1_{k}").set_value(0)
    healthy(at.run())
    at.get_by_key("exam_hand_in").click()
    healthy(at.run())
    assert "% right.**" in text(at) and at.session_state["course"].exam is not None
    assert len(at.success) + len(at.warning) >= 12
    # Whoever comes back finds what was handed in.
    before = at.session_state["exam_handed"]
    at.query_params["lesson"] = "ctc"
    healthy(at.run())
    at.query_params["lesson"] = "history"
    healthy(at.run())
    assert before == [0] * 12 and "% right.**" in text(at) and len(at.success) + len(at.warning) >= 12
    at.get_by_key("exam_again").click()
    healthy(at.run())
    assert at.get_by_key("exam_hand_in").disabled and at.session_state["exam_handed"] is None
