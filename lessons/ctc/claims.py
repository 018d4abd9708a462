"""The claims of the lesson on CTC."""

from statistics import median

from lessons.claims import HOLDS, Claim, Exact, Trained, about, below, exactly, near
from lessons.ctc import measured

PAPER = "Graves, Fernández, Gomez & Schmidhuber 2006"
HERE = "this course, with the labeller of the CTC page"

EXACT = (
    Exact(
        "ctc_noon",
        "The trained network reads a line of 36 frames as noon, with a probability of 0.94.",
        HERE,
        {
            "frames": exactly(36),
            "probability of noon": near(0.943, 0.005),
            "its best path says noon": HOLDS,
            "lines that it practised on": exactly(24_000),
        },
        measured.read_noon,
        seconds=0.2,
    ),
    Exact(
        "ctc_needs",
        "Repeats are merged first and blanks taken out then, so noon needs five frames at least.",
        f"{PAPER}, section 3.1",
        {
            "fewest frames of noon": exactly(5),
            "n n – o – o o n becomes noon": HOLDS,
            "without a blank between the letters o it becomes non": HOLDS,
        },
        measured.needs,
    ),
    Exact(
        "ctc_paths",
        "In 36 frames 61,523,748 paths become noon.",
        "this course",
        {"by counting": exactly(61_523_748), "by the lattice": about(61_523_748, 1e-9)},
        measured.paths,
        seconds=0.2,
    ),
    Exact(
        "ctc_brute",
        "Trying every path and summing in the lattice give the same.",
        f"{PAPER}, section 4.1",
        {
            "paths": exactly(729),
            "that become the label": exactly(70),
            "relative difference of the sums": below(1e-14),
        },
        measured.brute,
    ),
    Exact(
        "ctc_gradient",
        "The gradient at a frame is what the network said minus the share of all paths.",
        f"{PAPER}, equation 16",
        {
            "largest difference from central differences": below(1e-7),
            "from what was said minus the share": below(1e-12),
        },
        measured.gradient,
        seconds=0.5,
    ),
    Exact(
        "ctc_two_frames",
        "The best path says nothing, with 0.36; the label a has 0.64.",
        "this course, after " + PAPER,
        {
            "best path, two blanks": near(0.36, 1e-9),
            "a": near(0.64, 1e-9),
            "the empty label": near(0.36, 1e-9),
            "the best path becomes the empty label": HOLDS,
            "frames that aa needs": exactly(3),
        },
        measured.two_frames,
    ),
    Exact(
        "ctc_silence",
        "From 10 to 200 updates nothing is said of any of 150 lines, and the loss falls all the while.",
        HERE,
        {
            "least share of silent lines from step 10 to 200": exactly(1.0),
            "loss at step 10": near(15.6, 0.05),
            "loss at step 200": near(6.0, 0.05),
        },
        measured.silence,
        seconds=1.0,
    ),
    Exact(
        "ctc_blank_share",
        "In all paths of noon the blank holds half of the frames, more than any letter.",
        "this course",
        {"the blank's share": near(0.51, 0.005), "the largest share of a letter": below(0.4)},
        measured.blank_share,
    ),
    Exact(
        "ctc_spikes",
        "A letter that was written over 4.9 frames is said in 1.6, and four frames in five are blank.",
        HERE,
        {
            "frames a letter was written over": near(4.86, 0.05),
            "frames it is said in": near(1.65, 0.05),
            "share of blank frames": near(0.80, 0.01),
        },
        measured.spikes,
        seconds=0.3,
    ),
    Exact(
        "ctc_place",
        "Every letter of 150 lines is said at a frame in which it stands.",
        HERE,
        {
            "lines read rightly": exactly(150),
            "letters": exactly(520),
            "said at a frame of theirs": exactly(520),
        },
        measured.place,
        seconds=0.3,
    ),
    Exact(
        "ctc_search",
        "In the middle of training a search is more often right than the best path; at the end they agree.",
        HERE,
        {
            "lines on which they disagree after 550 updates": near(59, 2),
            "right by the search after 550 updates": near(81, 2),
            "right by the best path after 550 updates": near(57, 2),
            "lines on which they disagree at the end": exactly(0),
            "right by the search at the end": exactly(150),
            "right by the best path at the end": exactly(150),
        },
        measured.search,
        seconds=1.5,
    ),
    Exact(
        "ctc_doubles",
        "Between two equal letters there always is a blank.",
        f"{PAPER}, section 3.1",
        {"lines": exactly(150), "doubles": exactly(77), "with a blank between": exactly(77)},
        measured.doubles,
        seconds=0.3,
    ),
    Exact(
        "ctc_by_hand",
        "Of the paths of three frames five become ab, and one becomes aa.",
        "this course",
        {"paths of ab": exactly(5), "paths of aa": exactly(1)},
        measured.by_hand,
    ),
    Exact(
        "ctc_shortcut",
        "With two frames the empty label wins from a blank of 0.707 on, with six from 0.87.",
        "this course",
        {"with 2 frames": near(0.7071, 1e-4), "with 6 frames": near(0.8723, 1e-3)},
        measured.shortcut,
    ),
)
TRAINED = Trained(
    "ctc_trained",
    "On noisy lines a network with CTC errs about as often as one that is told every frame.",
    f"{PAPER}, table 1",
    {
        "told every frame, median": near(7.7, 0.05),
        "CTC, median": near(6.5, 0.05),
        "with a search, median": near(6.4, 0.05),
        "told, least": near(5.6, 0.06),
        "told, most": near(8.9, 0.06),
        "CTC, least": near(5.9, 0.06),
        "CTC, most": near(8.2, 0.06),
    },
    "ctc_2006",
    lambda arms: {
        "told every frame, median": median(arms["every frame told"]),
        "CTC, median": median(arms["CTC, best path"]),
        "with a search, median": median(arms["CTC, prefix search"]),
        "told, least": min(arms["every frame told"]),
        "told, most": max(arms["every frame told"]),
        "CTC, least": min(arms["CTC, best path"]),
        "CTC, most": max(arms["CTC, best path"]),
    },
    "told, with an HMM 33.8 %, CTC 31.5 %, with a search 30.5 % on TIMIT",
)
CLAIMS: tuple[Claim, ...] = (*EXACT, TRAINED)
