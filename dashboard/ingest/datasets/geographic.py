"""Parquet, GeoParquet, GeoJSON, GeoPackage and KML as parts of a table.

Coordinates of geometry come as columns `latitude` and `longitude` (EPSG:4326): a point inside it. Its
extent comes as `extent_m`.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely

from dashboard.ingest.datasets.parts import How, Part, TableError, only

# Metres of a degree of latitude.
_DEGREE_M = 111_000
_WGS84 = pyproj.CRS("EPSG:4326")
# How features are drawn in Google Earth, which is no part of an event.
_DRAWN = ("altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet")


def parquet(path: Path, size: int) -> Iterator[Part]:
    """The rows, part by part; raises TableError."""
    try:
        file = pq.ParquetFile(path)
        total, number = max(file.metadata.num_rows, 1), 0
        geometry, crs = _geometry(path, file.schema_arrow.metadata or {})
        for batch in file.iter_batches(batch_size=size):
            frame = _located(batch, geometry, crs)
            numbers = np.arange(number + 1, number + 1 + len(frame), dtype=np.int64)
            number += len(frame)
            yield Part(frame, numbers, number / total)
    except (OSError, pa.ArrowException) as error:
        raise TableError(f"{path.name}: expected Parquet, found {error}") from error


def features(path: Path, how: How, size: int) -> Iterator[Part]:
    """The features, part by part; raises UnclearError if several layers hold some, or TableError."""
    kml = path.suffix.lower() == ".kml"
    try:
        held = pyogrio.list_layers(path)
        # Tables without geometry beside a layer, such as QGIS's styles, are about it.
        layers = [str(name) for name, kind in held if kind] or [str(name) for name, _ in held]
        # Folders of a KML file have the same columns, and belong together.
        chosen = layers if kml and not how.layer else [only(layers, how, path.name, "layer")]
        counts = [int(pyogrio.read_info(path, layer=layer)["features"]) for layer in chosen]
        total, number = max(sum(counts), 1), 0
        for batch, geometry, crs in _batches(path, chosen, size):
            frame = _located(batch, geometry, crs)
            numbers = np.arange(number + 1, number + 1 + len(frame), dtype=np.int64)
            number += len(frame)
            yield Part(_with_time(frame) if kml else frame, numbers, min(number / total, 1.0))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise TableError(f"{path.name}: expected features, found {error}") from error


def _batches(
    path: Path, layers: Sequence[str], size: int
) -> Iterator[tuple[pa.RecordBatch, str, pyproj.CRS]]:
    """Batches of rows, with the name of the column of geometry and its reference system."""
    for layer in layers:
        with pyogrio.open_arrow(path, layer=layer, batch_size=size, use_pyarrow=True) as opened:
            about, reader = opened
            crs = pyproj.CRS(about["crs"]) if about["crs"] else _WGS84
            for batch in reader:
                yield batch, about["geometry_name"] or "wkb_geometry", crs


def _geometry(path: Path, metadata: dict[bytes, bytes]) -> tuple[str, pyproj.CRS]:
    """The column of geometry and its reference system; "" if there is none.

    Source: GeoParquet specification 1.1.0; without `crs` it is OGC:CRS84.
    """
    if b"geo" not in metadata:
        return "", _WGS84
    told: dict[str, Any] = json.loads(metadata[b"geo"])
    name = told["primary_column"]
    column = told["columns"][name]
    if column["encoding"] != "WKB":
        raise TableError(f"{path.name}: expected geometry as WKB, found {column['encoding']}")
    return name, pyproj.CRS(column["crs"]) if column.get("crs") else _WGS84


def _located(batch: pa.RecordBatch, geometry: str, crs: pyproj.CRS) -> pd.DataFrame:
    """The rows with the point inside their geometry, and half the diagonal of its bounds."""
    held = geometry in batch.schema.names
    frame: pd.DataFrame = (batch.drop_columns([geometry]) if held else batch).to_pandas()
    if not held:
        return frame
    shapes = shapely.from_wkb(batch.column(geometry).to_numpy(zero_copy_only=False))
    # Axes of EPSG:4326 and OGC:CRS84 differ in order alone, and files keep longitude first.
    if not crs.equals(_WGS84, ignore_axis_order=True):
        shapes = _in_degrees(shapes, crs)
    points = shapely.point_on_surface(shapes)
    west, south, east, north = shapely.bounds(shapes).T
    half = np.hypot(north - south, (east - west) * np.cos(np.radians((north + south) / 2))) / 2
    return frame.assign(
        latitude=shapely.get_y(points),
        longitude=shapely.get_x(points),
        extent_m=np.nan_to_num(half) * _DEGREE_M,
    )


def _in_degrees(shapes: npt.NDArray[np.object_], crs: pyproj.CRS) -> npt.NDArray[np.object_]:
    across = pyproj.Transformer.from_crs(crs, _WGS84, always_xy=True)

    def turned(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(across.transform(points[:, 0], points[:, 1]))

    moved: npt.NDArray[np.object_] = shapely.transform(shapely.force_2d(shapes), turned)
    return moved


def _with_time(frame: pd.DataFrame) -> pd.DataFrame:
    """The placemarks of a KML file with their day or their span of days as columns."""
    told = {
        "date": _first(frame, "begin", "timestamp"),
        "date_end": _first(frame, "end", "timestamp"),
    }
    dropped = [name for name in (*_DRAWN, "begin", "end", "timestamp") if name in frame]
    return frame.drop(columns=dropped).assign(
        **{name: column for name, column in told.items() if column is not None}
    )


def _first(frame: pd.DataFrame, *names: str) -> "pd.Series[Any] | None":
    """What the first of these columns has, or else the next."""
    held = [frame[name] for name in names if name in frame]
    if not held:
        return None
    return held[0] if len(held) == 1 else held[0].where(held[0].notna(), held[1])
