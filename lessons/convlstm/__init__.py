"""The lesson on the ConvLSTM."""
