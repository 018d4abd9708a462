"""Details on demand: whatever stands for a signal opens its formula, and lights up all that belongs to it."""

import pytest

MODELS = ["rnn_tanh", "lstm"]


OPENERS = [
    ('.dot[data-m="1"][data-s="f"]', 1, "f"),
    ('.dot[data-m="0"][data-s="h"]', 0, "h"),
    ('.dot[data-m="1"][data-s="g"]', 1, "g"),
    ('.formula[data-s="i"] mrow[data-s="i"]', 1, "i"),
    ('.formula[data-s="c"] mrow[data-s="f"]', 1, "f"),
    ('.row[data-m="0"][data-s="h"] button.name', 0, "h"),
    ('.row[data-m="1"][data-s="o"] button.name', 1, "o"),
]


@pytest.mark.parametrize("mode", ["forward", "backward"])
def test_a_click_opens_the_formula(reader, mode):
    """Boxes, symbols in formulas, names of rows, reaches: their signal, in words, with its table."""
    reader.at(t=20, unit=3, mode=mode)
    for selector, model, signal in OPENERS:
        reader.find(selector).first.click()
        reader.until(signal=signal, model=MODELS[model], unit=3, mode=mode)
        check_open(reader, model, signal)


def test_a_click_on_a_reach(reader):
    """Opens the state that the gradient takes, backward."""
    reader.at(t=20, unit=3, mode="forward")
    reader.find('.reach[data-m="1"][data-s="c"]').click()
    reader.until(signal="c", model="lstm", unit=3, mode="backward")
    check_open(reader, 1, "c")


def check_open(reader, model: int, signal: str) -> None:
    """The detail shows this signal of this model: pressed, in words, with a table."""
    pressed = reader.find('.formula[aria-pressed="true"]')
    assert {pressed.nth(k).get_attribute("data-s") for k in range(pressed.count())} == {signal}
    assert reader.find(".opened .meaning").count() == reader.find(".opened .terms").count() == 1
    assert reader.find('.tabs [aria-selected="true"]').text_content() == ["Vanilla RNN", "LSTM"][model]
    assert reader.find(f'.dot.chosen[data-m="{model}"][data-s="{signal}"]').count() >= 1


def test_a_click_on_a_wire(reader):
    """A wire is easy to hit, and opens what runs on it."""
    reader.at(t=20)
    for name, share in (("f", 0.5), ("c", 0.97), ("i", 0.3), ("o", 0.5)):
        reader.page.mouse.click(*reader.middle_of(f'.wire[data-m="1"][data-s="{name}"] .line', share))
        reader.until(signal=name, model="lstm")
        check_open(reader, 1, name)


def test_a_click_on_a_heat_row(reader):
    """Opens the signal at the unit and the step under the pointer."""
    reader.open(t=20, T=30, first=3, second=9)
    for unit, signal in enumerate("fiogch", start=5):
        canvas = reader.find(f'.row[data-m="1"][data-s="{signal}"] canvas')
        box = reader.above_the_transport(canvas)
        x, y = box["x"] + (unit - 0.5) * box["width"] / 30, box["y"] + (unit - 0.5) * box["height"] / 16
        reader.page.mouse.click(x, y)
        reader.until(signal=signal, unit=unit, t=unit, model="lstm")
        check_open(reader, 1, signal)


def test_a_click_on_a_cell_of_a_strip(reader):
    """Chooses the unit, and it is marked in every strip and named in the detail."""
    reader.at(t=20, unit=4)
    for m, signal, unit in ((1, "c", 6), (1, "f", 16), (0, "h", 1)):
        strip = f'.strip[data-m="{m}"][data-s="{signal}"]'
        cell = reader.find(f'{strip} rect[data-unit="{unit - 1}"]').first
        cell.click()
        reader.until(signal=signal, unit=unit, model=MODELS[m])
        assert reader.texts(".unit span") == [f"unit{unit}of16"]
        marked = reader.find(f"{strip} .pick").first.bounding_box()
        assert marked["x"] == pytest.approx(cell.bounding_box()["x"], abs=1.5)


