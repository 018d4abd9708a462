"""The claims of the lesson on vanishing gradients that speak of whole networks."""

from lessons.claims import Exact, below, between, exactly, factor, near
from lessons.vanishing import networks

HERE = "this course"

SEEN = (
    Exact(
        "vanish_failed",
        "After 96,000 sequences of the adding problem a plain network of 16 units answers about 1 whatever "
        "it reads at T = 100; an LSTM trained on the same sequences, with its forget gates begun open and "
        "its input gates nearly shut, answers nearly right.",
        HERE,
        {
            "the plain network's answer": near(0.945, 0.005),
            "the LSTM's": near(0.634, 0.005),
            "what is right": near(0.615, 0.005),
            "sequences that it practised on": exactly(96_000),
            "sequences for the LSTM": exactly(96_000),
            "seed, plain network": exactly(2),
            "seed, LSTM": exactly(2),
            "biases set at the start, plain network": exactly(0),
            "biases set at the start, LSTM": exactly(2),
            "the LSTM's forget bias at the start": exactly(5),
            "the LSTM's input bias at the start": exactly(-3),
            "the plain network's least answer to 300 others": between(0.93, 0.96),
            "its largest": between(0.93, 0.96),
            "the LSTM's mean squared error there": below(1e-3),
        },
        networks.failed,
        seconds=1.0,
    ),
    Exact(
        "vanish_seen",
        "At the marked numbers the plain network feels next to nothing of the error, while on the LSTM's "
        "cell state three quarters of it are left.",
        HERE,
        {
            "left at step 60, plain": factor(1.8e-15, 2),
            "left at step 15, plain": factor(7.0e-31, 2),
            "left at step 15, LSTM": near(0.74, 0.02),
        },
        networks.seen,
        seconds=0.3,
    ),
    Exact(
        "vanish_trained",
        "The network that failed has a spectral radius well above 1, and small slopes.",
        HERE,
        {"spectral radius after training": near(1.53, 0.005), "mean slope": near(0.22, 0.005)},
        networks.pressed,
        seconds=0.3,
    ),
    Exact(
        "vanish_tripled",
        "With recurrent weights three times as large, the gradient of one untrained network explodes and "
        "that of another with a larger spectral radius vanishes.",
        HERE,
        {
            "spectral radius, seed 2": near(1.77, 0.005),
            "left after 99 steps, seed 2": factor(1.05e4),
            "spectral radius, seed 4": near(1.98, 0.005),
            "left after 99 steps, seed 4": factor(4.3e-9),
        },
        networks.tripled,
        seconds=0.3,
    ),
    Exact(
        "vanish_untrained",
        "Untrained plain networks of eight seeds have all lost 99 per cent of the gradient within 11 steps.",
        HERE,
        {
            "least spectral radius": near(0.54, 0.005),
            "largest": near(0.74, 0.005),
            "most that is left after 11 steps": below(0.01),
        },
        networks.usual,
        seconds=0.6,
    ),
    Exact(
        "vanish_share",
        "Nearly all of the gradient of the recurrent weights comes from the last ten steps.",
        HERE,
        {"from the last ten steps": near(0.9997, 0.0001), "step 15 beside the last": factor(4.4e-30, 2)},
        networks.shares,
        seconds=0.3,
    ),
)
