"""Every claim of every lesson is run, and every claim in the prose is there: a test named after each."""

from functools import cache
from statistics import median

import pytest

from lessons import LESSONS
from lessons.checks import words
from lessons.claims import (
    HOLDS,
    Exact,
    Trained,
    about,
    above,
    below,
    between,
    exactly,
    failures,
    measured,
    near,
)
from lstm_viz.papers import ALL
from lstm_viz.papers.results import by_arm, read, seconds
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


def numbers(claim: Trained) -> dict[str, list[float]]:
    """The stored numbers of the claim's row by arm."""
    return by_arm(ALL[claim.row], read(ALL[claim.row]))


def quickest(claim: Trained) -> Job | None:
    """Of the arms that the claim speaks of, one run of the quickest, if that is quick."""
    row = ALL[claim.row]
    took = {arm: median(s) for arm, s in seconds(row, read(row)).items() if speaks_of(claim, arm)}
    arm = min(took, key=took.get)
    return Job(row.name, arm, row.ours.seeds[0]) if took[arm] <= QUICK else None


def speaks_of(claim: Trained, arm: str) -> bool:
    """Whether other numbers of an arm change what the claim says."""
    stored = numbers(claim)
    others = [stored | {arm: [by + k for k, _ in enumerate(stored[arm])]} for by in (-1e9, 0.0, 0.5, 1e9)]
    return any(dict(claim.of(other)) != dict(claim.of(stored)) for other in others)


@cache
def again(job: Job) -> float:
    """What a run gives here and now."""
    return run(job).value


@pytest.mark.parametrize("claim", [c for c in TRAINED if quickest(c)], ids=lambda c: c.name)
def test_a_claim_holds_when_a_net_is_trained_again(claim):
    """One quick run of it is made anew: with its number in place of the stored one the claim still holds."""
    job, stored = quickest(claim), numbers(claim)
    fresh = stored | {job.arm: [again(job), *stored[job.arm][1:]]}
    assert failures(claim, claim.of(fresh)) == []


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
    assert [words(e) for e in (HOLDS, exactly(1.0), below(3.0), above(0.5), between(-1, 2))] == [
        *("true", "exactly 1", "at most 3", "at least 0.5", "−1 to 2")
    ]
