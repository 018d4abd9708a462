"""The numbers that the browser shows are the engine's, for the same choices computed here."""

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from lstm_viz.backward import derive
from lstm_viz.equations import MATHML, typeset
from lstm_viz.flow import norms, reach
from lstm_viz.keys import brief, numbers, reader
from lstm_viz.library import LIBRARY
from lstm_viz.pages.arrival import arrive
from lstm_viz.pages.scene import scene
from lstm_viz.stage.pack import to_bytes
from lstm_viz.stage.stage import HERE

ADDRESSES = [
    {"left": "rnn_tanh", "right": "lstm"},
    {"left": "gru_reset_after", "right": "gru_reset_before", "task": "recall", "T": 30, "loss": "every"},
    {
        "left": "lstm",
        "right": "lstm",
        "weights": "untrained",
        "hidden": 5,
        "forget": -1.5,
        "seed": 12,
        "T": 12,
    },
]


def run_at(address: dict, model: int):
    """The run that an address asks for."""
    return scene(arrive({k: str(v) for k, v in address.items()})[0]).runs[model]


def travelled(trace):
    """A trace as the browser has it: values and weights in float32."""
    short = lambda a: a.astype(np.float32).astype(float)  # noqa: E731
    return trace._replace(
        values={k: short(v) for k, v in trace.values.items()},
        params={k: short(p) for k, p in trace.params.items()},
    )


def put_in(run, t: int, unit: int):
    """The numbers that the page puts into a formula: keys.numbers, values and weights in float32."""
    read = reader(run.trace.cell)
    values = numbers(travelled(run.trace), run.grads, run.loss, t, unit)
    gradients = numbers(run.trace, run.grads, run.loss, t, unit)
    return lambda part: (values if (read(part) or "v")[0] in "vw" else gradients)(part)


def unbracketed(text: str) -> str:
    """The page turns a sign where Python brackets a first factor, − a ⊙ b for + (−a) ⊙ b: as the page."""
    turned = {"+": "−", "−": "+", "=": "=−"}
    return re.sub(r"([=+−])\(−([^()]+)\)(?=⊙)", lambda found: turned[found[1]] + found[2], text)


def text_of(markup: str) -> str:
    """MathML as a reader sees it, without white space."""
    return "".join("".join(ET.fromstring(f"<math>{markup}</math>").itertext()).split())


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: f"{a['left']} and {a['right']}")
def test_formulas_with_numbers(reader, address):
    """Every formula of both models, plain and with the numbers of the step and unit, both ways."""
    reader.open(**address)
    runs = [run_at(address, m) for m in (0, 1)]
    last = len(runs[0].trace.values["x"])
    for t, unit, mode in ((1, 1, "forward"), (9, 4, "forward"), (last, 5, "backward"), (5, 2, "backward")):
        reader.find(".transport input").fill(str(t - 1))
        reader.find(f'.strip[data-m="0"][data-s="h"] rect[data-unit="{unit - 1}"]').first.click()
        reader.find(f'.modes >> text="{mode}"').click()
        reader.until(t=t, unit=unit, mode=mode)
        for m, run in enumerate(runs):
            reader.find(".tabs button").nth(m).click()
            reader.until(model=run.variant.name)
            check_formulas(reader, run, t, unit, mode)


def check_formulas(reader, run, t: int, unit: int, mode: str) -> None:
    """All formulas on the page are those of a run, at a step and unit (from 1)."""
    words, put = run.variant.signals, put_in(run, t - 1, unit - 1)
    derived = [e for e in derive(run.trace.cell.text).signals if e.name != "d x"]
    lines = run.trace.cell.equations if mode == "forward" else derived
    assert reader.texts(".formula .plain") == [text_of(typeset(e, MATHML, words)) for e in lines]
    wanted = [unbracketed(text_of(typeset(e, MATHML, words, put))) for e in lines]
    assert [unbracketed(text) for text in reader.texts(".formula .numbers")] == wanted


