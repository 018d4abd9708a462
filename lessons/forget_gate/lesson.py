"""The forget gate: pictures and experiments by the names that the prose has for them."""

from lessons.forget_gate import experiments, pictures

STAGE = "/?task=reber_stream&left=lstm1997&right=lstm&weights=untrained&T=40&hidden=8&loss=every&t=13&open=f"
PICTURES = {"forget_growth": pictures.growth, "forget_half_lives": pictures.half_lives}
CURVES = {}
EXPERIMENTS = {"forget_slider": experiments.slider, "forget_stream": experiments.stream}
