"""The page around the stage: presets, own input, themes, sizes, motion, and a keyboard alone."""

import pytest

CSV = "year;rain\n" + "\n".join(f"{1900 + k};{(7 * k) % 13}" for k in range(40))
SIZES = [(1440, 900), (1280, 720), (390, 844)]


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        (
            "The RNN forgets",
            {"t": 60, "mode": "backward", "model": "rnn_tanh", "unit": 1},
            "Look at the curves",
        ),
        (
            "The gate remembers",
            {"t": 33, "mode": "forward", "signal": "i", "unit": 8},
            "Look at the two marked",
        ),
        ("Your own text", {"t": 20, "mode": "forward", "model": "lstm", "unit": 1}, "Type a sentence"),
    ],
)
def test_presets(reader, name, state, words):
    """One click, from anywhere: the view and what to look at; a reload shows the view again."""
    reader.open(task="parity", T=20, t=7, unit=4, mode="backward", speed=2)
    reader.page.get_by_role("button", name=name).click()
    reader.until(**state).settle()
    assert words in reader.page.get_by_test_id("stMain").inner_text()
    before, address = reader.state, reader.params()
    reader.page.reload()
    assert reader.ready().state == before and reader.params() == address


def test_a_preset_twice(reader):
    """It brings one back, also when it is the last one that was chosen."""
    reader.open()
    preset = reader.page.get_by_role("button", name="The gate remembers")
    preset.click()
    reader.until(signal="i").press("End", "Escape").until(t=60, signal="").settle()
    preset.click()
    reader.until(signal="i", t=33)


def test_own_text(reader):
    """What is typed stands on the stage letter by letter; too short a text gets a sentence."""
    reader.open(task="own_text", t=9).press("ArrowRight").until(t=10).settle()
    box = reader.page.get_by_label("Your text", exact=False)
    box.fill("Hello, <b>World</b>! \U0001f600")
    box.press("Enter")
    reader.soon(lambda: reader.texts('.rows > .row[data-s="x"] .plot') == ["hello,␣#b#world##b##␣"])
    assert reader.texts('.rows > .row[data-s="target"] .plot') == ["ello,␣#b#world##b##␣#"]
    assert reader.find("b").filter(has_text="world").count() == 0
    box.fill("abc")
    box.press("Enter")
    reader.page.get_by_text("6 to 201 are allowed").wait_for()
    box.fill("one two three")
    box.press("Enter")
    reader.page.wait_for_selector(".stage[data-t]")
    reader.soon(lambda: reader.texts('.rows > .row[data-s="x"] .plot') == ["one␣two␣thre"])
    assert reader.t == 10


def test_own_series(reader, tmp_path):
    """A file in the real browser: read, another column chosen; a bad one gets a sentence."""
    good, bad = tmp_path / "rain.csv", tmp_path / "picture.csv"
    good.write_text(CSV)
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    reader.page.goto(f"{reader.url}/?task=own_series&t=5")
    upload = reader.page.locator('input[type="file"]')
    upload.set_input_files(str(good))
    reader.page.wait_for_selector(".stage[data-t]")
    reader.page.get_by_role("combobox", name="Column").click()
    reader.page.get_by_role("option", name="rain").click()
    reader.soon(lambda: "'series': '0,7,1,8" in reader.state["name"])
    reader.settle()
    assert reader.params()["series"].startswith("0,7,1,8,2,9")
    assert "input 2 (standardised −1.01)." in reader.find(".words").text_content()
    upload.set_input_files(str(bad))
    reader.page.get_by_text("binary").wait_for()
    assert "'series': '0,7,1,8" in reader.state["name"]
    reader.page.reload()
    reader.ready()
    assert "'series': '0,7,1,8" in reader.state["name"]


