"""The claims of the lesson on history and myths."""

from lessons.claims import HOLDS, Claim, Exact, above, below, exactly, near
from lessons.history import checks
from lessons.history.facts import SURE, counted, facts
from lessons.history.myths import MYTHS

HERE = "this course"
TIMELINE = "the timeline of this course"
ARTICLE = "the article “Long short-term memory” in five versions"
GUESSING = "Hochreiter & Schmidhuber 1997"


def entries() -> dict[str, float]:
    """The timeline, and the cards."""
    found = counted()
    return {name: found[name] for name in ("entries", "with a year")} | {"disagreements": len(MYTHS)}


def known() -> dict[str, float]:
    """How sure the timeline is."""
    found = counted()
    return {words: found[words] for words in SURE.values()}


def years() -> dict[str, float]:
    """Between three entries."""
    thesis = year("diploma thesis")
    paper, full = year("paper in Neural Computation"), year("Full backpropagation")
    return {"from the thesis to the paper": paper - thesis, "from there to the full gradient": full - paper}


def year(words: str) -> int:
    """The year of the first fact with these words."""
    return next(f.year for f in facts() if words in f.text)


def products() -> dict[str, float]:
    """The products and the first of them."""
    found = [f.year for f in facts() if f.kind == "product"]
    return {"products": len(found), "the first": min(found)}


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "history_entries",
        "The timeline has 99 entries, 66 of them with a year, and there are eighteen disagreements.",
        ARTICLE,
        {"entries": exactly(99), "with a year": exactly(66), "disagreements": exactly(18)},
        entries,
    ),
    Exact(
        "history_known",
        "Of the entries we have read the source of six, know thirteen from notes and three from memory; 77 "
        "are unchecked.",
        HERE,
        dict(zip(SURE.values(), map(exactly, (6, 13, 77, 3)), strict=True)),
        known,
    ),
    Exact(
        "history_wer",
        "Without 5.1 per cent of errors 94.9 per cent are left, and not 95.1.",
        "Xiong et al. 2017",
        {"what holds": exactly(94.9), "100 − the word errors": near(94.9, 1e-9)},
        checks.switchboard,
        paper="5.1 % word error rate",
    ),
    Exact(
        "history_wer_more",
        "Understood as “wreck a nice beach”, “recognise speech” has a word error rate of 200 per cent.",
        HERE,
        {"word error rate, %": exactly(200)},
        checks.beyond,
    ),
    Exact(
        "history_peepholes",
        "Peepholes as the article writes them make another machine than those of the papers.",
        "Gers, Schraudolph & Schmidhuber 2002; " + ARTICLE,
        {
            "weights as in the article": exactly(816),
            "change of the memory as in the article": exactly(0),
            "weights as in the papers": exactly(996),
            "change of the memory as in the papers": above(0.1),
        },
        checks.peepholes,
    ),
    Exact(
        "history_bounds",
        "With the identity behind the cell state the output has no bounds.",
        ARTICLE,
        {"with tanh": near(0.993, 0.001), "with the identity": near(18.5, 0.1)},
        checks.bounds,
    ),
    Exact(
        "history_exact",
        "A half, two hundred times, is as small in exact fractions as in floating point.",
        ARTICLE,
        {"power of ten": near(-60.2, 0.01), "floating point is equal": HOLDS},
        checks.exact,
    ),
    Exact(
        "history_guess",
        "Random guessing solves the two-sequence problem of 100 steps after about fifty draws.",
        GUESSING,
        {
            "guesses, median": near(50.5, 1),
            "guesses, most": exactly(138),
            "right in the test, worst": above(0.99),
        },
        checks.guessing,
        seconds=0.5,
    ),
    Exact(
        "history_guess_longer",
        "With 300 steps guessing finds a network too.",
        GUESSING,
        {"seeds that found it": exactly(5), "guesses, most": exactly(306)},
        checks.longer,
        seconds=1.0,
    ),
    Exact(
        "history_guess_smaller",
        "With weights between −1 and 1 only one of five seeds finds a network in 500 guesses.",
        HERE,
        {"seeds that found it": exactly(1)},
        checks.smaller,
        seconds=0.6,
    ),
    Exact(
        "history_guess_adding",
        "At adding over ten steps a thousand guesses are hardly better than knowing nothing, 0.167.",
        HERE,
        {"least error": near(0.137, 0.001), "largest": below(0.16)},
        checks.adding,
    ),
    Exact(
        "history_products",
        "Of the seven products in the timeline none is earlier than 2015.",
        TIMELINE,
        {"products": exactly(7), "the first": exactly(2015)},
        products,
    ),
    Exact(
        "history_years",
        "Six years from the thesis to the paper, eight from there to the full gradient.",
        TIMELINE,
        {"from the thesis to the paper": exactly(6), "from there to the full gradient": exactly(8)},
        years,
    ),
)
