"""The precision of a row that names no place but an area, e.g. a governorate alone.

Tables such as those of ICEWS and the Aid Worker Security Database give a row the centroid of the
smallest area that they know, without a column that says so. Others write "Syria" or "Raqqa governorate"
as the place.
"""

from collections.abc import Mapping
from math import nan

import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.column_mapping import DEFAULT_PRECISION, ColumnMapping
from dashboard.datasets.formats.points import Points
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.formats.unknown_words import are_unknown
from dashboard.datasets.formats.wide_places import precision_of_wide_place
from dashboard.gazetteer.area_names import name_key, without_area_word
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.text.normalise import fold

# From the widest: a country is no place ("").
_LEVELS = (
    ("country", ""),
    ("admin1", PlacePrecision.GOVERNORATE.value),
    ("admin2", PlacePrecision.DISTRICT.value),
    ("admin3", PlacePrecision.SUBDISTRICT.value),
    ("place", None),
)
# In the names of columns for the middle of an area. Source: ACLED, "Aggregated data", columns.
_CENTROID = "centroid"
# Degrees between the middles of one country in two lists of countries.
_NEAR = 1.0


def level_precisions(
    sheet: Sheet,
    mapping: ColumnMapping,
    names: PlaceNames | None = None,
    points: Points | None = None,
) -> pd.Series:
    """The precision of each row by the smallest area that it names; `None` if it names a place or none.

    It is `None` for all rows of a table without columns for places and areas within a country, unless
    its columns for coordinates are those of centroids, or its rows count events. If the analyst chose
    the precision of points, only a country is wider. A row that names a country alone, at the middle of
    that country by the gazetteer, is as wide as it.
    """
    columns = mapping.columns
    precisions = pd.Series(None, index=sheet.frame.index, dtype=object)
    areas = any(role in columns for role in ("admin1", "admin2", "admin3"))
    # A row that counts the events of an area has a point for all of it.
    centroids = _CENTROID in fold(columns.get("lat", "")) or "events" in columns
    if mapping.precision == DEFAULT_PRECISION and areas and ("place" in columns or centroids):
        for role, precision in _LEVELS:
            if role in columns:
                named = ~are_unknown(sheet.text(columns[role]))
                precisions = precisions.mask(named, precision)
    if names is not None and points is not None and "country" in columns:
        precisions = precisions.mask(_at_middle(sheet, columns, points, names), "")
    if "place" in columns and names is not None:
        wide = _wide_places(sheet, columns["place"], columns.get("country", ""), names)
        if mapping.precision != DEFAULT_PRECISION:
            wide = wide.where(wide == "", None)
        precisions = wide.where(wide.notna(), precisions)
    return precisions


def _wide_places(sheet: Sheet, place: str, country: str, names: PlaceNames) -> pd.Series:
    """The precision of a place that is a governorate, "" for one that is a country, else `None`."""
    cells = pd.DataFrame({"place": sheet.text(place), "country": sheet.text(country)})
    codes, first = factorize_rows(cells)
    pairs = zip(cells["place"].iloc[first], cells["country"].iloc[first], strict=True)
    found = pd.Series([_precision_of_name(*pair, names) for pair in pairs], dtype=object)
    return found.take(codes).set_axis(sheet.frame.index)


def _at_middle(
    sheet: Sheet, columns: Mapping[str, str], points: Points, names: PlaceNames
) -> "pd.Series[bool]":
    """Whether each row names a country and nothing in it, and has about the point of that country."""
    countries = sheet.text(columns["country"])
    alone = ~are_unknown(countries)
    for role in ("place", "admin1", "admin2", "admin3"):
        alone &= are_unknown(sheet.text(columns.get(role, "")))
    middles = {text: _middle(text, names) for text in countries[alone].unique()}
    lat, lon = (
        countries.map({text: point[at] for text, point in middles.items()}).astype(float)
        for at in (0, 1)
    )
    near = (points.lat - lat).abs().le(_NEAR) & (points.lon - lon).abs().le(_NEAR)
    return near & alone


def _middle(country: str, names: PlaceNames) -> tuple[float, float]:
    ids = names.areas[FeatureClass.COUNTRY].get(name_key(country), ())
    place = names.places.get(ids[0]) if len(ids) == 1 else None
    return (place.lat, place.lon) if place else (nan, nan)


def _precision_of_name(place: str, country: str, names: PlaceNames) -> str | None:
    key = name_key(place)
    if key and _is_country(key, name_key(country), names):
        return ""
    if without_area_word(key, FeatureClass.GOVERNORATE, names.kind_words) != key:
        return PlacePrecision.GOVERNORATE.value
    return precision_of_wide_place(key, names)


def _is_country(key: str, country: str, names: PlaceNames) -> bool:
    """Whether a name is that of a country, and of no other place: in Arabic Tunis is Tunisia too."""
    if key != country and key not in names.areas[FeatureClass.COUNTRY]:
        return False
    ids = names.by_name.get(key, ())
    return all(names.places[key].feature_class is FeatureClass.COUNTRY for key in ids)
