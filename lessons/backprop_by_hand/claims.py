"""The claims of the lesson on backpropagation by hand."""

from lessons.backprop_by_hand import measured
from lessons.backprop_by_hand.every_cell import LAGS
from lessons.claims import Claim, Exact, about, above, below, between, exactly, factor, near

HERE = "this course"
LSTM1997 = "Hochreiter & Schmidhuber 1997, appendix A.1"

# By net what is left after 10, 50, 100 and 199 steps, told by its size.
PROFILES = {
    f"{name}, {lag} steps": factor(value, 1.3)
    for name, values in {
        "tanh network": (0.0038, 4.4e-12, 1.4e-23, 1.9e-44),
        "tanh network, recurrent weights × 3": (2.5, 5.5, 60, 1.3e4),
        "LSTM, forget bias 0": (0.0051, 2.0e-10, 1.2e-19, 1.4e-37),
        "LSTM, forget bias 1": (0.12, 3.1e-4, 6.8e-7, 2.0e-12),
        "LSTM, forget bias 3": (0.65, 0.30, 0.28, 2.9),
        "LSTM, forget bias 5": (0.64, 0.53, 0.71, 16),
        "LSTM of 1997": (1.1, 1.1, 1.1, 16),
    }.items()
    for lag, value in zip(LAGS, values, strict=True)
}

