"""Circles of uncertainty end where their country ends, e.g. that of al-Jazira at the border of Turkey.

A circle stays whole where the country is not known, where a place is in several or none, and outside of
the region of which the basemap has borders in detail (`data/basemap/country_areas.geojson`).
"""

from collections.abc import Iterable, Mapping

import shapely
from shapely.geometry import mapping

from dashboard.engine.places import Places
from dashboard.gazetteer.country_areas import country_areas
from dashboard.model.area import AreaError, CircleArea
from dashboard.model.place import FeatureClass, Place

# The levels from a place up to its country: village, subdistrict, district, governorate, country.
_LEVELS = 5
# The borders are exact to some hundred metres: three decimals of a degree.
_GRID = 0.001
# The border of a large circle needs no more detail than this share of its radius; metres of a degree.
_SHARE, _METRES = 0.005, 111_320


def part_in_country(place: Place, places: Mapping[str, Place]) -> object:
    """The part of a place's circle that is in its country, as GeoJSON; `None` if all of it may be.

    `places` has the areas that the place is in.
    """
    countries = _countries(place, places)
    country = country_areas().get(next(iter(countries))) if len(countries) == 1 else None
    if country is None or not country.contains(shapely.Point(place.lon, place.lat)):
        return None
    try:
        ring = CircleArea(place.lon, place.lat, place.uncertainty_m / 1000).ring
    except AreaError:
        return None
    circle = shapely.Polygon(ring)
    if country.contains(circle):
        return None
    part = circle.intersection(country).simplify(_SHARE * place.uncertainty_m / _METRES)
    return mapping(shapely.set_precision(part, _GRID))


def fetch_containers(places: Places, ids: Iterable[str]) -> None:
    """Load the areas that these places are in, by one query for each level instead of each place."""
    level = places.fetch(ids)
    for _ in range(_LEVELS):
        within = {key for place in level.values() for key in place.within}
        if not within:
            return
        level = places.fetch(within)


def _countries(place: Place, places: Mapping[str, Place]) -> set[str]:
    """The English names of the countries that the place is in."""
    seen: set[str] = set()
    names: set[str] = set()
    keys = list(place.within)
    while keys:
        area = places.get(keys.pop())
        if area is None or area.place_id in seen:
            continue
        seen.add(area.place_id)
        keys.extend(area.within)
        if area.feature_class is FeatureClass.COUNTRY:
            names.add(area.name_en)
    return names
