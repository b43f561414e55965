"""The places of the gazetteer by name and by id in their sources, e.g. "geonames_170063" -> raqqa."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.gazetteer.country_names import country_names
from dashboard.gazetteer.tiers import METRES_PER_DEGREE, weak_names
from dashboard.model.place import FeatureClass, Gazetteer, Place, PlaceName
from dashboard.text.normalise import fold

_GEONAMES = re.compile(r"GeoNames (\d+)")
# Curated places name their P-code so, e.g. "OCHA C5905".
_PCODE = re.compile(r"OCHA ([A-Z]{1,3}\d{2,})\b")
# Sources differ on which of these a settlement is.
_SETTLEMENTS = frozenset({
    FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE, FeatureClass.NEIGHBOURHOOD,
    FeatureClass.LOCALITY, FeatureClass.CAMP,
})  # fmt: skip


# Sources put the point of a city anywhere in its built-up area, in metres.
_CITY_M = 8_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of a list: its keys, its folded names, and its point, `None` if it has none.

    The point is latitude and longitude in degrees, and the uncertainty in metres; `within` are the ids
    of the areas that contain it.
    """

    keys: Sequence[str]
    folded: Sequence[str]
    feature_class: FeatureClass
    point: tuple[float, float, int] | None
    within: Sequence[str]


class KnownPlaces:
    """Places that grow by those of lists; those of one list are compared after `index_new`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.places: dict[str, Place] = dict(gazetteer.places)
        self._by_key = _by_source_key(gazetteer.places)
        self._by_name: dict[str, dict[str, None]] = {}
        self._waiting: list[PlaceName] = list(gazetteer.names)
        self._countries: dict[str, str | None] = {}
        self.index_new()

    def by_key(self, key: str) -> str | None:
        """The id of the place with this key in its source, or `None`."""
        return self._by_key.get(key)

    def index_new(self) -> None:
        """Let the places and names that were added be found by name."""
        by_name = self._by_name
        for name in self._waiting:
            by_name.setdefault(fold(name.name), {})[name.place_id] = None
        self._waiting = []

    def same_place(self, candidate: Candidate) -> str | None:
        """The id of the known place that the candidate is, the nearest if several fit, or `None`."""
        for key in candidate.keys:
            if key in self._by_key:
                return self._by_key[key]
        by_name = self._by_name
        ids = {place_id for name in candidate.folded for place_id in by_name.get(name, ())}
        if not ids:
            return None
        kind = candidate.feature_class
        alike = [
            place
            for place_id in ids
            if _one_kind(kind, (place := self.places[place_id]).feature_class)
        ]
        if candidate.point is None:
            return _only(alike, candidate.within)
        point = candidate.point
        fitting = [place for place in alike if _near(place, point)]
        return min(fitting, key=lambda place: _distance(place, point)).place_id if fitting else None

    def add(self, place: Place, names: Sequence[str], keys: Iterable[str]) -> list[PlaceName]:
        """Add a place of a list. Returns its names, all weak."""
        self.places[place.place_id] = place
        for key in keys:
            self._by_key.setdefault(key, place.place_id)
        added = list(weak_names(place.place_id, names, place.sources))
        self._waiting += added
        return added

    def further_names(self, place_id: str, names: Sequence[str], source: str) -> list[PlaceName]:
        """The names that the place does not have yet, as weak names of it.

        A curated country has its names: those of lists are adjectives and other lands ("Syrian").
        """
        place = self.places[place_id]
        if place.tier == 1 and place.feature_class is FeatureClass.COUNTRY:
            return []
        folded = {fold(name): name for name in names}
        new = [name for key, name in folded.items() if place_id not in self._by_name.get(key, ())]
        added = list(weak_names(place_id, new, source))
        self._waiting += added
        return added

    def set_arabic(self, place_id: str, names: Sequence[PlaceName]) -> None:
        """Name a place of a list, which had no Arabic name, by the first Arabic one of these."""
        place = self.places[place_id]
        arabic = next((name.name for name in names if name.lang == "ar"), None)
        if arabic is not None and place.tier > 1 and place.name_ar == place.name_en:
            self.places[place_id] = replace(place, name_ar=arabic)

    def country(self, code: str) -> str | None:
        """The id of the country with this ISO 3166 code, `None` if the gazetteer does not have it."""
        if code not in self._countries:
            ids = [key for name in country_names(code) for key in self._by_name.get(name, ())]
            kind = FeatureClass.COUNTRY
            countries = (key for key in ids if self.places[key].feature_class is kind)
            self._countries[code] = next(countries, None)
        return self._countries[code]


def _by_source_key(places: Mapping[str, Place]) -> dict[str, str]:
    """The ids of places by their own key; a key that several places name as their source has none."""
    ids: dict[str, set[str]] = {}
    for key, place_id in _source_keys(places):
        ids.setdefault(key, set()).add(place_id)
    return {key: next(iter(same)) for key, same in ids.items() if len(same) == 1}


def _source_keys(places: Mapping[str, Place]) -> Iterable[tuple[str, str]]:
    for place_id, place in places.items():
        yield place_id, place_id
        # A place with several sources may name several ids of GeoNames, of which the first is its own.
        if match := _GEONAMES.search(place.sources):
            yield f"geonames_{match[1]}", place_id
        if match := _PCODE.search(place.sources):
            yield f"pcode_{match[1]}", place_id


def _one_kind(one: FeatureClass, other: FeatureClass) -> bool:
    return one is other or (one in _SETTLEMENTS and other in _SETTLEMENTS)


def _only(places: Sequence[Place], within: Sequence[str]) -> str | None:
    """The id of the only one of these places, or of the only one in the same area."""
    inside = [place for place in places if set(place.within) & set(within)]
    found = inside or places
    return found[0].place_id if len(found) == 1 else None


def _near(place: Place, point: tuple[float, float, int]) -> bool:
    lat, lon, uncertainty_m = point
    of_city = _CITY_M if place.feature_class is FeatureClass.CITY else 0
    reach = (place.uncertainty_m + uncertainty_m + of_city) / METRES_PER_DEGREE
    return abs(place.lat - lat) <= reach and abs(place.lon - lon) <= reach


def _distance(place: Place, point: tuple[float, float, int]) -> float:
    lat, lon, _uncertainty_m = point
    return (place.lat - lat) ** 2 + (place.lon - lon) ** 2
