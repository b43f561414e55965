"""The places that an article names without doubt, and how far others are from them."""

from bisect import bisect_left
from math import inf

from dashboard.gazetteer.index import KM_PER_DEGREE, PlaceIndex


class Anchors:
    """Ids of places that an article names without doubt; those that are points can be near."""

    def __init__(self, ids: frozenset[str], index: PlaceIndex) -> None:
        self.ids = ids
        self._index = index
        points = [place_id for place_id in ids if index.is_point(place_id)]
        self._points = sorted((index.place(place_id).lat, place_id) for place_id in points)
        self._nearest: dict[str, float | None] = {}

    def nearest_km(self, place_id: str) -> float | None:
        """The distance to the nearest other anchor that is a point; `None` if there is none."""
        if place_id not in self._nearest:
            self._nearest[place_id] = self._nearest_of(place_id)
        return self._nearest[place_id]

    def _nearest_of(self, place_id: str) -> float | None:
        """Search by latitude, to the north and to the south, until no point can be nearer."""
        lat = self._index.place(place_id).lat
        at = bisect_left(self._points, (lat, ""))
        best = inf
        for numbers in (range(at, len(self._points)), range(at - 1, -1, -1)):
            for number in numbers:
                other_lat, other = self._points[number]
                if KM_PER_DEGREE * abs(other_lat - lat) > best:
                    break
                if other != place_id:
                    best = min(best, self._index.distance_km(place_id, other))
        return None if best == inf else best
