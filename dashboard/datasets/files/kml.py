"""Placemarks of a KML file as parts of a table, with their times as they are told.

Source: OGC KML 2.2. GDAL reads KML too, but makes a day of a month, and one folder at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

import numpy as np
import pandas as pd
import shapely
from lxml import etree

from dashboard.datasets.files.parts import (
    WGS84,
    InputFile,
    Part,
    TableError,
    Tell,
    batches,
    located,
)
from dashboard.datasets.formats.column_mapping import OPEN
from dashboard.model.errors import Fault

_PLACEMARK = "{*}Placemark"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A placemark: its number in the file, its texts, and its geometry."""

    number: int
    row: dict[str, str]
    shape: shapely.Geometry | None


def kml(file: InputFile, tell: Tell, size: int) -> Iterator[Part]:
    """The placemarks of all folders, part by part; raises TableError."""
    total = max(file.path.stat().st_size, 1)
    try:
        with file.path.open("rb") as raw:
            for some in batches(_marks(file.name, raw, tell), size):
                yield _part(file.name, some, min(raw.tell() / total, 1.0), tell)
    except etree.XMLSyntaxError as error:
        raise TableError(f"{file.name}: expected KML, found {error}") from error


def _marks(name: str, raw: IO[bytes], tell: Tell) -> Iterator[_Mark]:
    """The placemarks, but for those whose geometry is none, which are told as faults."""
    found = etree.iterparse(
        raw,
        tag=_PLACEMARK,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for number, (_event, mark) in enumerate(found, start=1):
        try:
            yield _Mark(number, _row(mark), _shape(mark))
        except (ValueError, shapely.errors.GEOSException) as error:
            tell(Fault(name, number, "coordinates", "longitude,latitude of each point", str(error)))
        mark.clear()


def _part(file: str, marks: list[_Mark], share: float, tell: Tell) -> Part:
    frame = pd.DataFrame([mark.row for mark in marks], dtype=object)
    shapes = np.empty(len(marks), dtype=object)
    shapes[:] = [mark.shape for mark in marks]
    numbers = np.array([mark.number for mark in marks], dtype=np.int64)
    return located(file, Part(frame, numbers, share), shapes, WGS84, tell)


def _row(mark: etree._Element) -> dict[str, str]:
    row = {
        item.get("name", ""): _text(item, "value") if kind == "Data" else _own(item)
        for kind in ("Data", "SimpleData")
        for item in mark.iterfind(f".//{{*}}{kind}")
        if item.get("name")
    }
    row |= {"name": _text(mark, "name"), "description": _text(mark, "description")}
    begin, end = _times(mark)
    return row | ({"date": begin, "date_end": end} if begin or end else {})


def _times(mark: etree._Element) -> tuple[str, str]:
    """First and last day, as ISO; `OPEN` where a span has one end only."""
    if when := _text(mark, "TimeStamp/{*}when"):
        return _day(when, last=False), _day(when, last=True)
    begin, end = (_text(mark, f"TimeSpan/{{*}}{name}") for name in ("begin", "end"))
    if not begin and not end:
        return "", ""
    return _day(begin, last=False), _day(end, last=True) if end else OPEN


def _day(told: str, *, last: bool) -> str:
    """The first or the last day of a time, be it a year or a month; as it stands if it is none."""
    parts = told.split("T", maxsplit=1)[0].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 12 if last else 1, 31 if last else 1).isoformat()
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            following = (first + timedelta(days=32)).replace(day=1)
            return (following - timedelta(days=1) if last else first).isoformat()
    except (ValueError, OverflowError):
        return told
    return told


def _shape(mark: etree._Element) -> shapely.Geometry | None:
    """All points, lines and polygons of a placemark as one geometry."""
    shapes = [
        *(shapely.Point(_points(item)[:1]) for item in mark.iterfind(".//{*}Point")),
        *(shapely.LineString(_points(item)) for item in mark.iterfind(".//{*}LineString")),
        *(_polygon(item) for item in mark.iterfind(".//{*}Polygon")),
    ]
    if len(shapes) > 1:
        return shapely.GeometryCollection(shapes)
    return shapes[0] if shapes else None


def _polygon(item: etree._Element) -> shapely.Polygon:
    shell = item.find("{*}outerBoundaryIs/{*}LinearRing")
    if shell is None:
        raise ValueError("a polygon without an outer ring")
    holes = item.iterfind("{*}innerBoundaryIs/{*}LinearRing")
    return shapely.Polygon(_points(shell), [_points(hole) for hole in holes])


def _points(item: etree._Element) -> list[tuple[float, float]]:
    told = _text(item, "coordinates").split()
    return [(float(lon), float(lat)) for lon, lat, *_height in (one.split(",") for one in told)]


def _text(item: etree._Element, name: str) -> str:
    found = item.find(f"{{*}}{name}")
    return "" if found is None else _own(found)


def _own(item: etree._Element) -> str:
    """All text of an element, that of elements within it too; an entity stands as it is written."""
    return "".join(item.itertext()).strip()
