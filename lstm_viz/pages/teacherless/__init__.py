"""Without a teacher: evolution, Evolino and rewards, each live beside the gradient."""
