"""The browser's own way back and forth, for a page without a stage that listens for it."""

from lstm_viz.stage.back.mount import back

__all__ = ["back"]
