"""Time in the browser: scrubbed, stepped and played, by mouse and by keys, and without the server."""

import pytest


def test_keys_work_at_once(reader):
    """Without a click first: one key, one move."""
    reader.open(t=30, open="c")
    moves = [("ArrowRight", {"t": 31}), ("ArrowLeft", {"t": 30}), ("Home", {"t": 1}), ("End", {"t": 60})]
    moves += [("b", {"mode": "backward"}), ("b", {"mode": "forward"}), ("Escape", {"signal": ""})]
    for key, state in moves:
        reader.press(key).until(**state)


def test_steps_stop_at_both_ends(reader):
    """Before the first and after the last step there is nothing."""
    reader.at(t=2).press("ArrowLeft", "ArrowLeft", "ArrowLeft").frame()
    assert reader.t == 1
    reader.press("End", "ArrowRight").frame()
    assert reader.t == 60


def test_units_by_keys(reader):
    """Up and down change the unit where the stage has the focus, round both ends; elsewhere they scroll."""
    reader.open(unit=1, open="f")
    reader.press("ArrowDown").frame()
    assert reader.state["unit"] == "1"
    reader.find(".formula").first.focus()
    reader.press("ArrowDown").until(unit=2)
    reader.find(".formula").first.focus()
    reader.press("ArrowUp").until(unit=1)
    reader.find(".formula").first.focus()
    reader.press("ArrowUp").until(unit=16)


def test_units_by_keys_one_after_the_other(reader):
    """The focus is not lost on the way."""
    reader.open(unit=1, open="f")
    reader.find(".formula").first.focus()
    reader.press("ArrowDown", "ArrowDown", "ArrowDown").frame()
    assert reader.state["unit"] == "4"


def test_speed_by_keys(reader):
    """+ and − double and halve it, between 1 and 32 steps a second."""
    reader.open(speed=16)
    speed = reader.find(".transport select")
    assert speed.input_value() == "16"
    for key, value in [
        ("+", "32"),
        ("+", "32"),
        ("-", "16"),
        *[("-", v) for v in ("8", "4", "2", "1", "1")],
        ("=", "2"),
    ]:
        reader.press(key)
        assert speed.input_value() == value


def test_keys_leave_other_controls_alone(reader):
    """A key that is meant for a text, a choice or a slider of the page does not move time."""
    reader.open(task="own_text", t=20)
    text = reader.page.get_by_label("Your text", exact=False)
    text.click()
    reader.press("Home", "b", "f", "-", "ArrowRight", " ").frame()
    state = reader.state
    assert (state["t"], state["mode"]) == ("20", "forward") and text.input_value().startswith("bf-t he")
    reader.press("Control+ArrowLeft")
    text.blur()
    reader.press("Alt+ArrowRight", "Control+b").frame()
    assert (reader.t, reader.state["mode"]) == (20, "forward")


def test_buttons_of_the_transport(reader):
    """First, back, forth, last; the slider and the words beside it follow."""
    reader.at(t=30)
    for name, t in (("One step back", 29), ("One step forward", 30), ("First step", 1), ("Last step", 60)):
        reader.find(f'.transport [aria-label^="{name}"]').click()
        reader.until(t=t)
        assert reader.find(".transport input").input_value() == str(t - 1)
        assert reader.find(".transport output").text_content() == f"t = {t} of 60"
        assert reader.find(".transport input").get_attribute("aria-valuetext") == f"step {t} of 60"


def test_forward_and_backward(reader):
    """Two buttons, one of them pressed."""
    reader.at(t=30)
    for mode in ("backward", "forward"):
        reader.find(f'.modes >> text="{mode}"').click()
        reader.until(mode=mode)
        pressed = reader.find('.modes [aria-pressed="true"]').all_text_contents()
        assert pressed == [mode]


def test_scrubbing_with_the_mouse(reader):
    """Each step under the pointer is shown while it is dragged, also beyond both ends."""
    reader.at(t=30)
    mouse = reader.page.mouse
    mouse.move(*reader.step_at(10))
    mouse.down()
    for t in (10, 11, 25, 59, 60, 3):
        mouse.move(*reader.step_at(t))
        reader.frame()
        assert reader.t == t
    x, y = reader.step_at(60)
    mouse.move(x + 500, y + 300)
    reader.frame()
    assert reader.t == 60
    mouse.move(*reader.step_at(7))
    mouse.up()
    mouse.move(*reader.step_at(40))
    reader.frame()
    assert (reader.t, reader.state["signal"]) == (7, "")


