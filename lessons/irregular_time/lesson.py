"""Irregular time and sliding windows: pictures and experiments by the names that the prose has for them."""

from lessons.irregular_time import experiments, pictures

STAGE = (
    "/?task=sunspots&left=lmu&right=tlstm&weights=untrained&T=30&hidden=8&times=1,1,4,1,1,16&loss=every"
    "&open=c_adj&t=12&model=2"
)
PICTURES = {"irregular_fade": pictures.fade, "irregular_window": pictures.window}
CURVES = {}
EXPERIMENTS = {"irregular_memory": experiments.memory, "irregular_rerun": experiments.rerun}
