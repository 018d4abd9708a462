"""A real Dask cluster on this machine: its numbers are one process's, a worker killed in mid-run or not."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from distributed import Client

from lstm_viz.__main__ import main
from lstm_viz.errors import LearnerError
from lstm_viz.library import LIBRARY
from lstm_viz.runs import Line, cluster
from lstm_viz.runs.cluster import Cluster, hand_on, lacking
from lstm_viz.runs.settings import SCHEDULER, crew
from lstm_viz.training import Descent, advance, first_state, spec_for

ROOT = Path(__file__).parents[2]
PLACE = ["--host", "127.0.0.1", "--no-dashboard"]
WORKER = ["--no-nanny", "--nthreads", "1", "--death-timeout", "20"]


def started(folder, name, *options):
    """A process of the cluster; what it says goes to a file."""
    # Workers find the program as they find any module; one thread for products, as everywhere.
    env = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    env |= {"DASK_TEMPORARY_DIRECTORY": str(folder)}
    run = [sys.executable, "-m", "dask", *options, *PLACE, "--scheduler-file", str(folder / "scheduler.json")]
    with open(folder / f"{name}.log", "wb") as log:
        return subprocess.Popen(run, env=env, cwd=folder, stdout=log, stderr=log)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A scheduler on any free port and two workers: the address, and the workers."""
    folder = tmp_path_factory.mktemp("cluster")
    processes = [started(folder, "scheduler", "scheduler", "--port", "0")]
    try:
        for name in ("one", "two"):
            own = ["--name", name, "--local-directory", str(folder / name)]
            processes.append(started(folder, name, "worker", *WORKER, *own))
        where = address(folder, processes[0])
        with Client(where, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=20)
        yield where, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def address(folder, scheduler):
    """Where the scheduler listens, as it writes when it does."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends and scheduler.poll() is None:
        try:
            return json.loads((folder / "scheduler.json").read_text())["address"]
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError((folder / "scheduler.log").read_text())


def spec(seed, T=12):
    return spec_for(LIBRARY["lstm"], "adding", T, 4, seed, Descent(batch=4))


def assert_as_one(tape, steps):
    """The tape is that of one run in one piece, computed here."""
    assert tape.steps == steps and not tape.broke
    whole = advance(tape.spec, first_state(tape.spec), steps)
    for ours, theirs in zip(tape.metrics, whole.metrics, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for name, p in whole.state.params.items():
        np.testing.assert_array_equal(tape.state.params[name], p)


def results(path):
    """The rows of a table, but for the seconds."""
    return [line.split(",")[:-2] for line in path.read_text().splitlines()]


def test_a_sweep_on_the_cluster_is_the_sweep_here(running, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    settings = "--task parity --T 6 --hidden 2 --batch 2 --steps 20 --cell lstm rnn_tanh"
    line = ["sweep", *settings.split()]
    assert main([*line, "--scheduler", running[0], "--folder", "there", "--out", "there.csv"]) == 0
    monkeypatch.setenv(SCHEDULER, running[0])
    assert main([*line, "--scheduler", "", "--workers", "0", "--folder", "here", "--out", "here.csv"]) == 0
    assert results(tmp_path / "there.csv") == results(tmp_path / "here.csv")
    assert "2 runs in" in capsys.readouterr().out


def test_a_worker_killed_in_mid_run_changes_no_number(running):
    """Two runs in a page's line on two workers, one of which is killed: SIGKILL, where there is one."""
    where, workers = running
    mine, wanted, killed = crew(scheduler=where), {spec(1): 500, spec(2): 500}, False
    line, ends = Line(mine), time.monotonic() + 40
    try:
        while any(tape.steps < 500 for tape in line.want("page", wanted)) and time.monotonic() < ends:
            if not killed and all(line.tape(one).steps >= 20 for one in wanted):
                assert mine.size == 2 and max(line.tape(one).steps for one in wanted) < 450
                workers[0].kill()
                killed = workers[0].wait() != 0
            time.sleep(0.01)
        assert killed and workers[1].poll() is None
        for one in wanted:
            assert_as_one(line.tape(one), 500)
    finally:
        mine.close()


def test_a_cluster_without_workers_says_so(running, monkeypatch):
    """The chunk waits; should a worker come, it is done."""
    monkeypatch.setattr(cluster, "LOOK", 0.05)
    mine, said, ends = crew(scheduler=running[0]), [], time.monotonic() + 20
    try:
        for worker in running[1]:
            worker.kill()
        mine.submit(said.append, time.sleep, 0)
        while not mine.empty and time.monotonic() < ends:
            time.sleep(0.05)
        assert mine.empty and mine.size == 1 and not said
    finally:
        mine.close()


def test_a_cluster_that_lacks_the_program_is_a_sentence():
    for error in (ImportError("No module named 'x'"), RuntimeError("the graph")):
        error.__cause__ = None if isinstance(error, ImportError) else ImportError("No module named 'x'")
        theirs, ours = Future(), Future()
        theirs.set_exception(error)
        hand_on(theirs, ours)
        with pytest.raises(LearnerError, match="The cluster lacks this program"):
            ours.result()
    assert lacking(ZeroDivisionError()) is None


def test_where_no_scheduler_answers_there_is_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    for where in ("tcp://127.0.0.1:1", "no address::"):
        assert main(["train", "--task", "parity", "--steps", "2", "--scheduler", where]) == 1
        said = capsys.readouterr().err
        assert f"No scheduler answers at “{where}”. Allowed: the address of a running Dask scheduler" in said
    assert not list(tmp_path.iterdir())


def test_without_the_package_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(LearnerError, match="needs the package “distributed”"):
        Cluster("tcp://127.0.0.1:1")
