"""The lesson on one step of an LSTM, in slow motion."""
