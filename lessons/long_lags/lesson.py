"""Long lags: pictures, a curve to be drawn and experiments by the names that the prose has for them."""

from lessons.long_lags import experiments, pictures

STAGE = ""
PICTURES = {"long_lags_task": pictures.task, "long_lags_map": pictures.maps}
CURVES = {"long_lags_cost": pictures.COST}
EXPERIMENTS = {"long_lags_race": experiments.race, "long_lags_order": experiments.order}
