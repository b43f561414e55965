"""The text of an article with its metadata: title, time of publication, outlet, URL."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One article's text; `sha256` is that of the text in UTF-8.

    `published` is what the file states outside of the text (`None`: nothing), with the reason in
    words; `encoding` is the one it was decoded from.
    """

    name: str
    sha256: str
    text: str
    title: str | None
    published: datetime | None
    published_reason: str
    outlet: str | None
    url: str | None
    encoding: str
