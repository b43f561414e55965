"""Marks: one for the places at one point, e.g. Ain Issa with its school; and what stands out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.model.place import SHARP, FeatureClass, Place
from dashboard.model.sites import places_of_site

# Areas for which no outline under a free licence is known are drawn as their circle.
_AREA_CLASSES = frozenset(
    {
        FeatureClass.SUBDISTRICT,
        FeatureClass.DISTRICT,
        FeatureClass.GOVERNORATE,
        FeatureClass.REGION,
        FeatureClass.OPERATION_ZONE,
    }
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands out: the places and the event selected; `points` are the event's, (lat, lon)."""

    place_ids: frozenset[str] = frozenset()
    event_id: str | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """All places at one point, or a square of the grid, which has a name if one point only is in it.

    `id` is that of the site, "" for a square of several; `lat` and `lon` are degrees in EPSG:4326.
    `hollow` says that no place here is known to a settlement or better, `radius_m` how far from the
    point the best known one may lie; 0 for a square.
    """

    id: str
    lat: float
    lon: float
    name_en: str = ""
    name_ar: str = ""
    hollow: bool = False
    radius_m: int = 0
    selected: bool = False

    @property
    def place_ids(self) -> Sequence[str]:
        """The places at the point, those without events among them."""
        return places_of_site(self.id)


@dataclass(frozen=True, slots=True)
class Circle:
    """How far from its point a place may lie, in metres; `mark` is the position of its mark.

    `area` says that it stands for the outline of an area.
    """

    mark: int
    lat: float
    lon: float
    radius_m: int
    area: bool
    selected: bool


def place_mark(
    site: str, place_ids: Iterable[str], places: Mapping[str, Place], chosen: Chosen
) -> Mark:
    """The mark of a site, named after the best known of the places that have events there."""
    here = [places[place_id] for place_id in place_ids]
    main = min(here, key=lambda place: (place.precision not in SHARP, place.place_id))
    return Mark(
        id=site,
        lat=main.lat,
        lon=main.lon,
        name_en=main.name_en,
        name_ar=main.name_ar,
        hollow=main.precision not in SHARP,
        radius_m=main.uncertainty_m,
        selected=not chosen.place_ids.isdisjoint(places_of_site(site)),
    )


def circles(
    place_ids: Iterable[str],
    marks: Sequence[Mark],
    places: Mapping[str, Place],
    chosen: Chosen,
) -> tuple[Circle, ...]:
    """The circles of those places that are uncertain and have no outline, in this order, each once."""
    positions = {place_id: at for at, mark in enumerate(marks) for place_id in mark.place_ids}
    return tuple(
        Circle(
            mark=positions[place_id],
            lat=place.lat,
            lon=place.lon,
            radius_m=place.uncertainty_m,
            area=place.feature_class in _AREA_CLASSES,
            selected=place_id in chosen.place_ids,
        )
        for place_id in dict.fromkeys(place_ids)
        if (place := places[place_id]).precision not in SHARP
        and not place.has_outline
        and place_id in positions
    )
