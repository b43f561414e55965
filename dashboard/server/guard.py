"""The middleware that refuses requests by size, Host, method, path, Origin and site.

A page of http://127.0.0.1:9999 that opens a websocket to 127.0.0.1:8501 is answered 403.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server.header_values import header_values
from dashboard.server.hosts import Host, trusted_host
from dashboard.server.limits import check_method, check_size
from dashboard.server.origins import Origin, allowed_origin, is_foreign_fetch, origin_at
from dashboard.server.paths import is_closed
from dashboard.server.refusal import Refusal, refuse
from dashboard.server.rules import ServerRules

_HOST = Refusal(
    421,
    "This server does not answer to the host name of this address. If it is meant to, its operator "
    "names it in the setting EVENT_MAP_HOSTS.",
)
_ORIGIN = Refusal(
    403,
    "This server answers its own pages only. If it stands behind a proxy, its operator names the "
    "public address in the setting EVENT_MAP_ORIGINS.",
)
_FETCH = Refusal(403, "This server answers its own pages only; other sites may link to them.")
_CLOSED = Refusal(404, "Not found.")


class Guard:
    """ASGI middleware: a request that breaks a rule is refused before it reaches Streamlit."""

    def __init__(self, app: ASGIApp, rules: ServerRules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on with the Host header of the page that it comes from."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        checked = check(scope, self.rules)
        if isinstance(checked, Refusal):
            await refuse(checked, scope, receive, send)
        else:
            await self.app(_with_host(scope, checked.host), receive, send)


def check(scope: Scope, rules: ServerRules) -> Refusal | Origin:
    """Return the refusal of a request, or the origin of the page that it comes from."""
    refusal = check_size(scope)
    if refusal is not None:
        return refusal
    host = trusted_host(header_values(scope, "host"), rules.hosts)
    if host is None:
        return _HOST
    if is_closed(scope["path"], rules.base_path):
        return _CLOSED
    return check_method(scope) or _check_origin(scope, host, rules)


def _check_origin(scope: Scope, host: Host, rules: ServerRules) -> Refusal | Origin:
    server_origin = origin_at(rules.scheme, host)
    values = header_values(scope, "origin")
    if is_foreign_fetch(scope):
        return _FETCH
    # Browsers always send an Origin with a websocket; programs must send it too.
    if not values and scope["type"] == "http":
        return server_origin
    return allowed_origin(values, server_origin, rules.origins) or _ORIGIN


def _with_host(scope: Scope, host: str) -> Scope:
    """Return the scope with `host` as its Host header.

    Streamlit compares the Origin with it character by character. Where they differ (a proxy that
    changes the Host, the scheme's default port) it looks up this machine's address outside.
    """
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return {**scope, "headers": [*headers, (b"host", host.encode("ascii"))]}
