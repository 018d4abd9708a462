"""Adding and multiplying: pictures and experiments by the names that the prose has for them."""

from lessons.adding import experiments, pictures

STAGE = "/?left=rnn_relu&right=lstm&weights=untrained&T=30&hidden=8&t=9"
PICTURES = {"adding_gate": pictures.gate, "adding_cloud": pictures.cloud}
CURVES = {}
EXPERIMENTS = {
    "adding_playground": experiments.playground,
    "adding_rerun": experiments.rerun,
    "adding_times": experiments.times,
}
