"""The Training lab in the browser: runs grow by themselves, controls do what they say, runs are shared."""

import re
from urllib.parse import urlencode

import pytest

from tests.browser.reader import Reader

# What Streamlit itself asks for in vain below an address like /training.
IN_VAIN = ("/_stcore/health", "/_stcore/host-config")
SMALL = {"T": 10, "hidden": 4, "batch": 4, "steps": 200}
OUTSIDE = """(all) => {
  const box = (e) => e.getBoundingClientRect(), out = (a, b) => a.right > b.right || a.left < b.left;
  return all.filter((e) => out(box(e), box(e.closest(".curves")))).map((e) => e.textContent);
}"""
FOCUSED = """() => {
  let e = document.activeElement;
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  return e.getAttribute("aria-label") || e.textContent;
}"""
LONG = {"T": 40, "hidden": 16, "batch": 32, "steps": 5000}


def lab(reader: Reader, **given) -> Reader:
    """The page at an address, ready."""
    reader.tidy = False
    reader.page.goto(f"{reader.url}/training?{urlencode(given)}")
    reader.page.wait_for_selector(".curves[data-steps]", state="attached")
    return reader.ready()


@pytest.fixture
def open_lab(reader):
    """The shared page, opened at addresses of the lab."""
    missing = []
    note = lambda response: response.status == 404 and missing.append(response.url)  # noqa: E731
    reader.page.on("response", note)
    yield lambda **given: lab(reader, **given)
    reader.page.remove_listener("response", note)
    assert [url for url in missing if not url.endswith(IN_VAIN)] == []
    reader.problems[:] = [text for text in reader.problems if "404 (Not Found)" not in text]


@pytest.fixture
def second(app, chromium):
    """Another reader with another browser."""
    other = Reader(chromium.new_context(viewport={"width": 1280, "height": 720}), app)
    yield other
    other.close()


def said(reader) -> dict[str, str]:
    """What the curves say of themselves: steps, at, follow, stops."""
    return dict(reader.page.locator(".curves").evaluate("(e) => ({...e.dataset})"))


def steps(reader) -> list[int]:
    return counts(said(reader)["steps"])


def counts(text: str) -> list[int]:
    return [int(k) for k in text.split(",")]


def press(reader, name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).click()


def has(reader, name: str, **state) -> bool:
    return reader.page.get_by_role("button", name=name, exact=True, **state).count() == 1


def train(reader) -> None:
    """Press Train and wait for the end."""
    press(reader, "Train")
    reader.soon(lambda: has(reader, "Trained"))


def caption(reader) -> str:
    return reader.page.get_by_test_id("stCaptionContainer").first.inner_text()


def move(reader, k: int) -> None:
    """Set the slider over training to its k-th moment, as a reader does who lets go of it."""
    slider = reader.page.locator(".moment input")
    slider.evaluate("(e, k) => { e.value = k; e.oninput(); e.onchange(); }", k)


def test_a_run_grows_by_itself_to_its_end(open_lab):
    """Both cells, with lines, names at their ends, and a result beside the baseline."""
    reader = open_lab(**SMALL, seed=11)
    assert steps(reader) == [0, 0] and reader.page.locator(".curves path.run[d*=L]").count() == 0
    train(reader)
    assert steps(reader) == [200, 200]
    assert set(reader.page.locator("figure").nth(2).locator(".name").all_text_contents()) == {"RNN", "LSTM"}
    assert reader.page.locator(".baseline").count() == 1
    reader.soon(lambda: "…" not in caption(reader) and "without memory" in caption(reader))
    assert reader.state["name"].endswith("after 200 200")


def test_pause_resume_one_step_stop_again(open_lab):
    """In the order in which a reader tries them."""
    reader = open_lab(**LONG, seed=12)
    press(reader, "Train")
    reader.soon(lambda: min(steps(reader)) > 0)
    press(reader, "Pause")
    reader.soon(lambda: has(reader, "Resume"))
    reader.idle()
    paused = steps(reader)
    reader.page.wait_for_timeout(1500)
    assert steps(reader) == paused
    press(reader, "One step")
    reader.soon(lambda: steps(reader) == [k + 1 for k in paused])
    reader.soon(
        lambda: (
            has(reader, "Resume")
            and reader.state["name"].endswith(f"after {min(paused) + 1} {min(paused) + 1}")
        )
    )
    press(reader, "Resume")
    # So many that a replay, which takes a few seconds, is seen on its way.
    reader.soon(lambda: min(steps(reader)) > max(paused) + 800)
    press(reader, "Stop")
    reader.soon(lambda: has(reader, "Train"))
    reader.idle()
    stopped = steps(reader)
    # What is recorded is shown again in a few seconds: whoever looks now and then may miss its beginning.
    reader.page.locator(".curves[data-steps]").evaluate(
        """(e) => { window.passed = []; new MutationObserver(() => passed.push(e.dataset.steps))
                   .observe(e, { attributes: true, attributeFilter: ["data-steps"] }); }"""
    )
    press(reader, "Again from the start")
    reader.soon(lambda: any(counts(text) < stopped for text in reader.page.evaluate("passed")))
    press(reader, "Stop")
    reader.soon(lambda: has(reader, "Train"))


