"""Reading one cookie among whatever else a browser sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.server.cookies import cookie_value
from tests.server.asgi import scope


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        (["a=1"], "1"),
        (["b=2; a=1"], "1"),
        (["b=2", " a = 1 "], "1"),
        (["a=1; a=2"], ""),
        (["a=1", "a=1"], ""),
        (["A=1; aa=2; xa=3"], ""),
        (['b={"c":1}; a=1; flag; =; x="y'], "1"),
        (["a"], ""),
        ([], ""),
    ],
)
def test_the_value_of_a_cookie_that_was_sent_once(headers: list[str], value: str):
    assert cookie_value(scope([("cookie", each) for each in headers]), "a") == value


@given(st.lists(st.text(st.characters(codec="latin-1", exclude_characters=";"), max_size=20)))
def test_other_cookies_never_hide_it(others: list[str]):
    sent = "; ".join([*(f"x{other}" for other in others), "a=1"])
    assert cookie_value(scope([("cookie", sent)]), "a") == "1"
