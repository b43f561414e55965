"""The language is that of the last visit of the browser, unless the link names another."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.language.language import Language
from dashboard.ui import project
from dashboard.ui.language_memory import remember_language

pytestmark = pytest.mark.usefixtures("workspace")
BROWSER = "b" * 64


def _script() -> None:
    import streamlit as st

    from dashboard.ui.components.language_control import language_control
    from dashboard.ui.language_memory import restore_language
    from dashboard.ui.state.language import apply_language, language

    restore_language()
    apply_language()
    language_control()
    now = language()
    st.text(f"{now.code} {now.digits} {now.dates}")


def _visit(browser: str = BROWSER, **params: str) -> AppTest:
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state["browser"] = browser
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def test_the_next_visit_has_the_choice_of_the_last():
    app = _visit()
    assert app.text[0].value == "en latn words"
    app.get("button_group")[0].set_value("ar").run()
    assert not app.exception, app.exception
    assert app.text[0].value.startswith("ar")
    assert _visit().text[0].value.startswith("ar")
    assert _visit(lang="en").text[0].value.startswith("en")
    assert _visit("c" * 64).text[0].value.startswith("en")
    assert _visit("").text[0].value.startswith("en")


def test_a_choice_of_today_is_not_replaced_by_one_of_before():
    app = _visit(lang="en", dates="iso")
    project.project().drafts.set_preference(BROWSER, "language", "lang=ar")
    app.run()
    assert app.text[0].value == "en latn iso"


def test_without_a_cookie_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.ui.language_memory.browser", lambda: "")
    remember_language(Language("ar"))
    assert not project.project().drafts.path.exists()


def test_what_cannot_be_read_is_no_language():
    project.project().drafts.set_preference(BROWSER, "language", "lang=<b>&digits=9&x")
    assert _visit().text[0].value == "en latn words"
