"""Learning to learn: pictures, a curve to be drawn and experiments by the names in the prose."""

from lessons.learning_to_learn import experiments, pictures

STAGE = "/?task=lines&left=rnn_tanh&right=lstm&T=20&t=10"
PICTURES = {"learning_task": pictures.task, "learning_errors": pictures.learners}
CURVES = {"learning_curve": pictures.CURVE}
EXPERIMENTS = {"learning_line": experiments.line, "learning_race": experiments.race}
