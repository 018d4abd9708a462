"""Labels without an alignment: its pictures and experiments by the names that the prose has for them."""

from lessons.ctc import experiments, pictures

STAGE = ""
PICTURES = {"ctc_seen": pictures.seen, "ctc_lattice": pictures.through}
CURVES = {}
EXPERIMENTS = {"ctc_frames": experiments.frames, "ctc_rerun": experiments.rerun}
