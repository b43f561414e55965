"""The file that says by which server mails are sent; docs/deploy.md explains it.

server = "smtps://mail.example.org:465"
sender = "event-map@example.org"
domains = ["example.org"]
user = "event-map"
password_file = "/etc/event-map/mail_password"
"""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from dashboard.model.errors import DashboardError

Text = Annotated[str, msgspec.Meta(min_length=1)]
_PORTS = {"smtps": 465, "smtp": 587}
# Plain addresses only: what else a standard allows is nobody's address, and could be a header.
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
_LONGEST_ADDRESS = 254


class MailFileError(DashboardError):
    """The file cannot be used: its name, the field, what was expected and found."""


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The server, as whom mails are sent, and the domains to whose addresses they may go.

    `server` is smtps://HOST:PORT (TLS), or smtp://HOST:PORT, which has to offer STARTTLS unless it is
    this machine. With a `user` the password is the first line of `password_file`.
    """

    server: Text
    sender: Text
    domains: tuple[Text, ...]
    user: Text | None = None
    password_file: Text | None = None

    @property
    def host(self) -> str:
        """The name of the server."""
        return urlsplit(self.server).hostname or ""

    @property
    def port(self) -> int:
        """The port of the server, by default that of its scheme."""
        return urlsplit(self.server).port or _PORTS[urlsplit(self.server).scheme]

    @property
    def tls(self) -> bool:
        """Whether the connection begins with TLS."""
        return urlsplit(self.server).scheme == "smtps"

    @property
    def local(self) -> bool:
        """Whether the server is this machine."""
        return self.host in ("localhost", "127.0.0.1", "::1")

    def allows(self, address: str) -> bool:
        """Whether mails may go to an address."""
        found = _ADDRESS.fullmatch(address)
        allowed = {domain.lower() for domain in self.domains}
        return bool(found and found[1].lower() in allowed and len(address) <= _LONGEST_ADDRESS)


def read_mail_file(path: Path | None) -> MailSettings | None:
    """How mails are sent; `None` without a file. Raises MailFileError."""
    if path is None:
        return None
    try:
        settings = msgspec.toml.decode(path.read_bytes(), type=MailSettings)
        valid = urlsplit(settings.server).scheme in _PORTS and settings.host and settings.port
    except OSError as error:
        raise MailFileError(f"{path.name}: expected a readable file, {error.strerror}") from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise MailFileError(f"{path.name}: {error}") from error
    if not valid or "@" in settings.server:
        raise MailFileError(f"{path.name}: server: expected smtps://HOST:PORT or smtp://HOST:PORT")
    if not _ADDRESS.fullmatch(settings.sender):
        raise MailFileError(f"{path.name}: sender: expected an address, as event-map@example.org")
    if bool(settings.user) != bool(settings.password_file):
        raise MailFileError(f"{path.name}: expected both user and password_file, or neither")
    return settings
