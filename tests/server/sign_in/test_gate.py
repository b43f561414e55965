"""The gate: who passes, as whom, and what it takes out of requests."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.access.accounts import ACCOUNT_HEADER, SESSION_HEADER
from dashboard.access.accounts import Scope as TokenScope
from dashboard.access.own import hashed
from dashboard.access.sign_in_file import Proxy
from dashboard.model.viewer import NOBODY, Viewer, acting_as, viewer
from dashboard.server.sign_in.gate import SignInGate
from dashboard.server.sign_in.visitor import COOKIE
from tests.access.signed_in import ROLES, Team, account_of, team
from tests.server.asgi import rules, scope, status

PAGES = ("/", "/review", "/map", "/ogc", "/captures/x", "/static/js/x.js", "/_stcore/host-config")
PROXY = Proxy(("10.0.0.1",), "X-Email", "X-Groups", "X-Name")


@pytest.fixture
def here(tmp_path: Path) -> Team:
    return team(tmp_path, tmp_path / "accounts.sqlite")


class Page:
    """The application behind the gate: answers 200 and remembers as whom it was asked."""

    def __init__(self) -> None:
        self.viewers: list[Viewer] = []
        self.scopes: list[Scope] = []
        self.received: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        self.viewers.append(viewer())
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            while not self.received or self.received[-1]["type"] != "websocket.disconnect":
                self.received.append(await receive())
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})


def ask(gate: SignInGate, request: Mapping[str, Any]) -> list[Message]:
    """The messages that the gate and what is behind it send for one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "websocket.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(gate(dict(request), receive, send))).result()  # type: ignore[arg-type]
    return sent


def gate_to(page: Page, here: Team, proxy: Proxy | None = None) -> SignInGate:
    settings = here.settings
    if proxy is not None:
        settings = msgspec.structs.replace(settings, openid=None, proxy=proxy)
    return SignInGate(page, rules(), settings, here.accounts)


def cookie(here: Team, name: str) -> tuple[str, str]:
    return ("cookie", f"other=1; {COOKIE}={here.secrets[name]}")


def request(*headers: tuple[str, str], **options: Any) -> dict[str, Any]:
    return scope([("host", "127.0.0.1:8501"), *headers], **options)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_nobody_passes_by_any_path_and_method(here: Team, path: str, method: str):
    page = Page()
    answer = ask(gate_to(page, here), request(path=path, method=method))
    assert status(answer) == 401
    assert page.scopes == []


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/sign-in/x", "/SIGN-IN", "//sign-in", "/sign-in/../map", "/sign-in;x"]
)
def test_paths_that_look_like_the_sign_in_are_closed(here: Team, path: str):
    assert status(ask(gate_to(Page(), here), request(path=path))) == 401


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/start", "/sign-in/callback", "/_stcore/health"]
)
def test_the_sign_in_is_open(here: Team, path: str):
    assert status(ask(gate_to(Page(), here), request(path=path))) == 200


def test_a_browser_is_sent_to_the_sign_in_and_back_to_the_address_it_wanted(here: Team):
    wanted = request(
        ("accept", "text/html,*/*"), path="/review", query_string=b"lang=ar&q=%D9%82//evil"
    )
    start = ask(gate_to(Page(), here), wanted)[0]
    assert start["status"] == 303
    headers = dict(start["headers"])
    assert headers[b"location"] == b"/sign-in?next=%2Freview%3Flang%3Dar%26q%3D%25D9%2582%2F%2Fevil"
    assert headers[b"cache-control"] == b"no-store"


@pytest.mark.parametrize("name", ROLES)
def test_each_role_passes_where_it_may(here: Team, name: str):
    allowed = {
        "/map": {"reader", "analyst", "editor", "administrator"},
        "/_stcore/upload_file/a/b": {"analyst", "editor", "administrator"},
        "/metrics": {"administrator"},
        "/health": {"administrator"},
    }
    for path, names in allowed.items():
        page = Page()
        answer = ask(gate_to(page, here), request(cookie(here, name), path=path))
        assert (status(answer) == 200) == (name in names), (path, name)
        assert [one.account for one in page.viewers] == [account_of(name)] * (name in names)


def test_somebody_without_a_role_is_told_so(here: Team):
    answer = ask(gate_to(Page(), here), request(cookie(here, "no role"), path="/"))
    assert status(answer) == 403
    assert b"have no role" in answer[-1]["body"]
    page = request(cookie(here, "no role"), ("accept", "text/html"), path="/")
    start = ask(gate_to(Page(), here), page)[0]
    assert dict(start["headers"])[b"location"] == b"/sign-in?next=%2F&why=no-role"


