"""Both directions and stacks: pictures and experiments by the names that the prose has for them."""

from lessons.both_directions import experiments, pictures

STAGE = "/?left=rnn_tanh&right=lstm&weights=untrained&T=30&hidden=8&first=5&second=17&loss=every&t=12&open=h"
PICTURES = {"both_reach": pictures.reach, "both_clocks": pictures.clocks}
CURVES = {}
EXPERIMENTS = {"both_future": experiments.future, "both_nudge": experiments.nudge}
