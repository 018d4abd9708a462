"""Hidden stores in nature: pictures and experiments by the names that the prose has for them."""

from lessons.hidden_stores import experiments, pictures

STAGE = "/?task=runoff&left=rnn_tanh&right=lstm&T=100&t=60&unit=12"
PICTURES = {"stores_valley_year": pictures.valley, "stores_horizon": pictures.horizon}
CURVES = {}
EXPERIMENTS = {
    "stores_look": experiments.look,
    "stores_race": experiments.race,
    "stores_alarm": experiments.alarm,
}
