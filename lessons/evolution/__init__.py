"""The lesson on evolution."""
