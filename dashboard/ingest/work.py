"""Read the articles in the bytes of a file, without a disk or a workspace.

So the same functions run in this process, in another one, and on another machine.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

import msgspec

from dashboard.documents.decode import clean
from dashboard.documents.read import Document, display_name, iter_documents
from dashboard.extraction.about import headline_of
from dashboard.extraction.join import MOST_ACTS
from dashboard.extraction.reader import Reader
from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.ingest.reading_json import reading_as_json
from dashboard.model.actor import Actor, ActorName
from dashboard.model.errors import Fault
from dashboard.model.learned import LearnedName
from dashboard.model.message import Message, message
from dashboard.model.place import Gazetteer
from dashboard.model.suggestion import Suggestion

T = TypeVar("T")

# Most unknown names of one article, each with its sentence: the longest real article has some 40.
_MOST_NAMES = 1_000


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of a file, and the name to show.

    `pasted`: no file, but a text that was pasted with its metadata, as a table of one row.
    """

    name: str
    content: bytes
    pasted: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data that readers need, and the SHA-256 of the texts and files that were read before.

    `token` identifies the data, so that a process builds its reader once.
    """

    token: str
    gazetteer: Gazetteer
    actors: Mapping[str, Actor]
    names: Sequence[ActorName]
    texts: frozenset[str]
    files: frozenset[str]
    learned: Sequence[LearnedName] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """One document with the results of reading that are stored.

    `acts_left_out` and `names_left_out` count acts and unknown names above the limits per article;
    `outlet_id` is the publisher that the text itself names, `None` if it names none.
    """

    document: Document
    headline: str
    published: datetime | None
    published_reason: Message
    suggestions: tuple[Suggestion, ...]
    unknown: tuple[UnknownPlace, ...]
    acts_left_out: int = 0
    names_left_out: int = 0
    outlet_id: str | None = None


@dataclass(frozen=True, slots=True)
class FileReading:
    """The results of one file: its new articles, the number of articles read before, and the faults.

    `content` has the file's bytes if it has new articles.
    """

    name: str
    sha256: str
    articles: tuple[ArticleReading, ...]
    known: int
    faults: tuple[Fault, ...]
    content: bytes = b""


# The reader of this process by the token of its knowledge, built for the first file.
_readers: dict[str, Reader] = {}


def reader_for(knowledge: Knowledge) -> Reader:
    """The reader of this process for this knowledge, built if the process has another or none."""
    if knowledge.token not in _readers:
        _readers.clear()
        _readers[knowledge.token] = Reader(
            knowledge.gazetteer, knowledge.actors, knowledge.names, knowledge.learned
        )
    return _readers[knowledge.token]


def read_files(files: Sequence[File], knowledge: Knowledge) -> list[FileReading]:
    """The reading of each file, in their order; faults of one file do not stop the next."""
    return [read_file(file, knowledge, iter_readings(file, knowledge)) for file in files]


def read_file(
    file: File, knowledge: Knowledge, readings: Iterable[ArticleReading | Fault | None]
) -> FileReading:
    """The reading of a file from the items of `iter_readings`; a file that was read before has none."""
    name, sha256 = display_name(file.name), hashlib.sha256(file.content).hexdigest()
    if sha256 in knowledge.files:
        return FileReading(name, sha256, (), 1, ())
    items = list(readings)
    articles = tuple(item for item in items if isinstance(item, ArticleReading))
    faults = tuple(item for item in items if isinstance(item, Fault))
    content = file.content if articles else b""
    return FileReading(name, sha256, articles, items.count(None), faults, content)


def iter_readings(file: File, knowledge: Knowledge) -> Iterator[ArticleReading | Fault | None]:
    """Read the articles of a file: a reading each, a fault, or `None` for a text that was read before.

    An article that cannot be read is a fault, and the next one is read.
    """
    for item in iter_documents(file.name, file.content, pasted=file.pasted):
        if isinstance(item, Fault):
            yield item
        elif item.sha256 in knowledge.texts:
            yield None
        else:
            yield from _reading_or_fault(item, knowledge)


def iter_json(file: File, knowledge: Knowledge, day: date | None) -> Iterator[bytes | Fault]:
    """Read the articles of a file: a line of JSON each (`reading_json.py`), or a fault.

    `day` is the day of publication of all of them; with `None`, each has the one that it states.
    """
    for item in iter_documents(file.name, file.content):
        if isinstance(item, Fault):
            yield item
        else:
            yield _or_fault(item, partial(_json_line, item, knowledge, day))


def _json_line(document: Document, knowledge: Knowledge, day: date | None) -> bytes:
    stated = document.published
    reading = reader_for(knowledge).read(document.text, day or (stated.date() if stated else None))
    published = stated or (reading.published.value if reading.published else None)
    places = knowledge.gazetteer.places
    return msgspec.json.encode(reading_as_json(places, document, reading, published))


def _or_fault(document: Document, read: Callable[[], T]) -> T | Fault:
    """What `read` returns; an error of a text costs that text only."""
    try:
        return read()
    except MemoryError:
        # The process may lack memory for anything else too, so it has to end.
        raise
    except Exception as error:  # noqa: BLE001 any error of a text
        found = f"{type(error).__name__}: {error}"
        return Fault(document.name, 0, "", "an article that can be read", clean(found)[:200])


def _reading_or_fault(
    document: Document, knowledge: Knowledge
) -> Iterator[ArticleReading | Fault | None]:
    reading = _or_fault(document, partial(read_document, document, knowledge))
    yield reading
    if isinstance(reading, Fault):
        return
    for number, most, what in (
        (reading.acts_left_out, MOST_ACTS, "acts of one kind"),
        (reading.names_left_out, _MOST_NAMES, "unknown names"),
    ):
        if number:
            found = f"{number:,} more, which were left out"
            yield Fault(document.name, 0, "", f"at most {most:,} {what} in one article", found)


def read_document(document: Document, knowledge: Knowledge) -> ArticleReading:
    """Read one document; its publication date is that of its metadata, else that of its dateline."""
    day = document.published.date() if document.published else None
    reading = reader_for(knowledge).read(document.text, day)
    published, reason = document.published, document.published_reason
    if published is None and reading.published is not None:
        published, reason = reading.published.value, reading.published.reason
    return ArticleReading(
        document=document,
        headline=document.title or headline_of(document.text, reading.zones),
        published=published,
        published_reason=reason or message("Not stated."),
        suggestions=reading.suggestions,
        unknown=reading.unknown[:_MOST_NAMES],
        acts_left_out=reading.left_out,
        names_left_out=max(0, len(reading.unknown) - _MOST_NAMES),
        outlet_id=reading.outlet.outlet_id if reading.outlet else None,
    )
