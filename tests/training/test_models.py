"""The models that ship: each file is there, small, and as good as it says; nothing is taken on trust."""

import pytest

from lstm_viz.cell import parse
from lstm_viz.labeller import FILE
from lstm_viz.library import LIBRARY
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.dot import best
from lstm_viz.training.measure import Exam, lengths, measure
from lstm_viz.training.recipes import CELLS, RECIPES, jobs, recipe, sizes
from lstm_viz.training.spec import Descent
from lstm_viz.weights import MODELS, file_name, load

JOBS = {file_name(job.spec.task, job.cell, job.spec.hidden): job for job in jobs()}
GATED = CELLS[1:]
DOT = recipe("dot")


def errors(task, cell, hidden=16):
    return {int(T): e for T, e in load(MODELS / file_name(task, cell, hidden)).meta["errors"].items()}


def test_the_folder_holds_the_recipes_and_nothing_else():
    assert {path.name for path in MODELS.glob("*.npz")} == JOBS.keys() | {FILE.name}
    assert len(JOBS) == sum(len(row.cells) for row in RECIPES)


def test_every_file_is_of_a_size_that_is_offered():
    """For each task and cell; the size to be shown first is that of the task's first row."""
    found = {(j.spec.task, j.cell, j.spec.hidden) for j in JOBS.values()}
    assert found == {(task, cell, H) for task in TASKS for cell in LIBRARY for H in sizes(task, cell)}
    assert sizes("text", "lstm") == (32, 8) and sizes("text", "convlstm_peephole") == ()


@pytest.mark.parametrize("name", JOBS)
def test_a_file_says_how_it_was_made(name):
    meta, job = load(MODELS / name).meta, JOBS[name]
    spec = job.spec
    assert meta["equations"] == spec.equations == LIBRARY[job.cell].equations
    said = (meta["task"], meta["T"], meta["hidden"], meta["seed"], meta["constants"])
    assert said == (spec.task, spec.T, spec.hidden, spec.seed, dict(spec.constants))
    told = {field: meta[field] for field in Descent._fields if field in meta}
    assert {"batch", "rate", "clip"} <= told.keys() and Descent(**told) == spec.descent
    assert (meta["steps"], meta["sequences"]) == (job.steps, job.steps * spec.descent.batch)
    assert tuple(map(int, meta["errors"])) == lengths(spec.task, spec.T)
    assert (MODELS / name).stat().st_size < 40_000


@pytest.mark.parametrize("name", JOBS)
def test_a_file_is_as_good_as_it_says(name):
    params, meta = load(MODELS / name)
    task = TASKS[meta["task"]]
    exam = Exam(meta["T"], meta["test_sequences"], meta["test_seed"])
    again = measure(parse(meta["equations"]), params, task, exam)
    assert meta["test_error"] == meta["errors"][str(meta["T"])] == pytest.approx(again, rel=1e-6, abs=1e-9)
    assert meta["baseline"] == task.baseline(meta["T"])[0]


@pytest.mark.parametrize("hidden", [8, 16])
@pytest.mark.parametrize("cell", GATED)
def test_gated_cells_solve_adding_and_hold_at_twice_the_length(cell, hidden):
    """Claim: after 96,000 sequences of 25 to 100 steps the error is below 0.0025 at 20 to 100 steps, and at
    200, which none of them had, still below a tenth of the baseline."""
    *learnt, beyond = errors("adding", cell, hidden).values()
    assert max(learnt) < 0.0025 and beyond < 0.1 * TASKS["adding"].baseline(200)[0]


def test_the_vanilla_rnn_stays_at_the_baseline_of_adding():
    """Claim: after the same 96,000 sequences it is no better than the mean, by more than a tenth."""
    for T, error in errors("adding", "rnn_tanh").items():
        assert 0.9 * TASKS["adding"].baseline(T)[0] < error < 1.2 * TASKS["adding"].baseline(T)[0]


@pytest.mark.parametrize("hidden", [8, 16])
@pytest.mark.parametrize("cell", GATED)
def test_gated_cells_recall_over_three_times_the_length(cell, hidden):
    """Claim: after 64,000 sequences of 15 to 60 steps no answer is wrong, at 20 to 200 steps."""
    assert max(errors("recall", cell, hidden).values()) == 0


def test_the_vanilla_rnn_guesses_at_recall():
    """Claim: after the same 64,000 sequences it knows nothing of the first symbol."""
    assert min(errors("recall", "rnn_tanh").values()) > 0.7


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_learns_parity_and_holds_at_ten_times_the_length(cell):
    """Claim: trained on 5 to 20 bits, it errs at less than one step in 500 on 200; the vanilla RNN too."""
    assert max(errors("parity", cell).values()) < 0.002


def test_a_small_vanilla_rnn_does_not_carry_parity_far():
    """Claim: with 8 units and the same 32,000 sequences it errs more the longer the sequence."""
    small = list(errors("parity", "rnn_tanh", 8).values())
    assert small == sorted(small) and small[0] < 0.2 and small[-1] > 0.4


@pytest.mark.parametrize("task", ["sunspots", "text"])
@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_beats_the_baseline_on_real_data(task, cell):
    baseline = TASKS[task].baseline(60)[0]
    assert max(errors(task, cell, 32 if task == "text" else 16).values()) < 0.8 * baseline


@pytest.mark.parametrize("cell", DOT.cells)
def test_every_cell_comes_near_the_fewest_errors_that_are_possible_with_the_dot(cell):
    """Claim: after 16,000 sequences of 5 to 20 frames each errs at most a quarter more often than the
    unknown first direction costs, at 20 to 100 frames; without memory it would err 20 times as often."""
    for T, error in errors("dot", cell, 8).items():
        # 500 sequences know the cost of the first step within a tenth.
        assert 0.9 * best(T) < error < 1.25 * best(T) < 0.07 * TASKS["dot"].baseline(T)[0]


@pytest.mark.parametrize("cell", GATED)
def test_gated_cells_learn_lines_from_examples(cell):
    """Claim: over 20 points, the first of which nobody can know, they come near a sixth of the baseline, over
    200 within a thirtieth."""
    found = errors("lines", cell)
    assert found[20] < 0.18 * TASKS["lines"].baseline(20)[0]
    assert found[200] < TASKS["lines"].baseline(200)[0] / 30


@pytest.mark.parametrize("cell", GATED)
def test_gated_cells_tell_the_flow_with_an_efficiency_above_96_per_cent(cell):
    """Claim: at the length that they practised, against the variance of the flow."""
    assert errors("runoff", cell)[200] < 0.04 * TASKS["runoff"].baseline(200)[0]


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_predicts_two_sines(cell):
    """Claim: the error is below a tenth of the baseline at 60 steps and beyond."""
    assert max(errors("sines", cell)[T] for T in (60, 100, 200)) < 0.1 * TASKS["sines"].baseline(60)[0]
