"""The GRU and the ablations: pictures and experiments by the names that the prose has for them."""

from lessons.gru_and_ablations import experiments, pictures

STAGE = (
    "/?task=reber_stream&left=gru_reset_after&right=peephole_gers&weights=untrained&T=40&hidden=8&seed=1"
    "&forget=1"
)
PICTURES = {"ablations_seen": pictures.seen}
CURVES = {}
EXPERIMENTS = {
    "ablations_compare": experiments.compare,
    "ablations_matrix": experiments.matrix,
    "ablations_surgery": experiments.operate,
}
