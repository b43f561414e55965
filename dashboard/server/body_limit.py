"""The middleware that refuses too large bodies, e.g. 413 for an upload over the limit."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.limits import declared_length, max_body_bytes
from dashboard.server.refusal import Refusal, refuse


class _BodyTooLargeError(Exception):
    """The body has more bytes than the request may have."""


class BodyLimit:
    """ASGI middleware: counts the body as it is read, whatever its Content-Length says."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self.app = app
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 413 when its body is, or becomes, too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = max_body_bytes(scope, self.upload_bytes)
        # The rest of the body is not read: the connection cannot be used again.
        refusal = Refusal(413, f"The body may have at most {limit} bytes.", {"Connection": "close"})
        if (declared_length(scope) or 0) > limit:
            await refuse(refusal, scope, receive, send)
            return
        await self._pass_on(scope, receive, send, limit, refusal)

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, limit: int, refusal: Refusal
    ) -> None:
        read, started = 0, False

        async def counted_receive() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body") or b"")
            if read > limit:
                raise _BodyTooLargeError
            return message

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted_receive, watched_send)
        except _BodyTooLargeError:
            if started:
                raise
            await refuse(refusal, scope, receive, send)
