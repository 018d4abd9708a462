"""The 32 symbols of the text task, and how any text becomes a row of them.

Letters become small, all quotation marks ' and all dashes -, a run of blanks and line ends one blank;
any other character becomes the symbol #.
"""

import numpy as np

OTHER = "#"
SYMBOLS = "abcdefghijklmnopqrstuvwxyz .,'-" + OTHER  # the four marks that Alice uses most
NAMES = tuple("␣" if symbol == " " else symbol for symbol in SYMBOLS)
FOLD = str.maketrans(dict.fromkeys('`"‘’“”', "'") | dict.fromkeys("‐‑–—", "-"))


def normalise(text: str) -> str:
    """A text in the 32 symbols, without blanks at its ends."""
    plain = " ".join(text.lower().translate(FOLD).split())
    return "".join(symbol if symbol in SYMBOLS else OTHER for symbol in plain)


def outside(text: str) -> int:
    """How many characters of a text have no symbol of their own and become #."""
    return normalise(text).count(OTHER)


def encode(text: str) -> np.ndarray:
    """A text as codes 0..31 of its normalised symbols."""
    return np.array([SYMBOLS.index(symbol) for symbol in normalise(text)], dtype=int)
