"""What a printed map needs of a file of tiles: pixels of pictures, or shapes of vectors.

Tiles are a stranger's: they are decoded in a process with limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import asinh, atan, ceil, degrees, log2, pi, radians, sinh, tan
from pathlib import Path

import msgspec
import pyogrio
from PIL import Image
from shapely import to_wkb

from dashboard.model.message import message
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError
from dashboard.tiles.folder import Basemap, Stamp
from dashboard.tiles.pmtiles_file import TileFileError, tile_at
from dashboard.tiles.settlements import PLACE_LAYERS, Settlements
from dashboard.tiles.tile_file import TileKind

# Web Mercator (EPSG:3857): half the equator in metres, and the edge of its square in degrees.
_HALF_EQUATOR_M, _MOST_LAT = 20_037_508.342789244, 85.0511
TILE_PX = 256
# So many tiles make a picture of some 4,000 by 4,000 pixels.
_MOST_TILES = 256
_LIMITS = Limits(memory=2 << 30, cpu_s=120, silence_s=60.0)
_MOST_SHAPES = 200_000

LonLatBox = tuple[float, float, float, float]


class Pixels(msgspec.Struct, frozen=True, tag=True):
    """A picture of `TILE_PX` pixels a side: red, green, blue and opacity, row by row from the north."""

    x: int
    y: int
    rgba: bytes


class Shape(msgspec.Struct, frozen=True, tag=True):
    """A feature of vector tiles: its layer, its class, and its geometry as WKB in EPSG:3857.

    A settlement has its names, without Arabic ones only that of the file, and a rank as the towns of the
    shipped basemap: 1 for a large city, 0 for what is no settlement.
    """

    layer: str
    kind: str
    wkb: bytes
    name_en: str = ""
    name_ar: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class TileWindow:
    """The tiles of one zoom that cover an area: columns and rows, both ends included."""

    zoom: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def count(self) -> int:
        """The number of tiles."""
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)


_DECODER: msgspec.msgpack.Decoder[Pixels | Shape] = msgspec.msgpack.Decoder(Pixels | Shape)


def window_of(basemap: Basemap, box: LonLatBox, pixels: int) -> TileWindow:
    """The tiles that show `box` (west, south, east, north) at least `pixels` wide, if the file has them.

    The zoom is lower where the file has no such detail, or that would be too many tiles.
    """
    west, _south, east, _north = box
    wanted = ceil(log2(max(pixels, 1) / TILE_PX * 360 / max(east - west, 1e-9)))
    file = basemap.file
    zoom = min(max(wanted, file.min_zoom), file.max_zoom)
    while (window := _window(box, zoom)).count > _MOST_TILES and zoom > file.min_zoom:
        zoom -= 1
    return window


def iter_pixels(basemap: Basemap, window: TileWindow) -> Iterator[Pixels]:
    """The pictures of the window that the file has. Raises TileFileError."""
    about = (basemap.path, basemap.stamp, window)
    for item in _in_process(basemap, decoded_tiles, *about):
        if isinstance(item, Pixels):
            yield item


def iter_shapes(basemap: Basemap, window: TileWindow) -> Iterator[Shape]:
    """The features of the window. Raises TileFileError."""
    for item in _in_process(basemap, features, basemap.path, window):
        if isinstance(item, Shape):
            yield item


def is_vector(basemap: Basemap) -> bool:
    """Whether its tiles have shapes."""
    return basemap.file.kind is TileKind.VECTOR


def decoded_tiles(path: Path, stamp: Stamp, window: TileWindow) -> Iterator[Pixels]:
    """The pictures of the window; runs in the reading process."""
    for x in range(window.left, window.right + 1):
        for y in range(window.top, window.bottom + 1):
            content = tile_at(path, stamp, window.zoom, x, y)
            if content is not None:
                with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
                    size = (TILE_PX, TILE_PX)
                    yield Pixels(x, y, picture.convert("RGBA").resize(size).tobytes())


def features(path: Path, window: TileWindow) -> Iterator[Shape]:
    """The features of the window, layer by layer; runs in the reading process."""
    bounds = _metres(window)
    number = 0
    for layer, _geometry in pyogrio.list_layers(path):
        frame = pyogrio.read_dataframe(path, layer=layer, bbox=bounds, ZOOM_LEVEL=window.zoom)
        kinds = next((frame[name] for name in ("kind", "class") if name in frame), None)
        settlements = Settlements(frame) if layer in PLACE_LAYERS else None
        for row, geometry in enumerate(frame.geometry):
            if geometry is None or geometry.is_empty:
                continue
            number += 1
            if number > _MOST_SHAPES:
                raise TileFileError(
                    message("expected at most {most} shapes in the figure", most=_MOST_SHAPES)
                )
            kind = "" if kinds is None else str(kinds.iloc[row])
            names = settlements.of(row) if settlements else ()
            yield Shape(layer, kind, to_wkb(geometry), *names)


def lat_of_row(row: float, zoom: int) -> float:
    """The latitude of the upper edge of a row of tiles, in degrees."""
    return degrees(atan(sinh(pi * (1 - 2 * row / (1 << zoom)))))


def _in_process(basemap: Basemap, function: object, *arguments: object) -> Iterator[Pixels | Shape]:
    try:
        with ReaderProcess(_LIMITS, readable=(basemap.path,)) as process:
            yield from process.call(_DECODER, function, *arguments)  # type: ignore[arg-type]
    except (ReaderStoppedError, ReaderFailedError) as error:
        raise TileFileError(error.message) from error
    except OSError as error:
        raise TileFileError(str(error)) from error


def _window(box: LonLatBox, zoom: int) -> TileWindow:
    west, south, east, north = box
    side = 1 << zoom
    columns = [_inside((lon + 180) / 360 * side, side) for lon in (west, east)]
    rows = [_inside(_row(lat) * side, side) for lat in (north, south)]
    return TileWindow(zoom, columns[0], rows[0], columns[1], rows[1])


def _row(lat: float) -> float:
    """The share of the world above a latitude."""
    lat = min(max(lat, -_MOST_LAT), _MOST_LAT)
    return (1 - asinh(tan(radians(lat))) / pi) / 2


def _inside(at: float, side: int) -> int:
    return min(max(int(at), 0), side - 1)


def _metres(window: TileWindow) -> LonLatBox:
    side = 2 * _HALF_EQUATOR_M / (1 << window.zoom)
    return (
        window.left * side - _HALF_EQUATOR_M,
        _HALF_EQUATOR_M - (window.bottom + 1) * side,
        (window.right + 1) * side - _HALF_EQUATOR_M,
        _HALF_EQUATOR_M - window.top * side,
    )
