"""Reading the gazetteer: places.geojson and names.csv -> Gazetteer, with every fault collected."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from dashboard.model.errors import Fault
from dashboard.model.place import FeatureClass, Gazetteer, Place, PlaceName, PlacePrecision
from dashboard.model.rows import read_records

_FILE = "places.geojson"
_LANGS = frozenset({"ar", "en", "ku", "tr", "syr"})
Kind = TypeVar("Kind", FeatureClass, PlacePrecision)
# A label point may lie off a generalised outline by no more than this (degrees).
_LABEL_SLACK = 0.5


def load_gazetteer(folder: Path) -> tuple[Gazetteer, list[Fault]]:
    """Read `folder`/places.geojson and `folder`/names.csv; faulty entries are left out."""
    faults: list[Fault] = []
    places = _places(folder / _FILE, faults)
    _check_containers(places, faults)
    names, found = read_records(folder / "names.csv", PlaceName, place_id=places, lang=_LANGS)
    return Gazetteer(places, tuple(names)), [*faults, *found]


def _places(path: Path, faults: list[Fault]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for number, feature in enumerate(_features(path, faults), start=1):
        place = _Feature(feature, number, faults).place()
        if place is not None and place.place_id in places:
            faults.append(Fault(_FILE, number, "id", "an id not used before", place.place_id))
        elif place is not None:
            places[place.place_id] = place
    return places


def _features(path: Path, faults: list[Fault]) -> list[Any]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        features = collection["features"]
    except FileNotFoundError:
        faults.append(Fault(_FILE, 0, "", "a file", "none"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        faults.append(Fault(_FILE, 0, "", "a GeoJSON FeatureCollection", str(error)[:80]))
    else:
        if isinstance(features, list):
            return features
        faults.append(Fault(_FILE, 0, "features", "a list", type(features).__name__))
    return []


class _Feature:
    """Reads one GeoJSON feature and records its faults."""

    def __init__(self, feature: Any, number: int, faults: list[Fault]) -> None:
        self._feature = feature if isinstance(feature, dict) else {}
        properties = self._feature.get("properties")
        self._properties: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
        self._number = number
        self._faults = faults

    def place(self) -> Place | None:
        """The place, or `None` if the feature has a fault."""
        before = len(self._faults)
        place_id = self._text("id")
        geometry = self._geometry()
        feature_class = self._one_of("feature_class", FeatureClass)
        precision = self._one_of("precision", PlacePrecision)
        lat, lon = self._number_in("lat", -90, 90), self._number_in("lon", -180, 180)
        uncertainty = self._number_in("uncertainty_m", 0, 2_000_000)
        names = self._text("name_en"), self._text("name_ar")
        sources = self._text("sources")
        if geometry is not None and geometry.distance(Point(lon, lat)) > _LABEL_SLACK:
            self._fault("lat", "a label point on its geometry", f"{lat}, {lon}")
        if len(self._faults) > before or not (geometry and feature_class and precision):
            return None
        return Place(
            place_id=place_id,
            name_en=names[0],
            name_ar=names[1],
            feature_class=feature_class,
            within=tuple(self._properties.get("within") or ()),
            geometry=geometry,
            lat=lat,
            lon=lon,
            uncertainty_m=int(uncertainty),
            precision=precision,
            sources=sources,
            doubt=self._properties.get("doubt") or None,
        )

    def _fault(self, field: str, expected: str, found: object) -> None:
        self._faults.append(Fault(_FILE, self._number, field, expected, str(found)[:80]))

    def _text(self, field: str) -> str:
        value = self._properties.get(field)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._fault(field, "a text", repr(value))
        return ""

    def _number_in(self, field: str, low: float, high: float) -> float:
        value = self._properties.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self._fault(field, f"a number in {low}..{high}", repr(value))
        return 0.0

    def _one_of(self, field: str, kind: type[Kind]) -> Kind | None:
        try:
            return kind(str(self._properties.get(field)))
        except ValueError:
            expected = "one of " + ", ".join(member.value for member in kind)
            self._fault(field, expected, repr(self._properties.get(field)))
            return None

    def _geometry(self) -> BaseGeometry | None:
        try:
            geometry = shape(self._feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
            self._fault("geometry", "a GeoJSON geometry", error)
            return None
        if geometry.is_empty or not geometry.is_valid:
            self._fault("geometry", "a valid, non-empty geometry", geometry.geom_type)
            return None
        return geometry


def _check_containers(places: dict[str, Place], faults: list[Fault]) -> None:
    gazetteer = Gazetteer(places, ())
    for number, place in enumerate(places.values(), start=1):
        faults.extend(
            Fault(_FILE, number, "within", "known place ids", repr(container))
            for container in place.within
            if container not in places
        )
        if place.place_id in gazetteer.containers(place.place_id):
            faults.append(Fault(_FILE, number, "within", "no circle", place.place_id))
