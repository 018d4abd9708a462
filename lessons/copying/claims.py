"""The claims of the lesson on copying."""

from statistics import median

from lessons.claims import Claim, Exact, Trained, above, between, exactly, factor, near
from lessons.copying import measured, untrained
from lstm_viz.papers.copying import LONG, lstm

PAPER = "Arjovsky, Shah & Bengio 2015"


def linear(found: list[float]) -> dict[str, float]:
    """How many seeds made no mistake, and the share of wrong answers of the two worst."""
    return {"without mistakes": found.count(0.0), "next": found[-2], "worst": found[-1]}


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "copying_digits",
        "One number holds ten symbols of eight; a billionth more spoils the last; 32 bits hold eight.",
        PAPER + " for the task; this course",
        {
            "messages": exactly(1_073_741_824),
            "bits": exactly(30),
            "wrong symbols": exactly(0),
            "wrong with a billionth more, share of last symbols": exactly(1),
            "wrong of eight symbols in 32 bits": exactly(0),
            "wrong in 32 bits, share of last of ten": above(0.5),
        },
        measured.digits,
    ),
    Exact(
        "copying_baseline",
        "The error of a network without memory falls as the wait grows, counted over all steps.",
        PAPER,
        {
            "wait of 100": near(0.173, 0.0005),
            "wait of 200": near(0.0945, 0.0005),
            "wait of 500": near(0.04, 0.0005),
        },
        measured.baseline,
        paper="10 ln 8 / (T + 20)",
    ),
    Exact(
        "copying_ring",
        "A linear ring of twelve units copies after any wait, and its gradient keeps its length.",
        "this course; rotations for copying: Henaff, Szlam & LeCun 2016",
        {f"wrong after {w} steps": exactly(0) for w in ("17", "200", "1,000")}
        | {"least of the gradient": exactly(1), "most of the gradient": exactly(1)},
        measured.turning,
        seconds=0.5,
    ),
    Exact(
        "copying_orders",
        "A carousel forgets the order: who knows only the symbols says 43.75 per cent wrongly.",
        "this course",
        {"largest difference": exactly(0), "wrong at best": near(43.75, 1e-9)},
        measured.orders,
    ),
    Exact(
        "copying_untrained",
        "An untrained orthogonal network's message can be read off through noise, an LSTM's not.",
        "this course",
        {"linear, orthogonal": exactly(0), "LSTM, chrono": above(68)},
        untrained.both,
        seconds=1.0,
    ),
    Exact(
        "copying_noise",
        "A linear ring gathers noise: 13 per cent wrong with 20 steps, 53 with 200.",
        "this course",
        {"20 steps": near(12.7, 0.2), "200 steps": near(53.2, 0.3)},
        measured.noise,
        seconds=1.0,
    ),
    Exact(
        "copying_switches",
        "A ring of six switches makes no mistake in the same noise, and lets no gradient through.",
        "this course",
        {
            "units": exactly(6),
            "wrong, 200 steps": exactly(0),
            "wrong, 1,000 steps": exactly(0),
            "share of the gradient, 200 steps": factor(1e-154, 3),
        },
        measured.safe,
        seconds=0.7,
    ),
    Exact(
        "copying_ten",
        "Ten symbols of eight need a ring of 80 linear units or of 30 switches.",
        "this course",
        {"units, linear": exactly(80), "units, switches": exactly(30), "slots on at step 111": exactly(0)},
        measured.ten,
    ),
    Exact(
        "copying_slots",
        "With two slots for three symbols 25 per cent are wrong, with four none.",
        "this course",
        {"two slots": near(25, 1e-9), "four slots": exactly(0)},
        measured.slots,
    ),
    Trained(
        "copying_trained",
        "With a forget bias of 3 an LSTM copies after 20 steps and guesses after 100; chrono goes farther.",
        PAPER,
        {
            "20 steps, worst of both": exactly(0),
            "50 steps, b_f = 3, median": near(39, 0.5),
            "50 steps, chrono, median": near(8, 0.5),
            "100 steps, b_f = 3, best": near(74, 0.5),
            "100 steps, chrono, best": exactly(0),
            "100 steps, chrono, worst": near(41, 0.5),
            "200 steps, chrono, best": exactly(0),
            "200 steps, chrono, worst": near(45, 0.5),
        },
        "copying",
        lambda arms: {
            "20 steps, worst of both": max(arms[lstm("b_f = 3", 20)] + arms[lstm("chrono", 20)]),
            "50 steps, b_f = 3, median": median(arms[lstm("b_f = 3", 50)]),
            "50 steps, chrono, median": median(arms[lstm("chrono", 50)]),
            "100 steps, b_f = 3, best": min(arms[lstm("b_f = 3", 100)]),
            "100 steps, chrono, best": min(arms[lstm("chrono", 100)]),
            "100 steps, chrono, worst": max(arms[lstm("chrono", 100)]),
            "200 steps, chrono, best": min(arms[lstm("chrono", LONG)]),
            "200 steps, chrono, worst": max(arms[lstm("chrono", LONG)]),
        },
        paper="“the LSTM is able to beat the baseline only for 100 times steps”",
    ),
    Trained(
        "copying_counts",
        "After 200 steps four LSTMs of five know how often each symbol was there.",
        "this course",
        {"four best, worst of them": between(0.01, 0.015), "worst": near(0.073, 0.001)},
        "copying_order",
        lambda arms: dict(
            zip(("four best, worst of them", "worst"), sorted(arms["LSTM chrono"])[-2:], strict=True)
        ),
    ),
    Trained(
        "copying_linear",
        "A linear network from an orthogonal matrix copies after 200 steps, three of five perfectly.",
        "this course; " + PAPER + " with a unitary matrix",
        {"without mistakes": exactly(3), "next": near(1.8, 0.05), "worst": near(10.2, 0.05)},
        "copying",
        lambda arms: linear(sorted(arms["linear RNN, 200 steps"])),
    ),
)
