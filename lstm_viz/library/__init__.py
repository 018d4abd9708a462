"""The variants as data, by name and in the order of the course."""

from lstm_viz.library.gru import GRU_RESET_AFTER, GRU_RESET_BEFORE
from lstm_viz.library.lstm import LSTM
from lstm_viz.library.rnn import RNN_TANH
from lstm_viz.library.variant import Signal, Variant

LIBRARY = {v.name: v for v in (RNN_TANH, LSTM, GRU_RESET_AFTER, GRU_RESET_BEFORE)}

__all__ = ["LIBRARY", "Signal", "Variant"]
