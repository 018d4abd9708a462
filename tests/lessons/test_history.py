"""The timeline and the disagreements: whole, filtered as asked, and nothing in them is taken for HTML."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from lessons import LESSONS
from lessons.history import cards, guess
from lessons.history.checks import edits
from lessons.history.facts import KINDS, SURE, Fact, by, fact, facts, matching
from lessons.history.myths import MYTHS, TOPICS
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY


def test_facts_stand_by_year_and_no_two_say_the_same():
    """Those without a year come last."""
    years = [f.year or 9999 for f in facts()]
    assert years == sorted(years) and min(years) == 1989
    assert len({f.text for f in facts()}) == len(facts())
    assert {f.kind for f in facts()} == {*KINDS} and {f.sure for f in facts()} == {*SURE}


@pytest.mark.parametrize(
    "line", ["1997 | variant", "1997 | cell | read | a | X | Y.", "1997 | theory | read | z | X | Y."]
)
def test_what_is_no_fact_gets_a_sentence(line):
    """A line with too few parts, an unknown kind, an unknown version."""
    with pytest.raises(LearnerError):
        fact(line)


def test_a_filter_keeps_what_has_all_of_it():
    """Kind, degree and words together; nothing for words that stand nowhere."""
    found = matching({"product"}, {"said"}, "GOOGLE 2015")
    assert [f.year for f in found] == [2015] and "Google Voice" in found[0].text
    assert matching({"product"}, {"read"}, "") == () and matching({*KINDS}, {*SURE}, "no such words") == ()
    assert matching({*KINDS}, {*SURE}, " ") == facts()


def test_who_says_so_names_the_versions():
    """All five, some, or none."""
    one = Fact(1997, "theory", "read", "abcde", "X", "Y.")
    assert by(one).endswith("In the article: all five versions.")
    assert by(one._replace(said="ce")).endswith("English 2018, English 2026.")
    assert by(one._replace(said="")).endswith("nowhere.")


def test_nothing_in_the_html_is_markup_of_the_data():
    """A tag in a fact or in a card is shown as text."""
    shown = cards.timeline([Fact(None, "theory", "read", "", "<b>", "<script>x</script>.")], dark=True)
    assert "<script" not in shown and "&lt;script&gt;" in shown and "Without a year" in shown
    assert "<i>" not in cards.cards([MYTHS[0]._replace(said="<i>")])


def test_every_card_has_its_topic_and_an_address_that_is_there():
    """Lessons of the course and members of the library."""
    assert {m.topic for m in MYTHS} == {*TOPICS} and len(MYTHS) == 18
    for myth in MYTHS:
        parts = urlsplit(myth.see)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert parts.path in ("", "/lessons", "/variants"), myth.title
        assert given.pop("lesson", "vanishing") in LESSONS and {*given.values()} <= {*LIBRARY}


def test_words_left_out_put_in_and_exchanged_count_one_each():
    """Beside what one counts by hand."""
    cases = (("a b c", "a b c", 0), ("a b c", "a c", 1), ("a c", "a b c", 1), ("a b", "b a", 2), ("a", "", 1))
    for right, said, count in cases:
        assert edits(right.split(), said.split()) == count


def test_a_guess_that_is_found_is_right_and_one_of_ones_own_seed():
    """Its share is 1, all before it are less; the same seed finds it again."""
    found = guess.guesses(7)
    assert found.found == 2 and found.right[-1] == 1 and (found.right[:-1] < 1).all()
    x, kind = guess.draw(np.random.default_rng(7), guess.SHOWN)
    assert guess.right(found.params, x, kind) == [1.0]
    nothing = guess.guesses(7, 0.01, 50)
    assert nothing.found == 0 and len(nothing.right) == 50 and np.isnan(nothing.tested)
