"""The one kind of error that a learner can cause."""


class LearnerError(ValueError):
    """What a learner can cause: says what is wrong, where, and what is allowed."""
