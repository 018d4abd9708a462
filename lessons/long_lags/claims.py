"""The claims of the lesson on long lags."""

from lessons.claims import Claim, Exact, Trained, about, below, between, exactly, factor, near
from lessons.long_lags import by_hand

HERE = "this course"
PAPER = "Hochreiter & Schmidhuber 1997, Long short-term memory"
CHRONO = "Tallec & Ollivier 2018, Can recurrent neural networks warp time?"
COST, STARTS = "long_lags_cost", "long_lags_starts"
BUDGET, LONG = 9600, 19_200


def of_arms(*arms: str, unsolved: float = 0.0):
    """The least and the largest number of each arm; with a budget, how many seeds went beyond it instead."""

    def found(numbers):
        ends = {}
        for arm in arms:
            values = numbers[arm]
            if unsolved:
                ends[f"{arm}: seeds that did not learn it"] = sum(value > unsolved for value in values)
            ends |= {f"{arm}: least": min(values), f"{arm}: most": max(values)}
        return ends

    return found


def bounds(arm: str, low: float, high: float, room: float = 0.0) -> dict:
    """What is expected of an arm's least and largest number."""
    return {f"{arm}: least": near(low, room), f"{arm}: most": near(high, room)}


def not_learnt(arm: str, seeds: int) -> dict:
    """How many of an arm's three seeds are expected not to have learnt within the budget."""
    return {f"{arm}: seeds that did not learn it": exactly(seeds)}


def within(arm: str, low: float, high: float, seeds: int = 0) -> dict:
    """An arm's whole expectation where a budget counts: the looks are 640 sequences apart."""
    return not_learnt(arm, seeds) | bounds(arm, low, high, 640)