def test_unusual_cookies_of_others_do_not_hide_the_session(here: Team):
    for other in ('prefs={"a":1}', "x=a b", "flag", "=", 'q="'):
        sent = ("cookie", f"{other}; {COOKIE}={here.secrets['reader']}; {other}")
        assert status(ask(gate_to(Page(), here), request(sent, path="/map"))) == 200


def test_two_sessions_in_one_request_are_none(here: Team):
    both = f"{COOKIE}={here.secrets['reader']}; {COOKIE}={here.secrets['editor']}"
    assert status(ask(gate_to(Page(), here), request(("cookie", both), path="/map"))) == 401


def test_behind_https_the_cookie_is_taken_from_this_server_alone(here: Team):
    secure = msgspec.structs.replace(here.settings, address="https://map.example.org")
    gate = SignInGate(Page(), rules(), secure, here.accounts)
    secret = here.secrets["reader"]
    assert status(ask(gate, request(("cookie", f"{COOKIE}={secret}"), path="/map"))) == 401
    named = ("cookie", f"__Host-{COOKIE}={secret}")
    assert status(ask(gate, request(named, path="/map"))) == 200


@pytest.mark.parametrize("secret", ["", "x", "a" * 43, "'; DROP TABLE session --"])
def test_an_unknown_cookie_is_nobody(here: Team, secret: str):
    answer = ask(gate_to(Page(), here), request(("cookie", f"{COOKIE}={secret}")))
    assert status(answer) == 401


def test_the_hash_that_is_stored_is_no_secret(here: Team):
    stolen = hashed(here.secrets["administrator"])
    for headers in (
        [("cookie", f"{COOKIE}={stolen}")],
        [(SESSION_HEADER, stolen)],
        [("authorization", f"Bearer {stolen}")],
    ):
        assert status(ask(gate_to(Page(), here), request(*headers))) == 401


@pytest.mark.parametrize(
    ("token", "path", "method", "expected"),
    [
        (TokenScope.READ, "/ogc", "GET", 200),
        (TokenScope.READ, "/ogc/collections/events/items", "HEAD", 200),
        (TokenScope.READ, "/ogcx", "GET", 401),
        (TokenScope.READ, "/ogc", "PUT", 401),
        (TokenScope.READ, "/", "GET", 401),
        (TokenScope.READ, "/map", "GET", 401),
        (TokenScope.READ, "/metrics", "GET", 401),
        (TokenScope.MONITOR, "/metrics", "GET", 200),
        (TokenScope.MONITOR, "/health", "GET", 200),
        (TokenScope.MONITOR, "/ogc", "GET", 401),
    ],
)
def test_a_token_opens_what_it_is_for(
    here: Team, token: TokenScope, path: str, method: str, expected: int
):
    administrator = here.accounts.viewer_of_session(hashed(here.secrets["administrator"]))
    assert administrator is not None
    with acting_as(administrator):
        secret = here.accounts.tokens.new("program", token, 5)
    bearer = ("authorization", f"Bearer {secret}")
    gate = gate_to(Page(), here)
    assert status(ask(gate, request(bearer, path=path, method=method))) == expected
    # A cookie beside it does not help.
    both = request(bearer, cookie(here, "administrator"), path=path, method=method)
    assert status(ask(gate, both)) == expected
    websocket = request(bearer, path="/_stcore/stream", kind="websocket")
    assert status(ask(gate, websocket)) == 403


def test_bad_tokens_are_slowed_down_and_good_ones_are_not(here: Team):
    gate = gate_to(Page(), here)
    bad = request(("authorization", "Bearer eventmap_x"), path="/ogc", client=("192.0.2.1", 1))
    answers = [status(ask(gate, bad)) for _ in range(25)]
    assert answers[0] == 401
    assert answers[-1] == 429
    good = request(cookie(here, "reader"), path="/ogc", client=("192.0.2.1", 1))
    assert status(ask(gate, good)) == 200


def proxied(client: str, *headers: tuple[str, str], **options: Any) -> dict[str, Any]:
    return request(*headers, client=(client, 1234), **options)


def test_only_the_proxy_says_who_it_is(here: Team):
    page = Page()
    gate = gate_to(page, here, PROXY)
    editor = [("X-Email", "Ada@example.org"), ("X-Groups", "staff, editor"), ("X-Name", "آدا")]
    headers = [(name, value.encode().decode("latin-1")) for name, value in editor]
    assert status(ask(gate, proxied("10.0.0.1", *headers))) == 200
    assert page.viewers[-1].author == "آدا (ada@example.org)"
    assert status(ask(gate, proxied("10.0.0.2", *headers))) == 401
    assert status(ask(gate, request(*headers))) == 401
    # Neither by a cookie of a sign-in here, nor by two names, nor by none.
    for refused in ([cookie(here, "editor")], [*headers, headers[0]], headers[1:]):
        assert status(ask(gate, proxied("10.0.0.1", *refused))) == 401