def test_the_input_has_no_formula(reader):
    """Its strip, wires and row open nothing, and nothing breaks."""
    reader.at(t=20)
    reader.find('.strip[data-m="1"][data-s="x"] rect[data-unit="0"]').click()
    reader.find('.strip[data-m="1"][data-s="y"] rect[data-unit="0"]').click()
    reader.page.mouse.click(*reader.step_at(22))
    reader.until(t=22, signal="", unit=1)


def test_every_name_of_a_row_opens_a_formula(reader):
    """A button that says so does so; what has no formula is no button."""
    reader.at(t=20)
    buttons = reader.find(".rows button.name")
    for k in range(buttons.count()):
        buttons.nth(k).click()
        reader.frame()
        assert reader.find(".opened").count() == 1, buttons.nth(k).get_attribute("title")


def test_closing(reader):
    """Escape, or the formula itself once more."""
    reader.open(open="f").press("Escape").until(signal="")
    assert reader.find(".opened").count() == 0
    own = reader.find('.formula[data-s="f"] mrow[data-s="f"]').first
    own.click()
    reader.until(signal="f")
    own.click()
    reader.until(signal="")


def test_models_by_tabs(reader):
    """Each tab shows its model's formulas."""
    reader.at(t=20)
    for name, model, count in (("Vanilla RNN", "rnn_tanh", 1), ("LSTM", "lstm", 6)):
        reader.find(".tabs button").filter(has_text=name).click()
        reader.until(model=model)
        assert reader.find(".formula").count() == count


def test_units_by_buttons(reader):
    """Next and previous, round both ends."""
    reader.open(unit=16, open="f")
    reader.find('[aria-label="Next unit"]').click()
    reader.until(unit=1)
    reader.find('[aria-label="Previous unit"]').click()
    reader.until(unit=16)


def test_products_number_by_number(reader):
    """Every weight times every input of the unit at this step; what was opened stays open."""
    reader.open(t=9, open="f", unit=2)
    lists = reader.find(".products")
    assert lists.count() == 2
    lists.nth(0).locator("summary").click()
    lists.nth(1).locator("summary").click()
    assert [lists.nth(k).locator("span").count() for k in range(2)] == [2, 16]
    before = lists.nth(1).inner_text()
    reader.press("ArrowRight").until(t=10)
    assert lists.nth(1).inner_text() != before and "×" in before
    lists.nth(1).locator("summary").focus()
    reader.press("ArrowDown").until(unit=3)
    assert [lists.nth(k).get_attribute("open") is not None for k in range(2)] == [True, True]


HOVERED = [
    '.formulas [data-m="1"][data-s="f"]:is(mrow)',
    '.dot[data-m="1"][data-s="f"]',
    '.row[data-m="1"][data-s="f"]',
    '.strip[data-m="1"][data-s="f"] rect[data-unit="7"]',
]


def test_hovering_lights_what_belongs_together(reader):
    """From symbol, box, row or strip to all of them: wire, box, strip, row, symbol; the rest fades."""
    reader.at(t=20)
    for selector in HOVERED:
        reader.find(selector).first.hover()
        reader.soon(lambda: reader.find(".lit").count() > 0)
        check_lit(reader, "1", "f")
        reader.page.mouse.move(5, 5)
        reader.soon(lambda: reader.find(".lit").count() == 0)
        assert "hot" not in reader.page.locator(".stage").get_attribute("class").split()


