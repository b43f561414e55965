"""The placemarks of a KML file as chunks of a table, with their dates in the precision of the file.

The names of their folders are the columns "folder" (the outermost), "folder 2" and so on. Source: OGC
KML 2.2, and Google's extension for tracks. GDAL reads KML too, but turns a month into a day, and reads
one folder at a time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import lxml.html
import numpy as np
import pandas as pd
import shapely
from lxml import etree

from dashboard.datasets.files.chunks import Chunk, ReportFault, batches
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geometries import WGS84, with_coordinates
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.xml_prefixes import DeclaredPrefixes, undeclared_prefixes
from dashboard.datasets.formats.column_mapping import UNKNOWN_END
from dashboard.model.errors import Fault
from dashboard.model.message import message

_PLACEMARK, _LINK = "{*}Placemark", "{*}NetworkLink"
# Blanks around the commas of a tuple, which programs forgive.
_COMMA = re.compile(r"\s*,\s*")
_TRACK_TIME = ".//{*}Track/{*}when"
_TAG = re.compile(r"<[a-zA-Z!/]")
# An element with a time; bytes that are searched at once, and that such a tag may have at most.
_TIME = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:when|begin|end)\b")
_BLOCK, _TAG_BYTES = 1 << 20, 40


@dataclass(frozen=True, slots=True)
class _Mark:
    """A placemark: its number in the file, its texts by column, and its geometry, if it has one."""

    number: int
    row: dict[str, str]
    shape: shapely.Geometry | None


def kml(file: InputFile, _options: FileOptions, report: ReportFault, size: int) -> Iterator[Chunk]:
    """The placemarks of all folders as chunks of `size`; raises TableError."""
    total = max(file.size, 1)
    try:
        with file.open() as raw:
            source, timed = DeclaredPrefixes(raw, undeclared_prefixes(file)), _has_times(file)
            for batch in batches(_marks(file.name, source, report, timed=timed), size):
                yield _chunk(file.name, batch, min(raw.tell() / total, 1.0), report)
    except etree.XMLSyntaxError as error:
        raise TableError(
            message("{file}: expected KML, found {error}", file=file.name, error=str(error))
        ) from error


def _has_times(file: InputFile) -> bool:
    """Whether any element of the file is a time: the first rows may have none."""
    before = b""
    with file.open() as raw:
        while block := raw.read(_BLOCK):
            if _TIME.search(before + block):
                return True
            before = block[-_TAG_BYTES:]
    return False


def _marks(
    name: str, source: DeclaredPrefixes, report: ReportFault, *, timed: bool
) -> Iterator[_Mark]:
    """The placemarks, without those with an invalid geometry, which are reported as faults.

    If the file is `timed`, all of them have the columns of the days, which may be blank.
    Raises TableError for a file that has nothing but links, none of which is followed.
    """
    folders: dict[etree._Element, str] = {}
    number, links = 0, []
    for mark in _elements(source):
        if mark.tag.endswith("NetworkLink"):
            links.append(_link(mark))
            continue
        number += 1
        try:
            row = _row(mark, timed=timed)
            yield _Mark(number, {**row, **_folders(mark, folders)}, _shape(mark))
        except (ValueError, shapely.errors.GEOSException) as error:
            report(
                Fault(
                    name,
                    number,
                    "coordinates",
                    message("longitude,latitude of each point"),
                    str(error),
                )
            )
        mark.clear()
    if links and not number:
        raise TableError(
            message(
                "{file}: it only links to {link}; nothing is fetched",
                file=name,
                link=links[0],
            )
        )
    for link in links:
        report(
            Fault(
                name,
                0,
                "NetworkLink",
                message("placemarks"),
                f"a link to {link}; nothing is fetched",
            )
        )


def _elements(source: DeclaredPrefixes) -> Iterator[etree._Element]:
    elements = etree.iterparse(
        source,
        tag=(_PLACEMARK, _LINK),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _event, element in elements:
        yield element


def _link(element: etree._Element) -> str:
    """The address of a link; "Url" is its element of KML 2.0."""
    address = _text(element, "Link/{*}href") or _text(element, "Url/{*}href")
    return f"{address:.200}" or "nothing"


def _folders(mark: etree._Element, names: dict[etree._Element, str]) -> dict[str, str]:
    """The names of the folders of a placemark by column; `names` has those read before."""
    row: dict[str, str] = {}
    for folder in reversed(list(mark.iterancestors("{*}Folder"))):
        if folder not in names:
            names[folder] = _text(folder, "name")
        if names[folder]:
            row[f"folder {len(row) + 1}" if row else "folder"] = names[folder]
    return row


def _chunk(file: str, marks: list[_Mark], share: float, report: ReportFault) -> Chunk:
    frame = pd.DataFrame([mark.row for mark in marks], dtype=object)
    shapes = np.empty(len(marks), dtype=object)
    shapes[:] = [mark.shape for mark in marks]
    numbers = np.array([mark.number for mark in marks], dtype=np.int64)
    return with_coordinates(file, Chunk(frame, numbers, share), shapes, WGS84, report)


def _row(mark: etree._Element, *, timed: bool) -> dict[str, str]:
    row = {
        item.get("name", ""): _text(item, "value") if kind == "Data" else _element_text(item)
        for kind in ("Data", "SimpleData")
        for item in mark.iterfind(f".//{{*}}{kind}")
        if item.get("name")
    }
    row = {"name": _text(mark, "name"), "description": _plain(_text(mark, "description"))} | row
    if address := _text(mark, "address"):
        row.setdefault("address", address)
    begin, end = _times(mark)
    if not begin and not end:
        return {"date": "", "date_end": ""} | row if timed else row
    if "date" in row:
        row["date (2)"] = row["date"]
    return row | {"date": begin, "date_end": end}


def _plain(text: str) -> str:
    """The text of a description in HTML, with its lines; any other text unchanged."""
    if not _TAG.search(text):
        return text
    try:
        root = lxml.html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return text
    for element in root.iter("br", "p", "div", "tr", "li"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _times(mark: etree._Element) -> tuple[str, str]:
    """First and last day in ISO format; the last is `UNKNOWN_END` if a span has only a beginning."""
    if when := _text(mark, "TimeStamp/{*}when"):
        return _day(when, last=False), _day(when, last=True)
    if track := [text for item in mark.iterfind(_TRACK_TIME) if (text := _element_text(item))]:
        return _day(min(track), last=False), _day(max(track), last=True)
    begin, end = (_text(mark, f"TimeSpan/{{*}}{name}") for name in ("begin", "end"))
    if not begin and not end:
        return "", ""
    return _day(begin, last=False), _day(end, last=True) if end else UNKNOWN_END


def _day(text: str, *, last: bool) -> str:
    """The first or the last day of a year, month or day; any other text unchanged."""
    fields = text.split("T", maxsplit=1)[0].split("-")
    try:
        numbers = [int(field) for field in fields]
        if len(numbers) == 1:
            return date(numbers[0], 12 if last else 1, 31 if last else 1).isoformat()
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            following = (first + timedelta(days=32)).replace(day=1)
            return (following - timedelta(days=1) if last else first).isoformat()
    except (ValueError, OverflowError):
        return text
    return text


def _shape(mark: etree._Element) -> shapely.Geometry | None:
    """All points, lines and polygons of a placemark as one geometry."""
    shapes = [
        *(_point(item) for item in mark.iterfind(".//{*}Point")),
        *(shapely.LineString(_points(item)) for item in mark.iterfind(".//{*}LineString")),
        *(_polygon(item) for item in mark.iterfind(".//{*}Polygon")),
        *(_track(item) for item in mark.iterfind(".//{*}Track")),
    ]
    if len(shapes) > 1:
        return shapely.GeometryCollection(shapes)
    return shapes[0] if shapes else None


def _point(item: etree._Element) -> shapely.Point:
    """The point, which is empty if it has no coordinates."""
    points = _points(item)
    return shapely.Point(points[0]) if points else shapely.Point()


def _polygon(item: etree._Element) -> shapely.Polygon:
    shell = item.find("{*}outerBoundaryIs/{*}LinearRing")
    if shell is None:
        raise ValueError("a polygon without an outer ring")
    holes = item.iterfind("{*}innerBoundaryIs/{*}LinearRing")
    return shapely.Polygon(_points(shell), [_points(hole) for hole in holes])


def _track(item: etree._Element) -> shapely.Geometry:
    """The line of a track, or its point if it has one; longitude, latitude and height are separated."""
    coords = [_element_text(coord).split() for coord in item.iterfind("{*}coord")]
    points = _with_heights(coords)
    return shapely.LineString(points) if len(points) > 1 else shapely.Point(points)


def _points(item: etree._Element) -> list[tuple[float, ...]]:
    tuples = _COMMA.sub(",", _text(item, "coordinates")).split()
    return _with_heights([one.split(",") for one in tuples])


def _with_heights(tuples: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
    """Longitudes and latitudes; with heights in metres if any is not 0, which often means none."""
    points = [(float(lon), float(lat)) for lon, lat, *_height in tuples]
    heights = [float(height[0]) if height and height[0] else 0.0 for _lon, _lat, *height in tuples]
    if not any(heights):
        return list(points)
    return [(*point, height) for point, height in zip(points, heights, strict=True)]


def _text(item: etree._Element, name: str) -> str:
    element = item.find(f"{{*}}{name}")
    return "" if element is None else _element_text(element)


def _element_text(item: etree._Element) -> str:
    """All text of an element and the elements within it; entities are not expanded."""
    return "".join(item.itertext()).strip()
