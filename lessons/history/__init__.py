"""The lesson on history and myths."""
