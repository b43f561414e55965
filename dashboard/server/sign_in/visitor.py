"""Who sends a request: by a browser's session, a program's token, or the headers of a proxy."""

from dataclasses import dataclass

from starlette.types import Scope

from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import (
    ACCOUNT_HEADER,
    SESSION_HEADER,
    AccountError,
    Identity,
    account_name,
    shown_name,
)
from dashboard.access.accounts import Scope as TokenScope
from dashboard.access.own import hashed
from dashboard.access.sign_in_file import Proxy, SignIn, SignInFileError
from dashboard.access.tokens import TOKEN_BEGIN
from dashboard.model.viewer import Viewer
from dashboard.server.cookies import cookie_value
from dashboard.server.header_values import header_values

COOKIE = "event_map_session"
_BEARER = "bearer "
_PROXY_ISSUER = "proxy"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request, and the session, "" if there is none; `token` if it is a program's."""

    viewer: Viewer | None
    session_id: str = ""
    token: bool = False


def session_cookie(settings: SignIn) -> str:
    """The name of the cookie with the secret of a session.

    With this prefix browsers take it from this server alone (RFC 6265bis, 4.1.3.2), which needs https.
    """
    return f"__Host-{COOKIE}" if settings.address.startswith("https:") else COOKIE


def expect_true_addresses(forwarders: str) -> None:
    """Raise SignInFileError if uvicorn would replace addresses of sockets, by which a proxy is known.

    It believes the header X-Forwarded-For of the addresses in `forwarders`, by default those of this
    machine, on which any program may send one.
    """
    if forwarders.strip():
        raise SignInFileError(
            "[proxy]: expected the environment variable FORWARDED_ALLOW_IPS to be set and empty, found "
            f"{forwarders!r}. Start the server with: FORWARDED_ALLOW_IPS= event-map run"
        )


def visitor_of(
    scope: Scope, accounts: AccountStore, settings: SignIn, token_scope: TokenScope | None
) -> Visitor:
    """Who sends a request. A request with a token is that of its program, whatever cookies it has."""
    secret = _bearer(scope)
    if secret is not None:
        found = accounts.viewer_of_token(secret, token_scope) if token_scope else None
        return Visitor(found, token=True)
    if settings.proxy is not None:
        return _sent_by_proxy(scope, accounts, settings.proxy)
    session_id = hashed(cookie_value(scope, session_cookie(settings)))
    return Visitor(accounts.viewer_of_session(session_id), session_id)


def without_identity(scope: Scope, settings: SignIn) -> Scope:
    """The request without the headers by which the server or its proxy says who it is from.

    Those of the proxy stay in what it sends itself.
    """
    removed = {SESSION_HEADER, ACCOUNT_HEADER}
    proxy = settings.proxy
    if proxy is not None and not proxy.sends_from(_peer(scope)):
        removed |= {proxy.account_header, proxy.groups_header, proxy.name_header}
    # Some programs read "_" as "-", so a header with one would be another spelling of these.
    names = {name.lower().replace("_", "-").encode() for name in removed if name}
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name.lower().replace(b"_", b"-") not in names
    ]
    return {**scope, "headers": headers}


def with_session(scope: Scope, session_id: str, account: str) -> Scope:
    """The request with the headers by which the page knows its session, and Streamlit the account.

    Streamlit resumes a page that lost its connection only for the same account (`trustedUserHeaders`).
    """
    added = [
        (SESSION_HEADER.encode(), session_id.encode("ascii")),
        (ACCOUNT_HEADER.encode(), hashed(account).encode("ascii")),
    ]
    return {**scope, "headers": [*scope["headers"], *added]}


def _peer(scope: Scope) -> str:
    """The address at the other end of the socket; "" if unknown. See `expect_true_addresses`."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _bearer(scope: Scope) -> str | None:
    values = header_values(scope, "authorization")
    if len(values) != 1 or not values[0].lower().startswith(_BEARER):
        return None
    secret = values[0][len(_BEARER) :].strip()
    # A proxy may pass on a token of its own.
    return secret if secret.startswith(TOKEN_BEGIN) else None


def _sent_by_proxy(scope: Scope, accounts: AccountStore, proxy: Proxy) -> Visitor:
    identity = _identity(scope, proxy)
    if identity is None:
        return Visitor(None)
    try:
        found = accounts.viewer_of(identity)
        if found is None or scope["type"] != "websocket":
            return Visitor(found)
        # The page of a websocket lives longer than one request.
        return Visitor(found, hashed(accounts.sign_in(identity)))
    except AccountError:
        return Visitor(None)


def _identity(scope: Scope, proxy: Proxy) -> Identity | None:
    """Whom the proxy names; `None` if it names nobody, or two."""
    account = account_name(_only(scope, proxy.account_header))
    if account is None:
        return None
    groups, name = _only(scope, proxy.groups_header), _only(scope, proxy.name_header)
    parts = frozenset(part.strip() for part in groups.split(",") if part.strip())
    return Identity(_PROXY_ISSUER, account, account, shown_name(name) or account, parts)


def _only(scope: Scope, name: str) -> str:
    """The value of a header that is there once, of UTF-8, as proxies send names; else ""."""
    values = header_values(scope, name.lower()) if name else []
    return values[0].encode("latin-1").decode(errors="replace").strip() if len(values) == 1 else ""
