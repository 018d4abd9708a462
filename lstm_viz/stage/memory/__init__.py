"""What this browser keeps from visit to visit."""

from lstm_viz.stage.memory.mount import memory

__all__ = ["memory"]
