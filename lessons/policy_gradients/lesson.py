"""Policy gradients: pictures and experiments by the names that the prose has for them."""

from lessons.policy_gradients import experiments, pictures

STAGE = "/?task=recall&left=rnn_tanh&right=lstm&T=30&hidden=8&weights=trained&model=2"
PICTURES = {
    "policy_maze": pictures.maze,
    "policy_arrival": pictures.arrival,
    "policy_timeline": pictures.timeline,
}
CURVES = {}
EXPERIMENTS = {"policy_walks": experiments.walks, "policy_race": experiments.race}
