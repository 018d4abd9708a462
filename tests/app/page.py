"""The page as Streamlit runs it, without a browser: opened at an address, read back."""

from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.test_stage import unpack

APP = Path(__file__).parents[2] / "app.py"


def opened(**params: str) -> AppTest:
    """The app after its first run at an address."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in params.items():
        at.query_params[name] = str(value)
    return healthy(at.run())


def visited(page: str, **given) -> AppTest:
    """The app on another page after its first run there at an address."""
    at = healthy(AppTest.from_file(str(APP), default_timeout=60).run())
    at.switch_page(page)
    at.query_params.clear()
    for name, value in given.items():
        at.query_params[name] = str(value)
    return healthy(at.run())


def healthy(at: AppTest) -> AppTest:
    """The same, after a look: a run that ended in an exception is a failure wherever it happens."""
    assert [e.value for e in at.exception] == []
    return at


def chosen(at: AppTest, **choices) -> AppTest:
    """The app after a reader has set widgets (by key) and it has run once."""
    for key, value in choices.items():
        at.get_by_key(key).set_value(value)
    return healthy(at.run())


def stage(at: AppTest) -> tuple[dict, dict[str, np.ndarray]]:
    """The head and the arrays that the page sends to the stage."""
    [component] = at.get("bidi_component")
    return unpack(component.proto.bytes)


def sentences(at: AppTest) -> str:
    """All notes and messages on the page, as they are read (without the signs that keep Markdown out)."""
    return "\n".join(e.value for kind in (at.warning, at.info, at.error) for e in kind).replace("\\", "")


def params(at: AppTest) -> dict[str, str]:
    """The address as the app has written it."""
    return {name: v[0] if isinstance(v, list) else v for name, v in at.query_params.items()}
