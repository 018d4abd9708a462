"""The lesson on labels without an alignment."""
