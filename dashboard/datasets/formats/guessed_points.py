"""Guess the columns of points: pairs of columns of a form, geometries, or both coordinates in a cell."""

import re
from collections.abc import Sequence
from functools import cache

import pandas as pd

from dashboard.datasets.formats.cell_forms import sample_texts
from dashboard.datasets.formats.column_mapping import REQUIRED, ROLES, has_points
from dashboard.datasets.formats.points import looks_like_pairs, looks_like_wkt, order_of_lists
from dashboard.datasets.formats.sheet import cell_text
from dashboard.datasets.formats.utm import zone_of
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import fold

_SAMPLE_OF_POINTS = 200
# A question of a form, and which coordinate of its point a column has.
_COORDINATE_ENDING = re.compile(
    r"(.*?)[\W_]+(lat(?:itude)?|lon(?:g|gitude)?|lng)(?:e[5-7])?", re.DOTALL
)
# The shortest name that is looked for in the name of a column with both coordinates: not "x".
_SHORTEST_NAME = 3
_XY = re.compile(r"(?:^|[\W_])x[\W_]*(?:and[\W_]*)?y(?:$|[\W_])")
# The member of a geometry of GeoJSON, whose longitude is the first. Source: RFC 7946, "Position".
_GEOJSON = re.compile(r"(?:.*\W)?coordinates", re.DOTALL)
_METRES = re.compile(r"\D{0,2}\d{3}[\d, ]{3,}")


def guess_by_endings(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns as "Where was it?.lat" and "Where was it?.lon", if there is one such pair.

    Forms of Ushahidi, ODK and Kobo name the columns of a point after their question.
    """
    if has_points(mapping):
        return
    by_stem: dict[str, dict[str, str]] = {}
    for column in columns:
        match = _COORDINATE_ENDING.fullmatch(fold(column).strip())
        if match and column not in mapping.values():
            by_stem.setdefault(match[1], {})["lat" if match[2][1] == "a" else "lon"] = column
    pairs = [found for found in by_stem.values() if len(found) == len(REQUIRED)]
    if len(pairs) == 1:
        mapping.update(pairs[0])


def drop_other_zones(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Keep a column of zones only if its cells are zones of UTM, and the coordinates metres.

    "Zone" is also a word for an area, and a table may have degrees beside the metres.
    """
    zones = sample_texts(sample, [mapping.get("zone", "")])
    numbers = sample_texts(sample, [mapping.get("lat", ""), mapping.get("lon", "")])
    if not all(map(zone_of, zones)) or not any(map(_METRES.match, numbers)):
        mapping.pop("zone", None)


def guess_points_by_values(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Take the first column of geometries or pairs of coordinates, if there is one."""
    mapping_of = {column: role for role, column in mapping.items()}
    for column in map(str, sample.columns):
        named = mapping_of.get(column)
        if named not in (None, "place", "latlon", "lonlat", "wkt"):
            continue
        texts = [cell_text(cell) for cell in sample[column].head(_SAMPLE_OF_POINTS)]
        role = _role_of_points(column, texts)
        if role is None:
            continue
        if named:
            del mapping[named]
        if role:
            mapping[role] = column
            return


def _role_of_points(column: str, texts: list[str]) -> str | None:
    """The role of a column with both coordinates; "" if their order is not clear, `None` for others."""
    if looks_like_wkt(texts):
        return "wkt"
    order = order_of_lists(texts)
    if order:
        return order
    if order is None and not looks_like_pairs(texts):
        return None
    of_list = "lonlat" if _GEOJSON.fullmatch(fold(column)) else ""
    return _order_of_name(column) or (of_list if order == "" else "latlon")


def _order_of_name(column: str) -> str | None:
    """The role that the name of a column says, as "lat, lon", "lon_lat", "boylam/enlem", "x y"."""
    name = fold(column)
    lat, lon = (
        min((name.find(word) for word in words if word in name), default=None)
        for words in _names_of_axes()
    )
    if lat is None or lon is None:
        return "lonlat" if _XY.search(name) else None
    return "latlon" if lat < lon else "lonlat"


@cache
def _names_of_axes() -> tuple[frozenset[str], frozenset[str]]:
    """The folded names of columns with the latitude and with the longitude."""
    names = load_column_names("column_names.csv", ROLES)
    lat, lon = (
        frozenset(fold(name) for name in names[role] if len(name) >= _SHORTEST_NAME)
        for role in ("lat", "lon")
    )
    return lat, lon
