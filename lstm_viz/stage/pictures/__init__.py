"""What networks do that nobody teaches: a free run beside its target, walks through mazes."""

from lstm_viz.stage.pictures.mount import pictures
from lstm_viz.stage.pictures.pack import Walker, pack_playback, pack_walks

__all__ = ["Walker", "pack_playback", "pack_walks", "pictures"]
