"""A second tier of places, e.g. GeoNames' SY.txt, whose names match only with support.

GeoNames' dump format: https://download.geonames.org/export/dump/readme.txt (19 columns, tabs).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from shapely import Point

from dashboard.gazetteer.load import metres, number_in
from dashboard.model.errors import Fault
from dashboard.model.place import (
    FeatureClass,
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
    PlacePrecision,
)
from dashboard.model.rows import Row, build_records, load_records, read_table
from dashboard.settings import DATA
from dashboard.text.normalise import fold

# GeoNames gives no accuracy; its points of villages are often off by a kilometre or more.
LIST_UNCERTAINTY_M = 2_000
METRES_PER_DEGREE = 111_200
_COLUMNS, _ALTERNATE_COLUMNS = 19, 4
# Names of three letters (غزة، حمص) are read with more support than longer ones.
_MIN_NAME = 3
_LANGUAGES = frozenset({"ar", "en", "ku", "kmr", "tr"})
# Written once: each list of places has thousands of rows.
_CLASSES, _PRECISIONS = (f"one of {', '.join(kind)}" for kind in (FeatureClass, PlacePrecision))
_AREAS = frozenset(
    {
        PlacePrecision.SUBDISTRICT,
        PlacePrecision.DISTRICT,
        PlacePrecision.GOVERNORATE,
        PlacePrecision.REGION,
    }
)
_CSV_COLUMNS = ("name_ar", "name_en", "lat", "lon", "feature_class", "source")


@dataclass(frozen=True, slots=True)
class GeonamesClass:
    """The class of the places of a feature code of GeoNames; other codes are not read."""

    code: str
    feature_class: FeatureClass
    source: str


@cache
def geonames_classes() -> dict[str, FeatureClass]:
    """The classes of places by GeoNames' feature codes; other codes are not read."""
    rows = load_records(DATA / "lexicon" / "geonames_classes.csv", GeonamesClass, "code")
    return {row.code: row.feature_class for row in rows}


@dataclass(frozen=True, slots=True)
class Tier:
    """Places with their names, none of them curated."""

    places: Mapping[str, Place]
    names: tuple[PlaceName, ...]
    faults: tuple[Fault, ...]


def read_geonames(path: Path, alternates: Path | None = None) -> Tier:
    """Places of a GeoNames dump such as SY.txt; names in Arabic script also from `alternates`.

    Lines without 19 columns are faults; features of other kinds are left out.
    """
    faults: list[Fault] = []
    places: dict[str, Place] = {}
    names: list[PlaceName] = []
    for number, cells in _lines(path, _COLUMNS, faults):
        place = _geonames_place(path.name, number, cells, faults)
        if place is None:
            continue
        places[place.place_id] = place
        written = {cells[1], *cells[3].split(",")}
        names.extend(weak_names(place.place_id, written, f"GeoNames {cells[0]}"))
    if alternates is not None:
        names.extend(_alternate_names(alternates, places, faults))
    return Tier(_with_arabic(places, names), tuple(names), tuple(faults))


def read_places_csv(path: Path) -> Tier:
    """Places of a plain CSV: name_ar, name_en, lat, lon, feature_class, source.

    Optional columns: within (ids), other_names (separated by "|"), id, precision, uncertainty_m
    (metres) and doubt.
    """
    table = read_table(path, _CSV_COLUMNS)
    records = {place.place_id: (row, place) for row, place in build_records(table, _csv_place)}
    names = [
        name
        for row, place in records.values()
        for name in weak_names(place.place_id, _written(row, place), place.sources)
    ]
    places = {place_id: place for place_id, (_, place) in records.items()}
    return Tier(places, tuple(names), tuple(table.faults))


def read_tier(folder: Path) -> Tier:
    """Every list of places in a folder: *.csv in our columns, *.txt in GeoNames' format.

    Files whose names begin with "alternate" hold further names for GeoNames' places.
    """
    alternates = sorted(folder.glob("alternate*.txt"))
    dumps = [path for path in sorted(folder.glob("*.txt")) if path not in alternates]
    tiers = [read_geonames(path, alternates[0] if alternates else None) for path in dumps]
    tiers += [read_places_csv(path) for path in sorted(folder.glob("*.csv"))]
    if not tiers:
        expected = "a .csv or GeoNames .txt file of places"
        return Tier({}, (), (Fault(str(folder), 0, "", expected, "none"),))
    return Tier(
        {key: place for tier in tiers for key, place in tier.places.items()},
        tuple(name for tier in tiers for name in tier.names),
        tuple(fault for tier in tiers for fault in tier.faults),
    )


def add_tier(gazetteer: Gazetteer, tier: Tier) -> Gazetteer:
    """The gazetteer with a second tier; curated places and their names do not change.

    A place of the tier with the name of a curated one, and within both uncertainties, is left out, if
    both are areas or neither is.
    """
    curated: dict[str, list[Place]] = {}
    for name in gazetteer.names:
        curated.setdefault(fold(name.name), []).append(gazetteer.places[name.place_id])
    duplicates = {
        name.place_id
        for name in tier.names
        for place in curated.get(fold(name.name), ())
        if _same(place, tier.places[name.place_id])
    }
    places = {key: place for key, place in tier.places.items() if key not in duplicates}
    known = gazetteer.places.keys() | places.keys()
    for key, place in places.items():
        if not known.issuperset(place.within):
            places[key] = replace(place, within=tuple(w for w in place.within if w in known))
    names = tuple(name for name in tier.names if name.place_id in places)
    return Gazetteer({**places, **gazetteer.places}, (*gazetteer.names, *names))


