"""Copying and the limits of memory: pictures and experiments by the names that the prose has for them."""

from lessons.copying import experiments, pictures

STAGE = "/?task=copy&left=rnn_tanh&right=lstm&weights=untrained&T=20&hidden=8&loss=every&t=3"
PICTURES = {"copying_ring": pictures.turning}
CURVES = {}
EXPERIMENTS = {
    "copying_rings": experiments.ring,
    "copying_rerun": experiments.rerun,
    "copying_race": experiments.race,
}
