"""Running one panel of a page with Streamlit's AppTest, and reading what it shows."""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import shell


def panel(script: Callable[..., None], who: str = "", **session: object) -> AppTest:
    """The panel that a script draws; the script imports what it needs."""
    app = AppTest.from_function(script, default_timeout=60)
    if who:
        app.session_state["analyst"] = who
    for key, value in session.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def register_pages() -> None:
    """Empty pages under the names of the real ones, for links to them; called by a script."""
    names = dict.fromkeys([*shell.PAGES, "article", "compare"])
    pages = {
        name: st.Page(_empty, title=name, url_path=name, default=name == "explore")
        for name in names
    }
    st.navigation(list(pages.values()), position="hidden")
    for name, page in pages.items():
        shell.register(name, page)


def _empty() -> None:
    """A page that shows nothing."""


def html(app: AppTest) -> str:
    """All HTML that is shown."""
    return " ".join(block.proto.body for block in app.get("html"))


def components(app: AppTest) -> dict[str, dict[str, Any]]:
    """The data that each component of the page gets, by the component's name."""
    return {
        element.proto.component_name: json.loads(element.proto.json or "{}")
        for element in app.get("bidi_component")
    }


def labels(app: AppTest) -> set[str]:
    """The labels of the fields and buttons that are shown."""
    fields = (app.button, app.text_input, app.selectbox, app.radio, app.toggle, app.text_area)
    return {field.label for kind in fields for field in kind}


def texts(app: AppTest) -> str:
    """All plain text that is shown: captions, notices and errors."""
    kinds = (app.caption, app.error, app.info, app.success, app.text, app.warning, app.markdown)
    return " ".join(str(item.value) for kind in kinds for item in kind)


def click(app: AppTest, label: str) -> AppTest:
    """Click the button with this label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app
