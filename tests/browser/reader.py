"""A reader in front of the app: opens addresses, looks at the stage, waits for what it shows."""

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlparse

from playwright.sync_api import BrowserContext, Locator

LOOK = Path(__file__).with_name("look.js").read_text("utf-8")
PATIENCE = 30_000  # ms; the machine may be busy
SETTLE = 700  # the stage reports a step 0.3 s after it is settled on


class Reader:
    """A page of the app and all that was wrong with it: console, script errors, requests to elsewhere."""

    def __init__(self, context: BrowserContext, url: str):
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LOOK)
        self.context, self.page, self.url = context, context.new_page(), url
        self.tidy = False
        self.problems: list[str] = []
        self.sent: list[float] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("request", self._request)
        self.page.on(
            "websocket", lambda socket: socket.on("framesent", lambda frame: self.sent.append(len(frame)))
        )

    def _console(self, message) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _request(self, request) -> None:
        if request.url.startswith(("http", "ws")) and urlparse(request.url).hostname != "127.0.0.1":
            self.problems.append(f"leaves the machine: {request.url}")

    def close(self) -> None:
        self.context.close()

    def open(self, **params) -> "Reader":
        """Go to an address and wait until its stage can be used."""
        self.tidy = False
        self.page.goto(f"{self.url}/?{urlencode(params)}")
        return self.ready()

    def at(self, t: int, unit: int = 1, mode: str = "forward", model: int = 1) -> "Reader":
        """Go to a step of the page as it opens, nothing lit, open or focused; loaded only where needed."""
        if not self.tidy:
            self.open().tidy = True
        self.find(".transport input").fill(str(t - 1))
        self.find(f'.modes >> text="{mode}"').click()
        self.find(f'.strip[data-m="{model}"][data-s="h"] rect[data-unit="{unit - 1}"]').first.click()
        self.press("Escape").page.mouse.move(5, 5)
        self.page.evaluate("look.rest()")
        return self.until(t=t, unit=unit, mode=mode, signal="")

    def ready(self) -> "Reader":
        """Wait until the stage is there, the server's script has ended, and nothing moves any more."""
        self.page.wait_for_selector(".stage[data-t]", state="attached")
        self.idle()
        self.soon(lambda: self._place() == (self.frame(), self._place())[1])
        return self

    def _place(self) -> dict | None:
        return self.page.locator(".stage").bounding_box()

    def idle(self) -> "Reader":
        """Wait until the server's script is not running."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        return self

    def settle(self) -> "Reader":
        """Wait until the stage has reported where it is and the server has written it into the address."""
        self.page.wait_for_timeout(SETTLE)
        return self.idle()

    def find(self, selector: str) -> Locator:
        """Something on the stage."""
        return self.page.locator(f".stage {selector}")

    @property
    def state(self) -> dict[str, str]:
        """What the stage says of itself: t, unit, mode, signal, model, name."""
        return dict(self.page.locator(".stage").evaluate("(stage) => ({...stage.dataset})"))

    @property
    def t(self) -> int:
        return int(self.state["t"])

    def until(self, **state) -> "Reader":
        """Wait until the stage is in a state: until(t=5, mode="backward")."""
        tests = "".join(f'[data-{name}="{value}"]' for name, value in state.items())
        self.page.wait_for_selector(f".stage{tests}", state="attached")
        return self

    def soon(self, holds: Callable[[], bool]) -> "Reader":
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE / 1000
        while not holds():
            assert time.monotonic() < end, f"It did not come true; the stage says {self.state}."
            self.page.wait_for_timeout(20)
        return self

    def press(self, *keys: str) -> "Reader":
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def frame(self) -> "Reader":
        """Let the stage draw what it has been told."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return self

    def texts(self, selector: str) -> list[str]:
        """The texts of all such things on the stage, without white space."""
        return ["".join(text.split()) for text in self.find(selector).all_text_contents()]

    def params(self) -> dict[str, str]:
        """The address as it stands in the browser."""
        return dict(parse_qsl(urlparse(self.page.url).query, keep_blank_values=True))

    def usual(self) -> None:
        """The usual window, light, with motion."""
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def step_at(self, t: int) -> tuple[float, float]:
        """Where in the window step t (from 1) stands on the time axis, in the input's row."""
        row = self.find('.rows > .row[data-s="x"] .plot').bounding_box()
        T = int(self.find(".transport input").get_attribute("max")) + 1
        return row["x"] + (t - 0.5) * row["width"] / T, row["y"] + row["height"] / 2

    def middle_of(self, selector: str, share: float = 0.5) -> tuple[float, float]:
        """A point in the window on a path of the drawing, at a share of its length."""
        return tuple(self.find(selector).first.evaluate("(path, share) => look.point(path, share)", share))

    def lit(self) -> set[str]:
        """What is lit, as model/signal."""
        found = self.find(".lit").evaluate_all("all => all.map((e) => `${e.dataset.m}/${e.dataset.s}`)")
        return set(found)

    def focus(self) -> str:
        """What has the focus: tag and classes, signal, name, whether it is seen, with | between."""
        return self.page.evaluate("look.focus()")

    def above_the_transport(self, thing: Locator) -> dict:
        """The box of something on the time axis, scrolled to where the transport does not cover it."""
        thing.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
        return thing.bounding_box()
