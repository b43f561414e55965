"""The running server and hand-written requests: foreign names, pages of other ports, closed routes."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.e2e.server import ROOT, serve
from tests.server.raw import request, send, status, websocket
from tests.server.test_guard import FOREIGN_HOSTS, FOREIGN_ORIGINS
from tests.server.test_paths import CLOSED

# What every answer has, whoever gave it.
_MARKS = (b"content-security-policy:", b"x-content-type-options: nosniff")
# What an HTTP library refuses before any application sees it.
_NO_HEADER_VALUE = {"localhost\x00"}


@contextmanager
def _listener() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that does not answer; yields its address and the received bytes."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stopped = threading.Event()

        def listen() -> None:
            while not stopped.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(2)
                    heard.append(connection.recv(4096))

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        finally:
            stopped.set()
            thread.join()


def _through(proxy: str) -> dict[str, str]:
    """An environment in which all requests to other servers go to the listener."""
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    return {**dict.fromkeys(names, proxy), "no_proxy": "", "NO_PROXY": ""}


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[str, list[bytes]]]:
    with _listener() as listener:
        yield listener


@pytest.fixture(scope="module")
def address(outside: tuple[str, list[bytes]]) -> Iterator[str]:
    named = {
        "EVENT_MAP_HOSTS": "map.example.org",
        "EVENT_MAP_ORIGINS": "https://public.example.org",
    }
    with serve(named | _through(outside[0])) as url:
        yield url


@pytest.fixture(scope="module")
def here(address: str) -> str:
    return urlsplit(address).netloc


def test_the_page_is_answered(address: str, here: str):
    answer = request(address, [("Host", here)], "/")
    assert status(answer) == 200
    assert all(mark in answer.lower() for mark in _MARKS)
    assert status(websocket(address, [("Host", here), ("Origin", address)])) == 101


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_gets_nothing(address: str, host: str):
    answer = request(address, [("Host", host)], "/")
    assert status(answer) == (400 if host in _NO_HEADER_VALUE else 421)
    assert b"<html" not in answer
    refused = websocket(address, [("Host", host), ("Origin", f"http://{host}")])
    assert status(refused) in {400, 403}


def test_a_missing_or_second_host_is_refused(address: str, here: str):
    assert status(request(address, [])) == 400
    assert status(request(address, [("Host", here), ("Host", "evil.example")])) == 400
    assert status(send(address, b"GET / HTTP/1.0\r\n\r\n")) == 421
    own_origin = ("Origin", address)
    assert status(websocket(address, [own_origin])) in {400, 403}
    assert status(websocket(address, [("Host", here), ("Host", here), own_origin])) in {400, 403}


@pytest.mark.parametrize("origin", [*FOREIGN_ORIGINS, "HTTP://EVIL.EXAMPLE"])
def test_a_foreign_origin_gets_nothing(address: str, here: str, origin: str):
    headers = [("Host", here), ("Origin", origin)]
    for target in ("/", "/_stcore/health", "/app/static/map/event_map.js", "/_stcore/host-config"):
        assert status(request(address, headers, target)) == 403
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert status(request(address, headers, "/_stcore/upload_file/a/b", method)) == 403
    assert status(websocket(address, headers)) == 403


def test_a_websocket_needs_one_own_origin(address: str, here: str):
    own_origin, host = ("Origin", address), ("Host", here)
    assert status(websocket(address, [host])) == 403
    assert status(websocket(address, [host, own_origin, own_origin])) in {400, 403}
    forwarded = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", here)]
    assert status(websocket(address, [host, ("Origin", f"https://{here}"), *forwarded])) == 403
    assert status(websocket(address, [host, own_origin, *forwarded])) == 101


def test_named_hosts_and_public_origins_are_answered(address: str, here: str):
    assert status(request(address, [("Host", "map.example.org")], "/")) == 200
    for host in (here, "map.example.org"):
        headers = [("Host", host), ("Origin", "https://public.example.org")]
        assert status(websocket(address, headers)) == 101
    # Streamlit compares letter by letter, and asks outside where the two differ.
    named = [("Host", "MAP.example.org:80"), ("Origin", "http://map.example.org")]
    assert status(websocket(address, named)) == 101


def _forms(path: str) -> list[str]:
    upper = path.upper()
    return [
        path,
        f"{path}/",
        f"/{path}",
        upper,
        f"{path};a=b",
        path.replace("/_stcore/", "/_stcore//"),
        path.replace("_stcore", "%5Fstcore"),
        path.replace("_stcore", "%255Fstcore"),
        path.replace("_stcore/", "_stcore%2F"),
        path.replace("/_stcore", "/x/../_stcore"),
        f"/compare{path}",
        f"{path}?x=/_stcore/health",
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"])
def test_closed_routes_are_not_found(address: str, here: str, method: str):
    for name in CLOSED:
        for target in _forms(f"/_stcore/{name}"):
            answer = request(address, [("Host", here)], target, method)
            assert status(answer) == 404, target
            assert b"service-desc" not in answer.partition(b"\r\n\r\n")[0]


def test_refusals_and_errors_have_the_headers(address: str, here: str):
    host = ("Host", here)
    refused = [
        request(address, [host], "/nowhere/media/x"),
        request(address, [host], "/media/none.png"),
        request(address, [host], "/app/static/none"),
        request(address, [host], "/app/static/..%2f..%2fsettings.py"),
        request(address, [host], "/", "TRACE"),
        request(address, [host], "/?" + "q" * 20_000),
        request(address, [host, ("Cookie", "c" * 40_000)], "/"),
        request(
            address, [host, ("Content-Length", "999999999999")], "/_stcore/upload_file/a/b", "PUT"
        ),
        request(address, [host], "/_stcore/upload_file/a/b", "PUT"),
        request(address, [("Host", "evil.example")], "/"),
        websocket(address, [host]),
    ]
    assert [status(answer) for answer in refused] == [
        200,
        404,
        404,
        400,
        405,
        414,
        431,
        413,
        403,
        421,
        403,
    ]
    for answer in refused:
        assert all(mark in answer.lower() for mark in _MARKS), answer
        assert b"access-control-" not in answer.lower()


def test_a_body_without_a_declared_length_is_bounded(address: str, here: str):
    head = (
        f"DELETE /_stcore/upload_file/a/b HTTP/1.1\r\nHost: {here}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    answer = send(address, head.encode(), chunk * 3)
    assert status(answer) in {403, 413}
    # And the server is there for the next.
    assert status(request(address, [("Host", here)])) == 200


def test_no_request_went_outside(address: str, outside: tuple[str, list[bytes]]):
    """After all of the above: foreign origins, foreign hosts, and origins unlike their host."""
    assert status(request(address, [("Host", urlsplit(address).netloc)])) == 200
    assert outside[1] == []


def test_without_the_middleware_a_foreign_origin_does_call_outside():
    """The test above would detect a request."""
    with (
        _listener() as (proxy, heard),
        serve(_through(proxy), "benchmarks/empty_app.py") as url,
    ):
        headers = [("Host", urlsplit(url).netloc), ("Origin", "http://evil.example")]
        assert status(websocket(url, headers)) == 403
        assert any(b"checkip" in line for line in heard)


def test_a_wrong_setting_ends_the_start_with_one_line():
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, "EVENT_MAP_HOSTS": "https://map.example.org/"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "EVENT_MAP_HOSTS: expected host names" in ended.stderr
    assert "Traceback" not in ended.stderr
