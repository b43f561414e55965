"""The places that an article names without doubt, and how far others are from them."""

from bisect import bisect_left
from math import inf

from dashboard.gazetteer.index import KM_PER_DEGREE, PlaceIndex, km_between


class Anchors:
    """Ids of places that an article names without doubt; those that are points can be near.

    `before` are anchors to which those with other `ids` are added: distances to them are known.
    """

    def __init__(
        self, ids: frozenset[str], index: PlaceIndex, before: "Anchors | None" = None
    ) -> None:
        self.ids: frozenset[str] = ids if before is None else before.ids | ids
        self._index = index
        self._before = before
        new = ids if before is None else ids - before.ids
        points = [index.place(place_id) for place_id in new if index.is_point(place_id)]
        self._points = sorted((place.lat, place.place_id, place.lon) for place in points)
        self._nearest: dict[str, float] = {}

    def nearest_km(self, place_id: str) -> float | None:
        """The distance to the nearest other anchor that is a point; `None` if there is none."""
        nearest = self._nearest.get(place_id)
        if nearest is None:
            earlier = self._before.nearest_km(place_id) if self._before else None
            nearest = self._nearest_of(place_id)
            nearest = self._nearest[place_id] = (
                nearest if earlier is None else min(earlier, nearest)
            )
        return None if nearest == inf else nearest

    def _nearest_of(self, place_id: str) -> float:
        """Search by latitude, to the north and to the south, until no point can be nearer."""
        place = self._index.place(place_id)
        lat, lon = place.lat, place.lon
        at = bisect_left(self._points, (lat, "", 0.0))
        best = inf
        for numbers in (range(at, len(self._points)), range(at - 1, -1, -1)):
            for number in numbers:
                other_lat, other, other_lon = self._points[number]
                if KM_PER_DEGREE * abs(other_lat - lat) > best:
                    break
                if other != place_id:
                    best = min(best, km_between(lat, lon, other_lat, other_lon))
        return best
