"""The headers of every answer, refusals and errors included."""

import pytest
from starlette.types import Receive, Scope, Send

from dashboard.server.answer_headers import AnswerHeaders
from dashboard.server.content_policy import content_policy, inline_script_hashes
from dashboard.server.guard import Guard
from dashboard.server.hosts import Host
from tests.server.asgi import Inner, answer_headers, call, rules, run, scope, status

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}


def _guarded(inner: object) -> AnswerHeaders:
    return AnswerHeaders(Guard(inner, rules()), rules())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headers", "path", "method", "expected"),
    [
        ([("host", "localhost")], "/", "GET", 200),
        ([("host", "localhost")], "/media/x.svg", "GET", 200),
        ([("host", "evil.example")], "/", "GET", 421),
        ([], "/", "GET", 421),
        ([("host", "localhost"), ("origin", "null")], "/", "GET", 403),
        ([("host", "localhost")], "/_stcore/metrics", "GET", 404),
        ([("host", "localhost")], "/", "TRACE", 405),
        ([("host", "localhost")], "/" + "x" * 20_000, "GET", 414),
    ],
)
def test_every_answer_has_them(
    headers: list[tuple[str, str]], path: str, method: str, expected: int
):
    sent = call(_guarded(Inner()), scope(headers, path=path, method=method))
    assert status(sent) == expected
    headers = answer_headers(sent)
    assert headers.items() >= ALWAYS.items()
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert not [name for name in headers if name.startswith("access-control-")]


def test_a_refused_websocket_has_them():
    sent = call(_guarded(Inner()), scope(kind="websocket"))
    assert status(sent) == 403
    assert answer_headers(sent).items() >= ALWAYS.items()


def test_an_error_is_answered_with_them_and_goes_on_to_the_log():
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise LookupError("a secret")

    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    with pytest.raises(LookupError):
        run(_guarded(broken)(scope(), _nothing, send))  # type: ignore[arg-type]
    assert status(sent) == 500
    assert answer_headers(sent).items() >= ALWAYS.items()
    assert b"secret" not in sent[-1]["body"]


async def _nothing() -> dict[str, object]:
    return {"type": "http.request"}


def test_features_are_denied_but_copying_and_full_screen():
    policy = answer_headers(call(_guarded(Inner()), scope()))["permissions-policy"].split(", ")
    allowed = [feature for feature in policy if not feature.endswith("=()")]
    assert allowed == ["clipboard-write=(self)", "fullscreen=(self)"]
    assert {"geolocation=()", "camera=()", "microphone=()", "clipboard-read=()"} <= set(policy)


def _directives(path: str, host: Host | None = None) -> dict[str, str]:
    server = rules(base_path="map", script_hashes=("sha256-abc",))
    pairs = (part.partition(" ") for part in content_policy(path, host, server).split("; "))
    return {name: sources for name, _, sources in pairs}


def test_the_page_runs_no_inline_script():
    page = _directives("/map/compare", Host("[::1]", 8501))
    assert page["script-src"] == "'self' blob: 'sha256-abc'"
    assert page["img-src"] == "'self' data:"
    assert page["connect-src"] == "'self' ws://[::1]:8501 wss://[::1]:8501"


def test_a_frame_loads_from_this_server_and_the_tile_server_only():
    frame = _directives("/map/component/x/index.html", Host("localhost", None))
    assert frame["connect-src"] == "'self'"
    assert frame["img-src"] == "'self' data: https://tile.openstreetmap.org"


def test_a_file_runs_nothing():
    for path in ("/map/media/x.svg", "/map/app/static/x.html"):
        assert _directives(path)["default-src"] == "'none'"
        assert "sandbox" in _directives(path)


def test_an_inline_script_is_named_by_its_hash():
    html = "<script src='x'></script><script>alert(1)</script>"
    # echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert inline_script_hashes(html) == ("sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=",)
