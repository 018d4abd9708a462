"""The GRU in its two forms: the reset gate after the recurrent product, or before it."""

from lstm_viz.library.variant import Signal, Variant

_SIGNALS = {
    "r": Signal("reset", "reset gate", "how much of the past the candidate may see", "r"),
    "z": Signal("forget", "update gate", "how much of the old hidden state is kept", "z"),
    "n": Signal("candidate", "candidate", "what could replace the hidden state", "h̃"),
    "h": Signal("hidden", "hidden state", "memory and output in one", "h"),
}

_PLACES = {
    "h_prev": (40, 62),
    "x": (40, 275),
    "r": (140, 190),
    "z": (420, 190),
    "n": (320, 190),
    "z * h_prev": (420, 62),
    "1 - z": (480, 130),
    "(1 - z) * n": (520, 130),
    "h": (540, 62),
    "h_next": (610, 62),
}

GRU_RESET_AFTER = Variant(
    name="gru_reset_after",
    title="GRU",
    year=2014,
    source="Cho et al. 2014, with the reset gate after the product as in cuDNN",
    sentence="One state, two gates: it keeps a share z of the old and takes the rest from the new.",
    equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_h @ x + b_h + r * (U_h @ h_prev + bU_h))
h = (1 - z) * n + z * h_prev""",
    signals=_SIGNALS,
    places=_PLACES | {"U_h @ h_prev + bU_h": (230, 190), "r * (U_h @ h_prev + bU_h)": (230, 130)},
    via={"h_prev": ((85, 62), (85, 240))},
    forget="b_z",
)

GRU_RESET_BEFORE = Variant(
    name="gru_reset_before",
    title="GRU, reset before the product",
    year=2014,
    source="Cho et al. 2014, “Learning phrase representations”",
    sentence="The reset gate closes before the candidate multiplies the old state.",
    equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_h @ x + U_h @ (r * h_prev) + b_h)
h = (1 - z) * n + z * h_prev""",
    signals=_SIGNALS,
    places=_PLACES | {"r * h_prev": (230, 130)},
    via={"h_prev": ((85, 62), (85, 240))},
    forget="b_z",
)
