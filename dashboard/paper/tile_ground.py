"""The basemap of a file of tiles under the figure's marks: pictures composed, or vectors drawn."""

from collections.abc import Iterable, Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from shapely import from_wkb
from shapely.geometry import box

from dashboard.legend.palette import colour
from dashboard.paper.frame import Frame
from dashboard.paper.labels import Town
from dashboard.tiles.draw_data import (
    TILE_PX,
    Shape,
    TileWindow,
    is_vector,
    iter_pixels,
    iter_shapes,
    window_of,
)
from dashboard.tiles.folder import Basemap
from dashboard.tiles.tile_file import TileSchema

# Pixels across the map: 200 an inch on A4. Vectors need no more tiles than a screen.
_PICTURE_PX, _VECTOR_PX = 1_600, 1_000
_MAJOR = ("highway", "major_road", "motorway", "trunk", "primary", "secondary")
# "" where the file names no classes.
_MINOR = ("", "minor_road", "medium_road", "tertiary", "minor", "street")
_GREEN = ("park", "wood", "forest", "grass", "farmland", "orchard", "nature_reserve", "grassland")
_BUILT = ("residential", "urban_area", "industrial", "commercial", "military")
_AREAS, _LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")
_Style = dict[str, object]
# Points of one name that differ only in so many digits of metres are one.
_SAME_DIGITS = 3


def draw_tiles(axes: Axes, frame: Frame, basemap: Basemap) -> list[Town]:
    """Draw the tiles over the shipped land and water. Returns the settlements that vectors name.

    Raises TileFileError if the tiles are damaged.
    """
    if is_vector(basemap):
        return _draw_vectors(axes, frame, basemap)
    _draw_pictures(axes, frame, basemap)
    return []


def _draw_pictures(axes: Axes, frame: Frame, basemap: Basemap) -> None:
    """Each pixel of the map takes the nearest one of the tiles, which are in another projection."""
    window = window_of(basemap, _lon_lat_box(frame), _PICTURE_PX)
    mosaic = _mosaic(basemap, window)
    width, height = _PICTURE_PX, round(_PICTURE_PX * frame.height / frame.width)
    x = frame.left + (np.arange(width) + 0.5) * frame.width / width
    y = frame.top - (np.arange(height) + 0.5) * frame.height / height
    xs, ys = np.meshgrid(x, y)
    lon, lat = frame.lon_lat(xs.ravel().tolist(), ys.ravel().tolist()).T
    side = TILE_PX << window.zoom
    column = (lon + 180) / 360 * side - window.left * TILE_PX
    row = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * side - window.top * TILE_PX
    columns = np.clip(column.astype(int), 0, mosaic.shape[1] - 1)
    rows = np.clip(row.astype(int), 0, mosaic.shape[0] - 1)
    picture = mosaic[rows, columns].reshape(height, width, 4)
    extent = (frame.left, frame.right, frame.bottom, frame.top)
    axes.imshow(picture, extent=extent, zorder=2.5, aspect="auto", interpolation="nearest")
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)


def _mosaic(basemap: Basemap, window: TileWindow) -> npt.NDArray[np.uint8]:
    """The tiles side by side, rows from the north; transparent where the file has none."""
    rows, columns = window.bottom - window.top + 1, window.right - window.left + 1
    mosaic = np.zeros((rows * TILE_PX, columns * TILE_PX, 4), dtype=np.uint8)
    for tile in iter_pixels(basemap, window):
        top, left = (tile.y - window.top) * TILE_PX, (tile.x - window.left) * TILE_PX
        pixels = np.frombuffer(tile.rgba, np.uint8).reshape(TILE_PX, TILE_PX, 4)
        mosaic[top : top + TILE_PX, left : left + TILE_PX] = pixels
    return mosaic


