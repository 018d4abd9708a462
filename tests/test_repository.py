"""The repository itself: its README tells the truth, its top level is as agreed, its models can be remade."""

import ast
import io
import os
import re
import sys
import tomllib
from contextlib import redirect_stdout
from fnmatch import fnmatch
from pathlib import Path

import pytest

from lstm_viz.labeller import FILE
from lstm_viz.training.recipes import jobs
from lstm_viz.weights import MODELS, file_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SEEN = {
    "app.py",
    "lstm_viz",
    "lessons",
    "assets",
    "tests",
    "benchmarks",
    "requirements.txt",
    "requirements-dev.txt",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "LICENSE",
}
HIDDEN = {".ci", ".gitignore", ".streamlit"}


def requirements(name: str) -> dict[str, str]:
    """The packages that a file of requirements names, each with its bounds."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(re.fullmatch(r"([\w.-]+)(.*)", line).groups() for line in lines if not line.startswith("-r"))


def imports(path: Path) -> set[str]:
    """The first names of all modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.partition(".")[0] for name in names}


def test_the_readmes_example_prints_what_stands_below_it():
    """The first block of Python is run; the block of text after it is what it prints."""
    code, wanted = re.search(r"```python\n(.*?)```.*?```text\n(.*?)```", README, re.DOTALL).groups()
    said = io.StringIO()
    with redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert said.getvalue() == wanted


def test_the_readmes_links_lead_somewhere():
    """Every picture, file and folder of the repository that it points to is there."""
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readmes_commands_are_the_makefiles():
    """It names no target that the Makefile lacks."""
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"app", "test"} <= set(re.findall(r"\bmake ([a-z]+)", README)) <= set(targets)


def test_the_top_level_is_the_one_agreed():
    """Nothing is missing, and nothing lies there but what .gitignore lists."""
    present = {path.name for path in ROOT.iterdir()}
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    kept = {name for name in present if not any(fnmatch(name, pattern) for pattern in ignored)}
    assert {name for name in kept if not name.startswith(".")} == SEEN
    assert present >= HIDDEN


def test_every_model_can_be_trained_anew():
    """Each file of assets/models is written by `make models`."""
    made = {file_name(job.spec.task, job.cell, job.spec.hidden) for job in jobs()} | {FILE.name}
    assert {path.name for path in MODELS.iterdir()} - made == set()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_bounded(name):
    """Each is at least a version that is known to work and below the next that may not."""
    found = requirements(name)
    assert found
    assert [p for p, bounds in found.items() if not re.fullmatch(r">=[\d.]+,<[\d.]+", bounds)] == []


def test_the_app_requires_what_it_imports():
    """requirements.txt names every foreign package that the sources import but for those of a cluster."""
    sources = [ROOT / "app.py", *ROOT.glob("lstm_viz/**/*.py"), *ROOT.glob("lessons/**/*.py")]
    foreign = set().union(*map(imports, sources)) - sys.stdlib_module_names - {"lstm_viz", "lessons"}
    assert foreign == requirements("requirements.txt").keys() | {"distributed"}


def test_the_package_requires_what_the_app_requires():
    """pyproject.toml and the files of requirements say the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"] == [p + bounds for p, bounds in requirements("requirements.txt").items()]
    bounds = requirements("requirements-dev.txt")["distributed"]
    assert project["optional-dependencies"] == {"cluster": [f"distributed{bounds}"]}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_what_runs_on_every_push_can_be_run():
    """.ci/run is executable."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
