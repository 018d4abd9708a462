"""One step in slow motion: its picture and its experiment by the names that the prose has for them."""

from lessons.one_step import experiments, pictures
from lessons.one_step.steps import SEEN

STAGE = SEEN
PICTURES = {"step_map": pictures.step_map}
CURVES = {}
EXPERIMENTS = {"step_walk": experiments.walk}
