"""Which Host headers are trusted, e.g. `127.0.0.1:8501`, but not `127.0.0.1.evil.example`.

A page of a foreign name that resolves to this machine (DNS rebinding) has the rights of our own pages;
only the Host header distinguishes them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

# Names and addresses of this machine only. Browsers convert every other form of them (127.1, [0:0::1],
# LOCALHOST) to one of these.
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_MAX_PORT = 65_535
# A name or IPv4 address, or an IPv6 address in brackets; then perhaps a port. ASCII alone: no user
# info, no path, no space, no trailing dot.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]{{2,45}}\]"
_HOST = re.compile(rf"({_NAME})(?::([0-9]{{1,5}}))?")


@dataclass(frozen=True, slots=True)
class Host:
    """A host name or address in lower case, and its port; `None` is the scheme's default port."""

    name: str
    port: int | None

    def __str__(self) -> str:
        return self.name if self.port is None else f"{self.name}:{self.port}"


def parse_host(value: str) -> Host | None:
    """Parse `name`, `name:port`, `address:port` or `[address]:port`; `None` if it is none of them."""
    match = _HOST.fullmatch(value.lower()) if value.isascii() else None
    if match is None:
        return None
    name, digits = match.groups()
    port = int(digits) if digits else None
    if port is not None and not 0 < port <= _MAX_PORT:
        return None
    return Host(name, port)


def trusted_host(values: Collection[str], named: Collection[str]) -> Host | None:
    """Return the host of a request's Host headers, or `None` if it is not trusted.

    There must be one header with a loopback host or one of `named`; any port is valid, since a
    tunnel may change it.
    """
    if len(values) != 1:
        return None
    host = parse_host(next(iter(values)))
    if host is None or not (host.name in LOOPBACK_HOSTS or host.name in named):
        return None
    return host
