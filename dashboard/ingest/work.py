"""The part of reading that runs anywhere, e.g. bytes of a file -> its articles, read.

It needs no disk and no workspace, so that the same function runs here, in another process, and on
another machine.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.documents.decode import clean
from dashboard.documents.document import Document
from dashboard.documents.read import iter_documents, shown
from dashboard.extraction.join import MOST_ACTS
from dashboard.extraction.reader import Reader
from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.model.actor import Actor, ActorName
from dashboard.model.errors import Fault
from dashboard.model.gazetteer import Gazetteer
from dashboard.model.suggestion import Suggestion
from dashboard.text.zones import Zone, ZoneKind

# A headline shown in a list is cut here; the text keeps all of it.
_HEADLINE = 160
# Unknown names of one article that are queued, each with its sentence: the longest real one has some 40.
_MOST_NAMES = 1_000


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes under its display name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader is made of, and the texts (SHA-256) and files that need not be read again.

    `token` tells one from another, so that a process makes its reader once.
    """

    token: str
    gazetteer: Gazetteer
    actors: Mapping[str, Actor]
    names: Sequence[ActorName]
    texts: frozenset[str]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """One document with what the workspace keeps of its reading.

    `acts_left_out` and `names_left_out` count what an article has too many of to be kept.
    """

    document: Document
    headline: str
    published: datetime | None
    published_reason: str
    suggestions: tuple[Suggestion, ...]
    unknown: tuple[UnknownPlace, ...]
    acts_left_out: int = 0
    names_left_out: int = 0


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read: its new articles, how many were known before, and what was wrong with it."""

    name: str
    sha256: str
    articles: tuple[ArticleReading, ...]
    known: int
    faults: tuple[Fault, ...]


# The reader of this process, made when the first file comes.
_readers: dict[str, Reader] = {}


def reader_of(knowledge: Knowledge) -> Reader:
    """The reader of this process for this knowledge; a newer one takes the place of an older."""
    if knowledge.token not in _readers:
        _readers.clear()
        _readers[knowledge.token] = Reader(knowledge.gazetteer, knowledge.actors, knowledge.names)
    return _readers[knowledge.token]


def read_files(files: Sequence[File], knowledge: Knowledge) -> list[FileReading]:
    """Read files, one result each, in their order; nothing that is wrong with one stops another."""
    return [read_file(file, knowledge, iter_readings(file, knowledge)) for file in files]


def read_file(
    file: File, knowledge: Knowledge, readings: Iterable[ArticleReading | Fault | None]
) -> FileReading:
    """One file's result of what `iter_readings` gives for it, wherever that runs."""
    name, sha256 = shown(file.name), hashlib.sha256(file.content).hexdigest()
    if sha256 in knowledge.files:
        return FileReading(name, sha256, (), 1, ())
    found = list(readings)
    articles = tuple(item for item in found if isinstance(item, ArticleReading))
    faults = tuple(item for item in found if isinstance(item, Fault))
    return FileReading(name, sha256, articles, found.count(None), faults)


def iter_readings(file: File, knowledge: Knowledge) -> Iterator[ArticleReading | Fault | None]:
    """The articles of a file, read one after another; `None` for one whose text is known.

    Whatever cannot be read of one article is a fault, and the next one is read.
    """
    for item in iter_documents(file.name, file.content):
        if isinstance(item, Fault):
            yield item
        elif item.sha256 in knowledge.texts:
            yield None
        else:
            yield from _reading_or_fault(item, knowledge)


def _reading_or_fault(
    document: Document, knowledge: Knowledge
) -> Iterator[ArticleReading | Fault | None]:
    try:
        reading = read_document(document, knowledge)
    except MemoryError:
        # What else lacks memory in this process cannot be known.
        raise
    except Exception as error:  # noqa: BLE001 whatever a text may cause costs that text alone
        found = f"{type(error).__name__}: {error}"
        yield Fault(document.name, 0, "", "an article that can be read", clean(found)[:200])
        return
    yield reading
    for number, most, what in (
        (reading.acts_left_out, MOST_ACTS, "acts of one kind"),
        (reading.names_left_out, _MOST_NAMES, "unknown names"),
    ):
        if number:
            found = f"{number:,} more, which were left out"
            yield Fault(document.name, 0, "", f"at most {most:,} {what} in one article", found)


def read_document(document: Document, knowledge: Knowledge) -> ArticleReading:
    """Read one document; the date that it states itself comes before the dateline's."""
    day = document.published.date() if document.published else None
    reading = reader_of(knowledge).read(document.text, day)
    published, reason = document.published, document.published_reason
    if published is None and reading.published is not None:
        published, reason = reading.published.value, reading.published.reason
    return ArticleReading(
        document=document,
        headline=document.title or _headline(document.text, reading.zones),
        published=published,
        published_reason=reason or "Not stated.",
        suggestions=reading.suggestions,
        unknown=reading.unknown[:_MOST_NAMES],
        acts_left_out=reading.left_out,
        names_left_out=max(0, len(reading.unknown) - _MOST_NAMES),
    )


def _headline(text: str, parts: Sequence[Zone]) -> str:
    """The headline as it stands in the text, or the text's beginning if it has none."""
    line = next(
        (text[zone.start : zone.end] for zone in parts if zone.kind is ZoneKind.HEADLINE), text
    )
    words = " ".join(line.split())
    return words if len(words) <= _HEADLINE else f"{words[:_HEADLINE].rsplit(' ', 1)[0]} …"
