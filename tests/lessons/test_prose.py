"""A lesson's prose: what its form is, and that every lesson keeps to it and leads only to what is there."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from lessons import HERE, LESSONS
from lessons.prose import Mark, ProseError, Question, Text, read
from lessons.terms import glossary, terms
from lstm_viz import labeller
from lstm_viz.library import LIBRARY
from lstm_viz.pages import address
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.choices import MODEL, VIEW
from lstm_viz.pages.ctc_view import choices as ctc_choices
from lstm_viz.pages.gradients.choices import CHOICES as GRADIENTS
from lstm_viz.pages.teacherless.choices import ALL as TEACHERLESS
from lstm_viz.pages.training.choices import LEARN, PLACE

GOOD = """# Title

> A question?

Words with a [[gate]]. <!-- claim: one -->
<!-- picture: a_picture -->
More.
<!-- predict: guess -->
What comes out?
- [ ] this
- [x] that
Because: so it is. <!-- claim: two -->
<!-- experiment: run_it -->
End.
## Quiz
### Is it so?
- [ ] no — it is not; try: [it](/)
- [x] yes — it is.
## Exercises
### First
Do it.
<details><summary>Solution</summary>

Done. <!-- claim: three -->
</details>
### Second
Do that.
<details><summary>Solution</summary>

Done too.
</details>
## Sources
- Somebody (1997), *A paper*.
"""
KINDS = ("picture", "experiment", "equations")
LINK = re.compile(r"\]\((/[^)]*)\)")
BOTH = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


def test_a_lesson_is_taken_apart():
    """Every part in its place, in the order of the text."""
    prose = read(GOOD)
    assert (prose.title, prose.question) == ("Title", "A question?")
    assert [type(b) for b in prose.blocks] == [Text, Mark, Text, Question, Mark, Text]
    assert prose.blocks[1] == Mark("picture", "a_picture") and prose.blocks[4] == Mark("experiment", "run_it")
    assert prose.claims == ("one", "two", "three")
    guess = prose.blocks[3]
    assert guess.name == "guess" and [o.right for o in guess.options] == [False, True]
    assert guess.because == "so it is. <!-- claim: two -->"
    [question] = prose.quiz
    assert question.options[0].why == "it is not; try: [it](/)" and question.options[1].right
    assert [(e.title, e.task) for e in prose.exercises] == [("First", "Do it."), ("Second", "Do that.")]
    assert prose.exercises[1].solution == "Done too." and prose.sources.startswith("- Somebody")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Title", "Title", "begins with"),
        ("Because: so", "So", "lacks a line"),
        ("- [x] that", "- [ ] that", "one of them right"),
        (" — it is.", "", "without"),
        ("</details>\n### Second", "### Second", "no solution"),
        ("## Exercises", "## More", "in this order"),
        ("### Is it so?", "Is it so?", "before the first"),
    ],
)
def test_what_does_not_keep_to_the_form_gets_a_sentence(old, new, said):
    """It names what is missing."""
    with pytest.raises(ProseError, match=said):
        read(GOOD.replace(old, new, 1))


@BOTH
def test_every_lesson_is_whole(lesson):
    """A question, pictures, equations or not, a prediction, an experiment, a quiz, exercises, sources."""
    prose = lesson.prose
    marks = [b.kind for b in prose.blocks if isinstance(b, Mark)]
    assert prose.question.endswith("?") and "picture" in marks and "experiment" in marks
    assert any(isinstance(b, Question) for b in prose.blocks)
    assert 3 <= len(prose.quiz) <= 5 and len(prose.exercises) >= 2
    assert re.search(r"\((1[89]|20)\d\d", prose.sources) and prose.claims
    for question in prose.quiz:
        # A wrong answer is explained by something that one can run.
        assert all(o.right or LINK.search(o.why) for o in question.options), question.ask


@BOTH
def test_the_prose_and_the_parts_name_each_other(lesson):
    """Every picture, curve and experiment of the text is there, and no other."""
    blocks, parts = lesson.prose.blocks, lesson.parts
    named = {kind: [b.name for b in blocks if isinstance(b, Mark) and b.kind == kind] for kind in KINDS}
    assert sorted(named["picture"]) == sorted(parts.PICTURES)
    assert sorted(named["experiment"]) == sorted(parts.EXPERIMENTS)
    assert sorted(b.name for b in blocks if isinstance(b, Question) and not b.options) == sorted(parts.CURVES)
    assert {*named["equations"]} <= {*LIBRARY}
    # Words on the lines stand beside them.
    assert not named["equations"] or parts.STAGE


@BOTH
def test_every_term_is_in_the_glossary(lesson):
    """Where it is marked it can be explained, and it is marked once."""
    marked = terms(text_of(lesson))
    assert {*marked} <= {*glossary()}
    assert len(set(marked)) == len(marked)


def test_the_glossary_is_used_and_in_order():
    """Each term is introduced somewhere, and they stand in the order of the alphabet."""
    used = {term for lesson in LESSONS.values() for term in terms(text_of(lesson))}
    assert used == {*glossary()}
    assert list(glossary()) == sorted(glossary(), key=str.lower)


@BOTH
def test_every_link_leads_to_what_is_there(lesson):
    """Addresses of the app are read without a complaint."""
    links = LINK.findall(text_of(lesson)) + ([lesson.parts.STAGE] if lesson.parts.STAGE else [])
    for link in links:
        parts = urlsplit(link)
        notes = READERS[parts.path.strip("/")](dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))))
        assert notes == [], link


def test_names_are_used_once_in_the_course():
    """Claims, pictures, predictions and experiments: one name, one thing."""
    blocks = [b for lesson in LESSONS.values() for b in lesson.prose.blocks]
    kinds = {kind: [b.name for b in blocks if isinstance(b, Mark) and b.kind == kind] for kind in KINDS[:2]}
    kinds["prediction"] = [b.name for b in blocks if isinstance(b, Question)]
    kinds["claim"] = [claim.name for lesson in LESSONS.values() for claim in lesson.claims]
    for kind, names in kinds.items():
        assert [name for name in set(names) if names.count(name) > 1] == [], kind


def text_of(lesson) -> str:
    """The lesson as it is written."""
    return (HERE / lesson.name / "en.md").read_text("utf-8")


def lines(given: dict) -> list[str]:
    """The CTC page's choices depend on the labeller that ships."""
    return address.read(given, ctc_choices(labeller.load().meta["steps"]))[1]


def named_lesson(given: dict) -> list[str]:
    return [] if {*given} <= {"lesson"} and given.get("lesson", "vanishing") in LESSONS else ["no lesson"]


# By page, what an address of it complains of.
READERS = {
    "": lambda given: arrive(given)[2],
    "variants": lambda given: address.read(given, MODEL | VIEW)[1],
    "training": lambda given: address.read(given, LEARN | PLACE)[1],
    "gradients": lambda given: address.read(given, GRADIENTS)[1],
    "teacherless": lambda given: address.read(given, TEACHERLESS)[1],
    "ctc": lines,
    "lessons": named_lesson,
    "papers": lambda given: [name for name in given if name != "verdict"],
}
