"""Places, their names and sites, e.g. Ain Issa: point 38.86292, 36.38373, settlement, 1000 m."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapely.geometry.base import BaseGeometry


class PlacePrecision(StrEnum):
    """What the coordinates represent; crosswalk to ACLED and UCDP in docs/codebook.md."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    VICINITY = "vicinity"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION = "region"


# Precisions whose point is the location itself; others are drawn hollow, with their circle.
SHARP = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT})
# Before the id, in the sources of a place that was found by its name in the gazetteer.
_BY_NAME = "gazetteer: "


class FeatureClass(StrEnum):
    """What a place is, in the words of GeoNames and OCHA where they have one."""

    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    MILITARY_BASE = "military_base"
    AIRPORT = "airport"
    SILO = "silo"
    SCHOOL = "school"
    CROSSING = "crossing"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    GOVERNORATE = "governorate"
    REGION = "region"
    ROAD = "road"
    BORDER = "border"
    COUNTRY = "country"
    OPERATION_ZONE = "operation_zone"
    LOCALITY = "locality"


class NameStrength(StrEnum):
    """Whether a name matches alone (strong) or only with support from its context (weak)."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place; `lang` is an ISO 639 code."""

    place_id: str
    name: str
    lang: str
    strength: NameStrength
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry.

    `geometry` is in EPSG:4326, lon before lat; `lat` and `lon` are the point to label;
    `uncertainty_m` is the radius in metres within which the true place lies; `within` holds the
    ids of the direct containers. `tier` is 1 for a checked place, 2 for one of an unchecked list.
    """

    place_id: str
    name_en: str
    name_ar: str
    feature_class: FeatureClass
    within: tuple[str, ...]
    geometry: BaseGeometry
    lat: float
    lon: float
    uncertainty_m: int
    precision: PlacePrecision
    sources: str
    doubt: str | None
    tier: int = 1

    @property
    def on_map(self) -> bool:
        """Whether events here have a mark on the map; those of a country have none."""
        return self.feature_class is not FeatureClass.COUNTRY

    @property
    def is_by_name(self) -> bool:
        """Whether an imported row named it only, and the gazetteer gave the coordinates."""
        return is_source_by_name(self.sources)

    @property
    def has_outline(self) -> bool:
        """Whether its geometry is an area or a road, and not a point."""
        return self.geometry.geom_type not in {"Point", "MultiPoint"}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by id, and all their names."""

    places: Mapping[str, Place]
    names: Sequence[PlaceName]

    def containers(self, place_id: str) -> tuple[str, ...]:
        """The ids of the containers of a place at all levels, nearest first, each once."""
        containers: dict[str, None] = {}
        queue = deque(self.places[place_id].within)
        while queue:
            container = queue.popleft()
            if container not in containers and container in self.places:
                containers[container] = None
                queue.extend(self.places[container].within)
        return tuple(containers)


def source_by_name(place_id: str) -> str:
    """The sources of a place of an imported row that the gazetteer gave, by the name in the row."""
    return f"{_BY_NAME}{place_id}"


def is_source_by_name(source: str) -> bool:
    """Whether the sources of a place are such."""
    return source.startswith(_BY_NAME)


def place_id_by_name(source: str) -> str:
    """The id of the place of the gazetteer in such a source."""
    return source.removeprefix(_BY_NAME)
