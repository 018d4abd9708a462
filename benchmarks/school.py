"""A school at work, in a process of its own: `python -m benchmarks.school URL SAME OWN READERS SECONDS`.

SAME sessions train one setting, OWN sessions a setting each, cheap and dear ones by turns, READERS change the
seed on the Explorer every two seconds. Prints "joined" when all have their first page, then one line of
JSON: what each of them saw.
"""

import asyncio
import json
import sys

from benchmarks.load import reader
from benchmarks.pupil import pupil

# Long enough that nobody is done before the bell.
KINDS = ("cells=lstm&T=60&hidden=16&steps=5000", "cells=lstm&T=200&hidden=32&steps=5000")
SETTING = "cells=rnn_tanh,lstm&T=60&hidden=16&steps=5000"


def own_query(k: int) -> str:
    """The address of the k-th session that trains a setting of its own."""
    return f"{KINDS[k % len(KINDS)]}&seed={k + 1}"


async def school(url: str, same: int, own: int, readers: int, seconds: float) -> dict:
    """What the pupils and the readers saw: see pupil.Seen; of the readers the ms of every change."""
    everyone, later = asyncio.Barrier(same + own + readers), []
    queries = [f"{SETTING}&seed=100"] * same + [own_query(k) for k in range(own)]
    pupils = [
        pupil(url, query, k / max(1, len(queries)), seconds, everyone) for k, query in enumerate(queries)
    ]
    others = [reader(url, k / readers, seconds, everyone, later) for k in range(readers)]
    found = await asyncio.gather(*pupils, *others)
    seen = [one._asdict() for one in found[: len(pupils)]]
    return {"same": seen[:same], "own": seen[same:], "readers": [answer.ms for answer in later]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(school(sys.argv[1], *map(int, sys.argv[2:5]), float(sys.argv[5])))))