def check_lit(reader, m: str, s: str) -> None:
    """All that stands for one signal is lit, nothing else is, and what is not fades."""
    assert reader.lit() == {f"{m}/{s}"}
    assert "hot" in reader.page.locator(".stage").get_attribute("class").split()
    for part in (".wire", ".dot", ".strip", ".row", ".formulas mrow"):
        own = reader.find(f'{part}[data-m="{m}"][data-s="{s}"]')
        assert own.count() > 0
        assert reader.find(f'{part}.lit[data-m="{m}"][data-s="{s}"]').count() == own.count(), part
    opacity = "(e) => Number(getComputedStyle(e).opacity)"
    assert reader.find(f'.wire[data-m="{m}"][data-s="{s}"]').first.evaluate(opacity) == 1
    assert reader.find(f'.wire[data-m="{m}"]:not(.lit)').first.evaluate(opacity) < 0.5
    assert reader.find(".row.of-model:not(.lit)").first.evaluate(opacity) < 0.5


def test_hovering_a_wire(reader):
    """From the wire to symbol and row."""
    reader.at(t=20)
    reader.page.mouse.move(*reader.middle_of('.wire[data-m="1"][data-s="f"] .line'))
    reader.soon(lambda: reader.find(".lit").count() > 0)
    check_lit(reader, "1", "f")


def test_hovering_a_curve(reader):
    """From a curve to all that stands for its state."""
    reader.at(t=20, mode="backward")
    box = reader.find(".curve canvas").bounding_box()
    found = set()
    for k in range(0, 120, 3):
        reader.page.mouse.move(box["x"] + box["width"] * 0.15, box["y"] + k)
        found |= reader.lit()
    assert found == {"0/h", "1/h", "1/c"}


def test_focus_lights_too(reader):
    """What the mouse does, the keyboard does."""
    reader.at(t=20)
    reader.find('.row[data-m="1"][data-s="f"] button.name').focus()
    reader.soon(lambda: reader.find(".lit").count() > 0)
    check_lit(reader, "1", "f")


def test_light_survives_a_step(reader):
    """What is lit stays lit while time moves and is sent."""
    reader.at(t=20)
    reader.find('.dot[data-m="1"][data-s="f"]').hover()
    reader.soon(lambda: reader.find(".lit").count() > 0)
    reader.press("ArrowRight").until(t=21).settle()
    check_lit(reader, "1", "f")


def test_backward_shows_gradients(reader):
    """Arrows turn round, wires are as thick as their gradient, the curve comes first."""
    reader.open(t=59, T=60, mode="backward")
    heads = reader.find('.wire[data-m="1"][data-s="f"] .head')
    assert [heads.nth(k).evaluate("(e) => getComputedStyle(e).display") for k in range(2)] == [
        "none",
        "inline",
    ]
    width = "(e) => parseFloat(getComputedStyle(e).strokeWidth)"
    line = reader.find('.wire[data-m="0"][data-s="h"] .line').first
    late = line.evaluate(width)
    reader.press("Home").until(t=1)
    assert line.evaluate(width) < late
    reader.press("b").until(mode="forward")
    assert [heads.nth(k).evaluate("(e) => getComputedStyle(e).display") for k in range(2)] == [
        "inline",
        "none",
    ]


def test_pictures_are_drawn(reader):
    """Overview, heatmaps and curve hold more than one colour, forward and backward."""
    for mode in ("forward", "backward"):
        reader.open(t=20, mode=mode, loss="every")
        canvases = reader.find("canvas")
        assert canvases.count() == 2 + 1 + 2 + 7 + 1 + 1
        for k in range(canvases.count()):
            assert canvases.nth(k).evaluate("(canvas) => look.colours(canvas)") > 1, k


def test_the_axis_of_the_curve_can_reach_further(reader):
    """To 10⁻⁴⁸, where the line that marks the end of float32 is seen."""
    reader.open(mode="backward")
    button = reader.find(".curve button.quiet")
    seen = []
    for _ in range(3):
        seen.append(button.text_content())
        button.click()
    assert set(seen) == {"axis to 10⁻¹²", "axis to 10⁻²⁴", "axis to 10⁻⁴⁸"}
