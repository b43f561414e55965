"""The parts of the middleware, each alone: headers, origins, sites, refusals, their order."""

from pathlib import Path

import pytest

from dashboard.server.header_values import header_values
from dashboard.server.hosts import parse_host
from dashboard.server.metrics import Metrics
from dashboard.server.origins import allowed_origin, is_foreign_fetch, origin_at, parse_origin
from dashboard.server.refusal import Refusal, refuse
from dashboard.server.stack import middleware
from tests.server.asgi import rules, scope

LINK = (("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"))


def test_all_values_of_a_header_are_returned_in_any_case():
    request = scope((("Host", "a"), ("host", "b"), ("accept", "c")))
    request["headers"] = [(name.lower(), value) for name, value in request["headers"]]
    assert header_values(request, "host") == ["a", "b"]
    assert header_values(request, "origin") == []


@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("HTTPS://map.example.org", "map.example.org"),
        ("https://map.example.org:443", "map.example.org"),
        ("http://map.example.org:443", "map.example.org:443"),
    ],
)
def test_an_origin_has_the_host_of_a_request_to_it(value: str, host: str):
    origin = parse_origin(value)
    assert origin is not None
    assert origin.host == host


@pytest.mark.parametrize("value", ["null", "", "file://", "ftp://a", "http://a/b", "http://a b"])
def test_other_values_are_not_origins(value: str):
    assert parse_origin(value) is None


def test_an_origin_is_allowed_if_it_is_ours_or_public():
    here = parse_host("127.0.0.1:8501")
    public = parse_origin("https://map.example.org")
    assert here is not None
    assert public is not None
    server = origin_at("http", here)
    assert allowed_origin(["http://127.0.0.1:8501"], server, ()) == server
    assert allowed_origin(["https://map.example.org"], server, {public}) == public
    assert allowed_origin(["https://map.example.org"], server, ()) is None
    assert allowed_origin(["http://127.0.0.1:8501"] * 2, server, ()) is None


@pytest.mark.parametrize(
    ("site", "more", "foreign"),
    [
        ("same-origin", (), False),
        ("none", (), False),
        ("same-site", (), True),
        ("cross-site", (), True),
        ("cross-site", LINK, False),
        ("cross-site", (LINK[0], ("sec-fetch-dest", "iframe")), True),
        ("unheard-of", LINK, True),
    ],
)
def test_only_a_link_of_another_site_may_lead_here(site: str, more: tuple, foreign: bool):
    assert is_foreign_fetch(scope((("sec-fetch-site", site), *more))) is foreign


async def _answer(kind: str) -> list[dict]:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request"}

    await refuse(Refusal(421, "Not here.", {"x-a": "b"}), scope(kind=kind), receive, send)
    return sent


def _finished(coroutine) -> list[dict]:
    with pytest.raises(StopIteration) as ended:
        coroutine.send(None)
    return ended.value.value


def test_a_request_is_refused_with_status_and_sentence():
    start, body = _finished(_answer("http"))
    assert (start["status"], body["body"]) == (421, b"Not here.\n")
    assert (b"x-a", b"b") in start["headers"]


def test_a_websocket_is_refused_with_403():
    start, body = _finished(_answer("websocket"))
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 403)
    assert body["body"] == b"Not here.\n"


def test_the_log_and_the_headers_come_first_and_the_files_last(tmp_path: Path):
    layers = middleware(rules(upload_megabytes=3), Metrics(), tmp_path)
    names = [layer.cls.__name__ for layer in layers]
    assert names == [
        "RequestLog", "AnswerHeaders", "Guard", "BodyLimit", "PageMessages", "BrowserCookie",
        "StaticAnswers",
    ]  # fmt: skip
    assert layers[3].kwargs["upload_bytes"] == 3 * 1024 * 1024
