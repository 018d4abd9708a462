"""Long lags: the prose, its claims, its pictures and experiments."""
