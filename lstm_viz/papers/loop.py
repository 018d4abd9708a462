"""Training for what is no task of the app: any gradients of any parameters, each step on data of its own."""

import math
from collections.abc import Callable

import numpy as np

from lstm_viz.training.optimisers import begin, clip_by_norm, descend
from lstm_viz.training.schedules import cosine
from lstm_viz.training.spec import SEQUENCES

Params = dict[str, np.ndarray]
CLIP = 1.0


def descended(
    params: Params,
    gradients: Callable[[Params, np.random.Generator], Params],
    steps: int,
    rate: float,
    seed: int,
    fixed: tuple[str, ...] = (),
) -> Params:
    """The parameters after steps of Adam in float32, the norm clipped at 1, the rate falling as a cosine.

    `gradients` of the parameters are those of data drawn from the generator, which is the seed's and the
    step's. `fixed` ones stay. Where a gradient is not finite it ends there.
    """
    state = begin({name: p.astype(np.float32) for name, p in params.items()})
    for step in range(steps):
        with np.errstate(all="ignore"):
            found = gradients(state.params, np.random.default_rng([seed, SEQUENCES, step]))
            free, norm = clip_by_norm({n: d for n, d in found.items() if n not in fixed}, CLIP)
        if not math.isfinite(norm):
            break
        state = descend(state, free, "adam", rate * cosine(step / steps))
    return state.params
