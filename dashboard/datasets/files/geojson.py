"""The features of a GeoJSON file as chunks of a table, read as a stream.

Source: RFC 7946, and for `crs` the specification of 2008 that it replaced. A reference system must be
named; a link to one is refused. Not with GDAL, which follows the link, and returns no feature of a file
that is damaged at its end.
"""

import codecs
import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import ijson
import numpy as np
import pandas as pd
import pyproj
import shapely

from dashboard.datasets.files.chunks import (
    INVALID_GEOMETRY,
    WGS84,
    Chunk,
    FileOptions,
    InputFile,
    ReportFault,
    TableError,
    batches,
    check_column_count,
    reference_system,
    with_coordinates,
)
from dashboard.model.errors import Fault

# A member "crs", with or without escapes; only if there is one, the file is read a second time for it.
_CRS = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"')
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Feature:
    """A feature: its number in the file, its properties, and its geometry as GeoJSON ("" if null)."""

    number: int
    row: dict[str, object]
    geometry: str


class _Utf8:
    """A file in which invalid UTF-8 is replaced by U+FFFD; then `damaged` is true."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.damaged = False

    def read(self, size: int) -> bytes:
        """The next bytes, as valid UTF-8; none for `size` 0, with which ijson tests the file."""
        if size == 0:
            return b""
        raw = self._raw.read(size)
        text = self._decoder.decode(raw, final=not raw)
        self.damaged |= text.count(_REPLACED) > raw.count(_REPLACED.encode())
        return text.encode()


def geojson(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The features as chunks of `size`; raises UnclearError or TableError."""
    crs = _crs(file, options)
    total = max(file.path.stat().st_size, 1)
    with file.path.open("rb") as raw:
        for batch in batches(_features(file, _Utf8(raw), report), size):
            yield _chunk(file.name, batch, crs, min(raw.tell() / total, 1.0), report)


def _features(file: InputFile, text: _Utf8, report: ReportFault) -> Iterator[_Feature]:
    """The features that can be read; the others are reported as faults. Raises TableError."""
    for number, item in enumerate(_whole_objects(file, text), start=1):
        try:
            feature = _feature(number, item)
            damaged = text.damaged and _REPLACED in _as_json([feature.row, feature.geometry])
        except (ValueError, RecursionError) as error:
            report(Fault(file.name, number, "", "a Feature of GeoJSON", str(error)))
            continue
        if damaged:
            report(Fault(file.name, number, "", "text in UTF-8", "bytes that are none"))
            continue
        yield feature


def _whole_objects(file: InputFile, text: _Utf8) -> Iterator[Any]:
    """The objects of the file; raises TableError where it is not JSON."""
    number = 0
    try:
        for item in _objects(file, text):
            number += 1
            yield item
    except ijson.JSONError as error:
        # After the first line the library's message shows the position with an arrow.
        found = str(error).partition("\n")[0].strip()
        after = f" after feature {number:,}" if number else ""
        raise TableError(f"{file.name}: expected GeoJSON, found{after} {found}") from error


def _objects(file: InputFile, text: _Utf8) -> Iterator[Any]:
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
        with file.path.open("rb") as raw:
            yield from _top_level(file.name, _Utf8(raw))


def _top_level(name: str, text: _Utf8) -> Iterator[Any]:
    for item in ijson.items(text, "", multiple_values=True):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind != "Feature":
            what = "no features" if kind == "FeatureCollection" else f"type {kind!r:.40}"
            raise TableError(f"{name}: expected features of GeoJSON, found {what}")
        yield item


def _feature(number: int, item: Any) -> _Feature:
    """A feature as a row; raises ValueError for anything else."""
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise ValueError(f"expected an object of type Feature, found {item!r:.60}")
    properties = item.get("properties")
    if not isinstance(properties, dict | None):
        raise ValueError(  # noqa: TRY004 a fault of the file
            f"expected properties as an object, found {properties!r:.60}"
        )
    row = {str(key): _cell(value) for key, value in (properties or {}).items()}
    if "id" in item:
        row.setdefault("id", _cell(item["id"]))
    geometry = item.get("geometry")
    return _Feature(number, row, "" if geometry is None else _as_json(geometry))


def _cell(value: object) -> object:
    """A property as a cell: lists and objects as JSON, decimals as floats."""
    if isinstance(value, Decimal):
        return float(value)
    return _as_json(value) if isinstance(value, list | dict) else value


def _as_json(value: object) -> str:
    # ijson returns numbers as Decimal, since GeoJSON may have larger ones than a float.
    return json.dumps(value, ensure_ascii=False, default=float)


def _chunk(
    name: str, features: list[_Feature], crs: pyproj.CRS, share: float, report: ReportFault
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
    if file.path.stat().st_size == 0:
        raise TableError(f"{file.name}: expected GeoJSON, found an empty file")
    with (
        file.path.open("rb") as raw,
        mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        if not _CRS.search(content):
            return WGS84
        try:
            members = list(ijson.items(_Utf8(raw), "crs", multiple_values=True))
        except ijson.JSONError:
            # The file is damaged before that member: the features that can be read have none.
            return WGS84
    if not members:
        return WGS84
    return reference_system(file.name, options, _crs_name(file.name, members[0]))


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
        f"{name}: expected a reference system by its name, found crs of type {kind!r:.40}"
    )
