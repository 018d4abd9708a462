"""The rows: complete, in order, each with results that fit it and an address that its page accepts."""

from urllib.parse import parse_qsl

import pytest

from lstm_viz.pages import address
from lstm_viz.pages.choices import MODEL, VIEW
from lstm_viz.pages.ctc_view import choices
from lstm_viz.pages.papers_view import SURE, shown
from lstm_viz.pages.training.choices import LEARN, PLACE
from lstm_viz.pages.training.runs import specs
from lstm_viz.papers import ROWS
from lstm_viz.papers.edited import Edited, spec_of
from lstm_viz.papers.results import by_arm, jobs, read, seconds, verdict
from lstm_viz.papers.row import CONFIRMED, IN_PART, NOT_CONFIRMED
from lstm_viz.papers.words import year

PAGES = {
    "": MODEL | VIEW,
    "training": LEARN | PLACE,
    "variants": MODEL | VIEW,
    "ctc": choices([0]),
}
ASKED = {
    *(
        "adding_1997",
        "temporal_order_1997",
        "reber_1997",
        "cerg",
        "counting",
        "timing",
        "ctc_2006",
        "copying",
    ),
    *("forget_bias", "odyssey", "highway_2015", "tlstm_2017", "lmu_2019", "tracking"),
}


# Of the lab's cells those whose runs are arms of the row, where not all of them are.
SOME = {"adding_1997": {"lstm1997"}, "temporal_order_1997": {"lstm1997"}, "reber_1997": {"lstm"}}
TRIED = 11  # the first of the seeds on which settings were chosen


def lab(row) -> dict:
    """The runs that the Training lab makes of the address of a row, by their cells, and their steps."""
    values, _ = address.read(dict(parse_qsl(row.opens.partition("?")[2])), LEARN | PLACE)
    return {cell: (run, values["steps"]) for cell, run in specs(values).items()}


def arms(row, seed: int) -> list:
    """The runs of the arms, and their steps."""
    trials = [arm if isinstance(arm, Edited) else Edited(arm) for arm in row.ours.arms.values()]
    return [(spec_of(edited, seed), edited.trial.steps) for edited in trials]


def test_every_experiment_is_there_in_the_order_of_the_years():
    """Each has a year in its source, and the page needs no sorting of its own."""
    assert {*ROWS} >= ASKED and all(name == row.name for name, row in ROWS.items())
    years = [year(row) for row in ROWS.values()]
    assert years == sorted(years) and years[0] == 1997


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_says_all_that_a_reader_needs(row):
    """Both sides in words, five seeds or more, two arms or more, and which way is better."""
    said = (row.title, *row.paper, row.ours.setup, row.ours.unit, row.ours.criterion, row.opens, row.opened)
    assert all(text.strip() for text in said)
    assert row.paper.sure in SURE and row.ours.better in ("less", "more")
    assert len(set(row.ours.seeds)) >= 5 and max(row.ours.seeds) < TRIED and len(row.ours.arms) >= 2
    assert all(isinstance(hash(arm), int) for arm in row.ours.arms.values())


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_a_row_opens_is_an_address_that_its_page_takes_whole(row):
    """No choice in it is unknown or out of bounds."""
    page, _, query = row.opens.lstrip("/").partition("?")
    given = dict(parse_qsl(query, keep_blank_values=True))
    assert given and address.read(given, PAGES[page])[1] == []


@pytest.mark.parametrize("row", [row for row in ROWS.values() if row.exact], ids=lambda row: row.name)
def test_an_experiment_that_is_said_to_open_is_the_rows(row):
    """Every run of the lab is an arm of the row with its first seed, equal in every field, for as long."""
    found = lab(row)
    assert found and all(run in arms(row, row.ours.seeds[0]) for run in found.values())


@pytest.mark.parametrize("name", SOME)
def test_where_something_like_it_opens_the_words_say_what_is_the_rows(name):
    """One of the lab's runs is an arm, and the others are not."""
    row = ROWS[name]
    known, found = arms(row, row.ours.seeds[0]), lab(row)
    assert {cell for cell, run in found.items() if run in known} == SOME[name] < {*found}
    assert not row.exact and "Of the arms the LSTM" in row.opened


def test_what_opens_has_the_task_and_the_cells_of_the_row():
    """Of every row that the lab opens and whose arms are trials; which are exact is no accident."""
    rows = [row for row in ROWS.values() if row.opens.startswith("training?") and row.name != "lmu_2019"]
    for row in rows:
        known = arms(row, 1)
        for run, steps in lab(row).values():
            assert run.task in {arm.task for arm, _ in known} and steps in {steps for _, steps in known}
            assert run.equations in {arm.equations for arm, _ in known}
    assert {row.name for row in ROWS.values() if row.exact} == {
        *("counting", "copying", "forget_bias", "tlstm_2017", "tracking")
    }


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_results_are_there_and_fit_the_row(row):
    """Neither missing nor stale nor damaged: every arm, every seed, finite, in a sensible time."""
    results = read(row)
    assert list(results) == jobs(row)
    assert all(0 < s < 120 for of_arm in seconds(row, results).values() for s in of_arm)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_verdict_comes_from_the_numbers_alone(row):
    """It is one of three, the page shows it, and other numbers would change it."""
    numbers = by_arm(row, read(row))
    found = verdict(row, read(row))
    assert found in (CONFIRMED, IN_PART, NOT_CONFIRMED) and shown(row).verdict == found
    # With no difference between the arms nothing is confirmed.
    same = {arm: [1.0] * len(row.ours.seeds) for arm in numbers}
    assert row.ours.verdict(same) != CONFIRMED


def test_all_rows_together_take_less_than_half_an_hour_of_two_cores():
    """As their files say, in seconds of one core."""
    total = sum(sum(map(sum, seconds(row, read(row)).values())) for row in ROWS.values())
    assert total < 2 * 25 * 60
