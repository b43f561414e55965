"""Which permission a path needs, e.g. /ogc needs to look, /metrics to administer, /sign-in none."""

from starlette.types import Scope

from dashboard.access.accounts import Scope as TokenScope
from dashboard.model.permissions import Permission

SIGN_IN, START, CALLBACK = "/sign-in", "/sign-in/start", "/sign-in/callback"
# Passes the gate only while the session is good, by which a page sees that it has ended.
STATE = "/sign-in/state"
# What somebody who is not signed in may ask: the sign-in, and whether the server is alive ("ok").
OPEN_PATHS = frozenset({SIGN_IN, START, CALLBACK, "/_stcore/health"})
_MONITORED = frozenset({"/metrics", "/health"})
_UPLOADS = "/_stcore/upload_file/"
_FEATURES = "/ogc"


def needed_permission(scope: Scope, base_path: str) -> Permission | None:
    """The permission that a request needs, `None` if it needs none."""
    path = _local(scope, base_path)
    if path in OPEN_PATHS:
        return None
    if path in _MONITORED:
        return Permission.ADMINISTER
    if path.startswith(_UPLOADS):
        return Permission.REVIEW
    return Permission.LOOK


def token_scope(scope: Scope, base_path: str) -> TokenScope | None:
    """What a token must be for, to be used for a request; `None` if none is."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    path = _local(scope, base_path)
    if path in _MONITORED:
        return TokenScope.MONITOR
    return TokenScope.READ if f"{path}/".startswith(f"{_FEATURES}/") else None


def _local(scope: Scope, base_path: str) -> str:
    path: str = scope["path"]
    # Another path, e.g. of another program behind the same proxy, needs what any page needs.
    return path.removeprefix(base_path) if path.startswith(base_path) else path
