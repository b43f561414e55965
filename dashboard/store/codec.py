"""Records as JSON and back, checked, e.g. an EventRecord -> {"event": {"event_id": ...}, ...}."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from dashboard.model.article import Outlet, Speaker
from dashboard.model.records import (
    ArticleRecord,
    Correction,
    EventRecord,
    FileRecord,
    PlaceRecord,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
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
}
T = TypeVar("T")


def encode(record: object) -> str:
    """The record as JSON."""
    return msgspec.json.encode(record, enc_hook=_geometry_out).decode()


def decode(kind: type[T], text: str) -> T:
    """The record in JSON `text`; raises msgspec.ValidationError if it is none of this kind."""
    return msgspec.json.decode(text, type=kind, dec_hook=_geometry_in)


def _geometry_out(value: object) -> object:
    if isinstance(value, BaseGeometry):
        return mapping(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _geometry_in(kind: type, value: object) -> object:
    if issubclass(kind, BaseGeometry):
        return shape(value)  # type: ignore[arg-type]
    raise TypeError(f"no JSON form for {kind.__name__}")
