"""The cookie by which a browser finds its drafts again."""

from http.cookies import SimpleCookie

import pytest

from dashboard.server.browser_cookie import BrowserCookie
from dashboard.store.browser_token import COOKIE, is_token, new_token
from tests.server.asgi import Inner, answer_headers, call, rules, scope

PATH = "/_stcore/host-config"
HOST = ("host", "127.0.0.1:8501")


def _set(*headers: tuple[str, str], path: str = PATH, **options: object) -> SimpleCookie:
    """The cookie that an answer sets."""
    base = str(options.get("base_path", ""))
    middleware = BrowserCookie(Inner(), rules(**options))  # type: ignore[arg-type]
    sent = call(middleware, scope([HOST, *headers], path=base + path))
    return SimpleCookie(answer_headers(sent).get("set-cookie", ""))


def test_a_new_browser_gets_a_token_that_no_script_and_no_other_site_can_use():
    (first, second) = (_set()[COOKIE], _set()[COOKIE])
    assert is_token(first.value)
    assert first.value != second.value
    assert (first["httponly"], first["samesite"], first["path"]) == (True, "Strict", "/")
    assert not first["secure"]


def test_a_browser_keeps_its_token():
    token = new_token()
    assert _set(("cookie", f"other=1; {COOKIE}={token}"))[COOKIE].value == token


@pytest.mark.parametrize("value", ["x", "", "a" * 44, "a" * 42 + "é", '"a b"', "x; Path=/"])
def test_what_is_no_token_is_replaced(value: str):
    assert is_token(_set(("cookie", f"{COOKIE}={value}"))[COOKIE].value)


@pytest.mark.parametrize("path", ["/", "/review", "/_stcore/health", "/app/static/x.js"])
def test_no_other_answer_has_a_cookie(path: str):
    """A page that a link on another site opens comes without the strict cookie."""
    assert _set(path=path) == {}


def test_the_cookie_is_secure_behind_https_and_has_the_path_of_the_server():
    assert _set(scheme="https")[COOKIE]["secure"]
    assert not _set(origins=["https://map.example.org"])[COOKIE]["secure"]
    middleware = BrowserCookie(Inner(), rules(origins=["https://map.example.org"]))
    sent = call(middleware, scope([("host", "map.example.org")], path=PATH))
    assert SimpleCookie(answer_headers(sent)["set-cookie"])[COOKIE]["secure"]
    assert _set(base_path="/map")[COOKIE]["path"] == "/map"
