"""The constant error carousel: its picture and experiments by the names that the prose has for them."""

from lessons.carousel import experiments, pictures

STAGE = (
    "/?left=irnn&right=lstm1997&weights=untrained&T=30&hidden=8&first=5&second=17&mode=backward&t=29&model=1"
)
PICTURES = {"carousel_factor": pictures.factors}
CURVES = {}
EXPERIMENTS = {"carousel_units": experiments.units, "carousel_door": experiments.doors}
