"""The claims of the lesson on the GRU and the ablations; those on trained cells are in trained.py."""

from lessons.claims import Claim, Exact, below, exactly, factor, near
from lessons.gru_and_ablations import cells, surgery
from lessons.gru_and_ablations.trained import TRAINED

HERE = "this course"
CHO = "Cho et al. 2014"
LINES = (
    Exact(
        "ablations_gru_step",
        "A GRU's unit that holds 0.8, with an update gate of 0.9 and a candidate of −0.5, moves to 0.67.",
        CHO,
        {"the state after the step": near(0.67, 1e-12)},
        cells.one_step,
    ),
    Exact(
        "ablations_bounded",
        "In 20 networks with large random weights no state of either GRU leaves the walls −1 and 1.",
        HERE,
        {"GRU": below(1.0), "GRU, reset first": below(1.0)},
        cells.bounded,
        seconds=1.0,
    ),
    Exact(
        "ablations_half",
        "A GRU with its reset gate open is the front half of an LSTM with coupled gates.",
        HERE,
        {"largest difference of their states": below(1e-12)},
        cells.half,
    ),
    Exact(
        "ablations_weights",
        "The weights of the cells with 7 inputs and 12 units.",
        HERE,
        {
            "Peephole LSTM": exactly(996),
            "No input gate (NIG)": exactly(744),
            "No forget gate (NFG)": exactly(744),
            "No output gate (NOG)": exactly(744),
            "No peepholes (NP)": exactly(960),
            "Coupled gates (CIFG)": exactly(720),
            "Full gate recurrence": exactly(2292),
            "GRU": exactly(732),
            "LSTM": exactly(960),
        },
        cells.weights,
    ),
    Exact(
        "ablations_grow",
        "On an endless stream the states of untrained cells without a forget gate grow and grow.",
        "Gers, Schmidhuber & Cummins 2000",
        {
            "without forget gate, largest after 200": near(58.6, 0.5),
            "full cell, largest after 200": near(0.45, 0.01),
            "without forget gate, mean after 1,000": near(142, 1),
        },
        cells.grown,
        seconds=1.5,
    ),
    Exact(
        "ablations_cifg_bounded",
        "With coupled gates no cell state leaves the walls −1 and 1.",
        HERE,
        {"largest cell state": below(1.0)},
        cells.coupled,
        seconds=0.6,
    ),
    Exact(
        "ablations_sum",
        "In trained LSTMs forget gate and input gate do not add up to one.",
        HERE,
        {
            "adding, least": near(0.94, 0.005),
            "adding, largest": near(1.84, 0.01),
            "recall, least": near(0.39, 0.005),
            "recall, largest": near(1.65, 0.01),
        },
        cells.sums,
        seconds=0.3,
    ),
    Exact(
        "ablations_reset",
        "The reset before the product and the reset after it make different cells.",
        CHO,
        {"largest difference of their states": near(1.149, 0.001)},
        cells.reset,
    ),
    Exact(
        "ablations_fair",
        "A GRU of 14 units has about as many weights as an LSTM of 12.",
        HERE,
        {"GRU, 14 units": exactly(938), "GRU, 15 units": exactly(1050), "LSTM, 12 units": exactly(960)},
        cells.fair,
    ),
    Exact(
        "ablations_keep",
        "The update gate's bias does for the GRU what the forget gate's does for the LSTM.",
        HERE,
        {
            "GRU, bias 0": factor(2.43e-11, 1.05),
            "LSTM, bias 0": factor(7.05e-12, 1.05),
            "GRU, bias 3": near(0.103, 0.002),
            "LSTM, bias 3": near(0.166, 0.004),
        },
        cells.kept,
        seconds=0.3,
    ),
    Exact(
        "ablations_diagonal",
        "Where each unit's candidate hears that unit alone, both forms of the GRU are one.",
        HERE,
        {"largest difference of their states": below(1e-12)},
        cells.diagonal,
    ),
)
SURGERY = Exact(
    "ablations_surgery",
    "What a trained network loses when a part is held open, tied or taken out.",
    HERE,
    {
        "adding, as trained": near(0.00014, 0.00005),
        "adding, input gate held open": near(5.52, 0.05),
        "adding, forget gate held open": near(0.0245, 0.001),
        "adding, gates tied": near(0.104, 0.002),
        "recall, wrong after each of four operations": exactly(0),
    },
    lambda: {
        "adding, as trained": surgery.error("adding"),
        "adding, input gate held open": surgery.error("adding", "input gate held open"),
        "adding, forget gate held open": surgery.error("adding", "forget gate held open"),
        "adding, gates tied": surgery.error("adding", "forget = 1 − input"),
        "recall, wrong after each of four operations": max(
            surgery.error("recall", name)
            for name in ("forget gate held open", "output gate held open", *list(surgery.LINES)[:2])
        ),
    },
    seconds=0.5,
)
CLAIMS: tuple[Claim, ...] = (*LINES, SURGERY, *TRAINED)
