"""Sites: the places at one point, as one mark, e.g. a school that is placed at its town."""

from collections.abc import Mapping

from dashboard.model.place import Place

# Ids of places do not contain it.
_SEPARATOR = "."


def places_of_site(site: str) -> tuple[str, ...]:
    """The ids of the places at a site."""
    return tuple(site.split(_SEPARATOR))


def place_sites(places: Mapping[str, Place]) -> dict[str, str]:
    """Place id -> site id, the ids of all places at its point joined by a full stop."""
    at_point: dict[tuple[float, float], list[str]] = {}
    for place in places.values():
        # Five decimals are a metre, finer than any source.
        at_point.setdefault((round(place.lat, 5), round(place.lon, 5)), []).append(place.place_id)
    return {place_id: _SEPARATOR.join(sorted(ids)) for ids in at_point.values() for place_id in ids}