def test_a_file_of_two_megabytes(reader, tmp_path):
    """The browser refuses it in a sentence, and the page lives on."""
    large = tmp_path / "large.csv"
    large.write_text("1.5\n" * 500_000)
    reader.open(task="own_series", series="1,2,3,4,5,6,7,9")
    reader.page.locator('input[type="file"]').set_input_files(str(large))
    reader.page.get_by_text("1MB", exact=False).or_(
        reader.page.get_by_text("1.0MB", exact=False)
    ).first.wait_for()
    reader.press("ArrowRight")
    assert "'series': '1,2,3" in reader.state["name"]


def test_dark(reader):
    """The system's theme is followed at once: ground, ink, and every colour scale."""
    reader.at(t=20)
    look = lambda: reader.page.evaluate("look.theme()")  # noqa: E731
    light = look()
    reader.page.emulate_media(color_scheme="dark")
    reader.soon(lambda: all(a != b for a, b in zip(light, look(), strict=True)))
    ground, ink, _ = look()
    brightness = lambda colour: sum(int(c) for c in colour[4:-1].split(",")[:3])  # noqa: E731
    assert brightness(ground) < 150 and brightness(ink) > 600
    assert reader.t == 20
    reader.page.emulate_media(color_scheme="light")
    reader.soon(lambda: look() == light)


def test_reduced_motion(reader):
    """Nothing moves but the step while it plays; the same information is there."""
    for motion, moves in (("no-preference", True), ("reduce", False)):
        reader.page.emulate_media(reduced_motion=motion)
        reader.open(t=1, speed=4).press(" ")
        reader.soon(lambda: reader.t > 1)
        assert (reader.page.evaluate("look.motions()") > 0) == moves
        assert reader.find(".formula").count() == 6
        reader.press(" ")


VIEWS = [
    {"t": 20, "open": "f"},
    {"t": 20, "mode": "backward", "open": "c"},
    {"task": "own_text", "t": 20},
    {
        "task": "recall",
        "left": "gru_reset_after",
        "right": "gru_reset_before",
        "T": 200,
        "mode": "backward",
        "open": "n",
    },
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: " ".join(map(str, v.values())))
def test_nothing_scrolls_sideways(reader, view):
    """On a laptop, a projector and a phone, light and dark: all of it fits the width."""
    reader.open(**view)
    for width, height in SIZES:
        reader.page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            reader.page.emulate_media(color_scheme=theme)
            reader.frame()
            reader.soon(
                lambda: (
                    reader.page.locator(".stage").bounding_box()["width"]
                    <= reader.page.viewport_size["width"]
                )
            )
            reader.frame()
            assert reader.page.evaluate("look.wide()") == [], (width, theme)


def test_the_phone_has_everything_within_reach(reader):
    """The transport stays in the window; steps, play, direction and formulas can be used."""
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(t=20)
    main = reader.page.get_by_test_id("stMain")
    for share in (0.3, 0.6):
        main.evaluate(f"(e) => e.scrollTo(0, {share} * e.scrollHeight)")
        reader.frame()
        box = reader.find(".transport").bounding_box()
        stage = reader.page.locator(".stage").bounding_box()
        assert box["y"] + box["height"] <= 845 or stage["y"] > 400
    reader.find('[aria-label^="One step forward"]').click()
    reader.until(t=21)
    reader.find('.modes >> text="backward"').click()
    reader.until(mode="backward")
    reader.find('.formula[data-s="o"] mrow[data-s="o"]').first.click()
    reader.until(signal="o")


def test_the_stage_is_seen_on_opening(reader):
    """Overview and cells are in the first window of a projector, without scrolling."""
    reader.page.set_viewport_size({"width": 1280, "height": 720})
    reader.open()
    for part in (".chain", ".cells", ".transport"):
        box = reader.find(part).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 721, part


