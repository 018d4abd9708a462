"""A learner's own text: as a sequence of the text task, and as a task of its own."""

import numpy as np

from lstm_viz.tasks import text as book
from lstm_viz.tasks.alphabet import encode
from lstm_viz.tasks.task import MAX_OWN, MAX_TYPED, MIN_OWN, Batch, InputError, Task, count
from lstm_viz.tasks.window import MIN_DATA, parts, windows


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
    return book.next_symbols(codes[:, None])


def text_task(text: str) -> Task:
    """Predict the next character of this text: its first four fifths train, the last fifth tests.

    InputError unless 60 to 4,000 symbols are left after normalisation.
    """
    codes = encode(text) if len(text) <= MAX_TYPED else np.zeros(0)
    if not len(codes) >= MIN_DATA:
        raise InputError(
            f"The text to learn has {count(len(codes) or len(text), 'character')}; "
            f"{MIN_DATA} to {MAX_TYPED:,} are allowed."
        )
    train, test = parts(len(codes))
    bits = book.pair_bits(codes[test], book.chances(codes[train]))

    def drawer(part: slice):
        return lambda rng, T, B, marks=None: book.next_symbols(
            codes[windows(rng, T, B, part.start, part.stop)]
        )

    return book.TASK._replace(
        name="own_text",
        title="Your own text",
        sentence="Predict the next character of your text: watch which states change at a blank.",
        draw=drawer(train),
        draw_test=drawer(test),
        baseline=lambda T: (bits, "knows only the current character"),
        source="a text of the learner's own",
    )
