"""The middleware that lets nobody in who is not signed in, and closes the page of a session that ended.

It decides for every path and method, and for websockets: `GET /ogc` without a session is answered 401.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.account_store import AccountStore
from dashboard.access.sign_in_file import SignIn
from dashboard.model.permissions import Permission
from dashboard.model.viewer import acting_as
from dashboard.server.header_values import header_values
from dashboard.server.refusal import Refusal, refuse
from dashboard.server.rules import ServerRules
from dashboard.server.sign_in.attempts import Attempts
from dashboard.server.sign_in.needed import SIGN_IN, needed_permission, token_scope
from dashboard.server.sign_in.page import Problem
from dashboard.server.sign_in.visitor import Visitor, visitor_of, with_session, without_identity

# How often a live websocket asks whether its session is still good.
_ASK_S = 2.0
# Of the range that programs may define; the browser then asks the server again, which lets it sign in.
_SESSION_ENDED = 4401
_NOT_SIGNED_IN = Refusal(401, "Sign in first.", {"WWW-Authenticate": "Bearer"})
_TOO_MANY = Refusal(429, "Too many attempts. Wait a minute.", {"Retry-After": "60"})
# Source of the values of this header: RFC 6750, 3.1.
_INSUFFICIENT = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
_NOT_ALLOWED = Refusal(403, "Your role does not allow this.", _INSUFFICIENT)
_NO_ROLE = Refusal(
    403,
    "You are signed in, but have no role on this server. Ask its administrators. After they have given "
    "you one, open /sign-in on this server.",
    _INSUFFICIENT,
)
# Good tokens are never refused, whatever else comes from the same address, e.g. a proxy's.
_MOST_BAD_TOKENS, _WITHIN_S = 20, 60.0


class SignInGate:
    """ASGI middleware: a request passes if its sender is signed in and may do what it asks."""

    def __init__(
        self, app: ASGIApp, rules: ServerRules, settings: SignIn, accounts: AccountStore
    ) -> None:
        self.app = app
        self._base = rules.base_path
        self._settings, self._accounts = settings, accounts
        self._bad_tokens = Attempts(_MOST_BAD_TOKENS, _WITHIN_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as that of its sender, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        scope = without_identity(scope, self._settings)
        permission = needed_permission(scope, self._base)
        if permission is None:
            await self.app(scope, receive, send)
            return
        visitor = await run_in_threadpool(self._visitor, scope)
        refusal = self._refusal(scope, visitor, permission)
        if (refusal is _NOT_SIGNED_IN or refusal is _NO_ROLE) and self._is_page(scope):
            problem = Problem.NO_ROLE if refusal is _NO_ROLE else None
            await self._to_sign_in(problem, scope, receive, send)
        elif refusal is not None or visitor.viewer is None:
            await refuse(refusal or _NOT_SIGNED_IN, scope, receive, send)
        elif scope["type"] == "http":
            with acting_as(visitor.viewer):
                await self.app(scope, receive, send)
        else:
            # Each run of the page asks again who its viewer is: a session may end, a role change.
            page = with_session(scope, visitor.session_id, visitor.viewer.account)
            try:
                await _while_signed_in(self.app, page, receive, send, self._is_good(visitor))
            finally:
                if self._settings.proxy is not None:
                    await run_in_threadpool(self._accounts.forget_session, visitor.session_id)

    def _visitor(self, scope: Scope) -> Visitor:
        allowed = token_scope(scope, self._base)
        return visitor_of(scope, self._accounts, self._settings, allowed)

    def _refusal(self, scope: Scope, visitor: Visitor, permission: Permission) -> Refusal | None:
        if visitor.viewer is None:
            address = str((scope.get("client") or ("",))[0])
            if visitor.token and self._bad_tokens.exceeded(address):
                return _TOO_MANY
            return _NOT_SIGNED_IN
        if not visitor.viewer.permissions and not visitor.token:
            return _NO_ROLE
        return None if visitor.viewer.may(permission) else _NOT_ALLOWED

    def _is_page(self, scope: Scope) -> bool:
        """Whether a browser asks for a page, which it shows instead of a refusal."""
        if scope["type"] != "http" or scope["method"] != "GET" or self._settings.proxy is not None:
            return False
        return any("text/html" in value for value in header_values(scope, "accept"))

    async def _to_sign_in(
        self, problem: Problem | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        why = f"&why={problem}" if problem else ""
        address = f"{self._base}{SIGN_IN}?next={quote(wanted, safe='')}{why}"
        answer = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)

    def _is_good(self, visitor: Visitor) -> Callable[[], bool]:
        def is_good() -> bool:
            found = self._accounts.viewer_of_session(visitor.session_id)
            return found is not None and found.may(Permission.LOOK)

        return is_good


async def _while_signed_in(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, is_good: Callable[[], bool]
) -> None:
    """Serve a websocket until it closes or its session ends; then close it."""
    ended = asyncio.Event()

    async def watch() -> None:
        # If the accounts cannot be read, nobody stays in of whom nothing is known.
        with suppress(Exception):
            while await run_in_threadpool(is_good):  # noqa: ASYNC110 it ends in the database
                await asyncio.sleep(_ASK_S)
        ended.set()
        await send({"type": "websocket.close", "code": _SESSION_ENDED})

    async def send_while_open(message: Message) -> None:
        if not ended.is_set():
            await send(message)

    async def receive_while_open() -> Message:
        received = asyncio.ensure_future(receive())
        closing = asyncio.ensure_future(ended.wait())
        try:
            await asyncio.wait({received, closing}, return_when=asyncio.FIRST_COMPLETED)
            if ended.is_set():
                return {"type": "websocket.disconnect", "code": _SESSION_ENDED}
            return received.result()
        finally:
            closing.cancel()
            received.cancel()

    watching = asyncio.ensure_future(watch())
    try:
        await app(scope, receive_while_open, send_while_open)
    finally:
        watching.cancel()
