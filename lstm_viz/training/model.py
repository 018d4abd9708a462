"""A trained model: the weights that a job came to, and their meta."""

from lstm_viz.cell import parse
from lstm_viz.tasks import TASKS
from lstm_viz.training.measure import Exam, lengths, measure
from lstm_viz.training.optimisers import State
from lstm_viz.training.recipes import Job
from lstm_viz.training.spec import Descent, Spec
from lstm_viz.weights import FIELDS, Weights, stored

SPECIAL = {"shortest": 0, "precision": "float64"}


def trained(job: Job, state: State) -> Weights:
    """What a file keeps of a run's last state: the weights, and what they were measured to be."""
    params = {name: p.astype(float) for name, p in stored(state.params).items()}
    return Weights(params, meta(job._replace(steps=state.step), params))


def meta(job: Job, params: dict) -> dict:
    """What a file says of its weights: how they came about and what they can do."""
    spec, task, cell = job.spec, TASKS[job.spec.task], parse(job.spec.equations)
    exams = [Exam(T) for T in lengths(spec.task, spec.T)]
    errors = {str(exam.T): measure(cell, params, task, exam) for exam in exams}
    sizes = {"sizes": dict(spec.sizes)} if spec.sizes else {}
    return sizes | {
        "task": spec.task,
        "cell": job.cell,
        "equations": spec.equations,
        "T": spec.T,
        "hidden": spec.hidden,
        "seed": spec.seed,
        "steps": job.steps,
        **told(spec),
        "constants": dict(spec.constants),
        "sequences": job.steps * spec.descent.batch,
        "test_seed": exams[0].seed,
        "test_sequences": exams[0].sequences,
        "test_error": errors[str(spec.T)],
        "baseline": task.baseline(spec.T)[0],
        "errors": errors,
    }


def told(spec: Spec) -> dict:
    """How the weights moved: batch, rate and largest norm, and whatever else is not as usual."""
    usual = Descent()._asdict()
    more = {n: v for n, v in spec.descent._asdict().items() if n in FIELDS or v != usual[n]}
    return more | {n: getattr(spec, n) for n, usual in SPECIAL.items() if getattr(spec, n) != usual}
