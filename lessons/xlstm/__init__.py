"""The lesson on the xLSTM."""
