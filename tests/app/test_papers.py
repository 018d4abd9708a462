"""The Papers page: every row with its numbers, verdict and way out; what is missing or damaged says so."""

import re
import shutil
from html import unescape
from statistics import median

import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.pages import papers_view
from lstm_viz.pages.papers_view import MISSING, VERDICTS, WAYS, html, shown
from lstm_viz.papers import ROWS
from lstm_viz.papers.results import FOLDER, by_arm, command, file_of, read, verdict
from lstm_viz.papers.words import duration, number, spread, year
from tests.app.page import healthy, params, sentences, visited
from tests.papers.test_results import RESULTS, ROW

PAGE = "lstm_viz/pages/papers.py"


def opened(**given) -> AppTest:
    """The app on the Papers page after its first run there at an address."""
    return visited(PAGE, **given)


def table(at: AppTest) -> str:
    """The rows as HTML."""
    [found] = [e.proto.body for e in at.get("html") if 'class="paper"' in e.proto.body]
    return found


def rows(at: AppTest) -> dict[str, str]:
    """The HTML of each row by its name, in the order of the page."""
    parts = re.split(r'<article class="paper" data-row="(\w+)">', table(at))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(part: str) -> str:
    """What a reader sees of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", part)).split())


def test_the_page_as_it_opens():
    """Every row once, by year, nothing to complain of, no address yet."""
    at = opened()
    assert list(rows(at)) == list(ROWS)
    assert [year(ROWS[name]) for name in rows(at)] == sorted(map(year, ROWS.values()))
    assert sentences(at) == "" and params(at) == {}


def test_a_row_says_both_sides_and_every_number():
    """Claim, source, their number, set-up, criterion, every seed's number, verdict, command, address."""
    for name, part in rows(opened()).items():
        row, said = ROWS[name], words(part)
        for text in (
            *row.paper[:3],
            row.title,
            row.ours.setup,
            row.ours.unit,
            row.ours.criterion,
            row.opened,
        ):
            assert " ".join(text.split()) in said, text
        results = read(row)
        for arm, values in by_arm(row, results).items():
            assert f"{arm} {number(median(values))} {papers_view.ends(values)}" in said
            assert f"{arm} {' '.join(map(number, values))}" in said
            assert f'aria-label="{papers_view.escape(arm)}: {spread(values)}, {len(values)} seeds"' in part
        assert part.count('class="dot"') == len(results)
        sign, _ = VERDICTS[verdict(row, results)]
        assert f"{sign} {verdict(row, results)}" in said and command(row) in said
        assert unescape(re.search(r'href="([^"]*)"', part)[1]).removeprefix("./") == row.opens.lstrip("/")
        assert f"{WAYS[row.exact]} {row.opened}" in said and WAYS[not row.exact] not in said


@pytest.mark.parametrize("wanted", VERDICTS)
def test_a_verdict_is_picked_and_kept_in_the_address(wanted):
    """By a click or by the address: its rows alone, and all of them."""
    names = [name for name, row in ROWS.items() if shown(row).verdict == wanted]
    at = opened()
    if not names:
        assert wanted not in at.get_by_key("papers_verdict").options
        return
    at.get_by_key("papers_verdict").set_value(wanted)
    healthy(at.run())
    assert list(rows(at)) == names and params(at) == {"verdict": wanted}
    assert list(rows(opened(verdict=wanted))) == names
    at.get_by_key("papers_verdict").set_value("all")
    assert list(rows(healthy(at.run()))) == list(ROWS) and params(at) == {}


def test_an_address_that_names_no_verdict_gets_a_sentence():
    """And shows all; what it quotes is no markup."""
    at = opened(verdict="<b>**true**")
    assert "cannot be shown. Allowed: all" in sentences(at) and list(rows(at)) == list(ROWS)
    assert "<b>**" not in table(at)


def test_a_file_that_is_missing_stale_or_damaged_says_so(monkeypatch, tmp_path):
    """In its own row, with the command that makes it; all others keep their numbers."""
    folder = tmp_path / "papers"
    shutil.copytree(FOLDER, folder)
    missing, stale, damaged, *_ = ROWS.values()
    file_of(missing, folder).unlink()
    text = file_of(stale, folder).read_text("utf-8")
    file_of(stale, folder).write_text(re.sub('"digest": ".', '"digest": "z', text), "utf-8")
    file_of(damaged, folder).write_bytes(b"{")
    monkeypatch.setattr(papers_view.shown, "__defaults__", (folder,))
    at = opened()
    found = rows(at)
    assert "There are no results yet" in words(found[missing.name])
    assert "stale" in words(found[stale.name]) and "damaged" in words(found[damaged.name])
    for row in (missing, stale, damaged):
        assert f"? {MISSING}" in words(found[row.name]) and 'class="dot"' not in found[row.name]
        assert command(row) in words(found[row.name])
    assert all('class="dot"' in part for part in list(found.values())[3:])


def test_whatever_a_row_says_is_text():
    """Signs of HTML in any of its texts are shown, not obeyed."""
    evil = '<img src=x onerror="alert(1)">&'
    paper = ROW.paper._replace(source=f"1999 {evil}", claim=evil, number=evil)
    ours = ROW.ours._replace(setup=evil, unit=evil, criterion=evil, arms={evil: (1,), "two": (2,)})
    row = ROW._replace(name=evil, title=evil, paper=paper, ours=ours, opens=f"training?{evil}", opened=evil)
    results = {(evil if arm == "one" else arm, seed): result for (arm, seed), result in RESULTS.items()}
    made = html(papers_view.Shown(row, results, "in part", "")) + html(
        papers_view.Shown(row, {}, MISSING, evil)
    )
    assert "<img" not in made and '"alert' not in made and made.count("&lt;img") >= 17


def test_numbers_in_words():
    """Three digits; whole numbers and thousands as they are."""
    assert [number(v) for v in (0.0, 3.0, 2144.0, 8439.6, 0.01234, 99.95, 123.4, -0.5)] == [
        *("0", "3", "2,144", "8,440", "0.0123", "100", "123", "-0.5")
    ]
    assert [duration(s) for s in (2.34, 12.3, 59.4, 59.6, 200)] == [
        *("2.3 s", "12 s", "59 s", "1 min 0 s", "3 min 20 s")
    ]
