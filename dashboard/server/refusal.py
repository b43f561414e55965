"""Refusals of requests, e.g. `Refusal(421, "This server …")`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

_POLICY_VIOLATION = 1008
_FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Refusal:
    """Status and sentence of an answer; the sentence contains nothing from the request."""

    status: int
    sentence: str
    headers: Mapping[str, str] = field(default_factory=dict)


async def refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer an HTTP request with `refusal`, a websocket with 403 before it is accepted."""
    if scope["type"] == "websocket":
        await _refuse_websocket(refusal, scope, receive, send)
        return
    answer = PlainTextResponse(f"{refusal.sentence}\n", refusal.status, dict(refusal.headers))
    await answer(scope, receive, send)


async def _refuse_websocket(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        # The server answers this with 403, without a sentence.
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    answer = PlainTextResponse(f"{refusal.sentence}\n", _FORBIDDEN)
    await answer(scope, receive, send)
