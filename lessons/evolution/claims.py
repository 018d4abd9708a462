"""The claims of the lesson on evolution."""

from lessons.claims import HOLDS, Claim, Exact, Trained, above, below, between, exactly, factor, near
from lessons.evolution import nets, swarm
from lstm_viz.papers.evolution_sines import BRED, FRESH
from lstm_viz.papers.evolution_spikes import GOAL

HERE = "this course"
STRATEGY = "Rechenberg 1973; Ros & Hansen 2008"
EVOLINO = "Schmidhuber, Wierstra & Gomez 2005"

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "evolution_thrown",
        "From the plain to which the ball was thrown, where there is hardly a gradient, a swarm of ten finds "
        "the valley in thirty generations with ten seeds of ten.",
        STRATEGY,
        {
            "error there": near(0.159, 0.001),
            "length of the gradient there": near(0.0018, 0.0001),
            "scatterings of 10 that arrive": exactly(10),
        },
        swarm.thrown,
        seconds=0.2,
    ),
    Exact(
        "evolution_ranks",
        "Judged by logarithms or by ranks the strategy takes the same steps, bit for bit.",
        STRATEGY,
        {"by the logarithm": HOLDS, "by the rank": HOLDS},
        swarm.ranks,
        seconds=0.1,
    ),
    Exact(
        "evolution_cost",
        "An LSTM of four units with its readout has 101 weights for spikes.",
        HERE,
        {"weights of an LSTM of 4 units": exactly(101)},
        nets.cost,
    ),
    Exact(
        "evolution_estimate",
        "The sum of weighted random nudges turns towards the gradient, slowly.",
        HERE,
        {
            "cosine, pairs of nudges: 1": near(0.07, 0.01),
            "cosine, pairs of nudges: 40": near(0.616, 0.01),
            "cosine, pairs of nudges: 400": near(0.914, 0.01),
        },
        nets.estimate,
        seconds=0.6,
    ),
    Exact(
        "evolution_genes",
        "A unit with one input and ten units to hear owns 48 numbers.",
        EVOLINO,
        {"genes of a unit": exactly(48), "of all ten": exactly(480)},
        nets.genes,
    ),
    Exact(
        "evolution_cauchy",
        "Of Cauchy's distribution 6.3 per cent lie beyond ten widths, of the normal one a 10²³th.",
        EVOLINO,
        {"Cauchy": near(0.0635, 0.0001), "normal": factor(1.5e-23, 1.1)},
        swarm.cauchy,
    ),
    Exact(
        "evolution_recurrence",
        "Each value of a sum of two sines is a fixed combination of the four before it.",
        HERE,
        {"largest error in 1,000 steps": below(1e-6)},
        nets.recurrence,
    ),
    Exact(
        "evolution_alone",
        "Of 300 random networks that follow two sines well, none goes on alone.",
        HERE,
        {
            "median error while led": below(1e-3),
            "least median error alone": above(1.0),
            "of 300 networks below 0.02 alone": exactly(0),
        },
        nets.followers,
        seconds=0.6,
    ),
    Trained(
        "evolution_bred",
        "With each of five seeds the bred network is better than the best of as many drawn ones, of which "
        "four are good enough.",
        EVOLINO,
        {
            "bred, best": factor(0.0005, 1.3),
            "bred, worst": factor(0.002, 1.3),
            "drawn, best": factor(0.0043, 1.3),
            "drawn, worst": factor(0.044, 1.3),
            "seeds with which bred is better": exactly(5),
            "drawn ones below 0.02": exactly(4),
        },
        "evolution_sines",
        lambda arms: {
            "bred, best": min(arms[BRED]),
            "bred, worst": max(arms[BRED]),
            "drawn, best": min(arms[FRESH]),
            "drawn, worst": max(arms[FRESH]),
            "seeds with which bred is better": sum(
                a < b for a, b in zip(arms[BRED], arms[FRESH], strict=True)
            ),
            "drawn ones below 0.02": sum(v < 0.02 for v in arms[FRESH]),
        },
    ),
    Trained(
        "evolution_spikes",
        "From the same starts evolution solves the delays of spikes with five seeds of five, the gradient at "
        "one rate with two.",
        STRATEGY,
        {"evolution": exactly(5), "gradient": exactly(2)},
        "evolution_spikes",
        lambda arms: {arm: sum(v < GOAL for v in values) for arm, values in arms.items()},
    ),
    Exact(
        "evolution_readings",
        "A generation of 40 children reads 320 sequences, an update 8.",
        HERE,
        {"a generation": exactly(320), "an update": exactly(8)},
        nets.readings,
    ),
    Exact(
        "evolution_stairs",
        "Where errors come in stairs and nothing has a slope, a swarm still goes down, unless all its "
        "children stand on one stair.",
        HERE,
        {"from the ball's first place": exactly(10), "from where it was thrown": between(3, 5)},
        swarm.stairs,
        seconds=0.5,
    ),
    Exact(
        "evolution_one_sine",
        "A single sine goes on by two of its values.",
        HERE,
        {
            "of the last value": near(1.960, 0.0005),
            "of the one before": near(-1, 1e-6),
            "2 cos 0.2": near(1.960, 0.0005),
        },
        nets.one_sine,
    ),
    Exact(
        "evolution_children",
        "In thirty generations ten children are below a thousandth with ten seeds of ten, four with nine.",
        HERE,
        {"10 children": exactly(10), "4 children": exactly(9)},
        swarm.fewer,
        seconds=0.5,
    ),
)