LOSES = (
    Exact(
        "long_lags_shipped",
        "Over 200 steps, more than three times its practice, the LSTM recalls the first letter without a "
        "mistake; the plain network with the same training guesses.",
        HERE,
        {
            "share wrong, LSTM": exactly(0),
            "sequences, LSTM": exactly(64_000),
            "share wrong, plain network": between(0.65, 0.85),
            "sequences, plain network": exactly(64_000),
        },
        by_hand.shipped,
        seconds=0.5,
    ),
    Exact(
        "long_lags_leak",
        "With a forget bias of 1 half of a memory is gone after 2.2 steps.",
        HERE,
        {
            "gate": near(0.731, 0.0005),
            "half-life in steps": near(2.21, 0.005),
            "left after 100": about(2.48e-14),
        },
        by_hand.leak,
    ),
    Exact(
        "long_lags_bias",
        "To keep half ten times as long takes a bias that is larger by 2.3.",
        HERE,
        {
            "for 10 steps": near(2.63, 0.01),
            "for 100 steps": near(4.97, 0.01),
            "for 1,000 steps": near(7.27, 0.01),
            "for 10,000 steps": near(9.58, 0.01),
        },
        by_hand.biases,
    ),
    Exact(
        "long_lags_flood",
        "An untrained LSTM with a forget bias of 5 is flooded by a hundred distractors if its input gates "
        "stand half open, and is not with an input bias of −5.",
        f"{HERE}; the wish for negative input biases: {PAPER}, section 4",
        {
            "size, half open": about(8.9, 0.03),
            "slope, half open": near(0.042, 0.005),
            "size, nearly shut": about(0.09, 0.06),
            "slope, nearly shut": near(0.986, 0.004),
        },
        by_hand.flood,
        seconds=0.3,
    ),
    Exact(
        "long_lags_two_failures",
        "A forget bias of 7 with open input gates keeps the gradient and shuts the door; a forget bias of 1 "
        "does the opposite.",
        HERE,
        {
            "gradient where it floods": about(7.9, 0.05),
            "slope where it floods": near(0.046, 0.005),
            "gradient where it leaks": factor(1e-8),
            "slope where it leaks": near(0.82, 0.015),
        },
        by_hand.failures,
        seconds=0.3,
    ),
    Exact(
        "long_lags_balance",
        "Gates with opposite biases add up to 1, and what they keep between them stays between −1 and 1.",
        CHRONO,
        {"farthest from 1": below(1e-15), "largest state": below(1.0)},
        by_hand.balance,
    ),
    Exact(
        "long_lags_time",
        "A gate with the bias b averages over e to the b plus one steps; for 100 steps it takes 4.6.",
        CHRONO,
        {
            "bias for 100 steps": near(4.595, 0.001),
            "largest of chrono for 100 steps": near(4.595, 0.001),
            "least": near(0, 1e-12),
            "farthest from the rule": below(1e-9),
        },
        by_hand.patience,
    ),
    Exact(
        "long_lags_500",
        "A lag of 500 takes a bias of 6.6 to keep half, and one of 6.2 by the rule.",
        HERE,
        {
            "gate that keeps half": near(0.99861, 0.00001),
            "its bias": near(6.58, 0.005),
            "by the rule": near(6.21, 0.005),
            "left then": near(0.3675, 0.0005),
        },
        by_hand.five_hundred,
    ),
)
KEEPS = (
    Exact(
        "long_lags_latch",
        "A unit with a forget gate at 0.73 that listens to itself keeps a sign for 10,000 steps, noise or "
        "not; without listening it has nothing left after a hundred.",
        "Bengio, Simard & Frasconi 1994, on latches; the unit: this course",
        {
            "at step 1": near(0.4975, 0.0001),
            "at step 100": near(1.857, 0.001),
            "at step 10,000": near(1.857, 0.001),
            "at step 10,000, the other sign": near(-1.857, 0.001),
            "noisy runs that stay on their side": exactly(5),
            "deaf to itself, at step 100": about(1.69e-14, 0.02),
        },
        by_hand.kept,
        seconds=0.3,
    ),
    Exact(
        "long_lags_latch_gradient",
        "The gradient through a hundred steps of the latch shrinks as it does in the leaking unit.",
        "Bengio, Simard & Frasconi 1994",
        {"latch": about(3.28e-14, 0.02), "deaf to itself": about(2.48e-14, 0.02)},
        by_hand.felt,
    ),
    Exact(
        "long_lags_rehearses",
        "The cell states of the trained network grow while there is nothing to read but distractors.",
        HERE,
        {
            "at step 1": near(0.071, 0.001),
            "at step 10": near(1.05, 0.01),
            "at step 50": near(4.41, 0.02),
            "at step 200": near(12.07, 0.05),
        },
        by_hand.rehearsed,
        seconds=0.3,
    ),
)
FAR = ("lag 100", "lag 1,000")
OPEN = {
    **bounds("b_f 1, b_i 0, lag 100", 75, 80, 2),
    **bounds("b_f 1, b_i 0, lag 1,000", 73, 78, 2),
    **bounds("b_f 5, b_i 0, lag 100", 4, 78, 2),
    **bounds("b_f 5, b_i 0, lag 1,000", 36, 78, 2),
    **{k: v for lag in FAR for k, v in bounds(f"b_f 5, b_i −5, {lag}", 0, 0).items()},
    **{k: v for lag in FAR for k, v in bounds(f"chrono, {lag}", 0, 0).items()},
}
TRAINED = (
    Trained(
        "long_lags_starts",
        "Only from the two starts in balance every seed learns a lag of 100, and then also answers over "
        "1,000.",
        CHRONO,
        OPEN,
        STARTS,
        of_arms(*dict.fromkeys(name.rsplit(":", 1)[0] for name in OPEN)),
    ),
    Trained(
        "long_lags_cost",
        "With chrono biases a lag a hundred times as long costs a few times as many sequences.",
        PAPER + ", experiment 2c",
        within("chrono, lag 10", 2560, 4480)
        | within("chrono, lag 100", 5760, 7040)
        | within("chrono, lag 998", 8960, 10_880),
        COST,
        of_arms("chrono, lag 10", "chrono, lag 100", "chrono, lag 998", unsolved=LONG),
        paper="30,000 sequences at a lag of 50, 49,000 at 1,000",
    ),
    Trained(
        "long_lags_thirty",
        "With a forget bias of 1 and an input bias of 0 a lag of 10 is no trouble and 30 is not learnt in "
        "9,600 sequences; chrono learns it.",
        HERE,
        within("b_f 1, b_i 0, lag 10", 2560, 5760)
        | not_learnt("b_f 1, b_i 0, lag 30", 3)
        | bounds("b_f 1, b_i 0, lag 30", BUDGET + 1, BUDGET + 1)
        | within("chrono, lag 30", 3200, 5760),
        COST,
        of_arms("b_f 1, b_i 0, lag 10", "b_f 1, b_i 0, lag 30", "chrono, lag 30", unsolved=BUDGET),
    ),
    Trained(
        "long_lags_1997",
        "The cell of 1997 learns a lag of 100 in 9,600 sequences with every seed if its input gates start "
        "nearly shut, and with one of three if they start half open.",
        PAPER + ", section 4, on input biases",
        within("LSTM 1997, b_i −5, lag 100", 4480, 6400)
        | not_learnt("LSTM 1997, b_i 0, lag 100", 2)
        | bounds("LSTM 1997, b_i 0, lag 100", 5120, BUDGET + 1, 640),
        COST,
        of_arms("LSTM 1997, b_i −5, lag 100", "LSTM 1997, b_i 0, lag 100", unsolved=BUDGET),
    ),
    Trained(
        "long_lags_1997_far",
        "Having practised a lag of 100, it answers over 1,000 without a mistake in a hundred answers.",
        PAPER + ", experiment 2c",
        bounds("LSTM 1997, b_i −5, lag 100", 0, 0) | bounds("LSTM 1997, b_i −5, lag 1,000", 0, 0),
        STARTS,
        of_arms("LSTM 1997, b_i −5, lag 100", "LSTM 1997, b_i −5, lag 1,000"),
    ),
    Trained(
        "long_lags_rnn",
        "In 19,200 sequences the plain network learns a lag of 10 with one of three seeds; from an "
        "orthogonal matrix 20 with all, and 100 with none.",
        PAPER + ", experiment 2c",
        not_learnt("tanh RNN, lag 10, rate 0.01", 2)
        | not_learnt("tanh RNN, lag 10, rate 0.003", 2)
        | not_learnt("tanh RNN, lag 20, rate 0.01", 3)
        | not_learnt("tanh RNN, lag 20, rate 0.003", 3)
        | not_learnt("orthogonal tanh RNN, lag 20", 0)
        | not_learnt("orthogonal tanh RNN, lag 100", 3),
        COST,
        lambda arms: {
            f"{arm}: seeds that did not learn it": sum(value > LONG for value in values)
            for arm, values in arms.items()
            if "tanh RNN" in arm
        },
        paper="“BPTT and RTRL … appear quite useless when the time lags exceed as few as 10 steps”",
    ),
    Trained(
        "long_lags_order",
        "After 31,390 sequences the cell of 1997 tells the order of two symbols at 105 steps, and errs at "
        "200.",
        PAPER + ", experiment 6a",
        bounds("temporal order, 105 steps", 0, 0) | bounds("temporal order, 200 steps", 20, 41, 3),
        STARTS,
        of_arms("temporal order, 105 steps", "temporal order, 200 steps"),
        paper="31,390 sequences on average",
    ),
    Trained(
        "long_lags_gru",
        "The GRU learns a lag of 100 from an update bias of 5 with every seed, and from 0 with none.",
        CHRONO,
        within("GRU, b_z 5, lag 100", 5120, 6400)
        | not_learnt("GRU, b_z 0, lag 100", 3)
        | bounds("GRU, b_z 0, lag 100", BUDGET + 1, BUDGET + 1),
        COST,
        of_arms("GRU, b_z 5, lag 100", "GRU, b_z 0, lag 100", unsolved=BUDGET),
    ),
    Trained(
        "long_lags_patience",
        "Biases for a lag of 1,000 cost little at a lag of 10.",
        HERE,
        within("chrono for 1,000, lag 10", 3840, 5120) | within("chrono, lag 10", 2560, 4480),
        COST,
        of_arms("chrono for 1,000, lag 10", "chrono, lag 10", unsolved=BUDGET),
    ),
)
CLAIMS: tuple[Claim, ...] = LOSES + KEEPS + TRAINED
