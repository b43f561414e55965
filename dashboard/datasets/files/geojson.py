"""Features of a GeoJSON file as parts of a table, read one after another.

Source: RFC 7946, and for `crs` the specification of 2008 that it replaced. A reference system is taken
by its name only; a link to one is refused. Not by GDAL, which follows the link, and gives no feature
of a file that is damaged at its end.
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

from dashboard.datasets.files.parts import (
    BROKEN,
    WGS84,
    How,
    InputFile,
    Part,
    TableError,
    Tell,
    batches,
    check_columns,
    located,
    reference_system,
)
from dashboard.model.errors import Fault

# A member of that name, its letters escaped or not; only then the file is read once more for it.
_CRS = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"')
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Feature:
    """A feature: its number in the file, its properties, and its geometry as GeoJSON ("" for none)."""

    number: int
    row: dict[str, object]
    geometry: str


class _Utf8:
    """A file whose bytes that are no UTF-8 come as U+FFFD; `damaged` once there was one."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.damaged = False

    def read(self, size: int) -> bytes:
        """The next bytes, as UTF-8; for `size` 0, with which ijson tries the file, none."""
        if size == 0:
            return b""
        raw = self._raw.read(size)
        text = self._decoder.decode(raw, final=not raw)
        self.damaged |= text.count(_REPLACED) > raw.count(_REPLACED.encode())
        return text.encode()


def geojson(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The features, part by part; raises UnclearError or TableError."""
    crs = _crs(file, how)
    total = max(file.path.stat().st_size, 1)
    with file.path.open("rb") as raw:
        for some in batches(_features(file, _Utf8(raw), tell), size):
            yield _part(file.name, some, crs, min(raw.tell() / total, 1.0), tell)


def _features(file: InputFile, text: _Utf8, tell: Tell) -> Iterator[_Feature]:
    """The features that can be read; the others are faults. Raises TableError."""
    for number, item in enumerate(_whole_objects(file, text), start=1):
        try:
            feature = _feature(number, item)
            damaged = text.damaged and _REPLACED in _as_json([feature.row, feature.geometry])
        except (ValueError, RecursionError) as error:
            tell(Fault(file.name, number, "", "a Feature of GeoJSON", str(error)))
            continue
        if damaged:
            tell(Fault(file.name, number, "", "text in UTF-8", "bytes that are none"))
            continue
        yield feature


def _whole_objects(file: InputFile, text: _Utf8) -> Iterator[Any]:
    """The objects of the file up to where it is no JSON; there it raises TableError."""
    number = 0
    try:
        for item in _objects(file, text):
            number += 1
            yield item
    except ijson.JSONError as error:
        # Beyond its first line the library shows the place with an arrow.
        found = str(error).partition("\n")[0].strip()
        after = f" after feature {number:,}" if number else ""
        raise TableError(f"{file.name}: expected GeoJSON, found{after} {found}") from error


def _objects(file: InputFile, text: _Utf8) -> Iterator[Any]:
    """The features of a collection, or all that stands at the top of a file without one."""
    found = False
    try:
        for item in ijson.items(text, "features.item"):
            found = True
            yield item
    except ijson.JSONError:
        # Several objects, one a line, are no single document.
        if found:
            raise
    if not found:
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
    """A feature as a row; raises ValueError for what is none."""
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
    """A property as a cell: lists and objects as JSON, numbers as Python has them."""
    if isinstance(value, Decimal):
        return float(value)
    return _as_json(value) if isinstance(value, list | dict) else value


def _as_json(value: object) -> str:
    # Numbers come as Decimal: of those with a point Python has no larger ones, GeoJSON has.
    return json.dumps(value, ensure_ascii=False, default=float)


def _part(name: str, some: list[_Feature], crs: pyproj.CRS, share: float, tell: Tell) -> Part:
    """The rows of some features, but for those whose geometry is none, which are faults."""
    texts = np.array([feature.geometry or None for feature in some], dtype=object)
    shapes = shapely.from_geojson(texts, on_invalid="ignore")
    shapes[pd.notna(texts) & shapely.is_missing(shapes)] = BROKEN
    columns = list(dict.fromkeys(key for feature in some for key in feature.row))
    check_columns(name, columns)
    cells = {key: [feature.row.get(key) for feature in some] for key in columns}
    frame = pd.DataFrame(cells, index=range(len(some)), dtype=object)
    numbers = np.array([feature.number for feature in some], dtype=np.int64)
    return located(name, Part(frame, numbers, share), shapes, crs, tell)


def _crs(file: InputFile, how: How) -> pyproj.CRS:
    """The reference system that the file names, or that it has by RFC 7946."""
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
            # Where the file is damaged before that member: what is read until there has none.
            return WGS84
    if not members:
        return WGS84
    return reference_system(file.name, how, _named(file.name, members[0]))


def _named(name: str, member: object) -> str | None:
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
