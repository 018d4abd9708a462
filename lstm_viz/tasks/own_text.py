"""A learner's own text as a sequence of the text task."""

from lstm_viz.tasks.alphabet import encode
from lstm_viz.tasks.task import MAX_OWN, MAX_TYPED, MIN_OWN, Batch, InputError, count
from lstm_viz.tasks.text import next_symbols


def own_text(text: str) -> Batch:
    """One sequence: each symbol of the normalised text, with the next one as its target (B = 1).

    `alphabet.outside(text)` says how many characters became #. InputError unless 6 to 201 symbols
    are left after normalisation.
    """
    if len(text) > MAX_TYPED:
        raise InputError(f"The text has {count(len(text), 'character')}; at most {MAX_OWN} are allowed.")
    codes = encode(text)
    if not MIN_OWN <= len(codes) <= MAX_OWN:
        raise InputError(
            f"The text has {count(len(codes), 'character')} (a run of blanks counts as one); "
            f"{MIN_OWN} to {MAX_OWN} are allowed."
        )
    return next_symbols(codes[:, None])
