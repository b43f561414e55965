"""The rows of a list as places: their points, uncertainties and containers."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from dashboard.gazetteer.known_places import Candidate, KnownPlaces
from dashboard.gazetteer.precision import radius_m
from dashboard.gazetteer.tiers import LIST_UNCERTAINTY_M
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.model.place_list import LOCAL, PlaceList, is_arabic
from dashboard.text.normalise import fold

# Areas from the largest to the smallest, with the precision of their points.
_AREAS = {
    FeatureClass.COUNTRY: PlacePrecision.REGION,
    FeatureClass.GOVERNORATE: PlacePrecision.GOVERNORATE,
    FeatureClass.DISTRICT: PlacePrecision.DISTRICT,
    FeatureClass.SUBDISTRICT: PlacePrecision.SUBDISTRICT,
}
_UNCHECKED = "from a list of places that was not checked against other sources"
_NO_POINT = "the list has no point of it: this is the point of an area that contains it"


class ListPlaces:
    """The places of a list by row; ids of its areas are known once they were given by `set_id`."""

    def __init__(self, listed: PlaceList, known: KnownPlaces) -> None:
        self._listed = listed
        self._known = known
        self._ids: dict[str, str] = {}
        self._points = _points(listed)
        self._accuracy = {kind: (p, radius_m(p)) for kind, p in _AREAS.items()}

    def areas_first(self) -> Iterable[int]:
        """The rows of places: countries, governorates, districts, subdistricts, then all others."""
        kinds = self._listed.feature_class
        for area in _AREAS:
            yield from (row for row, kind in enumerate(kinds) if kind is area)
        yield from (row for row, kind in enumerate(kinds) if kind and kind not in _AREAS)

    def names(self, row: int) -> Sequence[str]:
        """All names of a row."""
        return self._listed.names[row]

    def set_id(self, row: int, place_id: str) -> None:
        """Note the id of the place of a row in the gazetteer, for the places that it contains."""
        for key in (self._listed.key[row], *self._listed.same_as[row]):
            self._ids[key] = place_id

    def keys(self, row: int) -> Sequence[str]:
        """The keys of a row in its source and in others, without those of this list alone."""
        same_as = self._listed.same_as[row]
        further = [key for key in same_as if not key.startswith(LOCAL)] if same_as else ()
        return (self._listed.key[row], *further)

    def candidate(self, row: int) -> Candidate:
        """The row as it is compared with known places."""
        listed = self._listed
        return Candidate(
            self.keys(row),
            [fold(name) for name in listed.names[row]],
            self._class(row),
            self._point(row),
            self._within(row),
        )

    def new_place(self, row: int) -> Place | None:
        """The row as a place; without a point it is at its container; `None` without that too."""
        within = self._within(row)
        if self._listed.lat[row] is not None:
            return self._place(row, within)
        containers = (self._known.places[key] for key in within)
        container = next(containers, None)
        return None if container is None else self._place_at(row, within, container)

    def _point(self, row: int) -> tuple[float, float, int] | None:
        lat, lon = self._listed.lat[row], self._listed.lon[row]
        if lat is None or lon is None:
            return None
        return lat, lon, self._accuracy_of(self._class(row))[1]

    def _accuracy_of(self, kind: FeatureClass) -> tuple[PlacePrecision, int]:
        return self._accuracy.get(kind, (PlacePrecision.SETTLEMENT, LIST_UNCERTAINTY_M))

    def _class(self, row: int) -> FeatureClass:
        return self._listed.feature_class[row] or FeatureClass.LOCALITY

    def _within(self, row: int) -> tuple[str, ...]:
        """The nearest area of the list that contains the row, or else its country."""
        keys = self._listed.within[row]
        area = next((self._ids[key] for key in keys if key in self._ids), None)
        if area is None and self._class(row) is not FeatureClass.COUNTRY:
            area = self._known.country(self._listed.country[row])
        return () if area is None else (area,)

    def _place(self, row: int, within: tuple[str, ...]) -> Place:
        precision, uncertainty_m = self._accuracy_of(self._class(row))
        return self._build(row, within, self._points[row], (precision, uncertainty_m, _UNCHECKED))

    def _place_at(self, row: int, within: tuple[str, ...], container: Place) -> Place:
        point = shapely.Point(container.lon, container.lat)
        accuracy = (container.precision, container.uncertainty_m, _NO_POINT)
        return self._build(row, within, point, accuracy)

    def _build(
        self,
        row: int,
        within: tuple[str, ...],
        point: shapely.Point,
        accuracy: tuple[PlacePrecision, int, str],
    ) -> Place:
        precision, uncertainty_m, doubt = accuracy
        name_en, name_ar = _main_names(self._listed.names[row])
        return Place(
            self._listed.key[row],
            name_en,
            name_ar,
            self._class(row),
            within,
            point,
            point.y,
            point.x,
            uncertainty_m,
            precision,
            self._listed.source[row],
            doubt,
            2,
        )


def _points(listed: PlaceList) -> list[shapely.Point]:
    """A point for each row, all built at once; rows without one get an empty point."""
    lon = np.array([np.nan if x is None else x for x in listed.lon], dtype=float)
    lat = np.array([np.nan if y is None else y for y in listed.lat], dtype=float)
    points: list[shapely.Point] = np.asarray(shapely.points(lon, lat)).tolist()
    return points


def _main_names(names: Sequence[str]) -> tuple[str, str]:
    """The first name in another script, and the first in Arabic script; either may stand for both."""
    latin = next((name for name in names if not is_arabic(name)), names[0])
    return latin, next((name for name in names if is_arabic(name)), latin)
