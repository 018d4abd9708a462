"""A class at work, in a process of its own: `python -m benchmarks.load URL SESSIONS SECONDS`.

Every session changes the seed every two seconds, or as soon as the last answer is there if that takes longer.
Prints "joined" when all have their first page, then one line of JSON: the ms and kB of every answer.
"""

import asyncio
import json
import sys
import time

import numpy as np
from streamlit.proto.ClientState_pb2 import ClientState

from benchmarks.session import Answer, join, rerun, turn

EVERY, PATIENCE = 2.0, 60


async def load(url: str, sessions: int, seconds: float) -> tuple[list[Answer], list[Answer]]:
    """The first answer of every session, and all later ones."""
    everyone, later = asyncio.Barrier(sessions), []
    readers = [reader(url, k / sessions, seconds, everyone, later) for k in range(sessions)]
    return await asyncio.gather(*readers), later


async def reader(url: str, part: float, seconds: float, everyone: asyncio.Barrier, later: list) -> Answer:
    """One session; `part` of the two seconds passes before it joins and before its first change."""
    state = ClientState()
    seeds = iter(np.random.default_rng(int(1e6 * part)).permutation(9999).tolist())
    await asyncio.sleep(part * EVERY)
    async with join(url) as socket:
        first = await asyncio.wait_for(rerun(socket, state), PATIENCE)
        if await everyone.wait() == 0:
            print("joined", flush=True)
        await asyncio.sleep(part * EVERY)
        end = time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            turn(state, next(seeds))
            later.append(await asyncio.wait_for(rerun(socket, state), PATIENCE))
            await asyncio.sleep(max(0, began + EVERY - time.perf_counter()))
    return first


if __name__ == "__main__":
    first, later = asyncio.run(load(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
    if blank := sum(not answer.stage for answer in later):
        raise SystemExit(f"{blank} of {len(later)} answers came without a stage.")
    print(json.dumps({"first": first, "later": later}))
