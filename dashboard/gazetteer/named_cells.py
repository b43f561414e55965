"""The place that the cells of a row name, e.g. "عين عيسى", "الرقة" (governorate) -> ain_issa.

The names of areas drop the places of that name that are known to be elsewhere. If several are left,
none is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dashboard.gazetteer.area_names import LEVELS, name_key, without_area_word
from dashboard.gazetteer.place_names import NamedPlace, PlaceNames
from dashboard.model.place import FeatureClass

# Between the names in the key of the cells of a row.
_BETWEEN = " | "
# English words after the name of a settlement; which one it is sources do not agree on.
_SETTLEMENTS = frozenset({FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE})


class NamedCells(NamedTuple):
    """The names in a row, from the smallest place to the largest; "" for a blank cell."""

    place: str = ""
    admin3: str = ""
    admin2: str = ""
    admin1: str = ""
    country: str = ""

    @property
    def key(self) -> str:
        """The folded names that are given, e.g. "عين عيسي | الرقه": of an answer, and of a notice."""
        return _BETWEEN.join(key for cell in self if (key := name_key(cell)))


class Outcome(StrEnum):
    """Why cells have a place of the gazetteer, or have none."""

    PLACED = "placed"
    BLANK = "blank"
    SEVERAL = "several"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The place that cells name, or `None`, and why.

    `candidates` are the ids of all places that they may name. `unknown_areas` are the fields of
    `NamedCells` with an area that the gazetteer does not have, which dropped no place.
    """

    outcome: Outcome
    place: NamedPlace | None = None
    candidates: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()


def find_place(cells: NamedCells, names: PlaceNames) -> CellPlace:
    """The place that the cells name: the one that the analyst chose, or the only one that fits.

    Without a name of a place it is the smallest area that the gazetteer has.
    """
    if not cells.key:
        return CellPlace(Outcome.BLANK)
    answer = names.places.get(names.answers.get(cells.key, ""))
    if answer is not None:
        return _result(answer, (answer.place_id,), ())
    areas, unknown = _areas(cells, names)
    smallest = next(iter(areas.values()), ())
    named = _named(name_key(cells.place), names) if cells.place else smallest
    candidates = [key for key in named if key in names.places]
    if not candidates:
        # Only a country that the gazetteer does not have is a name of no place.
        return CellPlace(Outcome.COUNTRY if named else Outcome.UNKNOWN, unknown_areas=unknown)
    left = [
        key
        for key in candidates
        if not any(_outside(names.places[key], ids, names) for ids in areas.values())
    ]
    if not left:
        return CellPlace(Outcome.ELSEWHERE, None, tuple(candidates), unknown)
    innermost = _innermost([names.places[key] for key in left])
    if innermost is None:
        return CellPlace(Outcome.SEVERAL, None, tuple(left), unknown)
    return _result(innermost, tuple(left), unknown)


def _result(place: NamedPlace, candidates: tuple[str, ...], unknown: tuple[str, ...]) -> CellPlace:
    if place.feature_class is FeatureClass.COUNTRY:
        return CellPlace(Outcome.COUNTRY, None, candidates, unknown)
    return CellPlace(Outcome.PLACED, place, candidates, unknown)


def _areas(
    cells: NamedCells, names: PlaceNames
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The ids of the areas that the cells name by field, the smallest first, and unknown fields."""
    areas: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    fields = zip(reversed(LEVELS), NamedCells._fields[1:], cells[1:], strict=True)
    for level, field, cell in fields:
        key = name_key(cell)
        by_key = names.areas[level]
        ids = by_key.get(key) or by_key.get(without_area_word(key, level, names.kind_words))
        if ids:
            areas[field] = ids
        elif key:
            unknown.append(field)
    return areas, tuple(unknown)


def _named(key: str, names: PlaceNames) -> Sequence[str]:
    """The ids of the places of a name, also of one with a word for its kind ("مدينة الرقة")."""
    if ids := names.by_name.get(key):
        return ids
    first, _, rest = key.partition(" ")
    if rest and first in names.kind_words:
        return _of_classes(rest, names.kind_words[first], names)
    rest, _, last = key.rpartition(" ")
    if rest and last in _SETTLEMENTS:
        return _of_classes(rest, _SETTLEMENTS, names)
    return ()


def _of_classes(key: str, classes: frozenset[FeatureClass], names: PlaceNames) -> Sequence[str]:
    ids = names.by_name.get(key, ())
    return [place_id for place_id in ids if names.places[place_id].feature_class in classes]


def _outside(place: NamedPlace, area_ids: Iterable[str], names: PlaceNames) -> bool:
    """Whether the gazetteer knows that a place is in none of the areas."""
    return all(_outside_one(place, area_id, names) for area_id in area_ids)


def _outside_one(place: NamedPlace, area_id: str, names: PlaceNames) -> bool:
    """It is in another area of the same level, or of a larger one, or outside of the outline."""
    within = place.within | {place.place_id}
    if area_id in within:
        return False
    area = names.places.get(area_id)
    levels = {names.levels.get(key) for key in within}
    return any(
        key not in within and (key in place.outside or names.levels[key] in levels)
        for key in (area_id, *(area.within if area else ()))
        if key in names.levels
    )


def _innermost(places: Sequence[NamedPlace]) -> NamedPlace | None:
    """The only place, or the one in all others: "Daraa" is the town, not its governorate."""
    ids = {place.place_id for place in places}
    fitting = [place for place in places if ids - {place.place_id} <= place.within]
    return fitting[0] if len(fitting) == 1 else None
