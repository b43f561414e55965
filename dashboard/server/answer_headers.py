"""The middleware that adds security headers to every answer, e.g. `X-Content-Type-Options: nosniff`."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.content_policy import content_policy
from dashboard.server.header_values import header_values
from dashboard.server.hosts import trusted_host
from dashboard.server.refusal import Refusal, refuse
from dashboard.server.rules import ServerRules

# The features of browsers that no page needs, by their present names.
_DENIED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "keyboard-map", "local-fonts", "magnetometer", "microphone", "midi",
    "otp-credentials", "payment", "picture-in-picture", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "sync-xhr", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
# Copying a link or a citation, and the tables' button for the whole screen.
_ALLOWED_FEATURES = ("clipboard-write", "fullscreen")
_HEADERS = {
    # The Content-Type of a file counts; a text that looks like a script is not one.
    "X-Content-Type-Options": "nosniff",
    # The address contains the whole state of the page; other servers do not get it. Not no-referrer:
    # with it browsers send `Origin: null` for forms and uploads. OpenStreetMap's tile server wants a
    # Referer; the tile layer gives it the origin alone (`referrer_policy` in browser/event_map.py).
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            *(f"{name}=()" for name in _DENIED_FEATURES),
            *(f"{name}=(self)" for name in _ALLOWED_FEATURES),
        ]
    ),
    # A page that opens this one in a tab has no access to it.
    "Cross-Origin-Opener-Policy": "same-origin",
    # No other site's page embeds scripts, pictures or data of this server.
    "Cross-Origin-Resource-Policy": "same-origin",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "SAMEORIGIN",
}
# Streamlit lets any origin read its static files; nothing here is for other origins.
_SHARING = b"access-control-"
_POLICY = b"content-security-policy"
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
_REPLACED = frozenset({_POLICY, *(name for name, _ in _ALWAYS)})
_STARTS = frozenset({"http.response.start", "websocket.http.response.start"})
_FAILED = Refusal(500, "The server could not answer this request.")


class AnswerHeaders:
    """ASGI middleware, the outermost one, so that refusals and errors have the headers too."""

    def __init__(self, app: ASGIApp, rules: ServerRules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer; an error is answered here and raised again."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        started = False

        async def completed_send(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"] in _STARTS:
                self._complete(message, scope)
            await send(message)

        try:
            await self.app(scope, receive, completed_send)
        except Exception:
            if not started and scope["type"] == "http":
                await refuse(_FAILED, scope, receive, completed_send)
            raise

    def _complete(self, message: Message, scope: Scope) -> None:
        host = trusted_host(header_values(scope, "host"), self.rules.hosts)
        policy = content_policy(scope["path"], host, self.rules)
        message["headers"] = [
            *((name, value) for name, value in message.get("headers", ()) if _is_passed_on(name)),
            *_ALWAYS,
            (_POLICY, policy.encode("ascii")),
        ]


def _is_passed_on(name: bytes) -> bool:
    """Whether a header of the answer is passed on: no CORS header, and none that is replaced."""
    lower = name.lower()
    return not lower.startswith(_SHARING) and lower not in _REPLACED
