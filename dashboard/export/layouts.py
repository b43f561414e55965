"""The selection as one flat table: a row for each event, each claim or each place of an event.

Rows of all layouts begin with the columns of the event. The row of an event or claim has the best
known place of the event; all places are text in `places_en`, `places_ar` and `coordinates`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.export.options import Layout
from dashboard.export.rows import ARTICLES, CLAIMS, EVENTS, PLACES
from dashboard.export.selection import Export, by_event, records
from dashboard.model.place import PlacePrecision
from dashboard.query.bulk import ROLES

Row = Mapping[str, Any]
_BETWEEN = "; "
# From the best known to the least.
_PRECISIONS = [precision.value for precision in PlacePrecision]
_ROLES = [role.value for role in ROLES]
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


def best_place(places: Sequence[Row]) -> Row | None:
    """The best known place of an event by precision, then by role; `None` if it has none."""
    return min(
        places,
        key=lambda row: (_PRECISIONS.index(row["precision"]), _ROLES.index(row["role"])),
        default=None,
    )


def best_places(export: Export) -> dict[str, Row]:
    """The best known place of each located event, by event id."""
    placed = ((key, best_place(rows)) for key, rows in by_event(export.places).items())
    return {key: place for key, place in placed if place is not None}


def layout_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of a layout, without those of `about`."""
    columns = (*_OF_EVENT, *_PLACE_NAMES.values())
    return (*columns, *_OF_CLAIM, *_OF_ARTICLE) if layout is Layout.CLAIM else columns


def layout_rows(export: Export, layout: Layout) -> list[dict[str, Any]]:
    """The rows of a layout as mappings from column to value, in the order of the events.

    An event without claims has a row in the layout of claims, one without places in that of places:
    no event is lost.
    """
    places, claims = by_event(export.places), by_event(export.claims)
    articles = {row["article_id"]: row for row in records(export.articles)}
    rows: list[dict[str, Any]] = []
    for event in records(export.events):
        placed = places.get(event["event_id"], [])
        whole = event | {"coordinates": _BETWEEN.join(map(_coordinates, placed))}
        if layout is Layout.PLACE:
            rows += [whole | _of_place(place) for place in placed] or [whole]
            continue
        whole |= _of_place(best_place(placed))
        said = claims.get(event["event_id"], []) if layout is Layout.CLAIM else []
        rows += [whole | _of_claim(claim, articles) for claim in said] or [whole]
    return rows


def about_columns(export: Export) -> dict[str, str]:
    """What the file says of itself as columns, the same in every row."""
    return {f"file_{key}": value for key, value in export.about.items()}


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
