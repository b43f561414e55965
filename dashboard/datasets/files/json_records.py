"""Events in JSON: a list of objects, the answer of an interface, or an object per line; and GeoJSON.

Examples are the answers of ACLED ({"data": [...]}) and UCDP ({"Result": [...]}), and TimeMap's events;
the list may be deeper, as {"result": {"events": [...]}}. A member that is an object becomes columns as
"location.name"; of a list the texts are joined, and of a list of objects each member, as "sources.path".
The rows are found by reading the file as a stream.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ijson
import numpy as np
import pandas as pd

from dashboard.datasets.files.chunks import Chunk, ReportFault, batches, check_column_count
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geojson import geojson
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_text import REPLACED, Utf8Stream, as_cell, as_json, whole_objects
from dashboard.datasets.files.umap import umap
from dashboard.model.errors import Fault
from dashboard.model.message import message

# Where the rows are: GeoJSON or uMap, or the prefix of ijson for a list, or for an object per line.
_GEOJSON, _LINES, _UMAP = "features.item", "", "layers.item"
# Members with the rows, of which the rest of the file need not be searched.
_KNOWN_LISTS = frozenset(("data", "Result", "results", "events"))
# Members of members with the rows; others may be parts of one row.
_DEEPER_LISTS = _KNOWN_LISTS | {"records", "incidents", "rows", "items"}
# Files with one object per line.
_LINE_ENDINGS = frozenset((".ndjson", ".jsonl"))
# Types of GeoJSON and TopoJSON that are no rows.
_NO_ROW = frozenset((
    "Topology", "FeatureCollection", "Point", "LineString", "Polygon", "MultiPoint",
    "MultiLineString", "MultiPolygon", "GeometryCollection",
))  # fmt: skip
_SEPARATOR = "; "
# Levels of objects that become columns; deeper ones are JSON in one cell.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """An object: its number in the file, and its cells by column."""

    number: int
    cells: dict[str, object]


def json_rows(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The features or objects as chunks of `size`; raises UnclearError or TableError."""
    prefix = _list_prefix(file)
    if prefix == _GEOJSON:
        yield from geojson(file, options, report, size)
        return
    if prefix == _UMAP:
        yield from umap(file, options, report, size)
        return
    total = max(file.size, 1)
    with file.open() as raw:
        for batch in batches(_rows(file.name, Utf8Stream(raw), prefix, report), size):
            yield _chunk(file.name, batch, min(raw.tell() / total, 1.0))


def _list_prefix(file: InputFile) -> str:
    """The prefix of the rows: of features, of the first list of objects, or of an object per line.

    A file that is damaged before its rows is read as GeoJSON, whose reader says what is wrong.
    """
    if file.ending in _LINE_ENDINGS:
        return _LINES
    try:
        with file.open() as raw:
            return _search_list(ijson.parse(Utf8Stream(raw), multiple_values=True))
    except ijson.JSONError:
        return _GEOJSON


def _search_list(events: Iterator[tuple[str, str, Any]]) -> str:
    rows_at: str | None = None
    deeper: str | None = None
    for prefix, event, value in events:
        if prefix == "" and event == "start_array":
            return "item"
        if prefix == "type" and value == "umap":
            return _UMAP
        if prefix == "features" or (prefix == "type" and value in _NO_ROW | {"Feature"}):
            return _GEOJSON
        if event == "start_map" and prefix.endswith(".item"):
            name = prefix.removesuffix(".item")
            if name in _KNOWN_LISTS:
                return prefix
            if rows_at is None and "." not in name:
                rows_at = prefix
            if deeper is None and "item" not in (at := name.split(".")) and at[-1] in _DEEPER_LISTS:
                deeper = prefix
        if prefix == "" and event == "end_map":
            # Of several objects each is a row, and its lists are of the row.
            several = next(events, None) is not None
            return (rows_at or deeper or _LINES) if not several else _LINES
    return _GEOJSON


def _rows(name: str, text: Utf8Stream, prefix: str, report: ReportFault) -> Iterator[_Row]:
    """The objects that can be read; the others are reported as faults. Raises TableError."""
    items = ijson.items(text, prefix, multiple_values=True)
    for number, item in enumerate(whole_objects(name, items, "JSON"), start=1):
        if not isinstance(item, dict):
            report(
                Fault(
                    name, number, "", message("an object with the cells of a row"), f"{item!r:.60}"
                )
            )
            continue
        cells = dict(_cells(_properties(item), "", 0))
        if text.damaged and any(REPLACED in str(cell) for cell in cells.values()):
            report(Fault(name, number, "", message("text in UTF-8"), "bytes that are none"))
            continue
        yield _Row(number, cells)


def _properties(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The members of a row; a feature in a plain list has its point in `longitude` and `latitude`."""
    if item.get("type") in _NO_ROW:
        raise TableError(
            message("expected rows, found an object of type {type}", type=item["type"])
        )
    geometry, properties = item.get("geometry"), item.get("properties")
    if item.get("type") != "Feature" or not isinstance(properties, dict):
        return item
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return properties
    point = geometry.get("coordinates")
    if not isinstance(point, list) or len(point) < 2:
        return properties
    return {**properties, "longitude": point[0], "latitude": point[1]}


def _cells(value: Mapping[str, Any], name: str, depth: int) -> Iterator[tuple[str, object]]:
    for key, member in value.items():
        column = f"{name}.{key}" if name else str(key)
        if _is_typed(member):
            yield column, as_cell(next(iter(member.values())))
        elif _is_geometry(member):
            yield column, as_json(member)
        elif isinstance(member, dict) and depth < _DEPTH:
            yield from _cells(member, column, depth + 1)
        elif isinstance(member, list):
            yield from _list_cells(member, column)
        else:
            yield column, as_cell(member)


def _is_geometry(member: object) -> bool:
    """Whether a member is a geometry of GeoJSON, which stays one cell."""
    return isinstance(member, dict) and member.get("type") in _NO_ROW and "coordinates" in member


def _is_typed(member: object) -> bool:
    """Whether a member is a value with its type, as {"$date": "2021-01-18T00:00:00Z"}.

    Source: MongoDB Extended JSON, version 2.
    """
    return isinstance(member, dict) and len(member) == 1 and str(next(iter(member))).startswith("$")


def _list_cells(values: list[Any], column: str) -> Iterator[tuple[str, object]]:
    """The cells of a list: its texts joined; of pairs of `key` and `value` a column for each key.

    Two numbers may be coordinates, and stay a list.
    """
    if len(values) == 2 and all(isinstance(value, int | float | Decimal) for value in values):
        yield column, as_json(values)
        return
    if not all(isinstance(value, dict) for value in values):
        yield column, _SEPARATOR.join(str(as_cell(value)) for value in values if value is not None)
        return
    members: dict[str, list[str]] = {}
    for value in values:
        pairs = {value["key"]: value["value"]} if {"key", "value"} == set(value) else value
        for key, member in pairs.items():
            if member not in (None, ""):
                members.setdefault(f"{column}.{key}", []).append(str(as_cell(member)))
    yield from ((key, _SEPARATOR.join(texts)) for key, texts in members.items())


def _chunk(name: str, rows: list[_Row], share: float) -> Chunk:
    columns = list(dict.fromkeys(key for row in rows for key in row.cells))
    check_column_count(name, columns)
    cells = {key: [row.cells.get(key) for row in rows] for key in columns}
    frame = pd.DataFrame(cells, index=range(len(rows)), dtype=object)
    return Chunk(frame, np.array([row.number for row in rows], dtype=np.int64), share)
