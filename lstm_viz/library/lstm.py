"""The LSTM with a forget gate."""

from lstm_viz.library.variant import Signal, Variant

LSTM = Variant(
    name="lstm",
    title="LSTM",
    year=2000,
    source="Hochreiter & Schmidhuber 1997; forget gate: Gers, Schmidhuber & Cummins 2000",
    sentence="Its cell state is only scaled and added to, so what it holds can last.",
    equations="""\
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
i = sigmoid(W_i @ x + U_i @ h_prev + b_i)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
g = tanh(W_c @ x + U_c @ h_prev + b_c)
c = f * c_prev + i * g
h = o * tanh(c)""",
    signals={
        "f": Signal("forget", "forget gate", "how much of the old cell state is kept", "f"),
        "i": Signal("input", "input gate", "how much of the candidate is let in", "i"),
        "o": Signal("output", "output gate", "how much of the cell state is shown", "o"),
        "g": Signal("candidate", "candidate", "what could be added to the cell state", "c̃"),
        "c": Signal("cell", "cell state", "the memory: scaled by f, added to by i", "c"),
        "h": Signal("hidden", "hidden state", "what the rest of the network sees", "h"),
    },
    places={
        "c_prev": (45, 62),
        "h_prev": (45, 240),
        "x": (45, 285),
        "f": (150, 190),
        "i": (260, 190),
        "g": (370, 190),
        "o": (480, 190),
        "f * c_prev": (150, 62, 50, -16),
        "i * g": (315, 118, 46, -24),
        "c": (315, 62, 130, -16),
        "tanh(c)": (570, 102, -46, 26),
        "h": (570, 150, 0, 46),
        "c_next": (655, 62),
        "h_next": (655, 240),
        "y": (655, 150),
    },
    start={"b_f": 1.0},
    forget="b_f",
)
