"""Places made coarser for sharing where exact ones could harm people, e.g. a school -> its district."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from dashboard.language.messages import N_
from dashboard.model.place import FeatureClass, Gazetteer, Place, PlacePrecision
from dashboard.query.query import Query


class Coarseness(StrEnum):
    """The finest place that an export may contain."""

    ORIGINAL = "original"
    SETTLEMENT = "settlement"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"


LABELS: Mapping[Coarseness, str] = {
    Coarseness.ORIGINAL: N_("Unchanged"),
    Coarseness.SETTLEMENT: N_("At settlement level"),
    Coarseness.SUBDISTRICT: N_("At subdistrict level"),
    Coarseness.DISTRICT: N_("At district level"),
}
_SETTLEMENTS = frozenset({FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE})
_UNITS = (
    FeatureClass.SUBDISTRICT,
    FeatureClass.DISTRICT,
    FeatureClass.GOVERNORATE,
    FeatureClass.COUNTRY,
)
# Other places are only shared if they are too large to identify anybody.
_WIDE = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.REGION})


def coarsened(gazetteer: Gazetteer, place_id: str, level: Coarseness) -> Place | None:
    """The place if it is coarse enough, else its first coarse enough container, else None."""
    place = gazetteer.places[place_id]
    if level is Coarseness.ORIGINAL or _coarse_enough(place, level):
        return place
    containers = (gazetteer.places[key] for key in gazetteer.containers(place_id))
    return next(
        (
            container
            for container in containers
            if container.feature_class is not FeatureClass.COUNTRY
            and _coarse_enough(container, level)
        ),
        None,
    )


def filters_to_name(query: Query, level: Coarseness) -> Query:
    """The query without the filters that may name a place which the level makes coarser.

    Searched words may be such a name too, and the view of the map may be of that place.
    """
    if level is Coarseness.ORIGINAL:
        return query
    return replace(query, places=(), place_ids=(), areas=(), event_id=None, text="", view=None)


def _coarse_enough(place: Place, level: Coarseness) -> bool:
    """Whether the place is a unit of the level or above."""
    if level is Coarseness.SETTLEMENT and place.feature_class in _SETTLEMENTS:
        return True
    least = {
        Coarseness.SETTLEMENT: FeatureClass.SUBDISTRICT,
        Coarseness.SUBDISTRICT: FeatureClass.SUBDISTRICT,
        Coarseness.DISTRICT: FeatureClass.DISTRICT,
    }[level]
    if place.feature_class in _UNITS:
        return _UNITS.index(place.feature_class) >= _UNITS.index(least)
    return place.precision in _WIDE and place.geometry.geom_type == "Point"
