"""The names of the gazetteer as plain data for the cells of tables, e.g. "tell abyad" -> tell_abyad.

The processes that read tables get it: it has no outlines, and can be pickled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from dashboard.gazetteer.area_names import LEVELS, area_names, kind_words, name_key
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.listed_places import tier_of
from dashboard.model.place import FeatureClass, NameStrength, Place, PlacePrecision
from dashboard.text.normalise import fold

# Outlines are generalised: a point this near to one, in degrees (11 km), may be inside.
_OUTLINE_MARGIN = 0.1
_NOWHERE: frozenset[str] = frozenset()
# Parts of settlements and sites, whose weak names are as general as "the eastern quarter".
_SITES = frozenset({
    FeatureClass.NEIGHBOURHOOD, FeatureClass.CAMP, FeatureClass.MILITARY_BASE, FeatureClass.AIRPORT,
    FeatureClass.SILO, FeatureClass.SCHOOL, FeatureClass.CROSSING,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of the gazetteer without its geometry; `lat` and `lon` in degrees (EPSG:4326).

    `within` has the ids of the areas that contain it. It is not in the areas `outside`, by their
    outlines.
    """

    place_id: str
    feature_class: FeatureClass
    lat: float
    lon: float
    precision: PlacePrecision
    uncertainty_m: int
    within: frozenset[str]
    outside: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Places by id, and the ids of places by the key of their names (`name_key`).

    `areas` has by level (country, governorate, district, subdistrict) the ids of the areas of that
    level by key. A country that is not in the gazetteer has an id too, and no place. `levels` has the
    level of each area. `kind_words` are the classes of place by the word before a name, as "مدينه".
    `answers` are the ids of places that the analyst chose, by the key of the cells of a row
    (`named_cells.NamedCells.key`).
    """

    places: Mapping[str, NamedPlace]
    by_name: Mapping[str, tuple[str, ...]]
    areas: Mapping[FeatureClass, Mapping[str, tuple[str, ...]]]
    levels: Mapping[str, FeatureClass]
    kind_words: Mapping[str, frozenset[FeatureClass]]
    answers: Mapping[str, str] = field(default_factory=dict)

    def areas_of(self, place_id: str) -> list[str]:
        """The ids of the areas that contain a place, the largest first."""
        order = list(LEVELS)
        areas = self.places[place_id].within
        known = [area_id for area_id in areas if area_id in self.levels]
        known.sort(key=lambda area_id: (order.index(self.levels[area_id]), area_id))
        return [*sorted(areas - set(known)), *known]


def place_names(index: PlaceIndex) -> PlaceNames:
    """The names of all places of the gazetteer, of both tiers."""
    keys = _keys(index)
    areas = area_names(index, keys)
    levels = {
        area_id: level
        for level, by_key in areas.items()
        for ids in by_key.values()
        for area_id in ids
    }
    return PlaceNames(
        places=_places(index),
        by_name={key: tuple(ids) for key, ids in keys.items()},
        areas=areas,
        levels=levels,
        kind_words=kind_words(index.context),
    )


def _keys(index: PlaceIndex) -> dict[str, dict[str, NameStrength]]:
    """The ids of places by the key of each name, with the strength of that name."""
    keys: dict[str, dict[str, NameStrength]] = {}
    general = _general_names(index)
    for name, strengths in index.by_name.items():
        key = name_key(name)
        fitting = {
            place_id: strength
            for place_id, strength in strengths.items()
            if (name, place_id) not in general
        }
        if key and fitting:
            known = keys.setdefault(key, {})
            for place_id, strength in fitting.items():
                # Of two names of one key the strong one counts.
                if known.get(place_id) is not NameStrength.STRONG:
                    known[place_id] = strength
    return keys


def _general_names(index: PlaceIndex) -> frozenset[tuple[str, str]]:
    """The folded names, with their places, that are as general as "the eastern quarter".

    By the strength in the gazetteer: in a text the word for its kind supports such a name, in a cell
    there is no text that says of which town the quarter is.
    """
    places = index.gazetteer.places
    strong: set[tuple[str, str]] = set()
    weak: set[tuple[str, str]] = set()
    for name in index.gazetteer.names:
        if tier_of(places, name.place_id) == 1 and places[name.place_id].feature_class in _SITES:
            names = weak if name.strength is NameStrength.WEAK else strong
            names.add((fold(name.name), name.place_id))
    return frozenset(weak - strong)


def _places(index: PlaceIndex) -> dict[str, NamedPlace]:
    # The same set for all places of an area, so that it is sent once.
    shared: dict[frozenset[str], frozenset[str]] = {}
    outside = _outside(index)
    places: dict[str, NamedPlace] = {}
    for place_id, place in index.gazetteer.places.items():
        within = index.containers[place_id] - {place_id}
        places[place_id] = NamedPlace(
            place_id=place_id,
            feature_class=place.feature_class,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            uncertainty_m=place.uncertainty_m,
            within=shared.setdefault(within, within),
            outside=outside.get(place_id, _NOWHERE),
        )
    return places


def _outside(index: PlaceIndex) -> dict[str, frozenset[str]]:
    """The areas with an outline that a place is not in, for points without a known governorate."""
    places = index.gazetteer.places
    areas = [
        place
        for place in places.values()
        if place.feature_class in LEVELS and place.geometry.area > 0
    ]
    area_ids = frozenset(area.place_id for area in areas)
    points = [place for place in places.values() if _may_be_outside(place, index, places)]
    if not areas or not points:
        return {}
    lon, lat = (np.array([getattr(place, name) for place in points]) for name in ("lon", "lat"))
    near = np.array(
        [_near(area.geometry.buffer(_OUTLINE_MARGIN), lon, lat) for area in areas], dtype=bool
    )
    shared = {
        tuple(column): area_ids - {areas[at].place_id for at in np.flatnonzero(column)}
        for column in map(tuple, np.unique(near, axis=1).T.tolist())
    }
    return {
        place.place_id: shared[tuple(column)]
        for place, column in zip(points, near.T.tolist(), strict=True)
    }


def _near(outline: shapely.Geometry, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    shapely.prepare(outline)
    return np.asarray(shapely.contains_xy(outline, lon, lat))


def _may_be_outside(place: Place, index: PlaceIndex, places: Mapping[str, Place]) -> bool:
    """Whether only outlines can tell the governorate of a place: it is a point, and no list has it."""
    if not index.is_point(place.place_id):
        return False
    return not _has_level(index.containers[place.place_id], FeatureClass.GOVERNORATE, places)


def _has_level(ids: Iterable[str], level: FeatureClass, places: Mapping[str, Place]) -> bool:
    return any(places[key].feature_class is level for key in ids)
