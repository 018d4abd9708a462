"""Grammar and counting: pictures, a curve and experiments by the names that the prose has for them."""

from lessons.counting import experiments, pictures

STAGE = "/?task=anbn&left=gru_reset_after&right=lstm&weights=untrained&T=21&hidden=4&forget=5&t=8&open=c"
PICTURES = {"counting_reber": pictures.grammar}
CURVES = {"counting_leak": pictures.LEAK}
EXPERIMENTS = {"counting_hand": experiments.by_hand, "counting_race": experiments.race}
