"""Which pages may send requests, by the Origin header, e.g. `http://127.0.0.1:8501` at `127.0.0.1:8501`.

An origin is scheme, host and port: a page of another port of this machine is a foreign one.
Requests for scripts, images and frames have no Origin; they have Sec-Fetch-Site, e.g. `same-site` for
another local port, which no script can set. Browsers send it to loopback addresses and over https;
programs do not send it at all.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.types import Scope

from dashboard.server.header_values import header_values
from dashboard.server.hosts import Host, parse_host

_DEFAULT_PORTS = {"http": 80, "https": 443}
# The page itself, or the person: address bar, bookmark, a link in another program.
_SAME_ORIGIN = frozenset({"same-origin", "none"})
_FOREIGN = frozenset({"same-site", "cross-site"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port of a page; the port is never left out."""

    scheme: str
    name: str
    port: int

    @property
    def host(self) -> str:
        """The Host header of a request to this origin, e.g. `map.example.org`."""
        default = self.port == _DEFAULT_PORTS[self.scheme]
        return str(Host(self.name, None if default else self.port))


def origin_at(scheme: str, host: Host) -> Origin:
    """Return the origin of a page of `host` and `scheme` (http or https)."""
    return Origin(scheme, host.name, host.port or _DEFAULT_PORTS[scheme])


def parse_origin(value: str) -> Origin | None:
    """Parse `scheme://host` or `scheme://host:port`; `None` for `null`, lists, paths and the rest."""
    scheme, separator, rest = value.partition("://")
    host = parse_host(rest)
    if not separator or scheme.lower() not in _DEFAULT_PORTS or host is None:
        return None
    return origin_at(scheme.lower(), host)


def allowed_origin(
    values: Sequence[str], server: Origin, public: Collection[Origin]
) -> Origin | None:
    """Return the origin of a request's Origin headers if it is `server` or one of `public`."""
    origin = parse_origin(values[0]) if len(values) == 1 else None
    return origin if origin is not None and (origin == server or origin in public) else None


def is_foreign_fetch(scope: Scope) -> bool:
    """Whether the request comes from a page of another site and does not follow a link from it."""
    sites = header_values(scope, "sec-fetch-site")
    if not sites or (len(sites) == 1 and sites[0] in _SAME_ORIGIN):
        return False
    return not (len(sites) == 1 and sites[0] in _FOREIGN and _follows_link(scope))


def _follows_link(scope: Scope) -> bool:
    """Whether the tab navigates to this address: no frame, script or form with data."""
    return (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and header_values(scope, "sec-fetch-mode") == ["navigate"]
        and header_values(scope, "sec-fetch-dest") == ["document"]
    )
