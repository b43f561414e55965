"""Sites: places at one point on the map share one mark, e.g. "ain_issa.ain_issa_camp"."""

from collections.abc import Iterable, Mapping

import numpy as np

from dashboard.model.listed_places import ListedPlaces, checked_places
from dashboard.model.place import Place

# Between the places of a site; ids of places do not contain it.
_BETWEEN_PLACES = "."
# Five decimals are a metre, finer than any source.
_DECIMALS = 5


def places_of_site(site: str) -> tuple[str, ...]:
    """The ids of the places at a site."""
    return tuple(site.split(_BETWEEN_PLACES))


def place_sites(places: Mapping[str, Place]) -> dict[str, str]:
    """Place id -> site id, the ids of all places at its point joined by a full stop."""
    at_point: dict[tuple[float, float], list[str]] = {}
    for place_id, lat, lon in _points(places):
        at_point.setdefault((lat, lon), []).append(place_id)
    return {
        place_id: ids[0] if len(ids) == 1 else _BETWEEN_PLACES.join(sorted(ids))
        for ids in at_point.values()
        for place_id in ids
    }


def _points(places: Mapping[str, Place]) -> Iterable[tuple[str, float, float]]:
    """Id, latitude and longitude of each place, rounded; places of lists are not built for it."""
    for place in checked_places(places).values():
        yield place.place_id, round(place.lat, _DECIMALS), round(place.lon, _DECIMALS)
    if isinstance(places, ListedPlaces):
        ids, lat, lon = places.points()
        rounded = (np.round(column, _DECIMALS).tolist() for column in (lat, lon))
        yield from zip(ids, *rounded, strict=True)
