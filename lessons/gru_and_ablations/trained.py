"""The claims on trained cells: those that learnt on the endless stream, to add, and to count."""

from statistics import median

from lessons.claims import Trained, above, between, exactly, near
from lstm_viz.papers import ALL
from lstm_viz.papers.ablations_adding import ALL_SEEN
from lstm_viz.papers.results import by_arm, read

HERE = "this course"
GREFF = "Greff et al. 2015, abstract"
GONE_WILD = 10_000  # a state so far out that its tanh is a constant


def fell(arms) -> dict[str, float]:
    """The stream without a forget gate, and how many of the other runs are all but perfect."""
    others = [v for arm, values in arms.items() if arm != "NFG" for v in values]
    worst = sorted(others)
    return {
        "NFG, least": min(arms["NFG"]),
        "NFG, largest": max(arms["NFG"]),
        "other runs": len(others),
        "other runs with 96 % or more": sum(v >= 96 for v in others),
        "the one that has not": worst[0],
        "its cell is the full one": worst[0] in arms["vanilla"],
    }


def drift(arms) -> dict[str, float]:
    """How large the memories without a forget gate have grown."""
    return {"NFG, least of the runs' largest": min(arms["NFG"]), "NFG, largest": max(arms["NFG"])}


def wild(arms) -> dict[str, float]:
    """Runs that answer everything while a state stands far out."""
    right = by_arm(ALL["ablations_stream"], read(ALL["ablations_stream"]))
    pairs = [pair for arm, values in arms.items() for pair in zip(right[arm], values, strict=True)]
    return {"runs": sum(far >= 99.99 and state > GONE_WILD for far, state in pairs)}


def solved(values: list[float]) -> list[float]:
    """Those that were solved."""
    return [v for v in values if v < ALL_SEEN]


def added(arms) -> dict[str, float]:
    """Who has learnt to add, and when."""
    steady = [v for arm in ("vanilla", "NP", "NIAF", "NOAF") for v in arms[arm]]
    return {
        "NIG, runs that solved it": len(solved(arms["NIG"])),
        "NFG, runs that solved it": len(solved(arms["NFG"])),
        "vanilla, NP, NIAF, NOAF: runs that solved it": len(solved(steady)),
        "the first of these after": min(steady),
        "the last after": max(steady),
    }


def fastest(arms) -> dict[str, float]:
    """The two smallest cells, and whoever comes next."""
    small = arms["CIFG"] + arms["GRU"]
    others = [v for arm, values in arms.items() if arm not in ("CIFG", "GRU") for v in values]
    return {"first": min(small), "last": max(small), "the next cell": min(others)}


TRAINED = (
    Trained(
        "ablations_stream",
        "On an endless stream the cell without a forget gate cannot do better than a coin at the far "
        "question; of the others all do but one run.",
        GREFF,
        {
            "NFG, least": between(40, 50),
            "NFG, largest": between(45, 55),
            "other runs": exactly(27),
            "other runs with 96 % or more": exactly(26),
            "the one that has not": between(50, 80),
            "its cell is the full one": exactly(1),
        },
        "ablations_stream",
        fell,
    ),
    Trained(
        "ablations_drift",
        "Without a forget gate some memory stands far out in every run.",
        "Gers, Schmidhuber & Cummins 2000",
        {"NFG, least of the runs' largest": above(23_000), "NFG, largest": near(32_800, 700)},
        "ablations_states",
        drift,
    ),
    Trained(
        "ablations_wild",
        "Runs in which every far question was answered right with a cell state beyond 10,000.",
        "Hochreiter & Schmidhuber 1997, section 4, on abused cells",
        {"runs": exactly(5)},
        "ablations_states",
        wild,
    ),
    Trained(
        "ablations_adding",
        "In the adding problem no run without an input gate succeeds; two of three without a forget gate.",
        GREFF,
        {
            "NIG, runs that solved it": exactly(0),
            "NFG, runs that solved it": exactly(2),
            "vanilla, NP, NIAF, NOAF: runs that solved it": exactly(12),
            "the first of these after": near(10_240, 640),
            "the last after": near(13_440, 640),
        },
        "ablations_adding",
        added,
    ),
    Trained(
        "ablations_worse",
        "Full gate recurrence never solved the adding problem in the same time, no output gate not always.",
        GREFF,
        {"FGR, runs that solved it": exactly(0), "NOG, runs that solved it": exactly(2)},
        "ablations_adding",
        lambda arms: {f"{arm}, runs that solved it": len(solved(arms[arm])) for arm in ("FGR", "NOG")},
    ),
    Trained(
        "ablations_fastest",
        "The two smallest cells add first.",
        HERE,
        {"first": near(5_760, 640), "last": near(6_400, 640), "the next cell": above(9_000)},
        "ablations_adding",
        fastest,
    ),
    Trained(
        "ablations_count",
        "With coupled gates counting ends where the training did, as in a GRU; an LSTM goes on.",
        "Weiss, Goldberg & Yahav 2018",
        {
            "CIFG, furthest": between(10, 12),
            "GRU, furthest": between(10, 12),
            "LSTM, least": above(13),
            "LSTM, furthest": near(24, 3),
            "LSTM, median": near(21, 3),
        },
        "ablations_count",
        lambda arms: {
            "CIFG, furthest": max(arms["CIFG"]),
            "GRU, furthest": max(arms["GRU"]),
            "LSTM, least": min(arms["LSTM"]),
            "LSTM, furthest": max(arms["LSTM"]),
            "LSTM, median": median(arms["LSTM"]),
        },
    ),
)
