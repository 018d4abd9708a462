"""The Gradient lab: why gradients vanish and explode, in six views."""