def _draw_vectors(axes: Axes, frame: Frame, basemap: Basemap) -> list[Town]:
    window = window_of(basemap, _lon_lat_box(frame), _VECTOR_PX)
    shapes = list(iter_shapes(basemap, window))
    if not shapes:
        return []
    geometries = gpd.GeoSeries(from_wkb([shape.wkb for shape in shapes]), crs="EPSG:3857")
    inside = box(frame.left, frame.bottom, frame.right, frame.top)
    projected = geometries.to_crs(frame.crs).make_valid().clip_by_rect(*inside.bounds)
    types = projected.geom_type
    known = basemap.file.schema is not TileSchema.OTHER
    for of_type, chosen, style in _styles(shapes) if known else _plain_styles(shapes):
        drawn = projected[types.isin(of_type) & np.fromiter(chosen, dtype=bool)]
        drawn = drawn[~drawn.is_empty]
        if len(drawn):
            drawn.plot(ax=axes, aspect=None, **style)
    return _towns(shapes, projected)


def _towns(shapes: list[Shape], projected: gpd.GeoSeries) -> list[Town]:
    """The settlements in the frame; one at the edge of a tile is in both tiles."""
    towns: dict[tuple[str, int, int], Town] = {}
    for each, point in zip(shapes, projected, strict=True):
        if each.rank and point.geom_type == "Point" and not point.is_empty:
            key = (each.name_en, round(point.x, -_SAME_DIGITS), round(point.y, -_SAME_DIGITS))
            town = Town(point.x, point.y, each.name_en, each.name_ar, each.rank)
            towns.setdefault(key, town)
    return list(towns.values())


def _styles(shapes: list[Shape]) -> Iterator[tuple[tuple[str, ...], Iterable[bool], _Style]]:
    """What is drawn, from the ground up: types of geometry, which of the shapes, and the style."""

    def of(layers: tuple[str, ...], kinds: tuple[str, ...] = ()) -> Iterable[bool]:
        return [each.layer in layers and (not kinds or each.kind in kinds) for each in shapes]

    def area(name: str) -> _Style:
        return {"facecolor": colour(name), "edgecolor": "none", "zorder": 2.5}

    def line(name: str, width: float, zorder: float = 2.8) -> _Style:
        return {"color": colour(name), "linewidth": width, "zorder": zorder}

    roads = ("roads", "transportation")
    yield _AREAS, of(("earth",)), area("print-country")
    yield _AREAS, of(("landuse", "landcover", "park"), _GREEN), area("tile-green")
    yield _AREAS, of(("landuse", "landcover"), _BUILT), area("tile-built")
    yield _AREAS, of(("water",)), area("print-water") | {"zorder": 2.6}
    yield _LINES, of(("water", "waterway")), line("print-water", 0.7, 2.6)
    yield _LINES, of(roads, _MINOR), line("road", 0.4)
    yield _LINES, of(roads, _MAJOR), line("road", 1.6)
    yield _LINES, of(roads, _MAJOR), line("road-fill", 0.9, 2.9)
    yield _LINES, of(("boundaries", "boundary")), line("print-border", 0.6)


def _plain_styles(
    shapes: list[Shape],
) -> Iterator[tuple[tuple[str, ...], Iterable[bool], _Style]]:
    """Layers that are not known: all areas alike, and all lines."""
    every = [True] * len(shapes)
    yield _AREAS, every, {"facecolor": "none", "edgecolor": colour("road"), "linewidth": 0.3}
    yield _LINES, every, {"color": colour("road"), "linewidth": 0.5, "zorder": 2.8}


def _lon_lat_box(frame: Frame) -> tuple[float, float, float, float]:
    """West, south, east and north of the frame, whose edges are no parallels."""
    x = np.linspace(frame.left, frame.right, 9)
    y = np.linspace(frame.bottom, frame.top, 9)
    edge = [(each, end) for each in x for end in (frame.bottom, frame.top)]
    edge += [(end, each) for each in y for end in (frame.left, frame.right)]
    points = frame.lon_lat([each for each, _y in edge], [each for _x, each in edge])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)
