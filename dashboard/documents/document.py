"""A text to be read, with what its file says of it: title, publication, outlet, address."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.model.errors import Fault


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


@dataclass(frozen=True, slots=True)
class Read:
    """The documents of one file, and what was wrong with it."""

    documents: tuple[Document, ...]
    faults: tuple[Fault, ...]
