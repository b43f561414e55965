"""The limits of requests: method, address, headers and body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.server.body_limit import BodyLimit
from dashboard.server.guard import Guard
from dashboard.server.limits import check_size
from tests.server.asgi import Inner, call, rules, scope, status

HOST = ("host", "127.0.0.1:8501")
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("method", ["POST", "PATCH", "TRACE", "CONNECT", "get", "FOO", ""])
def test_other_methods_are_refused(method: str):
    sent = call(Guard(Inner(), rules()), scope(method=method))
    assert status(sent) == 405
    assert (b"allow", b"GET, HEAD, OPTIONS, PUT, DELETE") in sent[0]["headers"]


@pytest.mark.parametrize("path", ["http://evil.example/", "*", "x", ""])
def test_a_target_must_be_a_path(path: str):
    assert status(call(Guard(Inner(), rules()), scope(path=path))) == 400


def test_a_long_address_is_refused_and_a_link_of_8_kb_is_not():
    assert status(call(Guard(Inner(), rules()), scope(query_string=b"q" * 8_000))) == 200
    assert status(call(Guard(Inner(), rules()), scope(query_string=b"q" * 20_000))) == 414
    assert status(call(Guard(Inner(), rules()), scope(path="/" + "p" * 20_000))) == 414


def test_many_and_large_headers_are_refused():
    many = [HOST, *((f"x-{number}", "") for number in range(100))]
    assert status(call(Guard(Inner(), rules()), scope(many))) == 431
    assert status(call(Guard(Inner(), rules()), scope([HOST, ("cookie", "c" * 40_000)]))) == 431
    assert status(call(Guard(Inner(), rules()), scope([HOST, ("cookie", "c" * 16_000)]))) == 200


@pytest.mark.parametrize(("method", "limit"), [("PUT", MEGABYTE), ("DELETE", 65_536)])
def test_a_body_is_read_up_to_its_limit_and_no_further(method: str, limit: int):
    inner = Inner(reads_body=True)
    request = scope(method=method)
    assert status(call(BodyLimit(inner, MEGABYTE), request, [b"x" * limit])) == 200
    assert inner.read == limit
    inner = Inner(reads_body=True)
    chunks = [b"x" * 65_536] * (2 + limit // 65_536)
    assert status(call(BodyLimit(inner, MEGABYTE), request, chunks)) == 413
    assert inner.read <= limit


@pytest.mark.parametrize("length", [str(MEGABYTE + 1), "9" * 19])
def test_a_declared_length_over_the_limit_is_refused_unread(length: str):
    inner = Inner(reads_body=True)
    request = scope([HOST, ("content-length", length)], method="PUT")
    assert status(call(BodyLimit(inner, MEGABYTE), request, [b"x"])) == 413
    assert inner.scopes == []


@given(lengths=st.lists(st.text(st.characters(max_codepoint=0xFF), max_size=30), max_size=2))
def test_no_declared_length_is_an_error(lengths: list[str]):
    headers = [HOST, *(("content-length", value) for value in lengths)]
    request = scope(headers, method="PUT")
    assert status(call(BodyLimit(Inner(), MEGABYTE), request)) in {200, 413}


@pytest.mark.parametrize("letter", ["\n", "\r", "\x00", "\x1b", "\x7f"])
def test_a_path_with_a_control_character_is_refused(letter: str):
    """Starlette takes "/metrics" with a new line after it for "/metrics"."""
    refusal = check_size(scope(path=f"/metrics{letter}"))
    assert refusal is not None
    assert refusal.status == 400
