"""Areas that are the same under several ids: Aleppo of the gazetteer, and "Aleppo" of an imported table.

A table brings areas with ids of its own. On a shaded map an area is one, whoever named it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from shapely import Point

from dashboard.gazetteer.area_names import kind_words, name_key, without_area_word
from dashboard.gazetteer.context import load_context
from dashboard.model.place import FeatureClass, Place

# Points of one area in two sources are no farther from each other, in degrees (90 km): a table's is the
# mean of its events. An outline may be crossed by as much as a tenth of this.
_NEAR, _MARGIN = 0.8, 0.08


@dataclass(frozen=True, slots=True)
class SameArea:
    """One area: the place that names it, and the ids of all places that it is."""

    place: Place
    ids: tuple[str, ...]


def same_areas(
    curated: Iterable[Place], imported: Iterable[Place], names: Mapping[str, Iterable[str]]
) -> list[SameArea]:
    """The areas of one level; `names` are further names of the curated ones, by id."""
    areas: list[tuple[Place, list[str]]] = []
    by_key: dict[str, list[int]] = {}
    for place in curated:
        areas.append((place, [place.place_id]))
        for key in _keys(place, names.get(place.place_id, ())):
            by_key.setdefault(key, []).append(len(areas) - 1)
    for place in sorted(imported, key=lambda it: it.place_id):
        keys = _keys(place, ())
        near = {at for key in keys for at in by_key.get(key, ()) if _is_near(areas[at][0], place)}
        if near:
            areas[min(near)][1].append(place.place_id)
            continue
        areas.append((place, [place.place_id]))
        for key in keys:
            by_key.setdefault(key, []).append(len(areas) - 1)
    return [SameArea(place, tuple(ids)) for place, ids in areas]


def _keys(place: Place, names: Iterable[str]) -> set[str]:
    """The names as keys, without the word for their level."""
    level = place.feature_class
    keys = {name_key(name) for name in (place.name_en, place.name_ar, *names)} - {""}
    return {without_area_word(key, level, _kind_words()) for key in keys}


@cache
def _kind_words() -> dict[str, frozenset[FeatureClass]]:
    return kind_words(load_context())


def _is_near(area: Place, place: Place) -> bool:
    if place.geometry.is_empty or area.geometry.is_empty:
        return False
    if area.has_outline:
        return bool(area.geometry.distance(Point(place.lon, place.lat)) <= _MARGIN)
    shrink = cos(radians(area.lat))
    return hypot(area.lat - place.lat, (area.lon - place.lon) * shrink) <= _NEAR
