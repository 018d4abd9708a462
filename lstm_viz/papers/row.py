"""A row of the Papers page: what a paper claims, what it measured, and our shrunken experiment."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

CONFIRMED, IN_PART, NOT_CONFIRMED = "confirmed", "in part", "not confirmed"


class Paper(NamedTuple):
    """What the paper says: who and where in it, its claim in a sentence, its number with its unit in words.

    `sure` is how the number is known: "read" in the paper itself, "notes" from an abstract or detailed notes.
    """

    source: str
    claim: str
    number: str
    sure: str


class Ours(NamedTuple):
    """Our experiment: `arms` are what is compared, each a hashable description that `run` understands.

    `run(arm, seed)` gives one number, in `unit`. `criterion` says in words what confirms the claim, `verdict`
    says it of the numbers of all seeds by the arm's name. `better` are "less" or "more" of the unit.
    """

    setup: str
    unit: str
    arms: dict[str, tuple]
    run: Callable[[tuple, int], float]
    criterion: str
    verdict: Callable[[Mapping[str, list[float]]], str]
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)
    better: str = ""


class Row(NamedTuple):
    """One row: a short name, a title, both sides, and the page's address that it `opens`.

    `opened` says in words which of the arms are there, or what is otherwise; `exact` is whether all that is
    trained there are arms of the row, equal in every setting.
    """

    name: str
    title: str
    paper: Paper
    ours: Ours
    opens: str
    opened: str
    exact: bool = False


def grade(whole: bool, part: bool) -> str:
    """The verdict where the whole of a criterion is met, a part of it, or nothing."""
    return CONFIRMED if whole else IN_PART if part else NOT_CONFIRMED
