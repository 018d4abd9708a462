"""The claims of the lesson on both directions and stacks."""

from collections.abc import Mapping

from lessons.both_directions import by_hand
from lessons.claims import HOLDS, Claim, Exact, Trained, above, below, between, exactly, near

HERE = "this course"
GRAVES = "Graves & Schmidhuber 2005"
WORDS = "in words alone: bidirectional networks “outperform unidirectional ones”"
Arms = Mapping[str, list[float]]


def future(arms: Arms) -> dict[str, float]:
    """Right answers with one direction and with both."""
    one, both = arms["one direction"], arms["both directions"]
    return {
        "one direction, least": min(one),
        "one direction, most": max(one),
        "both directions, least": min(both),
        "both directions, most": max(both),
    }


def delay(arms: Arms) -> dict[str, float]:
    """Right answers of the reader that may answer three steps later."""
    later = arms["one, 3 steps later"]
    return {"least": min(later), "most": max(later)}


def frames(arms: Arms) -> dict[str, float]:
    """Frames of handwriting that are named wrongly."""
    ends = {"least": min, "most": max}
    return {f"{name}, {end}": pick(values) for name, values in arms.items() for end, pick in ends.items()}


READERS = (
    Exact(
        "both_reach",
        "In readers of one direction, with one to four layers, no later input changes an answer; in "
        "those of both directions every input does.",
        HERE,
        {"one direction, most by a later input": exactly(0), "both, least by any input": above(1e-12)},
        by_hand.reach,
        seconds=1.5,
    ),
    Exact(
        "both_mirror",
        "A reader from the end is an ordinary LSTM that reads the sequence turned round.",
        GRAVES,
        {"largest difference": exactly(0)},
        by_hand.mirror,
    ),
    Exact(
        "both_weights",
        "With eight inputs two readers of 12 units have 2,016 weights, and one of 18 units 1,944.",
        HERE,
        {"two of 12": exactly(2016), "one of 18": exactly(1944)},
        by_hand.weights,
    ),
    Exact(
        "both_ceiling",
        "The sign of the first of two equally distributed numbers is that of their sum in three of four "
        "cases, whatever their symmetric distribution.",
        "E13 of this course",
        {
            "normal: % right": near(75, 0.3),
            "uniform: % right": near(75, 0.3),
            "many small, few large: % right": near(75, 0.3),
            "what the theory says": near(75, 1e-6),
        },
        by_hand.ceiling,
        seconds=0.3,
    ),
    Exact(
        "both_wait",
        "With a delay of one or two steps the ceiling is three quarters, with three all is known.",
        HERE,
        {
            "% with a delay of 1": near(75, 0.5),
            "% with a delay of 2": near(75, 0.5),
            "% with a delay of 3": exactly(100),
        },
        by_hand.wait,
    ),
    Exact(
        "both_ends",
        "At the last step the reader from the end stands where one does that has read one input; so does "
        "the other at the first.",
        HERE,
        {"at the last step, difference": exactly(0), "at the first, of the other": exactly(0)},
        by_hand.ends,
    ),
    Exact(
        "both_changes",
        "Other numbers in the last third change none of the twenty answers before in one direction, and all "
        "of them in both.",
        HERE,
        {
            "one direction: answers that changed, of 20": exactly(0),
            "both: answers that changed, of 20": exactly(20),
        },
        by_hand.changes,
    ),
)

STACKS = (
    Exact(
        "both_clocks",
        "Three clocks one above the other strike every 10, 60 and 600 steps, and none counts further than "
        "ten.",
        HERE,
        {
            "lowest: every 10": HOLDS,
            "middle: every 60": HOLDS,
            "highest: every 600": HOLDS,
            "farthest tally": exactly(10),
        },
        by_hand.clocks,
        seconds=1.4,
    ),
    Exact(
        "both_hours",
        "A fourth clock that counts to 12 strikes at 7,200 and at 14,400.",
        HERE,
        {
            "first strike": exactly(7200),
            "second strike": exactly(14_400),
            "threshold of a single unit": exactly(7199.5),
        },
        by_hand.hours,
    ),
    Exact(
        "both_stack_weights",
        "A first layer of 16 units has 1,152 weights, a second 2,112 or, above two directions, 3,136; one "
        "layer of 32 units has 4,352.",
        HERE,
        {
            "first layer": exactly(1152),
            "second": exactly(2112),
            "second, above two directions": exactly(3136),
            "one of 32 units": exactly(4352),
        },
        by_hand.stack_weights,
    ),
    Exact(
        "both_depth",
        "In untrained stacks of eight units the gradient of an answer by the input of the same step is 0.007 "
        "to 0.036 with one layer and at most 0.0002 with four.",
        HERE,
        {
            "one layer, least": near(0.007, 0.0005),
            "one layer, most": near(0.036, 0.0005),
            "four layers, most": below(0.0002),
            "left by each layer more": near(0.125, 0.01),
        },
        by_hand.depth,
        seconds=1.5,
    ),
)

TRAINED = (
    Trained(
        "both_future",
        "Where a later number is needed, a reader from the start is right in 75 to 76 of 100 cases with five "
        "seeds, and one of both directions in 97.",
        GRAVES,
        {
            "one direction, least": between(74.5, 76),
            "one direction, most": between(74.5, 76),
            "both directions, least": between(96.5, 98),
            "both directions, most": between(96.5, 98),
        },
        "both_future",
        future,
        paper=WORDS,
    ),
    Trained(
        "both_delay",
        "The reader that may answer three steps later is right in 95 to 98 of 100 cases.",
        GRAVES,
        {"least": above(95), "most": below(98)},
        "both_future",
        delay,
    ),
    Trained(
        "both_frames",
        "Of the frames of noisy handwriting one reader names 17 per cent wrongly, with three frames of "
        "patience 15 to 16, and two readers 9 to 10.",
        GRAVES,
        {
            "one direction, least": between(16.5, 17.6),
            "one direction, most": between(16.5, 17.6),
            "one, 3 frames later, least": between(14.5, 16),
            "one, 3 frames later, most": between(14.5, 16),
            "both directions, least": between(8.5, 10.2),
            "both directions, most": between(8.5, 10.2),
        },
        "bidirectional_2005",
        frames,
        paper=WORDS,
    ),
)

CLAIMS: tuple[Claim, ...] = (*READERS, *STACKS, *TRAINED)
