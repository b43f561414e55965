"""Geometries of a chunk of rows as points in degrees, e.g. a polygon in EPSG:3857."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from dashboard.datasets.files.chunks import EXTENT, Chunk, ReportFault
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions
from dashboard.model.errors import Fault
from dashboard.model.message import message

WGS84 = pyproj.CRS("EPSG:4326")
# The reference systems to offer for a file without one: degrees, and the metres of web maps.
_USUAL_CRS = ("EPSG:4326", "EPSG:3857")
# Metres of a degree of latitude.
_DEGREE_M = 111_000
# Marks a geometry that cannot be parsed, apart from missing (None) and empty ones.
INVALID_GEOMETRY = shapely.Point(np.inf, np.inf)


def geometries_from_wkb(binary: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Geometries from WKB; `INVALID_GEOMETRY` for other bytes, `None` for `None`."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(binary, on_invalid="ignore")
    shapes[pd.notna(binary) & shapely.is_missing(shapes)] = INVALID_GEOMETRY
    return shapes


def with_coordinates(
    file: str, chunk: Chunk, shapes: npt.NDArray[np.object_], crs: pyproj.CRS, report: ReportFault
) -> Chunk:
    """Add a point inside each row's geometry, and the distance of the geometry's bounds from it.

    `shapes` are the geometries of the rows in `crs`. The point is in the columns `latitude` and
    `longitude` (EPSG:4326), the distance in `EXTENT`, in metres; columns of the file with these names
    are renamed. The geometries themselves are the chunk's `shapes`, with their heights if they have
    any. A row without a geometry, or with an empty one, has NaN and `None`. A row with an
    `INVALID_GEOMETRY`, or with coordinates that are not finite in EPSG:4326, is a fault and is left out.
    """
    # EPSG:4326 and OGC:CRS84 differ in the order of axes only, and files have longitude first.
    if not crs.equals(WGS84, ignore_axis_order=True):
        shapes = _to_wgs84(shapes, crs)
    valid = ~_non_finite(shapes)
    for row in chunk.numbers[~valid].tolist():
        report(
            Fault(file, row, "geometry", message("a geometry with finite coordinates"), "another")
        )
    shapes = shapes[valid]
    shapes[shapely.is_empty(shapes)] = None
    lat, lon, extent = points_within(shapes)
    added = {"latitude": lat, "longitude": lon, EXTENT: extent}
    frame = chunk.frame[valid]
    renamed = {name: f"{name} (2)" for name in added if name in frame}
    frame = frame.rename(columns=renamed).assign(**added)
    return Chunk(frame, chunk.numbers[valid], chunk.share, shapes=shapes)


def points_within(
    shapes: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Latitude and longitude of a point in each geometry, and the distance of its bounds in metres.

    `shapes` are in degrees; one that crosses 180 degrees is not as wide as the earth. The point of a
    missing or empty geometry is NaN, the distance 0.
    """
    shapes = _joined_at_antimeridian(shapes)
    points = shapely.point_on_surface(shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = shapely.bounds(shapes).T
    width = np.maximum(lon - west, east - lon) * np.cos(np.radians(lat))
    extent = np.hypot(width, np.maximum(lat - south, north - lat)) * _DEGREE_M
    crosses = (west >= -360) & (east <= 360) & ((west < 180) & (lon > 180) | (lon < -180))
    return lat, np.where(crosses, (lon + 180) % 360 - 180, lon), np.nan_to_num(extent)


def _joined_at_antimeridian(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Geometries with parts on both sides of 180 degrees as one, from 0 to 360 degrees.

    Source: RFC 7946, 3.1.9: a geometry that crosses the antimeridian is cut there. One that is wider
    than half the earth crosses it if it is narrower when western longitudes are counted on from 180,
    and if it has several parts or an edge of more than 180 degrees.
    """
    west, _south, east, _north = shapely.bounds(shapes).T
    wide = np.flatnonzero((east - west > 180) & (west >= -180) & (east <= 180))
    joined = shapes.copy()
    for at in wide.tolist():
        if not _may_cross(shapes[at]):
            continue
        shifted = shapely.transform(shapes[at], _count_on)
        narrower = _width(shifted) < _width(shapes[at])
        if narrower and (shapely.area(shifted) > 0 or shapely.area(shapes[at]) == 0):
            joined[at] = _union(shifted)
    return joined


def _count_on(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.column_stack(
        (np.where(points[:, 0] < 0, points[:, 0] + 360, points[:, 0]), points[:, 1])
    )


def _may_cross(shape: shapely.Geometry) -> bool:
    if shapely.get_num_geometries(shape) > 1:
        return True
    part = shapely.get_geometry(shape, 0)
    ring = shapely.get_exterior_ring(part)
    lon = shapely.get_coordinates(part if ring is None else ring)[:, 0]
    return bool((np.abs(np.diff(lon)) > 180).any())


def _width(shape: shapely.Geometry) -> float:
    west, _south, east, _north = shapely.bounds(shape)
    return float(east - west)


def _union(shape: shapely.Geometry) -> shapely.Geometry:
    """The geometry with parts that touch as one; unchanged if it is not valid."""
    try:
        return shapely.unary_union(shape)
    except shapely.errors.GEOSException:
        return shape


def _non_finite(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """A mask of the geometries with a coordinate that is NaN or infinite, e.g. `INVALID_GEOMETRY`."""
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    mask: npt.NDArray[np.bool_] = present & ~np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return mask


def _to_wgs84(shapes: npt.NDArray[np.object_], crs: pyproj.CRS) -> npt.NDArray[np.object_]:
    transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def transform(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        lon, lat = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([lon, lat, *points.T[2:]])

    high = shapely.has_z(shapes)
    transformed = shapes.copy()
    transformed[~high] = shapely.transform(shapes[~high], transform)
    transformed[high] = shapely.transform(shapes[high], transform, include_z=True)
    return transformed


def reference_system(file: str, options: FileOptions, crs: object) -> pyproj.CRS:
    """The reference system of the file (`crs`), or that of the options if it is `None`.

    Raises UnclearError if there is neither, TableError for an invalid one.
    """
    if crs is None and options.crs is None:
        why = message("{file} does not name its coordinate reference system", file=file)
        raise UnclearError("crs", _USUAL_CRS, why)
    try:
        return pyproj.CRS(crs if crs is not None else options.crs)
    except pyproj.exceptions.CRSError as error:
        raise TableError(
            message(
                "{file}: expected a reference system, found {error}", file=file, error=str(error)
            )
        ) from error
