"""Copying and the limits of memory."""