def test_a_keyboard_alone(reader):
    """Tab reaches the controls, the rows, the transport and the formulas, and the focus is always seen."""
    reader.open(t=20)
    seen = []
    for _ in range(70):
        reader.press("Tab")
        seen.append(reader.focus())
    on_stage = [s for s in seen if any(part in s for part in (".icon", ".name", ".formula", ".reach"))]
    parts = ["First step", "One step back", "Play (space)", "One step forward", "Last step", "Step", "Speed"]
    parts += ["|f|", "|h|", "|c|", "Fill the screen", "Next unit"]
    for part in parts:
        assert any(part in s for s in seen), part
    assert sum(".formula" in s for s in seen) == 6
    assert [s for s in on_stage if not s.endswith("|true")] == []


def test_opening_and_closing_by_keyboard_keeps_the_focus(reader):
    """Enter on a formula or a row opens it, and one goes on from there."""
    reader.at(t=20)
    for selector in ('.formula[data-s="i"]', '.row[data-m="1"][data-s="o"] button.name'):
        reader.find(selector).focus()
        before = reader.focus()
        reader.press("Enter")
        reader.soon(lambda: reader.find(".opened").count() == 1)
        assert reader.focus().split("|")[1:] == before.split("|")[1:]


def test_the_focus_stays_while_time_moves(reader):
    """Also when the step is sent and when the unit or the direction changes."""
    reader.open(t=20, open="f")
    for selector, keys in (
        ('[aria-label^="One step forward"]', ["Enter", "Enter", "b"]),
        ('[aria-label="Next unit"]', ["Enter", "Enter"]),
        (".tabs button:last-child", ["Enter"]),
    ):
        reader.find(selector).focus()
        before = reader.focus()
        reader.press(*keys).settle()
        assert reader.focus().split("|")[1:] == before.split("|")[1:]


def test_the_line_for_screen_readers(reader):
    """A polite live region says the step; it is quiet while time runs and speaks when it rests."""
    reader.at(t=20)
    words = reader.find('[aria-live="polite"]')
    reader.soon(lambda: words.text_content().startswith("Step 20 of 60, input "))
    reader.press("ArrowRight")
    reader.soon(lambda: words.text_content().startswith("Step 21 of 60, input "))
    reader.page.emulate_media(reduced_motion="reduce")
    reader.press("b")
    reader.soon(lambda: words.text_content().startswith("Step 21 of 60, gradient sent back."))


def test_names_for_screen_readers(reader):
    """Every button has a name, every region of the stage a label, every picture a description."""
    reader.at(t=20)
    nameless = (
        "all => all.filter((e) => !(e.getAttribute('aria-label') || e.title || e.textContent.trim())).length"
    )
    assert reader.find("button").evaluate_all(nameless) == 0
    assert (
        reader.find("section, aside, svg.picture").evaluate_all(
            "all => all.filter((e) => !e.getAttribute('aria-label') && !e.querySelector('h3')).length"
        )
        == 0
    )
    assert reader.find(".transport input").get_attribute("aria-label") == "Step"


def test_two_readers_do_not_meet(reader, alone):
    """What one chooses, the other does not see."""
    reader.open(t=20)
    alone.open(task="parity", T=20, t=3)
    alone.press("b").until(mode="backward").settle()
    reader.settle()
    assert reader.state["mode"] == "forward" and "parity" not in reader.state["name"] and reader.t == 20


def test_back_and_forth_in_the_browser(reader):
    """The browser's own way back shows what was there before, and the way forth what came after."""
    reader.open()
    reader.page.get_by_role("button", name="The RNN forgets").click()
    reader.until(mode="backward", t=60).settle()
    reader.page.get_by_role("button", name="Your own text").click()
    reader.until(mode="forward", t=20).settle()
    reader.page.go_back()
    reader.until(mode="backward", t=60).settle()
    assert reader.params()["T"] == "100"
    reader.page.go_forward()
    reader.until(mode="forward", t=20).settle()
    assert reader.params()["task"] == "own_text"


def test_space_plays_after_a_click_on_a_preset(reader):
    """Keys belong to the stage again once a control was used with the pointer."""
    reader.open()
    reader.page.get_by_role("button", name="The gate remembers").click()
    reader.until(signal="i").press(" ")
    reader.soon(lambda: reader.t > 34)
    reader.press(" ")