@pytest.mark.parametrize("page", ["training", "teacherless"])
def test_one_step_of_a_fresh_page(alone, page):
    """The first click makes the first step of every run, by itself."""
    alone.page.goto(f"{alone.url}/{page}?{urlencode({'seed': 17})}")
    alone.page.wait_for_selector(".curves[data-steps]", state="attached")
    alone.idle()
    press(alone, "One step")
    alone.soon(lambda: set(steps(alone)) == {1} and has(alone, "Resume"))
    alone.problems[:] = [text for text in alone.problems if "404 (Not Found)" not in text]


def test_the_slider_stays_in_sight_over_the_stage(open_lab):
    """On a projector: where the drawings fill the window, the slider over training stands above them."""
    reader = open_lab(**SMALL, seed=11)
    reader.page.set_viewport_size({"width": 1280, "height": 720})
    train(reader)
    cell, bar = reader.find(".cell").last, reader.page.locator(".moment")
    cell.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    reader.frame()
    header, box = reader.page.locator(".stAppHeader").bounding_box(), bar.bounding_box()
    assert header["y"] + header["height"] <= box["y"] and box["y"] + box["height"] < cell.bounding_box()["y"]
    before = reader.state["name"]
    reader.page.get_by_role("button", name="The moment before").click()
    reader.soon(lambda: reader.state["name"] != before)
    assert bar.bounding_box()["y"] == pytest.approx(box["y"], abs=2)


def test_the_slider_moves_the_stage(open_lab):
    """To the weights of that moment; into the address; with keys too; and back to the newest."""
    reader = open_lab(**SMALL, seed=11)
    train(reader)
    move(reader, 4)
    reader.soon(lambda: reader.state["name"].endswith("after 10 10"))
    reader.soon(lambda: reader.params().get("at") == "10")
    assert reader.find(".cell h3 small").all_text_contents() == ["after 10 updates, 40 sequences"] * 2
    reader.page.locator(".moment input").focus()
    reader.press("ArrowRight")
    reader.soon(lambda: reader.state["name"].endswith("after 20 20"))
    reader.press("Home")
    reader.soon(lambda: reader.state["name"].endswith("after 0 0"))
    reader.page.get_by_role("button", name="The next moment").click()
    reader.soon(lambda: reader.state["name"].endswith("after 1 1"))
    press(reader, "Newest")
    reader.soon(lambda: reader.state["name"].endswith("after 200 200") and "at" not in reader.params())


def test_a_click_on_a_curve_goes_to_the_nearest_moment(open_lab):
    """Where one would look for it."""
    reader = open_lab(**SMALL, seed=11)
    train(reader)
    plot = reader.page.locator("figure svg").first
    box = plot.bounding_box()
    plot.click(position={"x": 50 + (box["width"] - 134) / 2, "y": 60})
    reader.soon(lambda: reader.state["name"].endswith("after 100 100"))


def test_divergence_is_shown_and_kept(open_lab):
    """A mark on the curve, a sentence, the other cell at its end."""
    reader = open_lab(cells="irnn,lstm", T=100, rate=0.5, precision="float32", steps=20)
    train(reader)
    assert steps(reader)[1] == 20 and steps(reader)[0] < 20
    sentence = reader.page.locator(".wrong").inner_text()
    assert re.match(r"Diverged after \d update.*no finite number", sentence)
    assert reader.page.locator("path.broke").count() == 3
    assert "✕" not in "".join(reader.page.locator("figure .name").all_text_contents())
    assert "IRNN diverged" in caption(reader)


def test_a_gradient_of_nothing_is_said_to_be_0(open_lab):
    """Below the axis, in words, and not as a line at its end."""
    reader = open_lab(**SMALL | {"T": 30, "shortest": 20, "window": 5, "seed": 18})
    train(reader)
    plot = reader.page.locator("figure").nth(2)
    assert plot.locator(".zero").all_text_contents() == ["below the axis: exactly 0 (RNN, LSTM)"]
    under = "(e) => e.getBBox().y >= e.ownerSVGElement.querySelector('.edge').getBBox().y + 3"
    assert plot.locator("path.run").evaluate_all(f"all => all.every({under})")
    assert plot.locator("svg").get_attribute("aria-label").endswith("Vanilla RNN 0, LSTM 0")


def test_two_browsers_share_one_run(open_lab, second):
    """The second is shown a replay, and its curves are the same, number by number."""
    reader = open_lab(**SMALL | {"seed": 13})
    train(reader)
    lab(second, **SMALL | {"seed": 13})
    assert steps(second) == [0, 0]
    press(second, "Train")
    second.soon(lambda: "replay" in caption(second))
    second.soon(lambda: has(second, "Trained"))
    for one in (reader, second):
        one.page.set_viewport_size({"width": 1280, "height": 720})
    second.soon(lambda: lines(reader) == lines(second))


