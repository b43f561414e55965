"""The text of an article with its metadata: title, time of publication, outlet, URL."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.model.message import Message


@dataclass(frozen=True, slots=True)
class Document:
    """One article's text; `sha256` is that of the text in UTF-8.

    `published` is what the file states outside of the text (`None`: nothing), and `published_reason`
    where it does.
    """

    name: str
    sha256: str
    text: str
    title: str | None
    published: datetime | None
    published_reason: Message | None
    outlet: str | None
    url: str | None
