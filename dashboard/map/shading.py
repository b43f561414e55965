"""A shaded map: governorates, districts or squares, each with its number of events.

An area has the outline that the gazetteer has for it. Where no free source has one, as for districts, it
is drawn as a small square at its middle, not as an outline of our own making.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, radians

import pandas as pd
import shapely
from shapely.geometry import mapping

from dashboard.map.same_areas import SameArea, same_areas
from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box, degrees_of
from dashboard.model.listed_places import checked_places, names_of_places
from dashboard.model.place import Place
from dashboard.project.catalog import Catalog
from dashboard.query import area_counts, map_counts
from dashboard.query.map_counts import Bins
from dashboard.query.query import DENSITY, Query

# Outlines are simplified by a kilometre: a tenth of that is enough, in degrees.
_GRID = 0.001
# Squares of a closer zoom would be smaller than what is known of most places (2 km).
_CLOSEST_SQUARES = 10
# The Equator in metres by tile units of the grid.
_METRES = 40_075_017 / (1 << 30)


@dataclass(frozen=True, slots=True)
class ShadedArea:
    """An area with all its ids; one of squares has none, and its corner in tile units.

    `geometry` is GeoJSON, lon before lat; `None` if no outline is known.
    """

    ids: tuple[str, ...] = ()
    name_en: str = ""
    name_ar: str = ""
    lat: float = 0.0
    lon: float = 0.0
    geometry: object = None
    selected: bool = False
    corner: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Shading:
    """The areas of a shaded map and their counts.

    `level` is one of `SHADINGS`; `side` is that of a square in tile units, `side_m` about that in
    metres; both 0 for areas. `counts` has the columns of the map's counts; its `mark` is the position in
    `areas`, or their number for events in none of them.
    """

    level: str
    areas: tuple[ShadedArea, ...]
    counts: pd.DataFrame
    bins: Bins
    side: int = 0
    side_m: int = 0


def shading_from_engine(catalog: Catalog, query: Query, box: Box) -> Shading:
    """The areas, or the squares in the box, with all events that match except for their dates."""
    start, end = (None if day is None else day_number(day) for day in (query.start, query.end))
    bins = map_counts.bins(catalog.extent.first, catalog.extent.last, (start, end))
    if query.shading == DENSITY:
        return _squares(catalog, query, box, bins)
    return _areas(catalog, query, bins)


def counted_again(rows: pd.DataFrame, position: Mapping[str, int]) -> pd.DataFrame:
    """Rows of -1 event for each that an area would count once more, by another of its ids."""
    rows = rows.assign(mark=rows["place_id"].map(position), events=-1)
    return rows[rows.duplicated(["event", "mark"])].drop(columns="event")


def _areas(catalog: Catalog, query: Query, bins: Bins) -> Shading:
    level = query.shading
    counts = catalog.engine.ask(area_counts.counts_by_area, query, bins, level=level)
    without = catalog.engine.ask(area_counts.without_area, query, bins, level=level)
    every = catalog.answers.get(("areas", level), lambda: _all_areas(catalog, level))
    used = set(counts["place_id"])
    countries = _countries(catalog, [area for area in every if not used.isdisjoint(area.ids)])
    shown = [
        area
        for area in every
        if not used.isdisjoint(area.ids)
        or (area.place.has_outline and countries & _containers(catalog, area.place))
    ]
    position = {key: at for at, area in enumerate(shown) for key in area.ids}
    counts = counts.assign(mark=counts["place_id"].map(position))
    if any(len(used.intersection(area.ids)) > 1 for area in shown):
        twice = catalog.engine.ask(area_counts.in_several_areas, query, bins, level=level)
        counts = pd.concat([counts, counted_again(twice, position)])
    counts = pd.concat([counts, without.assign(mark=len(shown))])
    areas = tuple(shaded_area(area, frozenset(query.places)) for area in shown)
    return Shading(level, areas, _typed(counts), bins)


def _typed(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.astype({"mark": "int64", "events": "int64"})


def _all_areas(catalog: Catalog, level: str) -> list[SameArea]:
    """All areas of a level: those of the gazetteer, and those of the events of any dataset."""
    gazetteer = catalog.curated.gazetteer
    curated = [
        place for place in checked_places(gazetteer.places).values() if place.feature_class == level
    ]
    known = {place.place_id for place in curated}
    ids = map(str, catalog.engine.ask(area_counts.area_ids, level=level)["place_id"])
    others = catalog.places.fetch(key for key in ids if key not in known)
    names: dict[str, list[str]] = {}
    for name in names_of_places(gazetteer, known):
        names.setdefault(name.place_id, []).append(name.name)
    return same_areas(curated, others.values(), names)


def _containers(catalog: Catalog, place: Place) -> set[str]:
    return set(catalog.curated.gazetteer.containers(place.place_id))


def _countries(catalog: Catalog, areas: list[SameArea]) -> set[str]:
    """The ids of the countries in which areas of the gazetteer are."""
    places = catalog.curated.gazetteer.places
    within = {
        key
        for area in areas
        if area.place.place_id in places
        for key in _containers(catalog, area.place)
    }
    return {key for key in within if not places[key].on_map}


def shaded_area(area: SameArea, chosen: frozenset[str]) -> ShadedArea:
    """The area with its outline, if one is known; `chosen` are ids of the filter by place."""
    place = area.place
    outline = place.geometry.geom_type in {"Polygon", "MultiPolygon"}
    return ShadedArea(
        area.ids,
        place.name_en,
        place.name_ar,
        place.lat,
        place.lon,
        mapping(shapely.set_precision(place.geometry, _GRID)) if outline else None,
        not chosen.isdisjoint(area.ids),
    )


def _squares(catalog: Catalog, query: Query, box: Box, bins: Bins) -> Shading:
    box = replace(box, zoom=min(box.zoom, _CLOSEST_SQUARES))
    # Aligned, so that a square is the same one in each part of the map.
    box = replace(box, left=box.left // box.cell * box.cell, top=box.top // box.cell * box.cell)
    counts = catalog.engine.ask(area_counts.counts_by_cell, query, box, bins)
    without = catalog.engine.ask(area_counts.without_point, query, bins)
    # An engine may return them in any order; one selection is one map, to the byte.
    cells = counts[["column", "row"]].drop_duplicates().sort_values(["row", "column"])
    cells = cells.reset_index(drop=True)
    keyed = counts.merge(cells.assign(mark=cells.index), on=["column", "row"])
    counts = pd.concat([keyed, without.assign(mark=len(cells))])
    areas = tuple(
        ShadedArea(corner=(box.left + int(column) * box.cell, box.top + int(row) * box.cell))
        for column, row in cells.itertuples(index=False)
    )
    middle, _lon = degrees_of(box.left, (box.top + box.bottom) / 2)
    side_m = round(box.cell * _METRES * cos(radians(middle)))
    return Shading(DENSITY, areas, _typed(counts), bins, box.cell, side_m)
