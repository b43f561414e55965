"""What the map says of events that it does not show: how many they are, and where all marks are."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.model.grid import Box
from dashboard.model.place import Place
from dashboard.project.catalog import Catalog
from dashboard.query import map_counts, outside
from dashboard.query.query import Query

# South, west, north and east in degrees.
Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outside:
    """Events that match and have no mark in the view; the edges of all marks, and of the selection."""

    outside: int
    bounds: Edges | None
    selected: Edges | None


def outside_of(catalog: Catalog, query: Query, view: Box) -> Outside:
    """The events of the query that have a mark, but none in the view."""
    filters = catalog.only_filters(query)
    events, bounds = catalog.answers.get(("marks", filters), lambda: _extent(catalog, filters))
    inside = 0
    if events:
        inside = int(catalog.engine.ask(outside.events_in_box, filters, view)["events"].iloc[0])
    return Outside(events - inside, bounds, _selected(catalog, query))


def marked_bounds(catalog: Catalog, query: Query) -> Edges | None:
    """The edges of the selection, else of all marks of the query; `None` if it has no mark."""
    filters = catalog.only_filters(query)
    _events, bounds = catalog.answers.get(("marks", filters), lambda: _extent(catalog, filters))
    return _selected(catalog, query) or bounds


def _extent(catalog: Catalog, filters: Query) -> tuple[int, Edges | None]:
    row = catalog.engine.ask(outside.extent_of_marks, filters).iloc[0]
    if not row["events"]:
        return 0, None
    south, west, north, east = (float(row[name]) for name in ("south", "west", "north", "east"))
    return int(row["events"]), (south, west, north, east)


def _selected(catalog: Catalog, query: Query) -> Edges | None:
    """The edges of the selected places, and of those of the selected event."""
    ids = list(query.place_ids)
    if query.event_id is not None:
        rows = catalog.engine.ask(map_counts.places_of_event, (query.event_id,))
        ids += map(str, rows["place_id"])
    return _edges(place for place in catalog.places.fetch(ids).values() if place.on_map)


def _edges(places: Iterable[Place]) -> Edges | None:
    boxes = [place.geometry.bounds for place in places]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(south), min(west), max(north), max(east)
