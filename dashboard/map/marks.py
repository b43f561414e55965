"""Marks: one for all places at one point, e.g. Ain Issa with its school; and circles of doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.map.country_areas import part_in_country
from dashboard.model.place import SHARP, FeatureClass, Place
from dashboard.model.sites import places_of_site

# Areas without an outline under a free licence are drawn as a circle.
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
class Selection:
    """The selected places and event; `points` are (lat, lon) of the event."""

    place_ids: frozenset[str] = frozenset()
    event_id: str | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """All places at one point, or a square of the grid, which has a name if it has one site only.

    `id` is that of the site, "" for a square of several; `lat` and `lon` are degrees in EPSG:4326.
    `hollow` means that no place here is known to a settlement or better; `radius_m` is the uncertainty
    of the most precise place, 0 for a square.
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
        """The ids of all places at the point, also of those without events."""
        return places_of_site(self.id)


@dataclass(frozen=True, slots=True)
class Circle:
    """The uncertainty of a place as a circle; `mark` is the position of its mark.

    `area` means that the circle replaces the outline of an area. `part` is what of it is in the country
    of the place, as GeoJSON; `None` for all of it.
    """

    mark: int
    lat: float
    lon: float
    radius_m: int
    area: bool
    selected: bool
    part: object = None


def place_mark(
    site: str, place_ids: Iterable[str], places: Mapping[str, Place], selection: Selection
) -> Mark:
    """The mark of a site, named after the most precise of its places that have events."""
    candidates = [places[place_id] for place_id in place_ids]
    main = min(candidates, key=lambda place: (place.precision not in SHARP, place.place_id))
    return Mark(
        id=site,
        lat=main.lat,
        lon=main.lon,
        name_en=main.name_en,
        name_ar=main.name_ar,
        hollow=main.precision not in SHARP,
        radius_m=main.uncertainty_m,
        selected=not selection.place_ids.isdisjoint(places_of_site(site)),
    )


def circles(
    place_ids: Iterable[str],
    marks: Sequence[Mark],
    places: Mapping[str, Place],
    selection: Selection,
) -> tuple[Circle, ...]:
    """The circles of the uncertain places without an outline, in this order, without duplicates."""
    positions = {place_id: at for at, mark in enumerate(marks) for place_id in mark.place_ids}
    return tuple(
        Circle(
            mark=positions[place_id],
            lat=place.lat,
            lon=place.lon,
            radius_m=place.uncertainty_m,
            area=place.feature_class in _AREA_CLASSES,
            selected=place_id in selection.place_ids,
            part=part_in_country(place, places),
        )
        for place_id in dict.fromkeys(place_ids)
        if (place := places[place_id]).precision not in SHARP
        and not place.has_outline
        and place_id in positions
    )
