"""One event in flat files: a row for the event, for each of its claims, or for each of its places.

Rows of all layouts begin with the columns of the event. The row of an event or claim has the best
known place of the event; all places are text in `places_en`, `places_ar` and `coordinates`.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from dashboard.datasets.event_map.row_columns import ARTICLES, CLAIMS, EVENTS, PLACES
from dashboard.datasets.event_map.tables import EventRows
from dashboard.model.event import BEST_ROLES
from dashboard.model.place import PlacePrecision
from dashboard.text.escape import without_controls

Row = Mapping[str, Any]
_BETWEEN = "; "
# From the best known to the least.
_PRECISIONS = [precision.value for precision in PlacePrecision]
_ROLES = [role.value for role in BEST_ROLES]
# Columns of a place that have another name beside those of an event.
_RENAMED = {
    "name_en": "place",
    "name_ar": "place_ar",
    "role": "place_role",
    "precision": "place_precision",
}
_PLACE_NAMES = {name: _RENAMED.get(name, name) for name in PLACES if name != "event_id"}
_OF_EVENT = (*EVENTS, "coordinates")
_OF_CLAIM = tuple(name for name in CLAIMS if name != "event_id")
_OF_ARTICLE = tuple(name for name in ARTICLES if name not in CLAIMS)
# What a row stands for, and the column with the whole event, by which a file of ours is recognised.
LAYER, RECORD = "layer", "event_map_record"
# What the file says of itself; there is a text of terms only if they forbid to share rows.
CREDITS, TERMS = "file_credits", "file_terms"
# Before the name of a column of an imported row.
SOURCE = "source_"


class Layout(StrEnum):
    """What each row or feature of a flat file stands for."""

    EVENT = "event"
    CLAIM = "claim"
    PLACE = "place"


def best_place(places: Sequence[Row]) -> Row | None:
    """The best known place of an event by precision, then by role; `None` if it has none."""
    return min(
        places,
        key=lambda row: (_PRECISIONS.index(row["precision"]), _ROLES.index(row["role"])),
        default=None,
    )


def is_of_source(event_id: str, prefix: str) -> bool:
    """Whether an event was imported from the source, e.g. of "acled:SYR1", or "my_file:acled:SYR1"."""
    return f":{prefix}" in f":{event_id}"


def id_in_source(event_id: str, prefix: str) -> str:
    """The id that the source gave the event, e.g. "SYR1"; of other events their own id."""
    return event_id.rpartition(prefix)[2] if is_of_source(event_id, prefix) else event_id


def layout_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of a layout, without those of imported rows, of `about`, and the record."""
    columns = (*_OF_EVENT, *_PLACE_NAMES.values())
    return (*columns, *_OF_CLAIM, *_OF_ARTICLE) if layout is Layout.CLAIM else columns


def source_names(events: Iterable[EventRows]) -> list[str]:
    """The columns of the imported rows of all events, each once."""
    return list(dict.fromkeys(source_name(key) for it in events for key in it.source))


def source_name(name: str) -> str:
    """The name of a column of an imported row in a file, without line breaks, tabs and controls."""
    return " ".join(without_controls(f"{SOURCE}{name}").split())


def layout_rows(rows: EventRows, layout: Layout) -> list[dict[str, Any]]:
    """The rows of an event in a layout as mappings from column to value.

    An event without claims has a row in the layout of claims, one without places in that of places:
    no event is lost.
    """
    articles = {row["article_id"]: row for row in rows.articles}
    whole = {
        **rows.event,
        "coordinates": _BETWEEN.join(map(_coordinates, rows.places)),
        **{source_name(name): cell for name, cell in rows.source.items()},
        LAYER: layout.value,
        RECORD: rows.record,
    }
    if layout is Layout.PLACE:
        return [whole | _of_place(place) for place in rows.places] or [whole]
    whole |= _of_place(best_place(rows.places))
    claims = rows.claims if layout is Layout.CLAIM else []
    return [whole | _of_claim(claim, articles) for claim in claims] or [whole]


def _of_place(place: Row | None) -> dict[str, Any]:
    return {} if place is None else {new: place[old] for old, new in _PLACE_NAMES.items()}


def _of_claim(claim: Row, articles: Mapping[str, Row]) -> dict[str, Any]:
    article = articles[claim["article_id"]]
    return {name: claim[name] for name in _OF_CLAIM} | {name: article[name] for name in _OF_ARTICLE}


def _coordinates(place: Row) -> str:
    return (
        f"{place['role']}: {place['place_id']} {place['latitude']}, {place['longitude']} "
        f"± {place['uncertainty_m']} m ({place['precision']})"
    )
