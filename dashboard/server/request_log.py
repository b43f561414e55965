"""The middleware that gives each request an id, by which its line in the log is found.

{"time": "2026-11-28T00:50:12.031Z", "level": "info", "request": "5f0c…", "method": "GET",
"path": "/map-data", "status": 200, "ms": 12.4, "bytes": 20311}

The parameters of an address say what an analyst looks for, and are not logged. Each answer has the
request's id in `X-Request-ID`; so has the line of an error, before the trace that uvicorn writes.
"""

import json
import logging
import re
import time
from datetime import UTC, datetime
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.header_values import header_values
from dashboard.server.metrics import Metrics, route_of
from dashboard.server.rules import ServerSettingError

_HEADER = "x-request-id"
# What a proxy gives; anything else could write lines of its own into a log.
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_log = logging.getLogger("event_map.requests")
# The path of an upload has the id of a session.
_UPLOAD = re.compile(r"(/_stcore/upload_file/).*", re.DOTALL)
# What is logged, by the value of EVENT_MAP_LOG.
_LINES = {"requests": True, "errors": False}


def logs_requests(value: str) -> bool:
    """Whether each request is logged, by EVENT_MAP_LOG; raises ServerSettingError."""
    if value not in _LINES:
        message = f"EVENT_MAP_LOG: expected {' or '.join(_LINES)}, found {value!r}"
        raise ServerSettingError(message)
    return _LINES[value]


def start_log() -> None:
    """Write the lines to the error output as they are."""
    if not _log.handlers:
        _log.addHandler(logging.StreamHandler())
    _log.setLevel(logging.INFO)
    _log.propagate = False


class RequestLog:
    """ASGI middleware around all others; with `lines` each answer is logged, else errors alone."""

    def __init__(self, app: ASGIApp, metrics: Metrics, base_path: str, *, lines: bool) -> None:
        self.app = app
        self.metrics = metrics
        self.base_path = base_path
        self.lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count and log it when its answer is complete."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        answer = _Answer(_request_id(scope))
        is_page = scope["type"] == "websocket"

        async def followed_send(message: Message) -> None:
            if is_page and message["type"] == "websocket.accept":
                self.metrics.opened()
                answer.accepted = True
            answer.follow(message)
            await send(message)

        try:
            await self.app(scope, receive, followed_send)
        except Exception:
            answer.failed = True
            raise
        finally:
            if answer.accepted:
                self.metrics.closed()
            self._finish(scope, answer)

    def _finish(self, scope: Scope, answer: "_Answer") -> None:
        seconds = time.perf_counter() - answer.began
        if scope["type"] == "http":
            route = route_of(scope["path"], self.base_path)
            self.metrics.answered(route, answer.status, seconds)
        if answer.failed:
            _log.error("%s", answer.line(scope, seconds, "error"))
        elif self.lines:
            _log.info("%s", answer.line(scope, seconds, "info"))


class _Answer:
    """One answer while it is sent."""

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id
        self.began = time.perf_counter()
        # A request that fails before its answer begins is answered 500, outside of this middleware.
        self.status = 500
        self.sent = 0
        self.accepted = False
        self.failed = False

    def follow(self, message: Message) -> None:
        """Note what is sent, and give the answer its id."""
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            self.status = message["status"]
            name, value = _HEADER.encode(), self.request_id.encode()
            message["headers"] = [*message.get("headers", ()), (name, value)]
        elif message["type"] == "websocket.accept":
            self.status = 101
        self.sent += len(message.get("body", b"") or b"")

    def line(self, scope: Scope, seconds: float, level: str) -> str:
        """What is logged, as one line in ASCII: whatever else a path contains is escaped."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        about = {
            "time": now,
            "level": level,
            "request": self.request_id,
            "method": scope.get("method", "WEBSOCKET"),
            "path": _UPLOAD.sub(r"\1…", scope["path"]),
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "bytes": self.sent,
        }
        return json.dumps(about).replace("\x7f", "\\u007f")


def _request_id(scope: Scope) -> str:
    """The id that a proxy gave, or a new one."""
    values = header_values(scope, _HEADER)
    if len(values) == 1 and _ID.fullmatch(values[0]):
        return values[0]
    return uuid4().hex
