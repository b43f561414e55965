"""Places that analysts add or edit, e.g. a village clicked on the map, with its source."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.model.listed_places import names_of_places
from dashboard.model.place import (
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
)
from dashboard.model.records import PlaceRecord

_HASH = 6


def new_place(draft: Place, seen_as: str) -> PlaceRecord:
    """A new place from a draft without an id; `seen_as` is the name by which an article calls it."""
    slug = re.sub(r"[^a-z0-9]+", "_", draft.name_en.lower()).strip("_") or "place"
    key = f"{draft.name_ar}|{draft.lat:.4f}|{draft.lon:.4f}"
    place_id = f"{slug}_{hashlib.sha256(key.encode()).hexdigest()[:_HASH]}"
    names = tuple(
        PlaceName(place_id, name, lang, NameStrength.STRONG, draft.sources)
        for name, lang in dict.fromkeys(
            ((seen_as, "ar"), (draft.name_ar, "ar"), (draft.name_en, "en"))
        )
    )
    return PlaceRecord(replace(draft, place_id=place_id), names)


def place_record(gazetteer: Gazetteer, place_id: str) -> PlaceRecord:
    """A place of the gazetteer with its names; raises KeyError if there is no such place."""
    return PlaceRecord(gazetteer.places[place_id], names_of_places(gazetteer, (place_id,)))


def edited_place(record: PlaceRecord, draft: Place, names: Sequence[PlaceName]) -> PlaceRecord:
    """The place with new fields; an area or a road keeps its geometry unless its point moved."""
    before = record.place
    moved = (before.lat, before.lon) != (draft.lat, draft.lon)
    place = replace(draft, place_id=before.place_id, tier=1)
    if before.geometry.geom_type != "Point" and not moved:
        place = replace(place, geometry=before.geometry)
    return PlaceRecord(place, tuple(names))


def with_name(record: PlaceRecord, name: str, source: str) -> PlaceRecord:
    """The place with one more Arabic name."""
    added = PlaceName(record.place.place_id, name, "ar", NameStrength.STRONG, source)
    return replace(record, names=(*record.names, added))
