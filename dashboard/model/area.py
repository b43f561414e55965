"""Areas by which events are selected, and their text in a link: "circle:38.863,36.384,10".

Coordinates are degrees in EPSG:4326, longitude first. A polygon has straight edges in degrees, as
Shapely and GIS programs take them; a circle has a true radius on the ellipsoid WGS 84. Edges belong to
an area. An area across the 180th meridian or around a pole is refused: its edges would be ambiguous.
A governorate is an area by its outline in the gazetteer: "outline:hasakah_governorate".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from dashboard.model.message import Message, message

Degrees = npt.NDArray[np.float64]
# Points of an edge as (lon, lat); the last is joined with the first.
Ring = tuple[tuple[float, float], ...]
# A circle is drawn with so many edges.
_EDGES = 72
# A link has at most so many areas, and a polygon so many corners: the address of a page is limited.
MOST_AREAS, MOST_CORNERS = 5, 100
# Five decimals are a metre.
_DECIMALS = 5
# A quarter of the way around the Earth: no circle as large is without a pole or the 180th meridian.
MOST_KM = 10_000.0
_WGS84 = Geod(ellps="WGS84")
# Metres of a radian at the pole's end of the ellipsoid, where its curvature is strongest.
_LEAST_RADIUS_M = 6_335_439.0


class AreaError(ValueError):
    """Numbers or a text that are no area; `reason` says what is wrong."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of an area in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class BoxArea:
    """A rectangle whose edges are two meridians and two parallels."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        _check_points([(self.west, self.south), (self.east, self.north)])
        if self.west >= self.east or self.south >= self.north:
            raise AreaError(message("a rectangle needs west, south, east, north in this order"))

    @property
    def bounds(self) -> Bounds:
        """The rectangle itself."""
        return Bounds(self.west, self.south, self.east, self.north)

    def contains(self, lon: Degrees, lat: Degrees) -> npt.NDArray[np.bool_]:
        """Which of the points are in the area."""
        across = (lon >= self.west) & (lon <= self.east)
        return across & (lat >= self.south) & (lat <= self.north)

    @property
    def ring(self) -> Ring:
        """The corners as (lon, lat)."""
        south, north = self.south, self.north
        return ((self.west, south), (self.east, south), (self.east, north), (self.west, north))

    def __str__(self) -> str:
        return "box:" + _numbers(self.west, self.south, self.east, self.north)


@dataclass(frozen=True)
class PolygonArea:
    """A polygon by its corners (lon, lat); the last is joined with the first."""

    corners: Ring

    def __post_init__(self) -> None:
        _check_points(self.corners)
        if len(set(self.corners)) < 3:
            raise AreaError(message("a polygon needs three corners"))
        if len(self.corners) > MOST_CORNERS:
            raise AreaError(message("a polygon has at most {most} corners", most=MOST_CORNERS))
        around = zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True)
        if any(abs(one[0] - other[0]) > 180 for one, other in around):
            raise AreaError(_across())
        if not self._polygon.is_valid or not self._polygon.area:
            raise AreaError(message("the edges of a polygon may not cross"))

    @cached_property
    def _polygon(self) -> shapely.Polygon:
        polygon = shapely.Polygon(self.corners)
        shapely.prepare(polygon)
        return polygon

    @property
    def bounds(self) -> Bounds:
        """The least rectangle around the polygon."""
        return Bounds(*self._polygon.bounds)

    def contains(self, lon: Degrees, lat: Degrees) -> npt.NDArray[np.bool_]:
        """Which of the points are in the area."""
        inside: npt.NDArray[np.bool_] = shapely.intersects_xy(self._polygon, lon, lat)
        return inside

    @property
    def ring(self) -> Ring:
        """The corners as (lon, lat)."""
        return self.corners

    def __str__(self) -> str:
        return "polygon:" + ";".join(_numbers(*corner) for corner in self.corners)


@dataclass(frozen=True)
class CircleArea:
    """All points at most `km` kilometres from a point."""

    lon: float
    lat: float
    km: float

    def __post_init__(self) -> None:
        _check_points([(self.lon, self.lat)])
        if not 0 < self.km <= MOST_KM:
            raise AreaError(message("the radius of a circle is more than 0 km"))
        bounds = self.bounds
        if max(-bounds.west, bounds.east) > 180 or max(-bounds.south, bounds.north) >= 90:
            raise AreaError(_across())

    @property
    def bounds(self) -> Bounds:
        """A rectangle around the circle, some per cent too wide."""
        angle = 1.01 * self.km * 1000 / _LEAST_RADIUS_M
        high = math.degrees(angle)
        reach = math.sin(min(angle, math.pi / 2)) / max(math.cos(math.radians(self.lat)), 1e-9)
        wide = math.degrees(math.asin(reach)) if reach < 1 else 360.0
        return Bounds(self.lon - wide, self.lat - high, self.lon + wide, self.lat + high)

    def contains(self, lon: Degrees, lat: Degrees) -> npt.NDArray[np.bool_]:
        """Which of the points are in the area."""
        here = (np.full_like(lon, self.lon), np.full_like(lat, self.lat))
        metres = _WGS84.inv(*here, lon, lat)[2]
        inside: npt.NDArray[np.bool_] = np.asarray(metres) <= self.km * 1000
        return inside

    @property
    def ring(self) -> Ring:
        """Points of the edge as (lon, lat)."""
        azimuths = np.linspace(0, 360, _EDGES, endpoint=False)
        lon, lat = np.full_like(azimuths, self.lon), np.full_like(azimuths, self.lat)
        metres = np.full_like(azimuths, self.km * 1000)
        east, north, _back = _WGS84.fwd(lon, lat, azimuths, metres)
        return tuple(zip(map(float, east), map(float, north), strict=True))

    def __str__(self) -> str:
        return "circle:" + _numbers(self.lon, self.lat, self.km)


@dataclass(frozen=True)
class OutlineArea:
    """The outline of a place of the gazetteer, polygons in EPSG:4326."""

    place_id: str
    outline: BaseGeometry = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        shapely.prepare(self.outline)

    @property
    def bounds(self) -> Bounds:
        """The least rectangle around the outline."""
        return Bounds(*self.outline.bounds)

    def contains(self, lon: Degrees, lat: Degrees) -> npt.NDArray[np.bool_]:
        """Which of the points are in the area."""
        inside: npt.NDArray[np.bool_] = shapely.intersects_xy(self.outline, lon, lat)
        return inside

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The outer edges of all parts as (lon, lat)."""
        return tuple(
            tuple((lon, lat) for lon, lat, *_height in part.exterior.coords[:-1])
            for part in shapely.get_parts(self.outline)
        )

    def __str__(self) -> str:
        return f"outline:{self.place_id}"


