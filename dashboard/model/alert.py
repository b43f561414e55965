"""An alert: a person is notified of new events of a saved view, in the page and by mail."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """One person's wish to be notified of a view's new events.

    `owner` is the id of the account, or without accounts the name that was entered. `seen` and `mailed`
    are numbers of entries of the log: what came after them was not seen in the page, or not mailed.
    `mail_to` is "" if nothing is mailed, `language` the code of that of the mails; `mailed_at`, in UTC,
    is when something was.
    """

    owner: str
    view_id: str
    seen: int
    mail_to: str = ""
    mailed: int = 0
    mailed_at: datetime | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail that is to be sent, as bytes with its headers."""

    message_id: str
    mail_to: str
    content: bytes
