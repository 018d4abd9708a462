"""`sweep`: every combination once, a table with a row for each, stopped and gone on with."""

import csv

import numpy as np
import pytest

from lstm_viz.__main__ import main
from lstm_viz.cell import parse
from lstm_viz.library import LIBRARY
from lstm_viz.runs import drive, options, sweep
from lstm_viz.runs.options import OPTIONS, all_of
from lstm_viz.tasks import TASKS
from lstm_viz.training import Exam, advance, first_state, measure, spec_for
from lstm_viz.weights import stored

SMALL = "--task parity --T 6 --hidden 2 --batch 4 --steps 20 --workers 0"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def line(text):
    return ["sweep", *f"{SMALL} {text}".split()]


def table(path="sweep.csv"):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def jobs_of(text):
    """The runs that options of `sweep` describe."""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "main", lambda args: seen.append(args) or 0)
        main(line(text))
    return all_of(seen[0])


def test_a_row_says_every_setting_and_what_came_of_it(capsys):
    assert main(line("--cell lstm gru_reset_after --rate 0.01 0.003 --seed 1 2 3")) == 0
    said, rows = capsys.readouterr().out, table()
    assert "12 of 12: " in said and "12 runs in" in said and "Written: sweep.csv" in said
    assert {option.name for option in OPTIONS} <= rows[0].keys()
    keys = [(row["cell"], row["rate"], row["seed"]) for row in rows]
    assert keys == [(c, r, s) for c in ("lstm", "gru_reset_after") for s in "123" for r in ("0.01", "0.003")]
    job = jobs_of("--cell gru_reset_after --rate 0.003 --seed 2")[0]
    state, metrics, _ = advance(job.spec, first_state(job.spec), 20)
    (row,) = (
        row for row in rows if (row["cell"], row["rate"], row["seed"]) == ("gru_reset_after", "0.003", "2")
    )
    for name in ("loss", "error", "norm", "first"):
        assert float(row[name]) == np.mean(getattr(metrics, name))
    params = {name: p.astype(float) for name, p in stored(state.params).items()}
    exam = measure(parse(job.spec.equations), params, TASKS["parity"], Exam(6))
    assert (float(row["test_error"]), row["baseline"], row["broke"]) == (exam, "0.5", "")
    assert (row["steps"], row["steps_made"]) == ("20", "20") and float(row["seconds"]) > 0


def test_the_end_is_the_mean_of_the_last_hundred_steps():
    main(line("--steps 130"))
    spec = spec_for(LIBRARY["lstm"], "parity", 6, 2, 1, jobs_of("")[0].spec.descent)
    loss = advance(spec, first_state(spec), 130).metrics.loss
    assert float(table()[0]["loss"]) == np.mean(loss[30:]) != np.mean(loss)


def test_starts_are_lists_too_and_count_where_a_cell_has_them():
    jobs = jobs_of("--cell lstm gru_reset_after --set b_f=1 b_f=chrono:20 b_z=2 --set b_i=-1")
    found = [(job.cell, dict(job.spec.constants)) for job in jobs]
    chrono = options.start("", "chrono:20")
    assert found == [
        ("lstm", {"b_f": 1.0, "b_i": -1.0}),
        ("lstm", {"b_f": chrono, "b_i": -1.0}),
        ("gru_reset_after", {"b_z": 2.0}),
    ]


def test_the_same_run_is_made_once():
    assert len(jobs_of("--seed 1 1 2 --rate 0.01 1e-2")) == 2


def test_any_option_may_be_a_list():
    jobs = jobs_of(
        "--T 6 8 --hidden 2 3 --optimiser sgd adam --schedule cosine constant --precision float32 float64"
    )
    assert len(set(jobs)) == 32
    assert {job.spec.descent.horizon for job in jobs if job.spec.descent.schedule == "cosine"} == {20}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"--seed {' '.join(map(str, range(1001)))}", "1,001 runs cannot be. Allowed: up to 1,000"),
        ("--hidden 2 0", "0 hidden units cannot be"),
        ("--set b_q=1", "no parameter “b_q” to set. Allowed: W_f"),
        ("--set b_f", "--set b_f cannot be read"),
        ("--out none/s.csv", "no folder “none”"),
    ],
)
def test_what_cannot_be_is_a_sentence_before_anything_is_done(text, sentence, capsys, folder):
    assert main(line(text)) == 1
    assert sentence in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_a_sweep_that_was_stopped_goes_on(monkeypatch, capsys, folder):
    whole = line("--cell lstm rnn_tanh --seed 1 2")
    main([*whole, "--folder", "other", "--out", "whole.csv"])
    submit, left = drive.submit, [15]

    def interrupted(*args):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        submit(*args)

    with monkeypatch.context() as patch:
        patch.setattr(drive, "submit", interrupted)
        assert main(whole) == 130
    said = capsys.readouterr()
    assert "Stopped after 2 runs." in said.err and not (folder / "sweep.csv").exists()
    assert main(whole) == 0
    for row, other in zip(table(), table("whole.csv"), strict=True):
        assert row | {"seconds": ""} == other | {"seconds": ""}


def test_a_run_that_breaks_is_a_row_like_any_other(capsys):
    wild = "--task adding --cell rnn_relu --T 100 --hidden 8 --steps 60 --seed 3 --optimiser sgd --clip 1e6"
    assert main(line(f"{wild} --rate 1 1e-6 --set U_h=identity")) == 0
    broken, fine = table()
    assert (broken["steps"], broken["steps_made"]) == ("60", "1")
    assert broken["broke"].startswith("Step 2 of training broke")
    assert (fine["steps_made"], fine["broke"]) == ("60", "") and np.isfinite(float(fine["test_error"]))
    assert ", 1 of which broke. Written: sweep.csv" in capsys.readouterr().out


def test_a_run_that_breaks_at_once_has_no_means():
    assert main(line("--task adding --cell rnn_relu --T 300 --shortest 290 --set U_h=100")) == 0
    (row,) = table()
    assert (row["steps_made"], row["loss"], row["test_error"]) == ("0", "", "nan")


def test_a_table_that_cannot_be_written_leaves_the_runs(capsys, folder):
    (folder / "sweep.csv").mkdir()
    assert main(line("--seed 1 2")) == 1
    assert "sweep.csv cannot be written" in capsys.readouterr().err
    assert len(list((folder / "runs").iterdir())) == 2
