"""The middleware that gives each browser a token in a cookie, by which the page finds its drafts again.

It is set with the answer to one request that each page sends before it opens its websocket. Not with the
page itself: a link on another site may open it, and then the browser holds a strict cookie back, which a
new one would replace.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.cookies import cookie_value
from dashboard.server.header_values import header_values
from dashboard.server.rules import ServerRules
from dashboard.store.browser_token import COOKIE, is_token, new_token

_SENT_WITH = "/_stcore/host-config"
# Browsers keep a cookie for 400 days at most; each visit begins them anew.
_KEPT_S = 400 * 24 * 3600


class BrowserCookie:
    """ASGI middleware: a browser that sends no cookie gets one."""

    def __init__(self, app: ASGIApp, rules: ServerRules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the cookie to its answer."""
        path = f"{self.rules.base_path}{_SENT_WITH}"
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != path:
            await self.app(scope, receive, send)
            return
        cookie = _cookie(_token(scope), self.rules, secure=_is_secure(scope, self.rules))

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"set-cookie", cookie.encode("ascii")),
                    # No cache may give one browser's answer to another.
                    (b"cache-control", b"no-store"),
                ]
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _token(scope: Scope) -> str:
    """The token that the browser sent, or a new one."""
    sent = cookie_value(scope, COOKIE)
    return sent if is_token(sent) else new_token()


def _cookie(token: str, rules: ServerRules, *, secure: bool) -> str:
    path = rules.base_path or "/"
    parts = (f"{COOKIE}={token}", f"Path={path}", f"Max-Age={_KEPT_S}", "HttpOnly")
    return "; ".join((*parts, "SameSite=Strict", *(["Secure"] if secure else [])))


def _is_secure(scope: Scope, rules: ServerRules) -> bool:
    """Whether the page has an https address: this server's own, or that of the proxy before it."""
    hosts = header_values(scope, "host")
    public = {origin.host for origin in rules.origins if origin.scheme == "https"}
    return rules.scheme == "https" or bool(public.intersection(hosts))
