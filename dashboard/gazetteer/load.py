"""Reading the gazetteer: places.geojson and names.csv -> Gazetteer, with every fault collected.

Beside these curated files there may be areas.geojson and area_names.csv, which are made from lists of
countries and their governorates; they have the same form.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from dashboard.model.errors import Fault
from dashboard.model.place import Gazetteer, Place, PlaceName
from dashboard.model.rows import Row, columns_of, read_records

# Each file of places with that of its names; only the first pair has to exist.
_FILES = (("places.geojson", "names.csv"), ("areas.geojson", "area_names.csv"))
# The properties that are read; others may have any type.
_PROPERTIES = {"id", *columns_of(Place)} - {"place_id", "within", "geometry", "tier"}
_NUMBERS = frozenset({"lat", "lon", "uncertainty_m"})
_LANGS = frozenset({"ar", "en", "ku", "tr", "syr"})
# A label point may lie off a generalised outline by no more than this (degrees).
_LABEL_SLACK = 0.5


def load_gazetteer(folder: Path) -> tuple[Gazetteer, list[Fault]]:
    """Read the places and names of both pairs of files in `folder`; faulty entries are left out."""
    faults: list[Fault] = []
    files = [pair for pair in _FILES if pair is _FILES[0] or (folder / pair[0]).exists()]
    places: dict[str, Place] = {}
    numbers: dict[str, tuple[str, int]] = {}
    for file, _ in files:
        if not places and file is not _FILES[0][0]:
            break  # Without curated places there is no gazetteer.
        for number, place in _places(folder / file, faults):
            if place.place_id in places:
                faults.append(Fault(file, number, "id", "an id not used before", place.place_id))
                continue
            places[place.place_id] = place
            numbers[place.place_id] = file, number
    _check_containers(places, numbers, faults)
    names: list[PlaceName] = []
    for _, file in files:
        read, found = read_records(folder / file, PlaceName, place_id=places, lang=_LANGS)
        names.extend(read)
        faults.extend(found)
    return Gazetteer(places, tuple(names)), faults


def _places(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Place]]:
    """The places of a file without a fault, each with its number in the file, from 1."""
    for number, feature in enumerate(_features(path, faults), start=1):
        place = _place(path.name, number, feature, faults)
        if place is not None:
            yield number, place


def _features(path: Path, faults: list[Fault]) -> list[Any]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        features = collection["features"]
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "a file", "none"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        faults.append(Fault(path.name, 0, "", "a GeoJSON FeatureCollection", str(error)[:80]))
    else:
        if isinstance(features, list):
            return features
        faults.append(Fault(path.name, 0, "features", "a list", type(features).__name__))
    return []


def _place(file: str, number: int, feature: Any, faults: list[Fault]) -> Place | None:
    """The place of a GeoJSON feature, or `None` if it has a fault."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    before = len(faults)
    row = Row(file, number, {}, faults)
    row.cells = {
        key: str(value)
        for key, value in properties.items()
        if key in _PROPERTIES and _of_its_type(row, key, value)
    }
    geometry = _geometry(row, feature)
    lat, lon = (
        row.one_of(name, number_in(-limit, limit), f"a number in {-limit}..{limit}")
        for name, limit in (("lat", 90), ("lon", 180))
    )
    point = None if lat is None or lon is None else Point(lon, lat)
    if geometry and point and geometry.distance(point) > _LABEL_SLACK:
        row.fault("lat", "a label point on its geometry", f"{lat}, {lon}")
    place = row.record(
        Place,
        place_id=row.text("id"),
        within=tuple(properties.get("within") or ()),
        geometry=geometry,
        lat=lat,
        lon=lon,
        uncertainty_m=row.one_of("uncertainty_m", metres, "metres in 0..2000000"),
        tier=1,
    )
    return place if len(faults) == before else None


def _of_its_type(row: Row, key: str, value: object) -> bool:
    """Whether the property is a text or a number, as it has to be; if not, that is a fault."""
    types = (int, float) if key in _NUMBERS else (str,)
    good = isinstance(value, types) and not isinstance(value, bool)
    if value is not None and not good:
        row.fault(key, "a number" if key in _NUMBERS else "a text", repr(value)[:80])
    return good


def number_in(low: float, high: float) -> Callable[[str], float]:
    """A parser of a number from `low` to `high`; it raises ValueError for any other text."""

    def read(text: str) -> float:
        value = float(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return read


def metres(text: str) -> int:
    """A radius in whole metres; raises ValueError for any other text."""
    return int(number_in(0, 2_000_000)(text))


def _geometry(row: Row, feature: Any) -> BaseGeometry | None:
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
        row.fault("geometry", "a GeoJSON geometry", str(error)[:80])
        return None
    if geometry.is_empty or not geometry.is_valid:
        row.fault("geometry", "a valid, non-empty geometry", geometry.geom_type)
        return None
    return geometry


def _check_containers(
    places: Mapping[str, Place], numbers: Mapping[str, tuple[str, int]], faults: list[Fault]
) -> None:
    """Note containers that are unknown or circular; `numbers` are the files and numbers by id."""
    gazetteer = Gazetteer(places, ())
    for place in places.values():
        file, number = numbers[place.place_id]
        faults.extend(
            Fault(file, number, "within", "known place ids", repr(container))
            for container in place.within
            if container not in places
        )
        if place.place_id in gazetteer.containers(place.place_id):
            faults.append(Fault(file, number, "within", "no circle", place.place_id))
