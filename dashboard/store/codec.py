"""Records as JSON and back, checked, e.g. an EventRecord -> {"event": {"event_id": ...}, ...}."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from dashboard.model.article import Outlet, Speaker
from dashboard.model.capture import Capture, SourceLinks
from dashboard.model.errors import DashboardError
from dashboard.model.event import EventRelation
from dashboard.model.event_link import EventLink
from dashboard.model.learned import LearnedName
from dashboard.model.message import Message, StoredText
from dashboard.model.records import (
    ArticleRecord,
    Correction,
    DistinctEvents,
    EventRecord,
    FileRecord,
    MergedEvent,
    PlaceRecord,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
)
from dashboard.model.restriction import Restriction
from dashboard.model.saved_view import SavedView
from dashboard.model.shared_work import Assignment, Comment
from dashboard.model.verification import (
    ClaimRating,
    ImportedVerification,
    SourceRating,
    VerificationRecord,
)

RECORDS: Mapping[Table, type[Any]] = {
    Table.ARTICLE: ArticleRecord,
    Table.EVENT: EventRecord,
    Table.PLACE: PlaceRecord,
    Table.OUTLET: Outlet,
    Table.SPEAKER: Speaker,
    Table.SUGGESTION: SuggestionRecord,
    Table.CORRECTION: Correction,
    Table.UNKNOWN_PLACE: UnknownPlaceRecord,
    Table.FILE: FileRecord,
    Table.MERGED_EVENT: MergedEvent,
    Table.RELATION: EventRelation,
    Table.DISTINCT_EVENTS: DistinctEvents,
    Table.CAPTURE: Capture,
    Table.SOURCE_LINKS: SourceLinks,
    Table.VERIFICATION: VerificationRecord,
    Table.IMPORTED_VERIFICATION: ImportedVerification,
    Table.SOURCE_RATING: SourceRating,
    Table.CLAIM_RATING: ClaimRating,
    Table.LEARNED_NAME: LearnedName,
    Table.EVENT_LINK: EventLink,
    Table.SAVED_VIEW: SavedView,
    Table.RESTRICTION: Restriction,
    Table.COMMENT: Comment,
    Table.ASSIGNMENT: Assignment,
}
T = TypeVar("T")
# Records that stay decoded, some kB each.
MOST_DECODED = 20_000
# Errors that damaged JSON raises: msgspec for its syntax, shapely and our records for its values.
_DAMAGED = (
    msgspec.MsgspecError,
    ShapelyError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)


class StoredValueError(DashboardError):
    """A stored value that the program cannot have written: the file is damaged."""


def encode(record: object) -> str:
    """The record as JSON."""
    return msgspec.json.encode(record, enc_hook=_geometry_out).decode()


def decode(kind: type[T], text: str) -> T:
    """Decode a record from JSON; raises msgspec.ValidationError if it is not of this kind."""
    return msgspec.json.decode(text, type=kind, dec_hook=_geometry_in)


def decode_stored(kind: Table | str, record_id: str, text: object) -> object:
    """Decode a stored record. Raises StoredValueError if it cannot be read."""
    try:
        return _decode_record(Table(kind), _expect_text(text))
    except _DAMAGED as error:
        reason = f"the value of {kind} {record_id} cannot be read ({error})"
        raise StoredValueError(reason) from error


@lru_cache(MOST_DECODED)
def _decode_record(kind: Table, text: str) -> object:
    """Records cannot change: the same text gives the same object, e.g. after a decision on another."""
    return decode(RECORDS[kind], text)


def decode_fields(text: object) -> Mapping[str, object]:
    """Decode a stored record into a dictionary. Raises StoredValueError if it cannot be read."""
    try:
        return msgspec.json.decode(_expect_text(text), type=dict[str, object])
    except _DAMAGED as error:
        raise StoredValueError(f"a value in the log cannot be read ({error})") from error


def decode_text(text: object) -> StoredText:
    """A stored message or text. Raises StoredValueError if it cannot be read."""
    try:
        return msgspec.json.decode(_expect_text(text), type=Message | str)
    except _DAMAGED as error:
        raise StoredValueError(f"a text in the log cannot be read ({error})") from error


def read_time(text: object) -> datetime:
    """Parse a stored time. Raises StoredValueError if it cannot be read."""
    try:
        return datetime.fromisoformat(_expect_text(text))
    except _DAMAGED as error:
        raise StoredValueError(f"a time in the log cannot be read ({error})") from error


def read_table_name(text: object) -> Table:
    """Parse a stored kind of record. Raises StoredValueError for an unknown kind."""
    try:
        return Table(_expect_text(text))
    except _DAMAGED as error:
        raise StoredValueError(f"a kind of record cannot be read ({error})") from error


def _expect_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {type(value).__name__}")
    return value


def _geometry_out(value: object) -> object:
    if isinstance(value, BaseGeometry):
        return mapping(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _geometry_in(kind: type, value: object) -> object:
    if issubclass(kind, BaseGeometry):
        return shape(value)  # type: ignore[arg-type]
    raise TypeError(f"no JSON form for {kind.__name__}")
