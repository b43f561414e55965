"""The file that switches accounts on (EVENT_MAP_SIGN_IN), in TOML; docs/sign-in.md explains it.

address = "https://map.example.org"
[openid]
issuer = "https://sso.example.org"
client_id = "event-map"
client_secret_file = "/etc/event-map/client_secret"
[roles]
editor = ["group:map-editors", "account:ada@example.org"]
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated

import msgspec

from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Role, highest

Network = IPv4Network | IPv6Network
_GROUP, _ACCOUNT, _EVERYBODY = "group:", "account:", "everybody"
Text = Annotated[str, msgspec.Meta(min_length=1)]


class SignInFileError(DashboardError):
    """The file cannot be used: its name, the field, what was expected and found."""


class OpenId(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provider of OpenID Connect, found at `issuer`, and this server's client there.

    `groups_claim` is the claim of the ID token with the groups, `account_claim` that with the name of
    the account, which must be unique and never given to another person.
    """

    issuer: Text
    client_id: Text
    client_secret_file: Text
    groups_claim: Text = "groups"
    account_claim: Text = "email"
    scope: Text = "openid profile email"


class Proxy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proxy that signs people in, at one of `addresses`, and the headers in which it names them."""

    addresses: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    account_header: Text
    groups_header: Text
    name_header: str = ""

    def networks(self) -> tuple[Network, ...]:
        """The addresses. Raises ValueError."""
        return tuple(map(ip_network, self.addresses))

    def sends_from(self, address: str) -> bool:
        """Whether a request from this address (of the socket's other end) is the proxy's."""
        peer = _address(address)
        return peer is not None and any(peer in network for network in self.networks())


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people sign in: `openid` or `proxy`, and who has which role.

    `address` is that of the server as browsers see it. A sign-in ends after `session_hours`.
    """

    address: Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#\s]+$")]
    roles: Mapping[Role, tuple[str, ...]]
    openid: OpenId | None = None
    proxy: Proxy | None = None
    session_hours: Annotated[float, msgspec.Meta(gt=0, le=24 * 30)] = 12.0

    def role_of(self, account: str, groups: frozenset[str]) -> Role | None:
        """The highest role of an account and its groups, `None` if the file gives none."""
        names = {f"{_ACCOUNT}{account.lower()}", _EVERYBODY}
        names |= {f"{_GROUP}{group}" for group in groups}
        found = (
            role
            for role, members in self.roles.items()
            if names.intersection(map(_member_name, members))
        )
        return highest(frozenset(found))


def read_sign_in(path: Path | None) -> SignIn | None:
    """Read the file; `None` without one. Raises SignInFileError."""
    if path is None:
        return None
    try:
        settings = msgspec.toml.decode(path.read_bytes(), type=SignIn)
        _check(settings)
    except OSError as error:
        # An empty variable is the folder ".".
        raise SignInFileError(
            f"{path.name or 'EVENT_MAP_SIGN_IN'}: expected a readable file, {error.strerror}"
        ) from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise SignInFileError(f"{path.name}: {error}") from error
    return settings


def _check(settings: SignIn) -> None:
    """Raise ValueError for what the types cannot say."""
    if (settings.openid is None) == (settings.proxy is None):
        raise ValueError("expected one of [openid] and [proxy]")
    if settings.proxy is not None:
        settings.proxy.networks()
    for role, members in settings.roles.items():
        for member in members:
            if member != _EVERYBODY and not member.startswith((_GROUP, _ACCOUNT)):
                raise ValueError(
                    f'roles.{role}: expected "group:NAME", "account:NAME" or "everybody", '
                    f"found {member!r}"
                )
    if not settings.roles.get(Role.ADMINISTRATOR):
        raise ValueError("roles.administrator: expected at least one, found none")


def _member_name(member: str) -> str:
    """Names of accounts are compared without case, as addresses of mail are; groups as they are."""
    return member.lower() if member.startswith(_ACCOUNT) else member


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket for both versions has IPv4 addresses in this form: ::ffff:10.0.0.5.
    return getattr(address, "ipv4_mapped", None) or address
