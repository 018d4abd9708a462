"""The lesson on backpropagation through time, and an LSTM with its backward pass written by hand."""
