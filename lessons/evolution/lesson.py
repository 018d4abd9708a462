"""Evolution: pictures and experiments by the names that the prose has for them."""

from lessons.evolution import experiments, pictures

STAGE = "/?task=sines&left=rnn_tanh&right=lstm&T=40&hidden=10&weights=untrained&model=2"
PICTURES = {"evolution_estimate": pictures.estimate, "evolution_free": pictures.free}
CURVES = {}
EXPERIMENTS = {"evolution_swarm": experiments.swarm, "evolution_bred": experiments.bred}
