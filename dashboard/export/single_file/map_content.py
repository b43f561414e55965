"""The map of a single file as data: marks, circles, areas, ends of movements; which events are where."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from shapely.geometry import mapping

from dashboard.map.first_view import NOWHERE, Bounds
from dashboard.map.from_records import map_from_records
from dashboard.model.event import PlaceRole
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents

# Of a degree of latitude, about.
_METRES = 111_000


@dataclass(frozen=True, slots=True)
class MapContent:
    """`layers` is the data of the script; `at` has the positions of marks, areas and movements by event.

    `marks` (south, west, north, east) are the bounds of all marks, `bounds` those with their circles.
    """

    layers: Mapping[str, object]
    at: Mapping[str, Mapping[str, list[Any]]]
    marks: Bounds
    bounds: Bounds


def map_content(selected: SelectedEvents) -> MapContent:
    """The map of all events of the file."""
    model, places = map_from_records(selected), selected.corpus.gazetteer.places
    mark_of = {key: at for at, mark in enumerate(model.marks) for key in mark.place_ids}
    rows = [row for row in selected.corpus.events.places if row.place_id in mark_of]
    used = sorted({row.place_id for row in rows})
    areas = [key for key in used if places[key].has_outline]
    number = {key: at for at, key in enumerate(used)}
    by_event: dict[str, dict[str, list[Any]]] = defaultdict(
        lambda: {"marks": [], "areas": [], "from": [], "to": []}
    )
    for row in rows:
        here = by_event[row.event_id]
        _add(here["marks"], mark_of[row.place_id])
        if row.place_id in areas:
            _add(here["areas"], areas.index(row.place_id))
        if row.role in {PlaceRole.FROM, PlaceRole.TO}:
            _add(here[row.role.value], number[row.place_id])
    layers = {
        "marks": msgspec.to_builtins(model.marks),
        "circles": msgspec.to_builtins(model.circles),
        "areas": [_area(key, places[key].geometry) for key in areas],
        "ends": [
            [places[key].lat, places[key].lon, places[key].name_en, places[key].name_ar]
            for key in used
        ],
    }
    points = [(mark.lat, mark.lon, 0.0) for mark in model.marks]
    around = [(each.lat, each.lon, each.radius_m / _METRES) for each in model.circles]
    return MapContent(layers, by_event, _bounds(points), _bounds(points + around))


def _add(positions: list[Any], position: int) -> None:
    if position not in positions:
        positions.append(position)


def _area(place_id: str, geometry: Any) -> dict[str, object]:
    lines = geometry.geom_type in {"LineString", "MultiLineString"}
    return {"id": place_id, "geometry": mapping(geometry), "line": lines}


def _end(place: Place) -> list[object]:
    return [place.lat, place.lon, place.name_en, place.name_ar]


def _bounds(reach: Sequence[tuple[float, float, float]]) -> Bounds:
    """The bounds of (lat, lon, degrees around); those of the program's first view if there is none."""
    if not reach:
        return NOWHERE
    return (
        min(lat - by for lat, _lon, by in reach),
        min(lon - by for _lat, lon, by in reach),
        max(lat + by for lat, _lon, by in reach),
        max(lon + by for _lat, lon, by in reach),
    )
