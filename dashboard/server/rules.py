"""The rules of the middleware: trusted hosts and origins, scheme, sizes of requests.

`server_rules(("map.example.org",), ("https://map.example.org",), scheme="http", …)`
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.model.errors import DashboardError
from dashboard.server.hosts import parse_host
from dashboard.server.origins import Origin, parse_origin

_MEGABYTE = 1024 * 1024


class ServerSettingError(DashboardError):
    """An invalid setting of the server: its name, what was expected, what was found."""


@dataclass(frozen=True, slots=True)
class ServerRules:
    """Trusted hosts besides the loopback ones, public origins, and settings of the server.

    `scheme` is http or https as this process serves it: a proxy's header for it (X-Forwarded-Proto)
    could be forged. `base_path` is "" or begins with a slash; `upload_bytes` is the largest body;
    `script_hashes` name the inline scripts of the page.
    """

    hosts: frozenset[str]
    origins: frozenset[Origin]
    scheme: str
    base_path: str
    upload_bytes: int
    script_hashes: tuple[str, ...] = ()


def server_rules(
    hosts: Iterable[str],
    origins: Iterable[str],
    *,
    scheme: str,
    base_path: str,
    upload_megabytes: int,
    script_hashes: tuple[str, ...] = (),
) -> ServerRules:
    """Build the rules from the settings. Raises ServerSettingError."""
    base = base_path.strip("/")
    return ServerRules(
        hosts=frozenset(_host_name(value) for value in hosts),
        origins=frozenset(_origin(value) for value in origins),
        scheme=scheme,
        base_path=f"/{base}" if base else "",
        upload_bytes=upload_megabytes * _MEGABYTE,
        script_hashes=script_hashes,
    )


def _host_name(value: str) -> str:
    host = parse_host(value)
    if host is None or host.port is not None:
        raise ServerSettingError(
            "EVENT_MAP_HOSTS: expected host names or addresses without scheme and port, such as "
            f"map.example.org, separated by commas; found {value!r}."
        )
    return host.name


def _origin(value: str) -> Origin:
    origin = parse_origin(value)
    if origin is None:
        raise ServerSettingError(
            "EVENT_MAP_ORIGINS: expected origins such as https://map.example.org, without a path, "
            f"separated by commas; found {value!r}."
        )
    return origin
