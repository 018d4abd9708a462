"""Space: the ConvLSTM, its picture and experiments by the names that the prose has for them."""

from lessons.convlstm import experiments, pictures

STAGE = pictures.SEEN
PICTURES = {"convlstm_seen": pictures.seen}
CURVES = {}
EXPERIMENTS = {"convlstm_cone": experiments.cone, "convlstm_rerun": experiments.rerun}