def test_formulas_follow_time_and_unit(reader):
    """After steps by keys, by mouse and a new unit the numbers are those of the new place."""
    address = ADDRESSES[2]
    reader.open(**address, t=1, unit=1)
    run = run_at(address, 1)
    for keys, t, unit in ((["ArrowRight"] * 3, 4, 1), (["End"], 12, 1), (["ArrowLeft", "ArrowLeft"], 10, 1)):
        reader.press(*keys).until(t=t, unit=unit)
        check_formulas(reader, run, t, unit, "forward")
    reader.find('[aria-label="Next unit"]').click()
    reader.until(unit=2)
    check_formulas(reader, run, 10, 2, "forward")


def test_the_table_of_terms(reader):
    """W x, U h, b, sum and result of every gate, with shapes; and each product number by number."""
    t, unit = 10, 3
    reader.open(t=t, unit=unit, open="f")
    trace = travelled(run_at({}, 1).trace)
    values, params = trace.values, trace.params
    for s, p in (("f", "f"), ("i", "i"), ("o", "o"), ("g", "c")):
        reader.find(f'.row[data-m="1"][data-s="{s}"] button.name').click()
        reader.until(signal=s)
        x, h = values["x"][t - 1, :, 0], values["h_prev"][t - 1, :, 0]
        W, U, b = (params[f"{kind}_{p}"][unit - 1] for kind in "WUb")
        cells = reader.texts(".terms td:last-child")
        exact = [W @ x, U @ h, b[0], W @ x + U @ h + b[0], values[s][t - 1, unit - 1, 0]]
        assert [number(c) for c in cells] == pytest.approx(exact, abs=6e-4)
        assert cells[-1] == brief(values[s][t - 1, unit - 1, 0])
        assert reader.texts(".terms .shape") == ["16×2·2×1", "16×16·16×1", "16×1", "16×1", "16×1"]
        for k, (weights, inputs) in enumerate(((W, x), (U, h))):
            shown = reader.texts(f".products:nth-of-type({k + 1}) .sumlist span")
            assert shown == [
                f"{brief(w, 2)}×{brief(v, 2)}={brief(w * v)}" for w, v in zip(weights, inputs, strict=True)
            ]


def number(text: str) -> float:
    return float(text.replace("−", "-").strip("()"))


def test_the_table_of_a_gradient(reader):
    """This unit's gradient and the length over all units."""
    reader.open(t=20, unit=3, mode="backward", open="c")
    d = run_at({}, 1).grads.signals["c"][19, :, 0]
    assert reader.texts(".terms td") == [brief(d[2]), brief(float(np.hypot.reduce(d)))]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: f"{a['left']} and {a['right']}")
def test_reach(reader, address):
    """How far back the gradient reaches on each model's best path and the others: computed, not typed."""
    reader.open(**address, mode="backward")
    for m, words in enumerate(reader.texts(".reach")):
        run = run_at(address, m)
        steps = sorted((reach(norms(run.grads.signals[s])) for s in run.trace.cell.states), reverse=True)
        assert [int(n) for n in re.findall(r"(?:^|:)(\d+)", words)] == steps
    assert "1 %" in reader.find(".reaches p").text_content()


def test_the_rnn_forgets_and_the_lstm_does_not(reader):
    """What the first preset claims can be read off: the RNN's gradient ends long before the marks."""
    reader.open()
    reader.page.get_by_role("button", name="The RNN forgets").click()
    reader.until(t=60, mode="backward")
    rnn, cell = (int(text) for text in reader.texts(".reach strong"))
    assert rnn < 40 and cell == 99


def test_the_line_in_words_forward(reader):
    """The step, its input, every gate's mean, the output and the target."""
    reader.at(t=33)
    runs = [run_at({}, m) for m in (0, 1)]
    batch = scene(arrive({})[0]).batch
    gates = ", ".join(
        f"{LIBRARY['lstm'].signals[s].name} {round(100 * runs[1].trace.values[s][32].mean())} %"
        for s in "fio"
    )
    says = [f"says {brief(run.out[32, 0, 0], 2)}, target {brief(batch.target[32, 0, 0], 2)}" for run in runs]
    lstm = f"LSTM: open on average: {gates}, {says[1]}."
    wanted = f"Step 33 of 60, input {batch.labels[32]}. Vanilla RNN: {says[0]}. {lstm}"
    reader.soon(lambda: reader.find(".words").text_content() == wanted)


