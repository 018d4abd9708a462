"""The cell of 1997: pictures and experiments by the names that the prose has for them."""

from lessons.cell_1997 import experiments, pictures

STAGE = "/?left=rnn_tanh&right=lstm1997&weights=untrained&T=30&hidden=8&t=9"
PICTURES = {"cell97_conflict": pictures.conflict, "cell97_weights": pictures.weights}
CURVES = {}
EXPERIMENTS = {"cell97_playground": experiments.playground, "cell97_two_ways": experiments.two_ways}
