"""The claims of the lesson on the ConvLSTM."""

from lessons.claims import Claim, Exact, Trained, below, exactly, near
from lessons.convlstm import measured

SHI = "Shi, Chen, Wang, Yeung, Wong & Woo 2015"
HERE = "this course, with the Explorer's trained networks"

EXACT = (
    Exact(
        "convlstm_one_pixel",
        "On a picture of one pixel the ConvLSTM is the LSTM with peepholes.",
        f"{SHI}, equation 3, against Gers, Schraudolph & Schmidhuber 2002",
        {"largest difference of hidden states": below(1e-14)},
        measured.one_pixel,
    ),
    Exact(
        "convlstm_count",
        "Eight channels have 2,624 kernel weights and biases, an LSTM with as many cells has 1,181,696.",
        "this course",
        {
            "memory cells on 8 by 8 pixels": exactly(512),
            "ordinary LSTM": exactly(1_181_696),
            "kernels and biases": exactly(2_624),
            "peepholes": exactly(1_536),
            "ordinary LSTM on 100 by 100, in thousand millions": near(28.8, 0.05),
        },
        measured.counted,
    ),
    Exact(
        "convlstm_cone",
        "With kernels of 3 by 3 an answer depends on 9 pixels of this frame, 25 of the last, 49 before that.",
        "this course",
        {"pixels now": exactly(9), "pixels one frame ago": exactly(25), "pixels two": exactly(49)},
        measured.cone,
    ),
    Exact(
        "convlstm_cone_narrow",
        "With state kernels of one pixel an answer depends on 9 pixels, however many frames there are.",
        "this course",
        {"pixels of any of 12 frames": exactly(9), "rows and columns apart, at most": exactly(1)},
        measured.cone_narrow,
    ),
    Exact(
        "convlstm_floor",
        "With such kernels the best weights are wrong after the second frame of 72 of 196 walks.",
        "this course",
        {"walks": exactly(196), "wrong at best": exactly(72), "in per cent": near(36.7, 0.05)},
        measured.floor,
    ),
    Exact(
        "convlstm_gate",
        "From the second frame on an input gate is lowest where the dot was one frame before.",
        HERE,
        {"walks": exactly(196), "share of frames": exactly(1.0)},
        measured.gate,
        seconds=1.5,
    ),
    Exact(
        "convlstm_right",
        "The trained ConvLSTM makes no mistake from the second frame on, on any walk.",
        HERE,
        {"answers": exactly(3_724), "wrong": exactly(0)},
        measured.right,
        seconds=1.2,
    ),
    Exact(
        "convlstm_vectors",
        "On 8 by 8 pixels ordinary networks of eight units are nearly as good, with fewer numbers.",
        HERE,
        {
            "answers": exactly(3_724),
            "wrong, lstm": near(6, 1),
            "wrong, rnn_tanh": near(20, 1),
            "numbers, lstm": exactly(2_912),
            "numbers, convlstm_peephole": exactly(4_169),
        },
        measured.vectors,
    ),
    Exact(
        "convlstm_larger",
        "The trained kernels follow a dot over 12 by 12 pixels without a mistake.",
        HERE,
        {"walks": exactly(121), "wrong": exactly(0)},
        measured.larger,
        seconds=1.0,
    ),
    Exact(
        "convlstm_two",
        "With two dots, of which none has practised, both next pixels are found in 37 and 3 per cent.",
        HERE,
        {"both right, convlstm_peephole": near(0.373, 0.006), "both right, lstm": near(0.031, 0.006)},
        measured.two,
        seconds=0.9,
    ),
    Exact(
        "convlstm_exercise",
        "Sixteen channels, three colours and kernels of 5 by 5 make 30,464 numbers.",
        "this course",
        {"numbers": exactly(30_464)},
        measured.exercise,
    ),
    Exact(
        "convlstm_cut",
        "With all but the middles of its state kernels at 0, the trained network is wrong in 89 per cent.",
        HERE,
        {"wrong answers": near(0.893, 0.005)},
        measured.cut,
        seconds=1.0,
    ),
)
TRAINED = Trained(
    "convlstm_trained",
    "After the second frame a network with 3 by 3 state kernels is nearly always right, one with 1 by 1 is "
    "wrong on 38 to 53 per cent of the walks.",
    f"{SHI}, section 4.1",
    {
        "3 × 3, worst of five seeds, % wrong": below(3),
        "1 × 1, best of five seeds, % wrong": near(38.3, 0.6),
        "1 × 1, worst of five seeds, % wrong": near(53.1, 0.6),
    },
    "convlstm_kernels",
    lambda arms: {
        "3 × 3, worst of five seeds, % wrong": max(arms["state kernels 3 × 3"]),
        "1 × 1, best of five seeds, % wrong": min(arms["state kernels 1 × 1"]),
        "1 × 1, worst of five seeds, % wrong": max(arms["state kernels 1 × 1"]),
    },
)
CLAIMS: tuple[Claim, ...] = (*EXACT, TRAINED)
