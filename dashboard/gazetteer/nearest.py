"""The places nearest to a point, e.g. one that was clicked on the map."""

from heapq import nsmallest
from math import cos, radians

from dashboard.gazetteer.index import KM_PER_DEGREE, km_between
from dashboard.model.listed_places import ListedPlaces, checked_places
from dashboard.model.place import Gazetteer, Place

# Half of the fifth decimal, about half a metre.
_SAME = 0.000_005


def nearest_places(
    gazetteer: Gazetteer, lat: float, lon: float, *, within_km: float, most: int
) -> list[tuple[Place, float]]:
    """Up to `most` places within a distance of a point, with their kilometres, the nearest first.

    Areas are left out: the point by which one is shown says nothing about what lies in it.
    """
    places = gazetteer.places
    found = [
        (km_between(lat, lon, place.lat, place.lon), place.place_id)
        for place in checked_places(places).values()
        if place.geometry.geom_type == "Point" and place.uncertainty_m <= within_km * 1000
    ]
    if isinstance(places, ListedPlaces):
        # Places of lists are built only where they are near.
        reach = within_km / KM_PER_DEGREE
        ids, lats, lons = places.points()
        shrink = cos(radians(lat))
        near = (abs(lats - lat) <= reach) & (abs(lons - lon) * shrink <= reach)
        found += [
            (km_between(lat, lon, float(lats[at]), float(lons[at])), ids[at])
            for at in near.nonzero()[0]
        ]
    in_reach = (pair for pair in found if pair[0] <= within_km)
    return [(places[place_id], km) for km, place_id in nsmallest(most, in_reach)]


def place_at(gazetteer: Gazetteer, lat: float, lon: float) -> Place | None:
    """The place whose point this is, to five decimals (a metre); the most exact one of several."""
    places, point = gazetteer.places, (round(lat, 5), round(lon, 5))
    here = [
        place
        for place in checked_places(places).values()
        if (round(place.lat, 5), round(place.lon, 5)) == point
    ]
    if not here and isinstance(places, ListedPlaces):
        ids, lats, lons = places.points()
        same = (abs(lats - lat) < _SAME) & (abs(lons - lon) < _SAME)
        here = [places[ids[at]] for at in same.nonzero()[0]]
    return min(here, key=lambda place: (place.uncertainty_m, place.place_id), default=None)