def lines(reader) -> list[str]:
    return reader.page.locator("figure path.run").evaluate_all("all => all.map((e) => e.getAttribute('d'))")


def test_who_pauses_stops_nobody(open_lab, second):
    """The other's run goes on."""
    given = LONG | {"seed": 14, "cells": "rnn_tanh"}
    reader = open_lab(**given)
    press(reader, "Train")
    lab(second, **given)
    press(second, "Train")
    second.soon(lambda: steps(second)[0] > 0)
    press(reader, "Pause")
    reader.soon(lambda: has(reader, "Resume"))
    before = steps(second)[0]
    second.soon(lambda: steps(second)[0] > before + 20)
    press(second, "Stop")
    second.soon(lambda: has(second, "Train"))


def test_a_poll_is_small_and_the_stage_is_sent_when_it_changes(alone):
    """While a moment is held, no message is larger than 30 kB, whatever grows."""
    sizes = []
    listen = lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame)))  # noqa: E731
    alone.page.on("websocket", listen)
    lab(alone, **LONG | {"seed": 15, "at": 0})
    press(alone, "Train")
    alone.soon(lambda: min(steps(alone)) > 0)
    alone.idle()
    sizes.clear()
    before = steps(alone)[0]
    alone.soon(lambda: steps(alone)[0] > before + 50)
    assert sizes and max(sizes) < 30_000
    press(alone, "Stop")
    alone.soon(lambda: has(alone, "Train"))
    alone.problems[:] = [text for text in alone.problems if "404 (Not Found)" not in text]


def test_an_address_comes_back(open_lab):
    """Choices made by hand stand in the address; opened again it shows the same."""
    reader = open_lab(task="parity", cells="lstm,gru_reset_after,rnn_tanh", T=12, steps=50, keep="open")
    reader.page.get_by_role("button", name="More").click()
    seed = reader.page.get_by_label("Seed", exact=True)
    seed.fill("21")
    seed.press("Enter")
    reader.soon(lambda: reader.params().get("seed") == "21")
    reader.press("Escape")
    reader.page.get_by_role("combobox", name="On the stage, right").click()
    reader.page.get_by_role("option", name="Vanilla RNN").click()
    reader.soon(lambda: reader.params().get("right") == "rnn_tanh")
    address = reader.params()
    lab(reader, **address)
    assert reader.params() == address
    assert (
        reader.find(".cell h3").evaluate_all("all => all.map((e) => e.firstChild.textContent)")[1]
        == "Vanilla RNN"
    )


def test_the_rarer_controls_stand_where_they_should(open_lab):
    """Opened later than they were set, every field shows the page's own value."""
    reader = open_lab(T=30, rate=0.02, optimiser="sgd", keep="chrono", hidden=6, clip=2)
    reader.page.get_by_role("button", name="More").click()
    fields = {"Longest sequence T": "30", "Learning rate": "0.02", "Hidden units H": "6", "Seed": "1"}
    fields |= {"Sequences an update": "32", "Largest norm of the gradient": "2", "over updates": "1000"}
    for label, value in fields.items():
        assert reader.page.get_by_label(label, exact=True).input_value() == value, label
    for label, value in {"Optimiser": "SGD", "Gates start": "chrono, up to T steps"}.items():
        assert reader.page.get_by_role("combobox", name=label).input_value() == value
    reader.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
def test_nothing_overflows(open_lab, size, scheme):
    """At every size nothing is wider than the window, and every plot's text is inside its plot."""
    reader = open_lab(**SMALL | {"seed": 11, "cells": "rnn_tanh,lstm,gru_reset_after,greff_nfg"})
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    reader.page.emulate_media(color_scheme=scheme)
    train(reader)
    reader.frame()
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.page.locator("figure text").evaluate_all(OUTSIDE) == []


def test_every_control_is_reached_by_keys(open_lab):
    """Tab goes from the buttons over the slider to the stage; Enter trains."""
    reader = open_lab(**SMALL | {"seed": 16})
    reader.page.get_by_role("button", name="Train", exact=True).focus()
    reader.press("Enter")
    reader.soon(lambda: has(reader, "Trained"))
    reader.page.get_by_role("button", name="Again from the start").focus()
    seen = []
    for _ in range(6):
        reader.press("Tab")
        seen.append(reader.page.evaluate(FOCUSED))
    assert "The moment before" in seen and "Moment of training shown below" in seen and "Newest" in seen


def test_a_step_on_the_stage_is_kept_in_the_address(open_lab):
    """A key on the stage settles: the place is in the address, and opening that comes back there."""
    reader = open_lab(**SMALL, t=3)
    reader.find("input[type=range]").first.focus()
    reader.press("End")
    reader.until(t=10).settle()
    assert reader.params()["t"] == "10" and reader.page.locator(".stException").count() == 0
    reader.page.reload()
    assert reader.ready().t == 10
