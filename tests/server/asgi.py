"""Calling ASGI middleware as a server does, without one."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.rules import ServerRules, server_rules

Headers = Iterable[tuple[str, str]]


def rules(hosts: Iterable[str] = (), origins: Iterable[str] = (), **changes: Any) -> ServerRules:
    """The rules of a server that is run as it is delivered."""
    options = {"scheme": "http", "base_path": "", "upload_megabytes": 1, **changes}
    return server_rules(hosts, origins, **options)


def scope(
    headers: Headers = (("host", "127.0.0.1:8501"),),
    *,
    path: str = "/",
    method: str = "GET",
    kind: str = "http",
    **more: Any,
) -> dict[str, Any]:
    """What uvicorn passes to an application for a request."""
    values: dict[str, Any] = {
        "type": kind,
        "path": path,
        "raw_path": path.encode("utf-8", "surrogateescape"),
        "query_string": b"",
        "scheme": "ws" if kind == "websocket" else "http",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        "extensions": {"websocket.http.response": {}} if kind == "websocket" else {},
    }
    if kind == "http":
        values["method"] = method
    return {**values, **more}


class Inner:
    """The application behind the middleware: remembers the scopes that reached it and answers 200."""

    def __init__(self, *, reads_body: bool = False) -> None:
        self.scopes: list[Scope] = []
        self.read = 0
        self.reads_body = reads_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        while self.reads_body:
            message = await receive()
            self.read += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        headers = [(b"access-control-allow-origin", b"*"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"inner"})


def call(app: ASGIApp, scope: Mapping[str, Any], chunks: Iterable[bytes] = ()) -> list[Message]:
    """The messages that the middleware sends for one request."""
    sent: list[Message] = []
    unsent = list(chunks)

    async def receive() -> Message:
        body = unsent.pop(0) if unsent else b""
        return {"type": "http.request", "body": body, "more_body": bool(unsent)}

    async def send(message: Message) -> None:
        sent.append(message)

    run(app(dict(scope), receive, send))  # type: ignore[arg-type]
    return sent


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that never waits, without an event loop: the browser tests may have one."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("the middleware waits for something other than the test")


def answered(route: Route, query: bytes) -> Response:
    """The answer of a route that may wait, to a GET with that query."""

    async def nothing_further() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    request = Request(scope(path=route.path, query_string=query), nothing_further)
    # In a thread of its own: that of a browser test may have a loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(route.endpoint(request))).result()


def status(messages: list[Message]) -> int | None:
    """The status of an answer; `None` where a websocket was accepted."""
    return next((m["status"] for m in messages if "status" in m), None)


def answer_headers(messages: list[Message]) -> dict[str, str]:
    """The headers of an answer."""
    start = next(m for m in messages if "status" in m)
    return {name.decode(): value.decode() for name, value in start["headers"]}
