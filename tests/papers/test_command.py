"""The command `papers`: it runs what is missing, keeps what is done, and goes on where it was stopped."""

import json
import multiprocessing
import os
import signal
import time
from collections import Counter
from itertools import product

import pytest

from lstm_viz.__main__ import main
from lstm_viz.papers import ROWS, command
from lstm_viz.papers import work as work_module
from lstm_viz.papers.results import Result, jobs, read, seconds, write
from lstm_viz.papers.work import Job, work
from lstm_viz.runs.settings import crew
from tests.papers.test_results import RESULTS, ROW

OTHER = ROW._replace(name="other")


class Workers:
    """In place of processes: the jobs that came, done one after the other up to a limit."""

    def __init__(self, limit: int = 1000):
        self.came, self.limit = [], limit

    def __call__(self, todo, crew):
        for job in todo:
            if len(self.came) == self.limit:
                raise KeyboardInterrupt
            self.came.append(job)
            yield job, RESULTS[job.arm, job.seed]
            yield None


@pytest.fixture
def run_command(monkeypatch, tmp_path):
    """The command on two made rows, with workers of our own; its exit status."""
    monkeypatch.setattr(command, "ALL", {row.name: row for row in (ROW, OTHER)})

    def called(workers, *args):
        monkeypatch.setattr(command, "work", workers)
        return main(["papers", "--out", str(tmp_path), *args])

    return called


def test_all_rows_or_those_named(run_command, tmp_path, capsys):
    """Every arm with every seed, and a file that reads back; a verdict for each on the way."""
    workers = Workers()
    assert run_command(workers, "other") == 0
    assert {*workers.came} == {Job("other", *job) for job in jobs(OTHER)}
    assert read(OTHER, tmp_path) == RESULTS
    assert run_command(workers) == 0
    assert {job.row for job in workers.came[10:]} == {"made"} and len(workers.came) == 20
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["made.json", "other.json"]
    said = capsys.readouterr().out
    assert "made: confirmed" in said and "left" in said and "one: 1.1, 1.2, 1.3, 1.4, 1.5" in said


def test_a_stopped_command_goes_on_where_it_was(run_command, tmp_path, capsys):
    """What was done is not done again; until the row is whole there is no file of it to be shown."""
    first, second, third = Workers(limit=4), Workers(), Workers()
    assert run_command(first, "made") == 130
    assert "goes on from here" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["made.part"]
    assert run_command(second, "made") == 0 and len(second.came) == 6
    assert not {*first.came} & {*second.came}
    assert read(ROW, tmp_path) == RESULTS and not (tmp_path / "made.part").exists()
    assert run_command(third, "made") == 0 and third.came == []
    assert "Every result is there" in capsys.readouterr().out


def test_fresh_runs_again_and_keeps_the_old_file_until_it_is_done(run_command, tmp_path):
    """Stopped in between, the page shows what it showed before."""
    old = {job: Result(7.0, 1.0) for job in jobs(ROW)}
    write(tmp_path / "made.json", ROW, old)
    assert run_command(Workers(limit=4), "made", "--fresh") == 130
    assert read(ROW, tmp_path) == old
    workers = Workers()
    assert run_command(workers, "made", "--fresh") == 0 and len(workers.came) == 10
    assert read(ROW, tmp_path) == RESULTS


def test_a_stale_or_damaged_file_is_made_anew(run_command, tmp_path):
    """None of its numbers gets into the new one."""
    stale = ROW._replace(ours=ROW.ours._replace(arms={"one": (1,), "two": (5,)}))
    for damage in (lambda: write(tmp_path / "made.json", stale, RESULTS), (tmp_path / "made.json").touch):
        (tmp_path / "made.json").unlink(missing_ok=True)
        damage()
        workers = Workers()
        assert run_command(workers, "made") == 0 and len(workers.came) == 10
        assert read(ROW, tmp_path) == RESULTS


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["none"], "There is no row “none”. Allowed: made, other"),
        (["--jobs", "0"], "0 worker processes cannot be. Allowed: a whole number from 1 to 64"),
        (["--out", "nowhere"], "There is no folder “nowhere”"),
    ],
)
def test_what_cannot_be_gets_a_sentence(run_command, capsys, args, sentence):
    """And the status 1."""
    assert run_command(Workers(), *args) == 1
    assert sentence in capsys.readouterr().err


def quickest(row) -> Job:
    """The arm and seed of a row that took the least time."""
    took = seconds(row, read(row))
    arm = min(took, key=lambda name: min(took[name]))
    return Job(row.name, arm, row.ours.seeds[took[arm].index(min(took[arm]))])


def test_workers_give_what_the_file_says():
    """Two processes, two quick jobs of real rows: the numbers are those of the files, or next to them."""
    todo = sorted(
        map(quickest, ROWS.values()), key=lambda job: read(ROWS[job.row])[job.arm, job.seed].seconds
    )
    found = dict(filter(None, work(todo[:2], crew("", 2))))
    assert {*found} == {*todo[:2]}
    for job, result in found.items():
        assert result.value == pytest.approx(read(ROWS[job.row])[job.arm, job.seed].value, rel=0.05, abs=0.02)


def children(before=()) -> set:
    """The processes of this one that are alive."""
    return {*multiprocessing.active_children()} - {*before}


def soon(holds) -> bool:
    """Whether something comes to hold within a while of a busy machine."""
    until = time.monotonic() + 60
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def test_a_job_that_fails_ends_the_command_with_its_error():
    """Not silently, and no worker stays behind."""
    before = children()
    with pytest.raises(KeyError):
        list(work([Job("made", "one", 1)], crew("", 1)))
    assert soon(lambda: not children(before))


def test_a_worker_that_is_killed_loses_no_job():
    """Its job is done again by another: every result comes, each once."""
    before, killed, todo = children(), [], [Job(*name) for name in product("ab", "c", range(4))]
    mine, found = crew("", 2), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_module, "run", slowly)
        for said in work(todo, mine):
            found += [said] if said else []
            if found and not killed:
                killed = [*children(before)][:1]
                killed[0].kill()
    assert killed and Counter(found) == Counter((job, Result(job.seed, 0.5)) for job in todo)
    assert soon(lambda: not children(before))


def test_a_job_that_kills_every_worker_ends_with_a_sentence(run_command, capsys):
    """It names the job; the command says that sentence and has the status 1."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_module, "run", killer)
        assert run_command(work, "made", "--jobs", "1") == 1
    assert "“one” of made with seed 1 were lost again and again. Allowed: fewer" in capsys.readouterr().err


def test_who_stops_listening_ends_the_workers_at_once():
    """Though a job takes a minute, no process is left of it."""
    before = children()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_module, "run", asleep)
        jobs_ = work([Job("a", "b", 1)], crew("", 1))
        assert next(jobs_) is None
        began = time.monotonic()
        jobs_.close()
    assert soon(lambda: not children(before)) and time.monotonic() - began < 30


def slowly(job) -> Result:
    """A job that takes a moment."""
    time.sleep(0.3)
    return Result(job.seed, 0.5)


def killer(_job):
    """A job that ends whoever does it, as a machine without memory would."""
    os.kill(os.getpid(), signal.SIGKILL)


def asleep(_job):
    """A job that takes long."""
    time.sleep(60)


def test_the_file_says_what_made_it(run_command, tmp_path):
    """The command in it is the row's."""
    assert run_command(Workers(), "made") == 0
    assert (
        json.loads((tmp_path / "made.json").read_text("utf-8"))["command"] == "python -m lstm_viz papers made"
    )
