"""Timing and peepholes: pictures and experiments by the names that the prose has for them."""

from lessons.timing import experiments, pictures

STAGE = "/?task=periodic&left=peephole_wiki&right=peephole_gers&weights=untrained&T=40&hidden=4&t=13&open=o"
PICTURES = {"timing_blind": pictures.blind, "timing_clock": pictures.the_clock}
CURVES = {}
EXPERIMENTS = {"timing_dial": experiments.dial, "timing_race": experiments.race}
