"""The grid of the map's counts: nested squares of Web Mercator, as map tiles.

A tile unit is 2**-30 of the width of the world in EPSG:3857, counted from its north-west corner, as
the tiles of web maps are: whole numbers, so that every engine puts a point into the same square.
Zooming in by one level splits each square into four.
"""

from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, log2, pi, radians, sinh, tan

import numpy as np
import numpy.typing as npt

# The zoom levels of the map: from the world to a street.
MIN_ZOOM, MAX_ZOOM = 2, 16
_BITS = 30
_WORLD = 1 << _BITS
# The edge of the square world of EPSG:3857; source: asinh(tan(lat)) = pi.
MAX_LAT = 85.0511
# A tile of web maps is 256 pixels wide.
_TILE_BITS = 8
# The side of a square on the screen, as a power of two: 32 pixels. Of 16, 32 and 64 it was the one at
# which towns are separate and the sizes of symbols are distinguishable.
_CELL_BITS = 5
# The margin around the screen for which marks are sent, so that a short pan needs no new ones.
_MARGIN = 0.35


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map at a zoom level, in tile units; right and bottom edges are excluded."""

    zoom: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def cell(self) -> int:
        """The side of a square at this zoom, in tile units."""
        return 1 << max(_BITS - _TILE_BITS - self.zoom + _CELL_BITS, 0)

    @property
    def pixel(self) -> int:
        """The side of a pixel at this zoom, in tile units."""
        return 1 << max(_BITS - _TILE_BITS - self.zoom, 0)

    def padded(self) -> "Box":
        """The box with a margin, extended to whole tiles."""
        tile = 1 << (_BITS - self.zoom)
        x, y = ((self.right - self.left) * _MARGIN, (self.bottom - self.top) * _MARGIN)
        return Box(
            self.zoom,
            floor((self.left - x) / tile) * tile,
            floor((self.top - y) / tile) * tile,
            ceil((self.right + x) / tile) * tile,
            ceil((self.bottom + y) / tile) * tile,
        )


def tile_units(
    lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Convert points to tile units, clipped to the edge of the map."""
    inside = np.radians(np.clip(lat, -MAX_LAT, MAX_LAT))
    x = (lon / 360 + 0.5) * _WORLD
    y = (0.5 - np.arcsinh(np.tan(inside)) / (2 * np.pi)) * _WORLD
    return tuple(np.clip(value, 0, _WORLD - 1).astype(np.int32) for value in (x, y))  # type: ignore[return-value]


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point in tile units."""
    return degrees(atan(sinh(pi * (1 - 2 * y / _WORLD)))), (x / _WORLD - 0.5) * 360


def box_of(south: float, west: float, north: float, east: float, zoom: int) -> Box:
    """The box with these edges in degrees, clipped to the edge of the world."""
    (left, top), (right, bottom) = _units(north, west), _units(south, east)
    return Box(zoom, left, top, max(right, left + 1), max(bottom, top + 1))


def box_around(lat: float, lon: float, zoom: int, width: int, height: int) -> Box:
    """The box of a map of that many pixels around a point."""
    x, y = _units(lat, lon)
    pixel = 1 << (_BITS - _TILE_BITS - zoom)
    across, down = width * pixel // 2, height * pixel // 2
    return Box(zoom, x - across, y - down, x + across, y + down)


def zoom_to_fit(
    south: float, west: float, north: float, east: float, width: int, height: int
) -> int:
    """The highest zoom at which a map of that many pixels shows the area, as in Leaflet."""
    box = box_of(south, west, north, east, 0)
    across = max((box.right - box.left) / width, (box.bottom - box.top) / height, 1)
    return floor(_BITS - _TILE_BITS - log2(across))


def _units(lat: float, lon: float) -> tuple[int, int]:
    inside = radians(min(max(lat, -MAX_LAT), MAX_LAT))
    x = (lon / 360 + 0.5) * _WORLD
    y = (0.5 - asinh(tan(inside)) / (2 * pi)) * _WORLD
    return floor(x), floor(y)
