"""Sequences and the plain network: pictures and experiments by the names that the prose has for them."""

from lessons.sequences import experiments, pictures

STAGE = "/?left=rnn_tanh&right=irnn&weights=untrained&T=20&hidden=8&first=3&second=12&t=12&model=1"
PICTURES = {"seq_unrolled": pictures.unrolled, "seq_portraits": pictures.portraits}
CURVES = {}
EXPERIMENTS = {"seq_portrait": experiments.portrait, "seq_ring": experiments.ring_of_ten}
