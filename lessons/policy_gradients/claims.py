"""The claims of the lesson on policy gradients."""

from lessons.claims import Claim, Exact, Trained, above, below, between, exactly, near
from lessons.policy_gradients import tiny, walks
from lessons.policy_gradients.pupil import walked
from lstm_viz.papers.policy_tmaze import ALL_WALKS

HERE = "this course"
WILLIAMS = "Williams 1992"
BAKKER = "Bakker 2001"


def learnt(values: list[float]) -> int:
    """How many runs did learn it."""
    return sum(v < ALL_WALKS for v in values)


def order() -> dict[str, float]:
    """How walks end early and late in training."""
    early, late = walked(20), walked(140)
    return {
        "lost after 20 updates": early.lost,
        "correct after 20 updates": early.correct,
        "correct after 140 updates": late.correct,
    }


CLAIMS: tuple[Claim, ...] = (
    Exact(
        "policy_blind",
        "Whoever walks straight on and guesses earns 1.95 on average, however long the corridor is.",
        BAKKER,
        {f"corridor of {n}": near(1.95, 1e-9) for n in walks.LENGTHS},
        walks.blind,
    ),
    Exact(
        "policy_exact",
        "Over all 32 walks of a tiny maze, each weighted by its chance, REINFORCE is the slope of the "
        "expected reward.",
        WILLIAMS,
        {"walks": exactly(32), "largest disagreement, of the largest slope": below(1e-9)},
        tiny.exact,
        seconds=0.3,
    ),
    Exact(
        "policy_baseline",
        "Ten more for every walk leaves the mean gradient as it is, and makes single walks scatter with 120 "
        "times the variance.",
        WILLIAMS,
        {"largest change of the mean": below(1e-12), "times the variance": near(120, 1)},
        tiny.baseline,
    ),
    Exact(
        "policy_discount",
        "With a discount of 0.95 there are 2.4 of 4 left ten steps before, 0.3 fifty steps before.",
        HERE,
        {"10 steps before": near(2.4, 0.05), "50 steps before": near(0.3, 0.02)},
        walks.discounted,
    ),
    Exact(
        "policy_random",
        "How often a walker at random makes the correct turn before it is stopped.",
        HERE,
        {
            "corridor of 5, %": near(9.2, 0.1),
            "corridor of 10, %": near(1.4, 0.01),
            "corridor of 20, %": near(0.037, 0.001),
        },
        walks.at_random,
    ),
    Exact(
        "policy_batch",
        "Of a hundred batches of 32 random walks through twenty steps about one contains a reward.",
        HERE,
        {"chance of a reward in 32 walks": near(0.0117, 0.0002)},
        walks.batch,
    ),
    Exact(
        "policy_order",
        "The LSTM first learns to arrive, while its turns are guesses; later it learns the turn.",
        HERE,
        {
            "lost after 20 updates": below(0.1),
            "correct after 20 updates": between(0.4, 0.65),
            "correct after 140 updates": above(0.9),
        },
        order,
        seconds=1.0,
    ),
    Trained(
        "policy_pupils",
        "By rewards alone the LSTM with long memories learns a corridor of ten steps with every seed, with "
        "short ones and as a tanh network with one of five.",
        BAKKER,
        {
            "LSTM, seeds": exactly(5),
            "its first after": near(3_840, 320),
            "its last after": near(4_800, 320),
            "LSTM with a short memory, seeds": exactly(1),
            "tanh RNN, seeds": exactly(1),
        },
        "policy_tmaze",
        lambda arms: {
            "LSTM, seeds": learnt(arms["LSTM"]),
            "its first after": min(arms["LSTM"]),
            "its last after": max(arms["LSTM"]),
            "LSTM with a short memory, seeds": learnt(arms["LSTM, short memory"]),
            "tanh RNN, seeds": learnt(arms["tanh RNN"]),
        },
    ),
    Trained(
        "policy_taught",
        "With a teacher the LSTM needs fewer walks, and the tanh network learns it with four seeds of five.",
        HERE,
        {
            "LSTM's first after": near(320, 320),
            "LSTM's last after": near(2_880, 320),
            "tanh RNN, seeds": exactly(4),
        },
        "policy_tmaze",
        lambda arms: {
            "LSTM's first after": min(arms["LSTM, taught"]),
            "LSTM's last after": max(arms["LSTM, taught"]),
            "tanh RNN, seeds": learnt(arms["tanh RNN, taught"]),
        },
    ),
    Exact(
        "policy_start",
        "What a memory keeps of itself at the start, by its forget bias alone.",
        "Tallec & Ollivier 2018",
        {
            "a step, forget bias 1": near(0.731, 0.001),
            "ten steps, forget bias 1": near(0.044, 0.001),
            "ten steps, the middle unit": near(0.52, 0.01),
        },
        walks.start,
    ),
    Exact(
        "policy_fine",
        "Of 32 random walks through ten steps at least one is rewarded in 36 per cent of all batches, "
        "through twenty in one per cent.",
        HERE,
        {"ten steps": near(0.363, 0.001), "twenty steps": near(0.0117, 0.0002)},
        walks.fine,
    ),
    Exact(
        "policy_any_length",
        "The best reward without memory is 1.95, with it 4.",
        BAKKER,
        {f"without, corridor of {n}": near(1.95, 1e-9) for n in walks.LENGTHS}
        | {f"with, corridor of {n}": near(4, 1e-9) for n in walks.LENGTHS},
        walks.any_length,
    ),
)
