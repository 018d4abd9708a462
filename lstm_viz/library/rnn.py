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
        "h_prev": (40, 120),
        "x": (40, 240),
        "U_h @ h_prev": (120, 120),
        "W_h @ x": (120, 240),
        "W_h @ x + U_h @ h_prev + b_h": (190, 120),
        "h": (250, 120),
        "h_next": (320, 120),
    },
)
