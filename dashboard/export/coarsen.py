"""Places made coarser for sharing where exact ones could harm people, e.g. a school -> its district."""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.language.messages import N_
from dashboard.model.gazetteer import Gazetteer
from dashboard.model.place import FeatureClass, Place, PlacePrecision


class Coarseness(StrEnum):
    """How fine a place may be in an export."""

    AS_HELD = "as_held"
    SETTLEMENT = "settlement"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"


LABELS: Mapping[Coarseness, str] = {
    Coarseness.AS_HELD: N_("As held"),
    Coarseness.SETTLEMENT: N_("To settlements"),
    Coarseness.SUBDISTRICT: N_("To subdistricts"),
    Coarseness.DISTRICT: N_("To districts"),
}
_SETTLEMENTS = frozenset({FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE})
_UNITS = (
    FeatureClass.SUBDISTRICT,
    FeatureClass.DISTRICT,
    FeatureClass.GOVERNORATE,
    FeatureClass.COUNTRY,
)
# Of what is no settlement and no unit only these are too wide to point at anybody.
_WIDE = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.REGION})


def coarsened(gazetteer: Gazetteer, place_id: str, level: Coarseness) -> Place | None:
    """The place itself if it is coarse enough, or else what holds it; `None` if nothing fit does."""
    place = gazetteer.places[place_id]
    if level is Coarseness.AS_HELD or _coarse_enough(place, level):
        return place
    holders = (gazetteer.places[key] for key in gazetteer.containers(place_id))
    return next(
        (
            holder
            for holder in holders
            if holder.feature_class is not FeatureClass.COUNTRY and _coarse_enough(holder, level)
        ),
        None,
    )


def _coarse_enough(place: Place, level: Coarseness) -> bool:
    """Whether it is a unit of the level, or above it."""
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
