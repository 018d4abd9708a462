"""What a chunk of training gives back: its last state, what was measured on the way, why it broke."""

from typing import NamedTuple


class Chunk(NamedTuple):
    """`metrics` has one array a field, one number a step of training.

    `broke` is empty, or the sentence on the step that could not be made: the state is then the one before it,
    and the metrics end there.
    """

    state: NamedTuple
    metrics: NamedTuple
    broke: str = ""