def _same(one: Place, other: Place) -> bool:
    """Whether two places of one name are the same; a town is not the governorate of its name."""
    if (one.precision in _AREAS) != (other.precision in _AREAS):
        return False
    reach = (one.uncertainty_m + other.uncertainty_m) / METRES_PER_DEGREE
    return abs(one.lat - other.lat) <= reach and abs(one.lon - other.lon) <= reach


def _lines(path: Path, columns: int, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, cells in enumerate(reader, start=1):
                if len(cells) < columns:
                    faults.append(
                        Fault(path.name, number, "", f"{columns} columns", str(len(cells)))
                    )
                    continue
                yield number, cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(path.name, 0, "", "a table in GeoNames' format, UTF-8", str(error)))


def _geonames_place(file: str, number: int, cells: list[str], faults: list[Fault]) -> Place | None:
    feature_class = geonames_classes().get(cells[7])
    if feature_class is None:
        return None
    try:
        lat, lon = float(cells[4]), float(cells[5])
    except ValueError:
        faults.append(Fault(file, number, "latitude", "degrees", f"{cells[4]}, {cells[5]}"))
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        faults.append(Fault(file, number, "latitude", "a point on the globe", f"{lat}, {lon}"))
        return None
    return _place(
        f"geonames_{cells[0]}", cells[1], "", feature_class, (lat, lon), f"GeoNames {cells[0]}"
    )


def _written(row: Row, place: Place) -> set[str]:
    other = row.optional("other_names") or ""
    return {place.name_ar, place.name_en, *filter(None, other.split("|"))}


def _csv_place(row: Row) -> tuple[Row, Place] | None:
    name_ar, name_en = row.text("name_ar"), row.optional("name_en")
    lat = row.one_of("lat", number_in(-90, 90), "degrees from -90 to 90")
    lon = row.one_of("lon", number_in(-180, 180), "degrees from -180 to 180")
    feature_class = row.one_of("feature_class", FeatureClass, _CLASSES)
    source = row.text("source")
    if lat is None or lon is None or feature_class is None:
        return None
    named = f"tier2_{fold(name_ar).replace(' ', '_')}_{lat:.3f}_{lon:.3f}"
    place_id = row.optional("id") or named
    place = _place(place_id, name_en or name_ar, name_ar, feature_class, (lat, lon), source)
    changes: dict[str, Any] = {
        "within": tuple((row.optional("within") or "").split()),
        "uncertainty_m": row.parse("uncertainty_m", metres, "metres in 0..2000000"),
        "precision": row.parse("precision", PlacePrecision, _PRECISIONS),
        "doubt": row.optional("doubt"),
    }
    return row, replace(
        place, **{key: value for key, value in changes.items() if value is not None}
    )


def _place(
    place_id: str,
    name_en: str,
    name_ar: str,
    feature_class: FeatureClass,
    point: tuple[float, float],
    source: str,
) -> Place:
    lat, lon = point
    return Place(
        place_id=place_id,
        name_en=name_en,
        name_ar=name_ar or name_en,
        feature_class=feature_class,
        within=(),
        geometry=Point(lon, lat),
        lat=lat,
        lon=lon,
        uncertainty_m=LIST_UNCERTAINTY_M,
        precision=PlacePrecision.SETTLEMENT,
        sources=source,
        doubt="from a list of places that was not checked against other sources",
        tier=2,
    )


def _alternate_names(
    path: Path, places: Mapping[str, Place], faults: list[Fault]
) -> Iterator[PlaceName]:
    for _, cells in _lines(path, _ALTERNATE_COLUMNS, faults):
        place_id = f"geonames_{cells[1]}"
        if place_id in places and cells[2] in _LANGUAGES:
            yield from weak_names(
                place_id, {cells[3]}, f"GeoNames {cells[1]}, alternate name {cells[0]}"
            )


def weak_names(place_id: str, written: Iterable[str], source: str) -> Iterator[PlaceName]:
    """Names of three letters and more as weak names: they match only where the text supports them."""
    for name in sorted(set(written)):
        if len(name) >= _MIN_NAME:
            lang = "ar" if "\u0600" <= name[0] <= "\u06ff" else "en"
            yield PlaceName(place_id, name, lang, NameStrength.WEAK, source)


def _with_arabic(places: Mapping[str, Place], names: Iterable[PlaceName]) -> dict[str, Place]:
    """The places with the first of their Arabic names, if there is one."""
    named = dict(places)
    for name in names:
        place = named[name.place_id]
        if name.lang == "ar" and place.name_ar == place.name_en:
            named[name.place_id] = replace(place, name_ar=name.name)
    return named
