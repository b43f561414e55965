"""The waypoints of a GPX file as chunks of a table; its tracks and routes are no events.

Source: GPX 1.1 Schema Documentation, topografix.com.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from lxml import etree

from dashboard.datasets.files.chunks import Chunk, ReportFault, batches
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.model.errors import Fault
from dashboard.model.message import message

_WAYPOINT, _LINES = "{*}wpt", ("{*}trk", "{*}rte")
# The elements of a waypoint, and the columns for them.
_COLUMNS = {
    "name": "name", "desc": "description", "cmt": "comment", "time": "date", "type": "type",
    "sym": "symbol", "src": "source",
}  # fmt: skip


def gpx(file: InputFile, _options: FileOptions, report: ReportFault, size: int) -> Iterator[Chunk]:
    """The waypoints as chunks of `size`; raises TableError."""
    total = max(file.size, 1)
    try:
        with file.open() as raw:
            elements = etree.iterparse(
                raw,
                tag=(_WAYPOINT, *_LINES),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
            )
            for batch in batches(_rows(file.name, elements, report), size):
                yield _chunk(batch, min(raw.tell() / total, 1.0))
    except etree.XMLSyntaxError as error:
        raise TableError(
            message("{file}: expected GPX, found {error}", file=file.name, error=str(error))
        ) from error


def _rows(
    name: str, elements: Iterator[tuple[str, etree._Element]], report: ReportFault
) -> Iterator[tuple[int, dict[str, str]]]:
    """The waypoints with their numbers in the file; a track or route is a fault."""
    number = 0
    for _event, element in elements:
        if etree.QName(element).localname != "wpt":
            found = f"a line: {_child(element, 'name'):.60}"
            report(Fault(name, 0, "", message("a waypoint"), found))
            element.clear()
            continue
        number += 1
        row = {column: _child(element, tag) for tag, column in _COLUMNS.items()}
        link = element.find("{*}link")
        row["url"] = "" if link is None else link.get("href", "")
        row |= {"latitude": element.get("lat", ""), "longitude": element.get("lon", "")}
        yield number, row
        element.clear()


def _child(element: etree._Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else "".join(child.itertext()).strip()


def _chunk(rows: list[tuple[int, dict[str, str]]], share: float) -> Chunk:
    frame = pd.DataFrame([row for _number, row in rows], dtype=object)
    return Chunk(frame, np.array([number for number, _row in rows], dtype=np.int64), share)
