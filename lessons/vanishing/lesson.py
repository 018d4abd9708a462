"""Why gradients vanish and explode: pictures and experiments by the names that the prose has for them."""

from lessons.vanishing import experiments, landscape, pictures

STAGE = (
    "/?left=rnn_tanh&right=lstm&weights=untrained&T=30&hidden=8&first=5&second=17&mode=backward&t=29&model=1"
)
PICTURES = {"vanish_seen": pictures.seen, "vanish_powers": pictures.powers}
CURVES = {}
EXPERIMENTS = {"vanish_products": experiments.products_of, "vanish_wall": landscape.wall}