Area = BoxArea | PolygonArea | CircleArea | OutlineArea


def rings_of(area: Area) -> tuple[Ring, ...]:
    """The edges of an area: one, or several of an outline that has islands."""
    return area.rings if isinstance(area, OutlineArea) else (area.ring,)


def parse_area(text: str, outlines: Mapping[str, BaseGeometry] | None = None) -> Area:
    """The area of a text of a link, as `str` writes it; raises AreaError.

    `outlines` are those of the gazetteer by the id of their place.
    """
    kind, _colon, rest = text.partition(":")
    if kind == "outline":
        if not outlines or rest not in outlines:
            raise AreaError(message("no outline of this place is known here"))
        return OutlineArea(rest, outlines[rest])
    corners = [[_number(part) for part in corner.split(",")] for corner in rest.split(";")]
    numbers = corners[0]
    if kind == "box" and len(corners) == 1 and len(numbers) == 4:
        return BoxArea(*numbers)
    if kind == "circle" and len(corners) == 1 and len(numbers) == 3:
        return CircleArea(*numbers)
    if kind == "polygon" and all(len(corner) == 2 for corner in corners):
        return PolygonArea(tuple((lon, lat) for lon, lat in corners))
    raise AreaError(_expected())


def _expected() -> Message:
    return message("expected box:W,S,E,N or polygon:lon,lat;… or circle:lon,lat,km")


def _across() -> Message:
    return message("an area may not reach across the 180th meridian or a pole")


def _check_points(points: Sequence[tuple[float, float]]) -> None:
    """Raise AreaError for a point that is not on the map of the world."""
    if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points):
        raise AreaError(message("longitudes are from −180 to 180, latitudes from −90 to 90"))


def _number(text: str) -> float:
    """A number of a link, to five decimals; raises AreaError."""
    try:
        value = float(text) if len(text) < 30 and text.isascii() else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise AreaError(_expected())
    # No minus before a zero, so that equal areas have one text.
    return round(value, _DECIMALS) + 0.0


def _numbers(*values: float) -> str:
    return ",".join(f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") for value in values)
