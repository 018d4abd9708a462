"""Where versions of the encyclopaedia's article disagree, with each other or with the papers.

Each is said, what holds, how we know, and the address of the app where it can be seen, if there is one.
"""

from typing import NamedTuple

TOPICS = ("why and how it works", "equations", "names and dates", "numbers", "words")


class Myth(NamedTuple):
    """A disagreement: its topic, a title, what is said, what holds, how we know, where to see it."""

    topic: str
    title: str
    said: str
    holds: str
    known: str
    see: str = ""


MYTHS = (
    Myth(
        "numbers",
        "Switchboard",
        "Two versions give Microsoft's system of 2017 an accuracy of 95.1 per cent, three 94.9.",
        "94.9. The report says 5.1 per cent word errors, which somebody took for the tail of 95.1.",
        "From the report's abstract, and by subtraction below.",
    ),
    Myth(
        "names and dates",
        "Who added peepholes",
        "“2000: Gers, Schmidhuber and Cummins”, with the paper on the forget gate as the source.",
        "Gers and Schmidhuber, at IJCNN 2000, in “Recurrent nets that time and count”.",
        "From reference lists of later papers and of libraries that have peepholes.",
        "/variants?left=lstm&right=peephole_gers",
    ),
    Myth(
        "equations",
        "How peepholes are written",
        "Full matrices from the old cell state to all three gates, and no hidden state anywhere.",
        "One weight for each unit; the gates also read the last hidden state; the output gate sees the new "
        "cell state. The same article writes its ConvLSTM in this way.",
        "From notes on the paper of 2002, and the agreement of libraries; the difference can be run.",
        "/variants?left=peephole_wiki&right=peephole_gers",
    ),
    Myth(
        "equations",
        "The range of the output",
        "h lies between −1 and 1, and the function behind the cell state may also be the identity.",
        "Not both. With the identity h has no bounds.",
        "By running both.",
        "/variants?left=lstm&right=lstm_identity_out",
    ),
    Myth(
        "words",
        "Unit or cell",
        "Two versions say that the state contains the cells of units, two say it the other way round.",
        "Both are in use. In 1997 a block is a group of cells that share an input and an output gate.",
        "Read in the paper of 1997.",
        "/lessons?lesson=cell_1997",
    ),
    Myth(
        "why and how it works",
        "Why gradients vanish",
        "Because computers calculate with finite precision, and if the spectral radius is below 1.",
        "It is a product of many factors, small in exact arithmetic too. The spectral radius decides for "
        "networks without tanh; with tanh it is neither enough nor needed.",
        "By exact fractions, and by two small networks that contradict it.",
        "/lessons?lesson=vanishing",
    ),
    Myth(
        "why and how it works",
        "What LSTM was made for",
        "Against exploding and vanishing gradients; against vanishing ones; and they can still explode.",
        "In 1997 the error in the cells neither explodes nor vanishes, because the gradient is truncated. "
        "Today's networks use the full gradient, which can explode. So each version is right about one of "
        "the two.",
        "Read in the paper of 1997; an LSTM that explodes can be run.",
        "/lessons?lesson=backprop_by_hand",
    ),
    Myth(
        "numbers",
        "Where copying ends",
        "The text says that LSTM fails from 200 steps on, its footnote that it succeeds only at 100.",
        "The quotation supports 100 yes and 200 no, for that network and that training.",
        "From the quotation itself; what comes of it here is another lesson.",
        "/lessons?lesson=copying",
    ),
    Myth(
        "names and dates",
        "Highway networks and ResNet",
        "In one version ResNet is a variant that came seven months later, in another both arose together.",
        "Highway networks were posted in May 2015, ResNet in December. Whether one owes to the other is a "
        "claim, and belongs to whoever makes it.",
        "From the dates of both.",
        "/lessons?lesson=depth",
    ),
    Myth(
        "names and dates",
        "Two dates",
        "Robot control stands under 2006 or 2005; policy gradients under 2007 with a reference of 2005.",
        "2006 and 2007.",
        "From the places where the papers appeared.",
    ),
    Myth(
        "names and dates",
        "Whose Evolino",
        "Wierstra, Schmidhuber and Gomez.",
        "Schmidhuber, Wierstra and Gomez, at IJCAI 2005. Another paper of that year has another order.",
        "From notes on both papers.",
        "/lessons?lesson=evolution",
    ),
    Myth(
        "numbers",
        "Compression of texts",
        "A third place in one version, record results in two others.",
        "Two claims of two dates, about a ranking that changes. Neither refutes the other.",
        "We have not checked the ranking.",
    ),
    Myth(
        "names and dates",
        "The network that has no name",
        "Two versions speak of a new network that does better than LSTM on certain data.",
        "It is T-LSTM, which the other two name.",
        "The same reference stands behind both.",
        "/lessons?lesson=irregular_time",
    ),
    Myth(
        "words",
        "Lost in translation",
        "The Japanese version calls h the output gate, learns sign language, and writes “peehole”.",
        "h is the output; sign language is translated. Copies collect errors of their own.",
        "By laying the versions side by side.",
    ),
    Myth(
        "why and how it works",
        "Without a teacher",
        "AlphaStar is listed with systems trained by rewards, without a supervising teacher.",
        "It began by imitating people's games.",
        "From what its makers wrote, as we remember it.",
        "/lessons?lesson=policy_gradients",
    ),
    Myth(
        "why and how it works",
        "What xLSTM's halves are for",
        "mLSTM can be computed in parallel, like a Transformer; sLSTM can track states.",
        "So it is. Not every row of such a table is an error.",
        "Read in the paper; the difference can be run.",
        "/lessons?lesson=xlstm",
    ),
    Myth(
        "equations",
        "The output tanh that went away",
        "With the peepholes “the output activation function was omitted”, says the article.",
        "In the paper of 2002, yes. Later networks with peepholes have it again.",
        "From notes on the paper.",
        "/variants?left=peephole_gers&right=peephole_gers_identity_out",
    ),
    Myth(
        "words",
        "A letter in an address",
        "One version's DOI for a paper on exchange rates contains “soc”.",
        "It is “socl”, for Soft Computing Letters. With one letter less an address leads nowhere.",
        "By comparing two versions.",
    ),
)
