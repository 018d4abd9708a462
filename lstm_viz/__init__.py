"""LSTM Explorer: recurrent cells as equations, with their numbers, gradients and pictures."""
