"""The choice of a light or dark page, and charts on a dark one."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui.components.appearance import is_dark
from tests.ui.running import components


def _page() -> None:
    from dashboard.language.language import Language, using_language
    from dashboard.ui.components.appearance import appearance_control

    with using_language(Language("ar")):
        appearance_control(["explore", "review"])


def test_the_choice_has_the_readers_words_and_all_pages():
    app = AppTest.from_function(_page, default_timeout=30).run()
    assert not app.exception
    data = components(app)["event_map_appearance"]
    assert data["pages"] == ["explore", "review"]
    assert data["names"] == [["System", "كما في النظام"], ["Light", "فاتح"], ["Dark", "داكن"]]


@pytest.mark.parametrize(("theme", "dark"), [("dark", True), ("light", False), (None, False)])
def test_a_page_of_unknown_theme_is_light(
    monkeypatch: pytest.MonkeyPatch, theme: str | None, dark: bool
):
    context = SimpleNamespace(theme=SimpleNamespace(type=theme))
    monkeypatch.setattr(st, "context", context)
    assert is_dark() is dark
