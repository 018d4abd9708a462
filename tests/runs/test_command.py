"""`train`, from options to a file: what it writes, how it stops, how it goes on."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_viz.__main__ import main
from lstm_viz.cell import parse
from lstm_viz.labeller import FILE
from lstm_viz.library.variant import Chrono
from lstm_viz.runs import command, drive
from lstm_viz.runs.options import one
from lstm_viz.tasks import TASKS
from lstm_viz.training.labelling import LABELLING
from lstm_viz.training.measure import Exam, measure
from lstm_viz.training.recipes import RECIPES, jobs
from lstm_viz.weights import MODELS, load

ROOT = Path(__file__).parents[2]


def command_line(text):
    return ["train", *text.split()]


SMALL = command_line("--task parity --cell gru_reset_after --T 6 --hidden 3 --seed 4 --steps 30 --batch 4")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def job_of(text):
    """The run that options of `train` describe."""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "main", lambda args: seen.append(args) or 0)
        main(command_line(text))
    return one(seen[0])


def test_a_run_writes_what_it_says(capsys):
    assert main([*SMALL, "--set", "b_z=2", "--rate", "0.02", "--out", "w.npz"]) == 0
    said = capsys.readouterr().out
    assert "step 30 of 30" in said and "Written: w.npz" in said and "(baseline 0.5000)" in said
    weights = load("w.npz")
    meta = weights.meta
    known = meta["cell"], meta["steps"], meta["sequences"], meta["rate"]
    assert known == ("gru_reset_after", 30, 120, 0.02)
    assert meta["constants"] == {"b_z": 2.0}
    again = measure(
        parse(meta["equations"]), weights.params, TASKS["parity"], Exam(6, seed=meta["test_seed"])
    )
    assert meta["test_error"] == meta["errors"]["6"] == pytest.approx(again, abs=1e-12)


def test_the_same_command_writes_the_same_bytes(folder):
    for name in "ab":
        main([*SMALL, "--out", name, "--folder", f"runs_{name}"])
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()


def test_the_file_is_named_after_the_model_and_gets_the_recipes_constants(folder):
    assert main(command_line("--task recall --cell lstm --T 6 --hidden 2 --steps 1")) == 0
    assert load(folder / "recall-lstm-2.npz").meta["constants"] == {"b_f": 5.0, "b_i": -3.0}


def test_what_is_left_out_comes_from_the_recipe():
    spec = job_of("--task dot --cell rnn_tanh --T 6 --hidden 2 --steps 1 --clip 0.5").spec
    assert (spec.seed, *spec.descent[:3]) == (2, 16, 0.02, 0.5)


def test_every_setting_arrives_in_the_run():
    made = job_of(
        "--task copy --cell lstm --T 20 --shortest 15 --hidden 5 --precision float32 --seed 9 --steps 70 "
        "--batch 3 --optimiser rmsprop --rate 0.003 --schedule cosine --clip 2 --limit 0.5 --window 7 "
        "--set b_f=chrono:30 b_i=-chrono:30 --set U_c=orthogonal"
    )
    spec = made.spec
    assert (made.steps, spec.task, spec.T, spec.shortest, spec.hidden) == (70, "copy", 20, 15, 5)
    assert (spec.precision, spec.seed) == ("float32", 9)
    assert tuple(spec.descent) == (3, 0.003, 2.0, "rmsprop", 0.5, "cosine", 70, 7)
    assert dict(spec.constants) == {"b_f": Chrono(1, 30), "b_i": Chrono(-1, 30), "U_c": "orthogonal"}
    assert job_of("--schedule linear --horizon 40").spec.descent.horizon == 40


@pytest.mark.parametrize("task", ["copy", "anbn", "reber", "spikes", "events"])
def test_a_task_of_which_no_model_ships_can_be_trained(task):
    """With its own marks of the steps that count, its own elapsed times."""
    assert main(command_line(f"--task {task} --cell tlstm --T 8 --hidden 2 --steps 2 --out w")) == 0
    weights = load("w")
    again = measure(parse(weights.meta["equations"]), weights.params, TASKS[task], Exam(8))
    assert weights.meta["test_error"] == pytest.approx(again, abs=1e-12)


@pytest.mark.parametrize("cell", ["lmu", "slstm", "mlstm", "convlstm_peephole", "tlstm"])
def test_files_of_every_kind_of_cell_can_be_read_again(cell):
    assert main(command_line(f"--task parity --cell {cell} --T 5 --hidden 3 --steps 1 --out w")) == 0
    weights = load("w")
    again = measure(parse(weights.meta["equations"]), weights.params, TASKS["parity"], Exam(5))
    assert weights.meta["test_error"] == pytest.approx(again, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--hidden 0", "0 hidden units cannot be"),
        ("--T 3", "3 steps in a sequence cannot be"),
        ("--T 1001", "1001 steps in a sequence cannot be"),
        ("--steps 0", "0 steps of training cannot be"),
        ("--rate nan", "nan as a rate cannot be"),
        ("--limit -1", "-1.0 as the largest number of the gradient cannot be"),
        ("--shortest 9", "9 steps in the shortest sequence cannot be"),
        ("--workers 65", "65 workers cannot be"),
        ("--set b_q=1", "no parameter “b_q” to set"),
        ("--set b_z", "--set b_z cannot be read"),
        ("--set b_z=1 b_z=2", "b_z is set twice"),
        ("--set W_z=orthogonal", "W_z is not square"),
        ("--set b_z=chrono:1", "1 steps as the longest memory cannot be"),
        ("--out none/w.npz", "no folder “none”"),
    ],
)
def test_a_bad_option_gets_a_sentence_and_leaves_no_file(options, sentence, capsys, folder):
    assert main([*SMALL, *options.split()]) == 1
    assert sentence in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_a_run_that_was_stopped_goes_on_and_ends_as_if_it_had_not(monkeypatch, capsys, folder):
    main([*SMALL, "--out", "whole", "--folder", "other"])
    submit = drive.submit

    def interrupted(crew, heard, run, tape):
        if tape.steps >= 10:
            raise KeyboardInterrupt
        submit(crew, heard, run, tape)

    with monkeypatch.context() as patch:
        patch.setattr(drive, "submit", interrupted)
        assert main([*SMALL, "--out", "w"]) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    assert not (folder / "w").exists()
    assert main([*SMALL, "--out", "w"]) == 0
    assert re.search(r"Going on after step \d\d, kept in runs", capsys.readouterr().out)
    assert (folder / "w").read_bytes() == (folder / "whole").read_bytes()


def test_more_steps_go_on_and_fewer_go_back(capsys, folder):
    for steps, name in ((30, "a"), (60, "b"), (30, "c")):
        assert main([*SMALL, "--steps", str(steps), "--out", name]) == 0
    assert (folder / "a").read_bytes() == (folder / "c").read_bytes()
    kept = [*(folder / "runs").iterdir()]
    assert len(kept) == 1 and "Going on after step 30" in capsys.readouterr().out
    main([*SMALL, "--steps", "60", "--out", "d"])
    assert "Going on after step 60" in capsys.readouterr().out  # what is longer was not lost
    assert (folder / "b").read_bytes() == (folder / "d").read_bytes()


def test_a_damaged_run_is_a_sentence(capsys, folder):
    main(SMALL)
    (kept,) = (folder / "runs").iterdir()
    kept.write_bytes(b"damaged")
    assert main(SMALL) == 1
    assert f"{kept.name}: it is damaged. Allowed: " in capsys.readouterr().err
    assert kept.read_bytes() == b"damaged"


def test_divergence_is_a_sentence_and_what_was_learnt_before_is_kept(monkeypatch, capsys, folder):
    wild = command_line(
        "--task adding --cell rnn_relu --T 100 --hidden 8 --steps 60 --seed 3 --optimiser sgd --rate 1 "
        "--clip 1e6 --set U_h=identity --out w"
    )
    for _ in range(2):
        assert main(wild) == 1
        said = capsys.readouterr().err
        assert re.search(r"Step 2 of training broke: no finite number .* Try a smaller rate", said)
        assert "No file was written, as these weights cannot be tested." in said
        assert [path.name for path in folder.iterdir()] == ["runs"]
    ships = load(MODELS / "parity-lstm-8.npz")
    monkeypatch.setattr(command, "trained", lambda job, state: ships)  # had they been testable
    assert main(wild) == 1 and "Written: w" in capsys.readouterr().out
    assert load("w").meta == ships.meta


def test_all_trains_every_row_in_workers(monkeypatch, capsys, folder):
    tiny = RECIPES[0]._replace(T=5, hidden=2, steps=2)
    monkeypatch.setattr(command, "jobs", lambda: jobs((tiny,)))
    monkeypatch.setattr(command, "LABELLING", LABELLING._replace(hidden=2, steps=(0, 2)))
    assert main(["train", "--all", "--out", str(folder), "--workers", "2"]) == 0
    names = [f"adding-{cell}-2.npz" for cell in ("gru_reset_after", "lstm", "rnn_tanh")]
    assert sorted(path.name for path in folder.iterdir()) == [*names, FILE.name]
    assert "4 models written" in capsys.readouterr().out
    main(command_line("--task adding --cell lstm --T 5 --hidden 2 --steps 2 --out alone"))
    alone, pooled = load("alone").params, load(names[1]).params
    assert all(np.array_equal(alone[name], pooled[name]) for name in alone)


def test_the_labeller_is_trained_alone_too(monkeypatch, capsys, folder):
    monkeypatch.setattr(command, "LABELLING", LABELLING._replace(hidden=2, steps=(0, 2, 3)))
    assert main(["train", "--labeller", "--out", "labeller.npz"]) == 0
    said = capsys.readouterr().out
    assert "step 3 of 3" in said and "label error" in said and "Written: labeller.npz" in said
    assert [path.name for path in folder.iterdir()] == ["labeller.npz"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process alone")
def test_ctrl_c_stops_a_real_command_and_the_same_goes_on(folder):
    """The signal reaches every process of the terminal's group; the parent alone answers it."""
    run = [sys.executable, "-W", "error", "-m", "lstm_viz", "sweep", "--task", "parity", "--steps", "2000"]
    run += ["--T", "10", "--hidden", "4", "--cell", "lstm", "rnn_tanh", "--workers", "2"]
    kinds = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # In the background of a shell the signal is ignored, and who is started there inherits that.
    kinds |= {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(run, env=env, start_new_session=True, **kinds) as one:
        assert "% of the work" in one.stdout.readline()
        os.killpg(one.pid, signal.SIGINT)
        said, error = one.communicate(timeout=30)
    assert one.returncode == 130 and error.strip().startswith("Stopped after 0 runs."), error
    assert [*(folder / "runs").iterdir()] and not (folder / "sweep.csv").exists()
    assert "Traceback" not in said + error
    subprocess.run(run, env=env, check=True, capture_output=True)
    fresh = [*run[:-1], "0", "--folder", "fresh", "--out", "fresh.csv"]
    subprocess.run(fresh, env=env, check=True, capture_output=True)
    one, other = (
        [line.split(",")[:-2] for line in (folder / name).read_text().splitlines()]
        for name in ("sweep.csv", "fresh.csv")
    )
    assert one == other and len(one) == 3  # but for the seconds
