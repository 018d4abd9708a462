"""The lesson on policy gradients: the T-maze."""
