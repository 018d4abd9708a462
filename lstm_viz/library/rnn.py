"""The vanilla RNN: one tanh layer that reads its own last output."""

from lstm_viz.library.variant import Signal, Variant

RNN_TANH = Variant(
    name="rnn_tanh",
    title="Vanilla RNN",
    year=1990,
    source="Elman 1990, “Finding structure in time”",
    sentence="Everything it knows is rewritten at every step.",
    equations="h = tanh(W_h @ x + U_h @ h_prev + b_h)",
    signals={
        "h": Signal("hidden", "hidden state", "all that the cell knows, made anew at every step", "h"),
    },
    places={
        "h_prev": (45, 110),
        "x": (45, 262),
        "U_h @ h_prev": (140, 110),
        "W_h @ x": (225, 190),
        "W_h @ x + U_h @ h_prev + b_h": (225, 110, 0, -36),
        "h": (315, 110),
        "h_next": (405, 110),
        "y": (405, 190),
    },
)
