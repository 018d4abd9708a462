"""Who may import whom: the arrows of the design hold in the sources."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("lstm_viz/**/*.py"), *ROOT.glob("lessons/**/*.py"), *ROOT.glob("app.py")])

# What a part may import beyond the standard library and NumPy; a part not named here, nothing.
MORE = {
    "figures": {"plotly"},
    "handouts": {"matplotlib"},
    "runs": {"distributed"},
    "stage": {"streamlit"},
    "pages": {"streamlit"},
    "lessons": {"streamlit"},
    "app": {"streamlit"},
}

# Each knows those to its left and none to its right, directly or through others.
CHAINS = [
    ["errors", "ops", "cell", "engine", "fast", "network", "training"],
    ["cell", "equations"],
    ["engine", "flow", "figures"],
    ["flow", "handouts"],
    ["errors", "tasks", "training"],
    ["training", "runs", "pages", "app"],
    ["training", "papers", "pages"],
    ["figures", "pages", "lessons", "app"],
    ["handouts", "pages"],
    ["stage", "pages"],
    ["training", "verify", "__main__"],
    ["training", "teacherless", "pages"],
]


def part(module: str) -> str:
    """The part of the project that a module belongs to: lstm_viz.stage.pack is of `stage`."""
    names = module.split(".")
    return names[1] if names[0] == "lstm_viz" and len(names) > 1 else names[0]


def module_of(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules that a file imports anywhere in it, `from a import b` counting as a and as a.b."""
    found, package = set(), module_of(path).split(".")[: None if path.stem == "__init__" else -1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def uses() -> dict[str, set[str]]:
    """For each part of the project, the other parts that its files import."""
    parts = {part(module_of(path)) for path in SOURCES}
    graph = {p: set() for p in parts}
    for path in SOURCES:
        graph[part(module_of(path))] |= {
            part(m) for m in imported(path) if m.startswith(("lstm_viz.", "lessons", "app"))
        }
    return {p: (used & parts) - {p} for p, used in graph.items()}


def reachable(start: str) -> set[str]:
    """All parts that one imports, directly or through others."""
    seen, waiting = set(), [start]
    while waiting:
        new = uses().get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_libraries_stay_where_they_belong(path):
    """NumPy everywhere; Plotly, matplotlib and Streamlit only in their own parts; pyplot nowhere."""
    own = {"numpy", "lstm_viz", "lessons", *sys.stdlib_module_names} | MORE.get(part(module_of(path)), set())
    assert {m.partition(".")[0] for m in imported(path)} <= own
    assert not any(m.startswith("matplotlib.pyplot") for m in imported(path))


@pytest.mark.parametrize("chain", CHAINS, ids=" <- ".join)
def test_arrows_run_one_way(chain):
    """What comes first knows nothing of what comes after."""
    for k, name in enumerate(chain):
        assert not reachable(name) & set(chain[k + 1 :]), name


def test_there_is_no_cycle():
    """No part imports itself by way of others."""
    assert [name for name in uses() if name in reachable(name)] == []


def test_the_library_holds_text_and_facts_only():
    """It imports nothing of the project but itself."""
    assert uses()["library"] == set()


def test_only_pages_and_lessons_are_above_the_stage():
    """What imports Streamlit is imported by pages, lessons and the app alone."""
    for name, used in uses().items():
        if used & {"stage", "pages", "lessons", "app"}:
            assert name in ("pages", "lessons", "app")


def test_the_map_is_not_empty():
    """The files were found and their imports read: the arrows known to be there are."""
    assert {"ops", "errors"} <= uses()["cell"] and {"cell", "ops"} <= uses()["engine"]
