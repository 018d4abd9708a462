"""Numbers in words, as a lesson writes them."""

import math


def tens(value: float) -> str:
    """A positive number with one digit and its power of ten, from a hundredth to a hundred as it is."""
    if 0.01 <= value < 100:
        return f"{value:.2g}"
    power = math.floor(math.log10(value))
    digit = round(value / 10**power)
    digit, power = (1, power + 1) if digit == 10 else (digit, power)
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digit}·10{raised}" if digit != 1 else f"10{raised}"