def test_the_line_in_words_backward(reader):
    """The length of each state's gradient, and its share of that at the end."""
    reader.at(t=50, mode="backward")
    reader.soon(lambda: reader.find(".words").text_content().startswith("Step 50 of 60, gradient sent back."))
    words = reader.find(".words").text_content()
    for m, s in ((0, "h"), (1, "h"), (1, "c")):
        norm = norms(run_at({}, m).grads.signals[s])
        shown, share = re.search(
            rf"{['Vanilla RNN', 'LSTM'][m]}:.*?∂L/∂{s} (\S+), (\S+)( %)? of", words
        ).groups()[:2]
        assert number(shown) == pytest.approx(norm[49], rel=0.06, abs=6e-4)
        percent = number(share) * (1 if f"{share} %" in words else 100)
        assert percent == pytest.approx(100 * norm[49] / norm[-1], rel=0.06, abs=0.6)


def test_classes_in_words(reader):
    """The likeliest class and the target by their names."""
    address = {"task": "parity", "T": 20}
    reader.open(**address, t=20)
    shown = scene(arrive({k: str(v) for k, v in address.items()})[0])
    outputs, target = shown.task.outputs, shown.batch.target[19, :, 0].argmax()
    says = [f"says {outputs[run.out[19, :, 0].argmax()]}, target {outputs[target]}" for run in shown.runs]
    reader.soon(lambda: all(text in reader.find(".words").text_content() for text in says))


BRIEF = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    0.99372,
    -2.2509,
    3.14e-7,
    -3.14e-7,
    5e-4,
    4.9999e-4,
    4.9e-4,
    1e-300,
    5e-324,
]
BRIEF += [
    9999.0,
    9999.9996,
    10000.0,
    12345.6,
    -98765.4,
    1e21,
    1e22,
    1e100,
    1.7e308,
    0.0004999,
    0.0015,
    2.0005,
    1 / 3,
]
BRIEF += [0.0625, 0.1875, -0.3125, 0.125, 0.375, 2.5, 3.5, 1234.5625]


def test_brief_is_the_same_in_both_languages(reader):
    """codec.js writes numbers as keys.py does, at 0 to 3 digits."""
    rng = np.random.default_rng(0)
    given = BRIEF + list(rng.normal(size=300) * 10.0 ** rng.integers(-14, 6, 300))
    script = (HERE / "codec.js").read_text("utf-8")
    reader.at(t=1)
    for digits in (3, 2, 1, 0):
        found = reader.page.evaluate(
            f"(all) => {{ {script}; return all.map((n) => brief(n, {digits})); }}", given
        )
        wanted = [brief(n, digits) for n in given]
        assert {n: (a, b) for n, a, b in zip(given, found, wanted, strict=True) if a != b} == {}


def test_unpack_is_the_same_in_both_languages(reader):
    """codec.js reads head and arrays, of both widths and any length, as they were packed."""
    arrays = {
        "a": np.arange(9.0).reshape(3, 3) / 7,
        "b": np.full((5, 1), -np.inf, np.float32),
        "c": np.ones((1, 1)),
    }
    data = to_bytes({"text": "δ"}, arrays)
    script = (HERE / "codec.js").read_text("utf-8")
    reader.at(t=1)
    code = """(bytes) => {
        SCRIPT;
        const { head, arrays } = unpack(new Uint8Array(bytes));
        const listed = [...arrays].map(([key, { data, rows }]) => [key, rows, [...data].map(String)]);
        return JSON.stringify([head.text, listed]);
    }""".replace("SCRIPT", script)
    text, found = json.loads(reader.page.evaluate(code, list(data)))
    assert text == "δ" and [key for key, *_ in found] == list(arrays)
    for key, rows, values in found:
        read = np.array([float(v.replace("Infinity", "inf")) for v in values]).reshape(-1, rows)
        np.testing.assert_allclose(read, arrays[key], rtol=1e-6)
