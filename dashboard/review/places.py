"""Places that analysts add or edit, e.g. a village clicked on the map, with its source."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import Point

from dashboard.model.place import (
    FeatureClass,
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
    PlacePrecision,
)
from dashboard.model.records import PlaceRecord

_HASH = 6


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """The fields that an analyst enters; `uncertainty_m` in metres, `lat` and `lon` in degrees."""

    name_en: str
    name_ar: str
    feature_class: FeatureClass
    within: tuple[str, ...]
    lat: float
    lon: float
    uncertainty_m: int
    precision: PlacePrecision
    source: str
    doubt: str | None


def new_place(draft: PlaceDraft, seen_as: str) -> PlaceRecord:
    """A new place with its names and the name by which an article calls it, `seen_as`."""
    slug = re.sub(r"[^a-z0-9]+", "_", draft.name_en.lower()).strip("_") or "place"
    key = f"{draft.name_ar}|{draft.lat:.4f}|{draft.lon:.4f}"
    place_id = f"{slug}_{hashlib.sha256(key.encode()).hexdigest()[:_HASH]}"
    names = tuple(
        PlaceName(place_id, name, lang, NameStrength.STRONG, draft.source)
        for name, lang in dict.fromkeys(
            ((seen_as, "ar"), (draft.name_ar, "ar"), (draft.name_en, "en"))
        )
    )
    return PlaceRecord(_place(place_id, draft), names)


def place_record(gazetteer: Gazetteer, place_id: str) -> PlaceRecord:
    """A place of the gazetteer with its names; raises KeyError if there is no such place."""
    names = tuple(name for name in gazetteer.names if name.place_id == place_id)
    return PlaceRecord(gazetteer.places[place_id], names)


def edited_place(record: PlaceRecord, draft: PlaceDraft, names: Sequence[PlaceName]) -> PlaceRecord:
    """The place with new fields; an area or a road keeps its geometry unless its point moved."""
    before = record.place
    moved = (before.lat, before.lon) != (draft.lat, draft.lon)
    place = _place(before.place_id, draft)
    if before.geometry.geom_type != "Point" and not moved:
        place = replace(place, geometry=before.geometry)
    return PlaceRecord(replace(place, tier=1), tuple(names))


def with_name(record: PlaceRecord, name: str, source: str) -> PlaceRecord:
    """The place with one more Arabic name."""
    added = PlaceName(record.place.place_id, name, "ar", NameStrength.STRONG, source)
    return replace(record, names=(*record.names, added))


def _place(place_id: str, draft: PlaceDraft) -> Place:
    return Place(
        place_id=place_id,
        name_en=draft.name_en,
        name_ar=draft.name_ar,
        feature_class=draft.feature_class,
        within=draft.within,
        geometry=Point(draft.lon, draft.lat),
        lat=draft.lat,
        lon=draft.lon,
        uncertainty_m=draft.uncertainty_m,
        precision=draft.precision,
        sources=draft.source,
        doubt=draft.doubt,
    )
