"""Ids, counts and log lines of requests: no stranger makes a line, a route or an id."""

import json
import logging
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Receive, Scope, Send

from dashboard.server.metrics import Metrics, metrics_route, route_of
from dashboard.server.request_log import RequestLog, logs_requests, start_log
from dashboard.server.rules import ServerSettingError
from tests.server.asgi import Inner, answer_headers, call, scope

# Line ends, and what makes a terminal do things.
HOSTILE = '/a\n"b\x85\u2028\x9b31m\x7f\u202e'


def figures(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Samples by name and labels, as Prometheus reads them."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(record.getMessage()) for record in caplog.records]


@pytest.fixture(autouse=True)
def caught(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "event_map.requests")
    logging.getLogger("event_map.requests").propagate = True


def test_an_answer_has_an_id_that_is_in_its_line(caplog: pytest.LogCaptureFixture):
    log = RequestLog(Inner(), Metrics(), "", lines=True)
    sent = call(log, scope(path="/map-data", query_string=b"q=secret"))
    number = answer_headers(sent)["x-request-id"]
    (line,) = lines(caplog)
    assert line["request"] == number
    assert (line["method"], line["path"], line["status"]) == ("GET", "/map-data", 200)
    assert line["bytes"] == len(b"inner")
    assert "secret" not in json.dumps(line)


def test_the_session_of_an_upload_is_not_logged(caplog: pytest.LogCaptureFixture):
    path = "/map/_stcore/upload_file/5f0c-session/file-1"
    call(RequestLog(Inner(), Metrics(), "/map", lines=True), scope(path=path, method="PUT"))
    assert lines(caplog)[0]["path"] == "/map/_stcore/upload_file/…"


def test_the_id_of_a_proxy_is_taken_and_no_other_text():
    log = RequestLog(Inner(), Metrics(), "", lines=False)
    for value, taken in (("abcdef-1234", True), ('a"}\n{"x":1', False), ("short", False)):
        headers = (("host", "127.0.0.1:8501"), ("x-request-id", value))
        assert (answer_headers(call(log, scope(headers)))["x-request-id"] == value) is taken


def test_without_lines_an_error_is_logged_alone(caplog: pytest.LogCaptureFixture):
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError

    metrics = Metrics()
    call(RequestLog(Inner(), metrics, "", lines=False), scope())
    assert lines(caplog) == []
    with pytest.raises(RuntimeError):
        call(RequestLog(broken, metrics, "", lines=False), scope(path="/ogc"))
    (line,) = lines(caplog)
    assert (line["level"], line["status"]) == ("error", 500)
    counted = figures(metrics)
    assert counted["event_map_requests_total", "page", "200"] == 1
    assert counted["event_map_requests_total", "ogc", "500"] == 1
    assert counted["event_map_request_seconds_count", "ogc"] == 1


def test_open_pages_are_counted_while_they_are_open():
    metrics, while_open = Metrics(), []

    async def page(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        while_open.append(figures(metrics)["event_map_sessions",])

    call(RequestLog(page, metrics, "", lines=False), scope(kind="websocket"))
    assert while_open == [1]
    assert figures(metrics)["event_map_sessions",] == 0


def test_a_running_import_is_counted():
    waiting = "import sys; sys.stdin.read()"
    command = [sys.executable, "-c", waiting, "dashboard.datasets"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=dict(os.environ)) as process:
        assert figures(Metrics())["event_map_imports_running",] == 1
        assert process.stdin
        process.stdin.close()
    assert figures(Metrics())["event_map_imports_running",] == 0


@given(st.text(max_size=40))
def test_no_path_makes_a_route_of_its_own(path: str):
    names = {route_of(each, base) for base in ("", "/map") for each in (path, f"{base}/{path}")}
    assert names <= {
        "map-data", "suggestions", "changes", "outside", "ogc", "captures", "health", "metrics", "app",
        "static", "component", "_stcore", "page",
    }  # fmt: skip
    assert route_of("/map/ogc/collections", "/map") == "ogc"


def test_prometheus_reads_the_answer_of_the_route():
    answer = metrics_route(Metrics(), "/map").endpoint(None)
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert b"process_resident_memory_bytes" in answer.body
    assert b"event_map_sessions 0.0" in answer.body


def test_what_is_logged_is_one_of_two():
    assert logs_requests("requests")
    assert not logs_requests("errors")
    with pytest.raises(ServerSettingError, match="EVENT_MAP_LOG: expected requests or errors"):
        logs_requests("all")


def test_lines_go_to_the_error_output_as_they_are(capsys: pytest.CaptureFixture[str]):
    logger = logging.getLogger("event_map.requests")
    before = logger.handlers[:]
    logger.handlers.clear()
    try:
        start_log()
        start_log()
        call(RequestLog(Inner(), Metrics(), "", lines=True), scope(path=HOSTILE))
    finally:
        logger.handlers[:] = before
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["path"] == HOSTILE
    assert line.isascii()
    assert line.isprintable()
