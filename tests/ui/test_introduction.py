"""The introduction in both languages."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.running import components


def _script(code: str) -> None:
    from dashboard.language.language import Language, using_language
    from dashboard.ui.explore.introduction import introduction

    with using_language(Language(code)):
        introduction()


@pytest.mark.parametrize(("code", "place"), [("en", "4 of 4"), ("ar", "4 من 4")])
def test_there_are_four_short_steps(code: str, place: str):
    app = AppTest.from_function(_script, default_timeout=60, args=(code,)).run()
    assert not app.exception
    (data,) = components(app).values()
    assert data["places"][-1] == place
    assert len(data["steps"]) == 4
    assert all(len(step["text"].split()) <= 40 for step in data["steps"])
