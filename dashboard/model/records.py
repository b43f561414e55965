"""The records of the workspace, each stored as one value, e.g. an event with its claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from dashboard.model.article import Article
from dashboard.model.event import Claim, Event, EventActor, EventPlace
from dashboard.model.message import StoredText
from dashboard.model.place import Place, PlaceName
from dashboard.model.suggestion import Suggestion, SuggestionStatus

R = TypeVar("R")


class Table(StrEnum):
    """The kinds of record in the workspace."""

    ARTICLE = "article"
    EVENT = "event"
    PLACE = "place"
    OUTLET = "outlet"
    SPEAKER = "speaker"
    SUGGESTION = "suggestion"
    CORRECTION = "correction"
    UNKNOWN_PLACE = "unknown_place"
    FILE = "file"
    MERGED_EVENT = "merged_event"
    RELATION = "relation"
    DISTINCT_EVENTS = "distinct_events"
    CAPTURE = "capture"
    SOURCE_LINKS = "source_links"
    VERIFICATION = "verification"
    IMPORTED_VERIFICATION = "imported_verification"
    SOURCE_RATING = "source_rating"
    CLAIM_RATING = "claim_rating"
    LEARNED_NAME = "learned_name"
    EVENT_LINK = "event_link"
    SAVED_VIEW = "saved_view"
    RESTRICTION = "restriction"
    COMMENT = "comment"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event with its places, actors and claims, which are edited, accepted and undone together."""

    event: Event
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """What became of an event that was merged with another: its claims are those of `into` now."""

    into: str


@dataclass(frozen=True, slots=True)
class DistinctEvents:
    """Two events that look alike, and that an analyst found to be two; `why` is the reason."""

    first: str
    second: str
    why: StoredText


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article without its text, which is stored once under its hash; `name` is its file name."""

    article: Article
    name: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read completely and without a fault; its id is the hash of its bytes."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place with its names."""

    place: Place
    names: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """A suggested event and the decision on it.

    `event_id` is the event that it was accepted as or merged into, `why` the analyst's reason.
    """

    suggestion_id: str
    article_id: str
    suggestion: Suggestion
    status: SuggestionStatus
    event_id: str | None
    why: StoredText


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's reading of a span of an article, in place of the program's.

    `type` is place, actor or date; `value` the id, or the interval as "2020-12-01..2020-12-31", or
    `None` if the span is not a name of that type.
    """

    article_id: str
    start: int
    end: int
    type: str
    value: str | None


class UnknownStatus(StrEnum):
    """The decision on a name that the gazetteer lacked."""

    QUEUED = "queued"
    PLACED = "placed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class UnknownPlaceRecord:
    """A name that the gazetteer lacks, as it occurs in one sentence of an article.

    `classes` are the feature classes that `kind_word` allows, `near` the places named beside it,
    `place_id` the place that an analyst assigned. Offsets are into the article.
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
    """One entry of the log: who did what when and why; `undoes` is the number of an earlier entry."""

    seq: int
    at: datetime
    who: str
    what: StoredText
    why: StoredText
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
    """A record's fields before and after an entry; `None` if there was no such record."""

    kind: Table
    record_id: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
