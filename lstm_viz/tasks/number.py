"""Numbers as people type them."""

import math


def number(text: str) -> float | None:
    """The number a text stands for, nan and the infinities included; None if it is not a number."""
    try:
        # Python reads 1_000 as 1000; on a page it is more likely a slip.
        return None if "_" in text else float(text)
    except ValueError:
        return None


def finite(text: str) -> float | None:
    """The finite number a text stands for, or None."""
    value = number(text)
    return value if value is not None and math.isfinite(value) else None
