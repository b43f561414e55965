"""The features of a GeoJSON file as chunks of a table, read as a stream.

Source: RFC 7946, and for `crs` the specification of 2008 that it replaced. A reference system must be
named; a link to one is refused. Not with GDAL, which follows the link, and returns no feature of a file
that is damaged at its end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ijson
import numpy as np
import pandas as pd
import pyproj
import shapely

from dashboard.datasets.files.chunks import Chunk, ReportFault, batches, check_column_count
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geometries import (
    INVALID_GEOMETRY,
    WGS84,
    reference_system,
    with_coordinates,
)
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_text import REPLACED, Utf8Stream, as_cell, as_json, whole_objects
from dashboard.model.errors import Fault
from dashboard.model.message import message

# A member "crs", with or without escapes; only if there is one, the file is read a second time for it.
_CRS = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"')
# Bytes that are searched at once, and the longest form of the member with its quotes.
_BLOCK, _MEMBER_BYTES = 1 << 20, 20


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its number in the file, its properties, and its geometry as GeoJSON ("" if null)."""

    number: int
    row: dict[str, object]
    geometry: str


def geojson(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The features as chunks of `size`; raises UnclearError or TableError."""
    crs = _crs(file, options)
    total = max(file.size, 1)
    with file.open() as raw:
        for batch in batches(_features(file, Utf8Stream(raw), report), size):
            yield features_chunk(file.name, batch, crs, min(raw.tell() / total, 1.0), report)


def _features(file: InputFile, text: Utf8Stream, report: ReportFault) -> Iterator[Feature]:
    """The features that can be read; the others are reported as faults. Raises TableError."""
    objects = whole_objects(file.name, _objects(file, text), "GeoJSON")
    for number, item in enumerate(objects, start=1):
        try:
            feature = feature_of(number, item)
            damaged = text.damaged and REPLACED in as_json([feature.row, feature.geometry])
        except (ValueError, RecursionError) as error:
            report(Fault(file.name, number, "", message("a Feature of GeoJSON"), str(error)))
            continue
        if damaged:
            report(Fault(file.name, number, "", message("text in UTF-8"), "bytes that are none"))
            continue
        yield feature


def _objects(file: InputFile, text: Utf8Stream) -> Iterator[Any]:
    """The features of a collection, or the top-level objects of a file without a collection."""
    is_collection = False
    try:
        for item in ijson.items(text, "features.item"):
            is_collection = True
            yield item
    except ijson.JSONError:
        # Several objects, one per line, are not one JSON document.
        if is_collection:
            raise
    if not is_collection:
        with file.open() as raw:
            yield from _top_level(file.name, Utf8Stream(raw))


def _top_level(name: str, text: Utf8Stream) -> Iterator[Any]:
    for item in ijson.items(text, "", multiple_values=True):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind != "Feature":
            what = "no features" if kind == "FeatureCollection" else f"type {kind!r:.40}"
            raise TableError(
                message(
                    "{file}: expected features of GeoJSON, found {found}", file=name, found=what
                )
            )
        yield item


def feature_of(number: int, item: Any) -> Feature:
    """A feature as a row; raises ValueError for anything else."""
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise ValueError(f"expected an object of type Feature, found {item!r:.60}")
    properties = item.get("properties")
    if not isinstance(properties, dict | None):
        raise ValueError(  # noqa: TRY004 a fault of the file
            f"expected properties as an object, found {properties!r:.60}"
        )
    row = {str(key): as_cell(value) for key, value in (properties or {}).items()}
    if "id" in item:
        row.setdefault("id", as_cell(item["id"]))
    geometry = item.get("geometry")
    return Feature(number, row, "" if geometry is None else as_json(geometry))


def features_chunk(
    name: str, features: list[Feature], crs: pyproj.CRS, share: float, report: ReportFault
) -> Chunk:
    """The features as a chunk, without those with an invalid geometry, which are faults."""
    texts = np.array([feature.geometry or None for feature in features], dtype=object)
    shapes = shapely.from_geojson(texts, on_invalid="ignore")
    shapes[pd.notna(texts) & shapely.is_missing(shapes)] = INVALID_GEOMETRY
    columns = list(dict.fromkeys(key for feature in features for key in feature.row))
    check_column_count(name, columns)
    cells = {key: [feature.row.get(key) for feature in features] for key in columns}
    frame = pd.DataFrame(cells, index=range(len(features)), dtype=object)
    numbers = np.array([feature.number for feature in features], dtype=np.int64)
    return with_coordinates(name, Chunk(frame, numbers, share), shapes, crs, report)


def _crs(file: InputFile, options: FileOptions) -> pyproj.CRS:
    """The reference system that the file names, or the default of RFC 7946."""
    if file.size == 0:
        raise TableError(message("{file}: expected GeoJSON, found an empty file", file=file.name))
    if not _names_crs(file):
        return WGS84
    with file.open() as raw:
        try:
            members = list(ijson.items(Utf8Stream(raw), "crs", multiple_values=True))
        except ijson.JSONError:
            # The file is damaged before that member: the features that can be read have none.
            return WGS84
    if not members:
        return WGS84
    return reference_system(file.name, options, _crs_name(file.name, members[0]))


def _names_crs(file: InputFile) -> bool:
    """Whether the file has a member of that name anywhere."""
    before = b""
    with file.open() as raw:
        while block := raw.read(_BLOCK):
            # The end of the block before, since the member may begin there.
            if _CRS.search(before + block):
                return True
            before = block[-_MEMBER_BYTES:]
    return False


def _crs_name(name: str, member: object) -> str | None:
    """The name in a member `crs`, `None` for null; raises TableError for a link."""
    if member is None:
        return None
    kind = member.get("type") if isinstance(member, dict) else None
    properties = member.get("properties") if isinstance(member, dict) else None
    if isinstance(properties, dict):
        if kind == "name" and isinstance(properties.get("name"), str):
            return str(properties["name"])
        if kind == "EPSG" and isinstance(properties.get("code"), int):
            return f"EPSG:{properties['code']}"
    raise TableError(
        message(
            "{file}: expected a reference system by its name, found crs of type {kind}",
            file=name,
            kind=f"{kind!r:.40}",
        )
    )
