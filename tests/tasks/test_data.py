"""The tasks on real data: true to their files, training and test kept apart, baselines measured."""

import csv
from itertools import pairwise

import numpy as np
import pytest

from lstm_viz.tasks import TASKS, InputError, score
from lstm_viz.tasks.alphabet import SYMBOLS, normalise
from lstm_viz.tasks.sunspots import series
from lstm_viz.tasks.text import codes
from lstm_viz.tasks.window import DATA

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
SUNSPOTS, TEXT = TASKS["sunspots"], TASKS["text"]


def rng(seed=0):
    return np.random.default_rng(seed)


def rows():
    with (DATA / "sunspots.csv").open(newline="") as file:
        return {int(row["year"]): float(row["value"]) for row in csv.DictReader(file)}


def years(batch):
    return [int(label.split(":")[0]) for label in batch.labels]


def test_the_file_has_every_year_once():
    assert list(rows()) == list(range(1700, 2009))
    assert rows()[1700] == 5 and rows()[1957] == 190.2 and rows()[2008] == 2.9


def test_sunspots_are_standardised_by_the_training_years_alone():
    train = [value for year, value in rows().items() if year <= 1900]
    mean = sum(train) / len(train)
    sd = (sum((value - mean) ** 2 for value in train) / len(train)) ** 0.5
    for draw in (SUNSPOTS.draw, SUNSPOTS.draw_test):
        batch = draw(rng(), 50, 1)
        for t, label in enumerate(batch.labels):
            year, value = label.split(": ")
            assert float(value) == rows()[int(year)]
            assert batch.x[t, 0, 0] == pytest.approx((rows()[int(year)] - mean) / sd)
            assert batch.target[t, 0, 0] == pytest.approx((rows()[int(year) + 1] - mean) / sd)


@pytest.mark.parametrize("T", [5, 50, 107, 108])
def test_no_year_is_both_trained_and_tested(T):
    for seed in range(100):
        assert max(years(SUNSPOTS.draw(rng(seed), T, 1))) + 1 <= 1900
        assert min(years(SUNSPOTS.draw_test(rng(seed), T, 1))) + 1 >= 1901


def test_windows_reach_both_ends_of_their_years():
    train, test = (
        [years(draw(rng(seed), 100, 1)) for seed in range(900)]
        for draw in (SUNSPOTS.draw, SUNSPOTS.draw_test)
    )
    assert min(map(min, train)) == 1700 and max(map(max, train)) == 1899
    assert min(map(min, test)) == 1900 and max(map(max, test)) == 2007


@pytest.mark.parametrize("T", [109, 200, 308])
def test_a_long_test_window_is_the_last_years_of_the_series(T):
    assert years(SUNSPOTS.draw_test(rng(), T, 2)) == list(range(2008 - T, 2008))


@pytest.mark.parametrize(
    ("draw", "T", "longest"),
    [(SUNSPOTS.draw, 201, 200), (SUNSPOTS.draw_test, 309, 308), (TEXT.draw, 10**9, 128152)],
)
def test_a_window_longer_than_the_data_is_refused_in_a_sentence(draw, T, longest):
    with pytest.raises(InputError, match=f"{T} steps is too long; these data allow {longest}"):
        draw(rng(), T, 2)


def test_the_sunspot_baseline_is_what_repeating_the_input_reaches():
    batch = SUNSPOTS.draw_test(rng(), 108, 1)  # the one window whose targets are all the test years
    assert SUNSPOTS.baseline(50)[0] == pytest.approx(score(SUNSPOTS, batch.x, batch.target))
    assert SUNSPOTS.baseline(50)[0] == pytest.approx(0.68682, abs=1e-5)


def test_shared_arrays_cannot_be_changed():
    for array in (*series(), codes()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def spelt(batch):
    return ["".join(SYMBOLS[k] for k in column) for column in batch.x.argmax(axis=1).T]


def test_text_windows_are_passages_of_their_part_and_targets_the_next_characters():
    book = normalise((DATA / "alice.txt").read_text(encoding="utf-8"))
    cut = len(book) * 9 // 10
    for draw, part in ((TEXT.draw, book[:cut]), (TEXT.draw_test, book[cut:])):
        batch = draw(rng(1), 60, 40)
        passages = zip(spelt(batch), spelt(batch._replace(x=batch.target)), strict=True)
        assert all(passage + following[-1] in part for passage, following in passages)
        assert np.array_equal(batch.target[:-1], batch.x[1:])
        assert "".join(batch.labels) == spelt(batch)[0].replace(" ", "␣")


def test_the_book_is_complete_and_uses_every_symbol():
    book = normalise((DATA / "alice.txt").read_text(encoding="utf-8"))
    assert book.startswith("alice's adventures in wonderland lewis carroll chapter i down the rabbit-hole")
    assert book.endswith("remembering her own child-life, and the happy summer days. the end")
    assert all(f"chapter {n} " in book for n in ROMAN)
    assert set(book) == set(SYMBOLS)


def test_the_text_baseline_is_the_table_of_pairs_counted_by_hand():
    book = normalise((DATA / "alice.txt").read_text(encoding="utf-8"))
    cut = len(book) * 9 // 10
    pairs, firsts = {}, {}
    for a, b in pairwise(book[:cut]):
        pairs[a, b] = pairs.get((a, b), 0) + 1
        firsts[a] = firsts.get(a, 0) + 1
    bits = [-np.log2((pairs.get((a, b), 0) + 1) / (firsts[a] + 32)) for a, b in pairwise(book[cut:])]
    assert TEXT.baseline(9)[0] == pytest.approx(np.mean(bits))
    assert TEXT.baseline(9)[0] == pytest.approx(3.3716, abs=1e-4)
