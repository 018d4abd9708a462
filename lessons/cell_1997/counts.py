"""How many weights the networks of the 1997 paper have, counted by one rule, beside what the paper prints."""

from typing import NamedTuple


class Net(NamedTuple):
    """A network of the paper: the experiment, its units, which of them have a bias, and the printed number.

    Which biases there are is our reading; the numbers printed are the paper's.
    """

    experiment: str
    inputs: int
    cells: int
    gates: int
    outputs: int
    biases: int
    output_bias: int
    printed: int


def _long_lag(p: int, printed: int) -> Net:
    return Net(f"2c, {p:,} symbols", p + 4, 2, 4, 2, 0, 0, printed)


NETS = (
    Net("1, four blocks of one", 7, 4, 8, 7, 8, 0, 264),
    Net("1, three blocks of two", 7, 6, 6, 7, 6, 0, 276),
    *(_long_lag(p, n) for p, n in ((50, 364), (100, 664), (200, 1264), (500, 3064), (1000, 6064))),
    Net("3, noise", 1, 3, 6, 1, 9, 0, 102),
    Net("4 and 5, adding, multiplying", 2, 4, 4, 1, 8, 1, 93),
    Net("6a, two symbols in order", 8, 4, 4, 4, 8, 1, 156),
    Net("6b, three symbols in order", 8, 6, 6, 8, 12, 1, 308),
)


def biases(net: Net) -> int:
    """Those of the hidden units and of the outputs."""
    return net.biases + net.outputs * net.output_bias


def counted(net: Net) -> int:
    """Every hidden unit reads all inputs and hidden units, every output all cells; biases come on top."""
    hidden = net.cells + net.gates
    return hidden * (net.inputs + hidden) + net.outputs * net.cells + biases(net)
