"""Which pages may send requests, by the Origin header, e.g. `http://127.0.0.1:8501` at `127.0.0.1:8501`.

An origin is scheme, host and port: a page of another port of this machine is a foreign one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dashboard.server.hosts import Host, parse_host

_DEFAULT_PORTS = {"http": 80, "https": 443}


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