def test_the_playhead_stands_at_the_step(reader):
    """In the rows and on the overview, at the column of the step."""
    reader.at(t=30)
    for t, key in ((30, "Shift"), (31, "ArrowRight"), (60, "End"), (1, "Home")):
        reader.press(key).frame()
        for part in (".playhead", ".lens"):
            box = reader.find(part).bounding_box()
            assert box["x"] + box["width"] / 2 == pytest.approx(reader.step_at(t)[0], abs=2), part


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_entering_a_step_from_the_overview(reader, size):
    """A click on a tile of the unrolled network goes to its step."""
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    reader.open(t=30)
    for t in (1, 2, 20, 45, 60):
        plot = reader.find(f'.chain-row[data-m="{t % 2}"] .plot').bounding_box()
        reader.page.mouse.click(plot["x"] + (t - 0.5) * plot["width"] / 60, plot["y"] + plot["height"] / 2)
        reader.frame()
        assert reader.t == t


def test_the_slider(reader):
    """The browser's own slider moves time, with the mouse and with its keys."""
    reader.at(t=30)
    slider = reader.find(".transport input")
    slider.fill("44")
    reader.until(t=45)
    slider.focus()
    reader.press("ArrowRight").until(t=46)
    reader.press("Home").until(t=1)
    box = slider.bounding_box()
    reader.page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    reader.until(t=60)


def test_playing(reader):
    """Space plays and pauses; the button says which; at the end it stops, and starts over."""
    reader.open(t=10, speed=32)
    play = reader.find(".transport .play")
    assert play.get_attribute("aria-label") == "Play (space)"
    reader.press(" ")
    reader.page.wait_for_selector(".stage.playing")
    assert play.get_attribute("aria-label") == "Pause (space)"
    reader.until(t=60)
    reader.page.wait_for_selector(".stage:not(.playing)")
    play.click()
    reader.soon(lambda: 3 < reader.t < 60)
    play.click()
    reader.page.wait_for_selector(".stage:not(.playing)")
    stopped = reader.t
    reader.page.wait_for_timeout(150)
    assert 3 < stopped == reader.t < 60


def test_playing_backward(reader):
    """The error runs from the end to the start."""
    reader.open(t=5, speed=32, mode="backward")
    assert "backward" in reader.find(".transport .play").get_attribute("aria-label")
    reader.press(" ").until(t=1)
    reader.page.wait_for_selector(".stage:not(.playing)")


def test_the_speed_is_kept(reader):
    """At 16 steps a second, twenty steps take about one and a quarter of a second."""
    reader.open(t=1, speed=16)
    took = reader.page.evaluate("look.playing(21)")
    reader.press(" ")
    assert 900 < took < 2500


def test_the_server_is_not_asked(reader):
    """Not a single message while time is scrubbed or played; one, or a few, once it has come to rest."""
    reader.open(t=30).settle()
    reader.sent.clear()
    mouse = reader.page.mouse
    mouse.move(*reader.step_at(1))
    mouse.down()
    for t in range(1, 61):
        mouse.move(*reader.step_at(t))
    reader.page.wait_for_timeout(500)
    assert reader.sent == [] and reader.t == 60
    mouse.up()
    reader.settle()
    assert 1 <= len(reader.sent) <= 2 and reader.params()["t"] == "60"


def test_the_server_is_not_asked_by_keys(reader):
    """Steps by keys, faster than three a second, are reported once, at the end."""
    reader.open(t=30).settle()
    reader.sent.clear()
    for _ in range(20):
        reader.press("ArrowRight", "ArrowRight", "ArrowLeft")
    assert reader.sent == []
    reader.settle()
    assert 1 <= len(reader.sent) <= 2 and reader.params()["t"] == "50"


def test_the_server_is_not_asked_while_it_plays(reader):
    """Nor when it passes the end of a second, a step or a row: only when it has stopped."""
    reader.open(t=1, speed=16).settle()
    reader.sent.clear()
    reader.press(" ")
    reader.page.wait_for_timeout(1500)
    assert reader.sent == [] and reader.t > 10
    reader.press(" ")
    stopped = reader.t
    reader.settle()
    assert 1 <= len(reader.sent) <= 2 and reader.params()["t"] == str(stopped)


def test_the_whole_screen(alone):
    """f and its button fill the screen with the stage and give it back; it can be played there."""
    alone.open(t=30)
    filled = "() => Boolean(document.fullscreenElement)"
    alone.press("f")
    alone.page.wait_for_function(filled)
    alone.press("ArrowRight").until(t=31)
    alone.press("f")
    alone.page.wait_for_function(f"() => !({filled})()")
    alone.find(".transport .screen").click()
    alone.page.wait_for_function(filled)
