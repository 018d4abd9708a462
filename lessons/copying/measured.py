"""What comes out of the claims on copying, computed by the engine."""

import math
from collections import Counter
from itertools import permutations, product

import numpy as np

from lessons.copying import rings
from lessons.copying.rings import LENGTH, K, carousel, ring, sequences, switches, wrong
from lstm_viz.network import forward
from lstm_viz.tasks import Batch

ALPHABET, MESSAGE = 8, 10  # the paper's symbols, and how many of them are to be copied


def digits():
    """Ten symbols as the digits of one number: what is read off it again, from the first to the last."""
    rng = np.random.default_rng(1)
    symbols = rng.integers(0, ALPHABET, (MESSAGE, 2000))
    places = float(ALPHABET) ** -np.arange(1, MESSAGE + 1)
    whole = (symbols * places[:, None]).sum(axis=0)
    eight = (symbols[:8] * places[:8, None]).sum(axis=0).astype(np.float32).astype(float)
    return {
        "messages": ALPHABET**MESSAGE,
        "bits": math.log2(ALPHABET**MESSAGE),
        "wrong symbols": (read_off(whole) != symbols).sum(),
        "wrong with a billionth more, share of last symbols": (
            read_off(whole + 1e-9)[-1] != symbols[-1]
        ).mean(),
        "wrong of eight symbols in 32 bits": (read_off(eight)[:8] != symbols[:8]).sum(),
        "wrong in 32 bits, share of last of ten": (
            read_off(whole.astype(np.float32).astype(float))[-1] != symbols[-1]
        ).mean(),
    }


def read_off(number: np.ndarray) -> np.ndarray:
    """The ten digits of numbers below 1 to the base of eight: (10, numbers)."""
    found = []
    for _ in range(MESSAGE):
        number = number * ALPHABET
        found.append(np.floor(number))
        number = number - found[-1]
    return np.array(found)


def baseline():
    """The mean error of a network without memory, by the paper's count over all steps."""
    return {f"wait of {T}": MESSAGE * math.log(ALPHABET) / (T + 2 * MESSAGE) for T in (100, 200, 500)}


def turning():
    """The ring's mistakes after three waits, and how much its gradient changes on its way."""
    waits = (17, 200, 1000)
    found = {f"wrong after {w:,} steps": wrong(ring(w + LENGTH), sequences(w + LENGTH, 200)) for w in waits}
    norms = rings.arrived(ring(203), sequences(203, 1))
    return found | {"least of the gradient": norms.min(), "most of the gradient": norms.max()}


def orders():
    """How far apart a carousel's states are after the same symbols in any order, and what it can say."""
    states = [ends(message) for message in permutations((0, 1, 2))] + [ends((3, 3, 1)), ends((1, 3, 3))]
    apart = max(np.ptp(states[:6], axis=0).max(), np.ptp(states[6:], axis=0).max())
    right = [max(Counter(message).values()) / LENGTH for message in product(range(K), repeat=LENGTH)]
    return {"largest difference": apart, "wrong at best": 100 * (1 - np.mean(right))}


def ends(message: tuple[int, ...]) -> np.ndarray:
    """The carousel's last state after a message and a wait."""
    batch = sequences(20, 1)
    batch.x[:LENGTH] = np.eye(batch.x.shape[1])[list(message)][:, :, None]
    net = carousel(20)
    return forward(net.cell, net.params, batch.x)[0].values["h"][-1, :, 0]


def noise():
    """The share of wrong answers of the linear ring, with a noise of 0.1."""
    return {f"{T} steps": wrong(ring(T), sequences(T, 1000), 0.1) for T in (20, 200)}


def safe():
    """The ring of switches with the same noise, and how much of its gradient arrives."""
    return {
        "units": len(switches(200).params["U_h"]),
        "wrong, 200 steps": wrong(switches(200), sequences(200, 500), 0.1),
        "wrong, 1,000 steps": wrong(switches(1000), sequences(1000, 200), 0.1),
        "share of the gradient, 200 steps": rings.arrived(switches(200), sequences(200, 1))[0],
    }


def ten():
    """The sizes of rings for the paper's task, and how far its first symbol has gone round."""
    bits = math.log2(ALPHABET)
    return {
        "units, linear": MESSAGE * ALPHABET,
        "units, switches": MESSAGE * bits,
        "slots on at step 111": (111 - 1) % MESSAGE,
    }


def slots():
    """What rings of two and of four slots say wrongly."""
    batch = all_messages(20)
    two = ring(20, 2)
    # The first and the third symbol share a slot: the readout can only guess which came first.
    _, y = rings.heard(two, batch)
    likely = y[-LENGTH:, :K] >= y[-LENGTH:, :K].max(axis=1, keepdims=True)
    right = (likely * batch.target[-LENGTH:, :K]).sum(axis=1) / likely.sum(axis=1)
    return {"two slots": 100 * (1 - right.mean()), "four slots": wrong(ring(20, 4), batch)}


def all_messages(T: int) -> Batch:
    """Each of the 64 messages once."""
    codes = np.array(list(product(range(K), repeat=LENGTH))).T
    batch = sequences(T, codes.shape[1])
    batch.x[:LENGTH] = np.moveaxis(np.eye(batch.x.shape[1])[codes], 2, 1)
    batch.target[-LENGTH:] = np.moveaxis(np.eye(batch.target.shape[1])[codes], 2, 1)
    return batch