@pytest.mark.parametrize(
    "name",
    ["x-email", "X-EMAIL", "X_Email", SESSION_HEADER, ACCOUNT_HEADER, "x_event_map_session"],
)
def test_headers_of_identity_are_taken_out_of_what_others_send(here: Team, name: str):
    page = Page()
    gate = gate_to(page, here, PROXY)
    ask(gate, proxied("10.0.0.2", (name, "boss@example.org"), path="/sign-in"))
    assert [key for key, _ in page.scopes[-1]["headers"]] == [b"host"]
    page = Page()
    ask(gate_to(page, here), request(cookie(here, "reader"), (SESSION_HEADER, "forged")))
    assert b"forged" not in [value for _, value in page.scopes[-1]["headers"]]


def test_a_disabled_account_of_a_proxy_is_out(here: Team):
    gate = gate_to(Page(), here, PROXY)
    headers = [("X-Email", "ada@example.org"), ("X-Groups", "editor")]
    assert status(ask(gate, proxied("10.0.0.1", *headers))) == 200
    administrator = here.accounts.viewer_of_session(hashed(here.secrets["administrator"]))
    assert administrator is not None
    with acting_as(administrator):
        here.accounts.disable("ada@example.org", disabled=True)
    assert status(ask(gate, proxied("10.0.0.1", *headers))) == 401


def test_a_token_of_a_proxy_is_none_of_ours(here: Team):
    headers = [
        ("X-Email", "ada@example.org"),
        ("X-Groups", "editor"),
        ("authorization", "Bearer ey.x"),
    ]
    assert status(ask(gate_to(Page(), here, PROXY), proxied("10.0.0.1", *headers))) == 200
    page = request(("authorization", "Bearer ey.x"), cookie(here, "reader"), path="/map")
    assert status(ask(gate_to(Page(), here), page)) == 200


def test_a_page_of_a_proxy_leaves_no_session_behind(here: Team):
    class Closing(Page):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            self.scopes.append(scope)

    page = Closing()
    headers = [("X-Email", "ada@example.org"), ("X-Groups", "editor")]
    websocket = proxied("10.0.0.1", *headers, path="/_stcore/stream", kind="websocket")
    ask(gate_to(page, here, PROXY), websocket)
    session = dict(page.scopes[0]["headers"])[SESSION_HEADER.encode()].decode()
    assert here.accounts.viewer_of_session(session) is None


def test_a_websocket_closes_if_the_accounts_cannot_be_read(
    here: Team, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("dashboard.server.sign_in.gate._ASK_S", 0.05)
    page = Page()
    gate = gate_to(page, here)
    websocket = request(cookie(here, "editor"), path="/_stcore/stream", kind="websocket")
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(ask, gate, websocket)
        while not page.scopes:
            time.sleep(0.01)

        def damaged(_session_id: str) -> Viewer | None:
            raise OSError("no more files")

        monkeypatch.setattr(here.accounts, "viewer_of_session", damaged)
        assert types(sent.result(timeout=20))[-1] == ("websocket.close", 4401)


def types(messages: Sequence[Message]) -> list[tuple[str, int | None]]:
    return [(message["type"], message.get("code")) for message in messages]


def test_a_websocket_closes_soon_after_its_session_ends(
    here: Team, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("dashboard.server.sign_in.gate._ASK_S", 0.05)
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: NOBODY])
    page = Page()
    gate = gate_to(page, here)
    websocket = request(cookie(here, "editor"), path="/_stcore/stream", kind="websocket")
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(ask, gate, websocket)
        while not page.scopes:
            time.sleep(0.01)
        headers = dict(page.scopes[0]["headers"])
        assert headers[SESSION_HEADER.encode()] == hashed(here.secrets["editor"]).encode()
        assert headers[ACCOUNT_HEADER.encode()] == hashed(account_of("editor")).encode()
        found = here.accounts.viewer_of_session(hashed(here.secrets["editor"]))
        assert found is not None
        with acting_as(found):
            here.accounts.end_sessions(found.account)
        assert types(sent.result(timeout=20)) == [
            ("websocket.accept", None),
            ("websocket.close", 4401),
        ]
    assert types(page.received) == [("websocket.disconnect", 4401)]
    # Runs of the page ask for their viewer themselves, since the role may have changed.
    assert page.viewers == [NOBODY]
