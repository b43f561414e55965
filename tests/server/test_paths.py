"""Closed routes of Streamlit, in all spellings of the path."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.server.guard import Guard
from dashboard.server.limits import METHODS
from dashboard.server.paths import is_closed
from tests.server.asgi import Inner, call, rules, scope, status

CLOSED = ["metrics", "agent/interact", "agent/openapi.json", "agent/mcp", "agent", "anything"]
TRICKS = [
    "/_stcore/{}",
    "/_stcore/{}/",
    "//_stcore/{}",
    "/_stcore//{}",
    "/./_stcore/{}",
    "/x/../_stcore/{}",
    "/_STCORE/{}",
    "/_stcore;a=b/{}",
    "/_stcore/{};a=b",
    "\\_stcore\\{}",
    "/compare/_stcore/{}",
    "/%5fstcore/{}",
    "/%255Fstcore/{}",
    "/_stcore%2f{}",
    "/_stcore/upload_file/../{}",
    "/_stcore/upload_file/..%2f{}",
    "/_stcore/health/../{}",
    "/_stcore/upload_file/_stcore/{}",
    "/_stcore /{}",
]


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("trick", TRICKS)
def test_routes_that_the_page_does_not_need_are_closed(trick: str, name: str):
    path = trick.format(name)
    assert is_closed(path, "")
    assert is_closed(f"/map{path}", "/map")


@pytest.mark.parametrize("method", METHODS)
def test_closed_routes_are_not_found_by_any_method(method: str):
    inner = Inner()
    sent = call(Guard(inner, rules()), scope(path="/_stcore/metrics", method=method))
    assert status(sent) == 404
    assert inner.scopes == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/compare",
        "/static/js/index.js",
        "/app/static/map/event_map.js",
        "/media/abc.png",
        "/component/streamlit_folium.st_folium/index.html",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/stream",
        "/_stcore/upload_file/session/file",
        "/_stcore/bidi-components/name/index.js",
    ],
)
def test_routes_that_the_page_needs_are_open(path: str):
    assert not is_closed(path, "")
    assert not is_closed(f"/map{path}", "/map")


@given(
    name=st.sampled_from(CLOSED),
    times=st.integers(0, 8),
    slashes=st.integers(1, 3),
    upper=st.booleans(),
)
def test_encoding_slashes_and_case_open_nothing(name: str, times: int, slashes: int, upper: bool):
    path = f"_stcore/{name}".upper() if upper else f"_stcore/{name}"
    for _ in range(times):
        path = quote(path, safe="")
    assert is_closed("/" * slashes + path, "")


@pytest.mark.parametrize(
    "path",
    [
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "//AUTH/login",
        "/%61uth/login",
        "/auth;a/login",
    ],
)
def test_the_sign_in_of_streamlit_is_closed(path: str):
    assert is_closed(path, "")
    assert is_closed(f"/map{path}", "/map")


def test_pages_with_such_names_elsewhere_are_open():
    assert not is_closed("/authors", "")
    assert not is_closed("/review/auth", "")
