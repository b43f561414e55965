"""Lists of places join the gazetteer: new places, and further names of places that it has.

A place of a list is the same as a known one if they share an id (of GeoNames, or a P-code), or a name,
where both points lie within their uncertainties and both are settlements or areas of one level. Then
only its names are added. Places of lists are of the second tier: their names match with support.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.gazetteer.known_places import KnownPlaces
from dashboard.gazetteer.new_places import ListPlaces
from dashboard.model.place import Gazetteer, Place, PlaceName
from dashboard.model.place_list import PlaceList, is_arabic


@dataclass(slots=True)
class MergeCounts:
    """What a list adds: numbers of places and names.

    `new` are places that the gazetteer did not have, of which `new_arabic` have an Arabic name; `merged`
    are known places, which got `added_names` further names. `unplaced` are left out: they have no point,
    and the gazetteer has no area that contains them. `unknown` are rows with names of unknown places.
    """

    new: int = 0
    new_arabic: int = 0
    merged: int = 0
    added_names: int = 0
    unplaced: int = 0
    unknown: int = 0
    new_classes: dict[str, int] = field(default_factory=dict)


def with_lists(
    gazetteer: Gazetteer, lists: Sequence[PlaceList]
) -> tuple[Gazetteer, tuple[MergeCounts, ...]]:
    """The gazetteer with the places and names of the lists, in their order, and the counts of each."""
    if not lists:
        return gazetteer, ()
    known = KnownPlaces(gazetteer)
    counts = [MergeCounts() for _ in lists]
    names: list[PlaceName] = []
    for listed, count in zip(lists, counts, strict=True):
        names += _add_places(listed, known, count)
    for listed, count in zip(lists, counts, strict=True):
        names += _add_names(listed, known, count)
    return Gazetteer(known.places, (*gazetteer.names, *names)), tuple(counts)


def _add_places(listed: PlaceList, known: KnownPlaces, count: MergeCounts) -> list[PlaceName]:
    """Add the places of a list. Returns the names of the new ones, and further ones of known places."""
    rows = ListPlaces(listed, known)
    names: list[PlaceName] = []
    for row in rows.areas_first():
        same = known.same_place(rows.candidate(row))
        if same is not None:
            count.merged += 1
            rows.set_id(row, same)
            added = known.further_names(same, rows.names(row), listed.source[row])
            count.added_names += len(added)
            names += added
            continue
        place = rows.new_place(row)
        if place is None:
            count.unplaced += 1
            continue
        rows.set_id(row, place.place_id)
        _count_new(place, count)
        names += known.add(place, rows.names(row), rows.keys(row))
    known.index_new()
    return names


def _count_new(place: Place, count: MergeCounts) -> None:
    count.new += 1
    count.new_arabic += is_arabic(place.name_ar)
    kind = place.feature_class.value
    count.new_classes[kind] = count.new_classes.get(kind, 0) + 1


def _add_names(listed: PlaceList, known: KnownPlaces, count: MergeCounts) -> list[PlaceName]:
    """The names of rows that have names only, for places that other lists or the gazetteer have."""
    added: list[PlaceName] = []
    for row in _rows_of_names(listed):
        place_id = known.by_key(listed.key[row])
        if place_id is None:
            count.unknown += 1
            continue
        count.merged += 1
        further = known.further_names(place_id, listed.names[row], listed.source[row])
        known.set_arabic(place_id, further)
        added += further
    count.added_names += len(added)
    known.index_new()
    return added


def _rows_of_names(listed: PlaceList) -> Iterable[int]:
    return (row for row, kind in enumerate(listed.feature_class) if kind is None)