CLAIMS: tuple[Claim, ...] = (
    Exact(
        "backprop_by_hand",
        "The gradients that are derived from a cell's text equal those of a pass written by hand.",
        HERE,
        {"largest difference": below(1e-13)},
        measured.both,
    ),
    Exact(
        "backprop_one_step",
        "One step of one unit, forward and back, number by number.",
        HERE,
        {
            "c": near(2.1, 1e-9),
            "h": near(0.776, 0.0005),
            "do": near(0.970, 0.0006),
            "slope of the tanh at c": near(0.058, 0.0005),
            "dc": near(0.047, 0.0005),
            "df": near(0.093, 0.0005),
            "di": near(0.028, 0.0005),
            "dg": near(0.023, 0.0005),
            "dc_prev": near(0.042, 0.0005),
            "d of the sum of o": near(0.155, 0.0005),
            "d of the sum of f": near(0.008, 0.0005),
            "d of the sum of i": near(0.007, 0.0005),
            "d of the sum of g": near(0.015, 0.0005),
        },
        measured.one_step,
    ),
    Exact(
        "backprop_toll",
        "More than 95 per cent of the error is lost between h and c, and a road of ten forget gates of 0.9 "
        "leaves a third of what came in.",
        HERE,
        {"lost between h and c": above(0.95), "left after ten steps of 0.9": near(0.349, 0.001)},
        measured.toll,
    ),
    Exact(
        "backprop_product",
        "The truncated gradient on the cell state is what set out, times the forget gates it has passed.",
        LSTM1997,
        {"largest relative difference": below(1e-12)},
        measured.product,
        seconds=0.5,
    ),
    Exact(
        "backprop_reading",
        "Nine tenths of a derivative reads 0.1/1.9.",
        HERE,
        {"reading": near(0.1 / 1.9, 1e-6)},
        measured.reading,
    ),
    Exact(
        "backprop_epsilon",
        "The reading falls a hundredfold for each tenth of ε down to 0.00001, and then rises.",
        HERE,
        {
            "fall from 0.01 to 0.001": between(90, 110),
            "fall from 0.001 to 0.0001": between(90, 110),
            "reading at 0.00001": factor(2e-10, 3),
            "best ε, as a power of ten": exactly(-5),
            "reading at 10⁻¹²": factor(2e-3, 5),
        },
        measured.epsilons,
        seconds=1.0,
    ),
    Exact(
        "backprop_blind",
        "With one step the check doesn't see that the road from cell state to cell state is missing.",
        HERE,
        {
            "reading, T = 1": below(1e-9),
            "reading, T = 2": near(0.25, 0.005),
            "reading, T = 6": near(0.54, 0.005),
        },
        measured.blind,
        seconds=0.2,
    ),
    Exact(
        "backprop_fingerprint",
        "With one step a wrong line accuses its own three arrays and no others.",
        HERE,
        {
            "least of its own": near(0.053, 0.0005),
            "largest of its own": near(0.053, 0.0005),
            "largest of others": below(1e-10),
        },
        measured.fingerprint,
    ),
    Exact(
        "backprop_spreads",
        "A wrong slope between c and h accuses all but the output gate; from two steps on all is accused.",
        HERE,
        {
            "one step: least of the other gates": above(0.1),
            "one step: largest of the output gate": below(1e-10),
            "six steps: least of all arrays": above(1e-4),
        },
        measured.spreads,
    ),
    Exact(
        "backprop_sensitive",
        "A factor of 1.000001 in one line reads 5·10⁻⁷, one of 1.00000001 reads 5·10⁻⁹.",
        HERE,
        {
            "reading, df times 1.000001": about(4.7e-7, 0.1),
            "reading, df times 1.00000001": about(4.7e-9, 0.2),
            "reading, df times 1": factor(2e-10, 3),
        },
        measured.sensitive,
    ),
    Exact(
        "backprop_downhill",
        "In none of eighty cases a spoilt gradient pointed uphill.",
        HERE,
        {
            "least, no gradient for the output gate": near(0.53, 0.005),
            "median, no gradient for the output gate": near(0.86, 0.005),
            "least, without the short road": near(0.61, 0.005),
            "median, without the short road": near(0.94, 0.005),
            "least, without the long road": near(0.685, 0.005),
            "median, without the long road": near(0.96, 0.005),
            "least, without the candidate's slope": near(0.49, 0.005),
            "median, without the candidate's slope": near(0.75, 0.005),
        },
        measured.downhill,
        seconds=0.2,
    ),
    Exact(
        "backprop_truncated_fails",
        "The truncated gradient of 1997 isn't the slope of the loss.",
        LSTM1997,
        {"reading": near(0.75, 0.005), "difference from the engine's": below(1e-12)},
        measured.truncated,
    ),
    Exact(
        "backprop_two_roads",
        "Most of the gradient that comes far back in an untrained LSTM has travelled through the gates.",
        HERE,
        {
            "forget bias 1, both roads": about(7.3e-10, 0.05),
            "forget bias 1, the short one": about(1.5e-24, 0.05),
            "forget bias 3, both roads": about(3.7, 0.05),
            "forget bias 3, the short one": about(3e-4, 0.05),
        },
        measured.two_roads,
        seconds=1.0,
    ),
    Exact(
        "backprop_explodes",
        "With open gates a gradient grows at each step by nearly one plus the recurrent weight.",
        HERE,
        {
            "the short road": near(0.668, 0.001),
            "both, weight 1": about(6.3e17),
            "both, weight 8": about(1.07e57),
            "least part of (1 + weight)^60": above(0.5),
            "largest part of it": below(1),
        },
        measured.explodes,
        seconds=0.2,
    ),
    Exact(
        "backprop_every_cell",
        "The derived gradients of every cell of the family that reads vectors are their slopes.",
        HERE,
        {"cells": exactly(28), "largest reading": below(1e-8)},
        measured.every_cell,
        seconds=1.5,
    ),
    Exact(
        "backprop_profiles",
        "What is left of a gradient in an untrained net depends on how it begins: medians of five seeds.",
        HERE,
        PROFILES,
        measured.arriving,
        seconds=0.8,
    ),
    Exact(
        "backprop_kept",
        "The way back through 100 steps of 16 units needs 11,400 numbers of the way forward.",
        HERE,
        {"a step": exactly(114), "in all": exactly(11_400)},
        measured.kept,
    ),
    Exact(
        "backprop_find",
        "A forgotten slope of the candidate accuses its arrays alone, with a different ratio for every unit.",
        HERE,
        {
            "least of the candidate's arrays": near(0.28, 0.005),
            "largest of them": near(0.28, 0.005),
            "largest of others": below(1e-10),
            "largest ratio to the smallest": above(1.1),
        },
        measured.find,
    ),
)
