"""A learner's progress: what is kept, what comes back from a file or a browser, what of it is believed."""

import json

import pytest

from lessons import LESSONS, PATHS, exam
from lessons.course import following, neighbours
from lessons.progress import (
    Progress,
    ProgressError,
    answered,
    dump,
    examined,
    load,
    mended,
    merged,
    place,
    predicted,
    read_lesson,
    score,
)

NAME = "vanishing"
RIGHT = [next(k for k, o in enumerate(q.options) if o.right) for q in LESSONS[NAME].prose.quiz]


def full() -> Progress:
    """Something of everything."""
    p = predicted(read_lesson(Progress(), NAME), "vanish_one_unit", 2)
    return mended(examined(answered(p, place(NAME, 0), RIGHT[0]), 75), place(NAME, 1))


def test_what_is_saved_comes_back():
    """Word for word."""
    assert load(dump(full())) == full() and load(dump(Progress())) == Progress()


def test_the_first_answer_stands_and_the_best_exam():
    """Whoever tries again learns, but scores no more."""
    wrong = (RIGHT[0] + 1) % 2
    p = answered(answered(Progress(), place(NAME, 0), wrong), place(NAME, 0), RIGHT[0])
    assert score(p, NAME) == (0, 1, len(RIGHT))
    assert (
        predicted(predicted(p, "vanish_one_unit", 0), "vanish_one_unit", 2).predictions["vanish_one_unit"]
        == 0
    )
    assert examined(examined(p, 80), 40).exam == 80 and examined(Progress(), 0).exam == 0
    assert read_lesson(read_lesson(p, NAME), NAME, False).read == frozenset()


def test_two_browsers_become_one():
    """Lessons read in either, the answer of the one that was there before."""
    other = answered(answered(Progress(), place(NAME, 0), 0), place(NAME, 1), RIGHT[1])
    both = merged(full(), other)
    assert both.answers == {place(NAME, 0): RIGHT[0], place(NAME, 1): RIGHT[1]}
    assert both.read == {NAME} and both.exam == 75
    assert merged(other, full()).answers[place(NAME, 0)] == 0


@pytest.mark.parametrize("text", ["", "no", "[]", "{}", '{"version": 2}', "[" * 100_000, "x" * 300_000])
def test_what_is_no_progress_gets_a_sentence(text):
    """Whatever a file holds."""
    with pytest.raises(ProgressError, match=r"Allowed:"):
        load(text)


def test_what_the_course_has_not_is_left_out():
    """Strange names, answers that are none, wrong kinds: what remains can be shown."""
    said = json.loads(dump(full())) | {
        "read": [NAME, "<b>", 3, None],
        "predictions": {"vanish_one_unit": 99, "other": 1},
        "answers": {place(NAME, 0): True, place(NAME, 1): -1, place(NAME, 2): "0", "__class__": 1},
        "exam": 1e9,
        "mended": [place(NAME, 99), [], "x"],
    }
    assert load(json.dumps(said)) == Progress(frozenset({NAME}))
    hostile = {"read": {}, "predictions": [], "answers": "x", "exam": None}
    assert load(json.dumps(said | hostile)) == Progress()


def test_a_drawn_curve_is_a_short_list_of_numbers():
    """Neither words nor thousands of them."""
    name = next(
        b.name for one in LESSONS.values() for b in one.prose.blocks if getattr(b, "options", 1) == ()
    )
    said = json.loads(dump(Progress()))
    for curve, kept in (
        ([1, 2.5], True),
        (["1"], False),
        ([1e308], False),
        ([0] * 1000, False),
        ("12", False),
    ):
        found = load(json.dumps(said | {"predictions": {name: curve}})).predictions
        assert (found == {name: curve}) is kept


def test_paths_are_parts_of_the_course():
    """Every path in the course's order; a 45-minute class has lessons 2, 4, 5 and 7."""
    order = list(LESSONS)
    for _, names in PATHS.values():
        assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)
    assert [LESSONS[name].number for name in PATHS["class"][1]] == [2, 4, 5, 7]
    assert PATHS["course"][1] == tuple(order) and len(order) == 24


def test_the_way_on():
    """Along a path; from beside it along the course; the first that is not read is where one is."""
    assert neighbours("cell_1997", "class") == ("vanishing", "forget_gate")
    assert neighbours("carousel", "class") == ("vanishing", "cell_1997")
    assert neighbours("sequences", "")[0] == "" and neighbours("history", "")[1] == ""
    assert following(Progress(), "class") == "vanishing"
    assert following(read_lesson(Progress(), "vanishing"), "class") == "cell_1997"
    assert following(Progress(frozenset(LESSONS)), "course") == ""


def test_an_exam_is_drawn_from_all_quizzes():
    """Different lessons in order, the same again for the same number; marks are of a hundred."""
    drawn = exam.draw(3)
    numbers = [LESSONS[one.lesson].number for one in drawn]
    assert len(drawn) == exam.QUESTIONS and numbers == sorted(set(numbers))
    assert exam.draw(3) == drawn != exam.draw(4)
    every = {one.lesson for k in range(40) for one in exam.draw(k)}
    assert every == {*LESSONS}
    right = [next(k for k, o in enumerate(one.question.options) if o.right) for one in drawn]
    assert exam.percent(drawn, right) == 100
    assert exam.percent(drawn, [None, *right[1:]]) == round(100 * 11 / 12)
