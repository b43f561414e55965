"""What an analyst adds and changes, as records stored whole, e.g. an event with its claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from dashboard.model.article import Article
from dashboard.model.event import Claim, Event, EventActor, EventPlace
from dashboard.model.place import Place, PlaceName
from dashboard.model.suggestion import Suggestion, SuggestionStatus

R = TypeVar("R")


class Table(StrEnum):
    """What kinds of record are kept."""

    ARTICLE = "article"
    EVENT = "event"
    PLACE = "place"
    OUTLET = "outlet"
    SPEAKER = "speaker"
    SUGGESTION = "suggestion"
    CORRECTION = "correction"
    UNKNOWN_PLACE = "unknown_place"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event with all that hangs on it: it is edited, accepted and undone as one."""

    event: Event
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article without its text, which is kept once under its hash; `name` as it came in."""

    article: Article
    name: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read to its end without a fault; its id is the hash of its bytes."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place with its names, as one."""

    place: Place
    names: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """A suggested event and what became of it.

    `event_id` is the event that it was accepted as or merged into, `why` the analyst's reason.
    """

    suggestion_id: str
    article_id: str
    suggestion: Suggestion
    status: SuggestionStatus
    event_id: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's reading of a span of an article, in place of the program's.

    `type` is place, actor or date; `value` the id, or the interval as "2020-12-01..2020-12-31", or
    `None` if the span names nothing of the kind.
    """

    article_id: str
    start: int
    end: int
    type: str
    value: str | None


class UnknownStatus(StrEnum):
    """What became of a name that the gazetteer lacked."""

    QUEUED = "queued"
    PLACED = "placed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class UnknownPlaceRecord:
    """A name that the gazetteer lacks, where an article has it; one a sentence that names it.

    `classes` are the feature classes that `kind_word` allows, `near` the places named beside it,
    `place_id` what an analyst made it. Offsets are into the article.
    """

    article_id: str
    name: str
    kind_word: str
    classes: tuple[str, ...]
    near: tuple[str, ...]
    start: int
    end: int
    sentence: str
    status: UnknownStatus
    place_id: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record of changes: who did what when and why; `undoes` an earlier line."""

    seq: int
    at: datetime
    who: str
    what: str
    why: str
    undoes: int | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Versioned(Generic[R]):
    """A record and the number of the log entry that last changed it; `value` None: deleted."""

    value: R | None
    version: int


StoredSuggestion = Versioned[SuggestionRecord]


@dataclass(frozen=True, slots=True)
class Difference:
    """A record's fields before and after an entry; `None` for a record that was not there."""

    kind: Table
    record_id: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
