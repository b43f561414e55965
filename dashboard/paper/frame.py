"""The area of a figure's map, in metres of a projection, e.g. UTM zone 37N."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from dashboard.query.query import MapView

Points = npt.NDArray[np.float64]
# In degrees. Wider than this, the scale error of a UTM zone exceeds two in a thousand.
_UTM_DEGREES = 9.0
# For the area of the map on the screen: the size of Leaflet's tiles and the width of the map in pixels.
_EQUATOR_M, _TILE_PX, _SCREEN_PX = 40_075_016.686, 256, 760
# The margin around the outermost places, as a share of the extent, and at least in metres.
_PAD, _LEAST_M = 0.12, 12_000.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in metres of the projection `epsg`, or of `proj` where no code fits."""

    crs: CRS
    name: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Metres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from bottom to top."""
        return self.top - self.bottom

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top in metres."""
        return self.left, self.bottom, self.right, self.top

    def xy(self, lons: Sequence[float], lats: Sequence[float]) -> Points:
        """Points (n, 2) in metres, of degrees in EPSG:4326."""
        x, y = _transformer(self.crs.to_wkt()).transform(lons, lats)
        return np.column_stack([x, y])

    def lon_lat(self, x: Sequence[float], y: Sequence[float]) -> Points:
        """Points (n, 2) in degrees, lon before lat, of metres."""
        lon, lat = _transformer(self.crs.to_wkt()).transform(x, y, direction="INVERSE")
        return np.column_stack([lon, lat])

    def contains(self, points: Points) -> npt.NDArray[np.bool_]:
        """Which of the points lie inside."""
        x, y = points[:, 0], points[:, 1]
        return (x >= self.left) & (x <= self.right) & (y >= self.bottom) & (y <= self.top)


@cache
def _transformer(wkt: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", CRS.from_wkt(wkt), always_xy=True)


def frame_around(
    points: Iterable[tuple[float, float]], view: MapView | None, shape: float
) -> Frame:
    """The frame of `view`, or without one around all (lat, lon) points; `shape` is width by height."""
    lat, lon = zip(*points, strict=True)
    south, north, west, east = min(lat), max(lat), min(lon), max(lon)
    middle = (view.lat, view.lon) if view else ((south + north) / 2, (west + east) / 2)
    crs, name = _projection(middle, east - west)
    empty = Frame(crs, name, 0, 0, 0, 0)
    if view:
        centre = empty.xy([view.lon], [view.lat])[0]
        size = _SCREEN_PX * _EQUATOR_M * cos(radians(view.lat)) / (_TILE_PX * 2**view.zoom)
        return _filled(empty, centre, size, size / shape)
    xy = empty.xy(lon, lat)
    low, high = xy.min(axis=0), xy.max(axis=0)
    width, height = np.maximum((high - low) * (1 + 2 * _PAD), _LEAST_M)
    if width / height < shape:
        width = height * shape
    else:
        height = width / shape
    return _filled(empty, (low + high) / 2, width, height)


def _projection(middle: tuple[float, float], degrees: float) -> tuple[CRS, str]:
    lat, lon = middle
    if degrees > _UTM_DEGREES:
        crs = CRS.from_proj4(f"+proj=laea +lat_0={lat:.0f} +lon_0={lon:.0f} +units=m")
        return crs, f"Lambert azimuthal equal-area, {abs(lat):.0f}°, {abs(lon):.0f}°"
    zone = int((lon + 180) // 6) + 1
    north = lat >= 0
    epsg = (32_600 if north else 32_700) + zone
    return CRS.from_epsg(epsg), f"UTM {zone}{'N' if north else 'S'} (EPSG:{epsg})"


def _filled(empty: Frame, centre: Points, width: float, height: float) -> Frame:
    x, y = centre
    return Frame(
        empty.crs, empty.name, x - width / 2, y - height / 2, x + width / 2, y + height / 2
    )
