"""History and myths: pictures and experiments by the names that the prose has for them."""

from lessons.exam import exam
from lessons.history import experiments, pictures

STAGE = "/?task=adding&left=peephole_wiki&right=peephole_gers&weights=untrained&T=30&hidden=8"
PICTURES = {"history_sure": pictures.sure, "history_latch": pictures.latch}
CURVES = {}
EXPERIMENTS = {
    "history_timeline": experiments.timeline,
    "history_myths": experiments.myths,
    "history_wer": experiments.errors,
    "history_guess": experiments.guessing,
    "final_exam": exam,
}
