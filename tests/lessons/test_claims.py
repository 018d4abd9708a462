"""Every claim of every lesson is run, and every claim in the prose is there: a test named after each."""

from functools import cache
from statistics import median

import pytest

from lessons import LESSONS
from lessons.checks import words
from lessons.claims import Exact, Trained, about, above, below, between, exactly, failures, measured, near
from lstm_viz.papers import ALL
from lstm_viz.papers.results import by_arm, command, read, seconds
from lstm_viz.papers.work import Job, run

CLAIMS = [claim for lesson in LESSONS.values() for claim in lesson.claims]
TRAINED = [claim for claim in CLAIMS if isinstance(claim, Trained)]
QUICK = 3.0  # seconds up to which what is trained is trained again here; all the rest by `make papers`


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.name for claim in CLAIMS])
def test_claim(claim):
    """What comes out is what the lesson says."""
    assert claim.expected and failures(claim, measured(claim)) == []


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_every_claim_of_the_prose_is_run_and_no_other(lesson):
    """Markers and claims are the same set, each once, in sentences with a source."""
    names = [claim.name for claim in lesson.claims]
    assert len(set(names)) == len(names)
    assert set(names) == set(lesson.prose.claims)
    for claim in lesson.claims:
        assert claim.statement.endswith(".") and claim.source


@cache
def quickest(name: str) -> Job | None:
    """The job of a row that took least, if that was quick."""
    row = ALL[name]
    took = seconds(row, read(row))
    arm = min(took, key=lambda one: median(took[one]))
    return Job(name, arm, row.ours.seeds[0]) if median(took[arm]) <= QUICK else None


ROWS = sorted({claim.row for claim in TRAINED})


@pytest.mark.parametrize("name", [name for name in ROWS if quickest(name)])
def test_what_was_trained_quickly_is_trained_again(name):
    """One seed of each row gives what its file says, as far as another machine's rounding allows."""
    job, row = quickest(name), ALL[name]
    stored = by_arm(row, read(row))[job.arm]
    room = 0.5 * (max(stored) - min(stored)) + 0.05 * max(map(abs, stored)) + 1e-9
    assert min(stored) - room <= run(job).value <= max(stored) + room, command(row)


def test_the_course_claims_what_it_should():
    """Twenty exact claims at least and fifteen trained ones; what is computed at once takes no time."""
    exact = [claim for claim in CLAIMS if isinstance(claim, Exact)]
    assert len(exact) >= 20 and len(TRAINED) >= 15
    assert all(claim.seconds <= QUICK for claim in exact)


# What no course on this subject may leave out, each by its claim.
CORE = {
    *("vanish_hump", "vanish_nilpotent", "vanish_one_unit", "vanish_quarter", "vanish_exact"),
    *("forget_half_lives", "forget_large", "cell97_bound", "cell97_drift", "cell97_slopes", "cell97_weights"),
    *("backprop_explodes", "backprop_every_cell", "backprop_profiles", "step_ranges", "step_fused"),
    *("timing_blind", "counting_float", "ablations_reset", "ctc_brute", "ctc_two_frames"),
    *("xlstm_capacity", "xlstm_softmax", "irregular_order"),
}


def test_nothing_that_matters_is_left_out():
    """The classic statements are claims, and none of them needs training."""
    assert {claim.name for claim in CLAIMS if isinstance(claim, Exact)} >= CORE


CLAIM = Exact("a", "A is one.", "here", {"a": about(1.0)}, lambda: {"a": 1.0})


@pytest.mark.parametrize(
    ("expected", "found", "wrong"),
    [
        ({"a": about(1.0)}, {"a": 1.02}, True),
        ({"a": about(-1.0)}, {"a": -1.005}, False),
        ({"a": near(1.0, 0.5)}, {"a": 1.6}, True),
        ({"a": exactly(1.0)}, {"a": 1.0 + 1e-15}, True),
        ({"a": below(1.0)}, {"a": 1.1}, True),
        ({"a": above(1.0)}, {"a": 0.9}, True),
        ({"a": between(0, 1)}, {"a": float("nan")}, True),
        ({"a": between(0, 1)}, {}, True),
        ({"a": between(0, 1)}, {"a": 0.5, "b": 1.0}, True),
        ({"a": between(0, 1)}, {"a": 0.5}, False),
    ],
)
def test_the_check_is_not_blind(expected, found, wrong):
    """What is off by more than it may, is missing or was not asked for is a failure."""
    assert bool(failures(CLAIM._replace(expected=expected), found)) is wrong


def test_bounds_in_words():
    """As they stand on the page."""
    assert [words(e) for e in (exactly(1.0), exactly(2.0), below(3.0), above(0.5), between(-1, 2))] == [
        *("true", "exactly 2", "at most 3", "at least 0.5", "−1 to 2")
    ]
