"""Read a file as chunks of a table: delimited text, workbooks, Parquet, JSON, KML, GPX, archives."""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from dashboard.datasets.files.archive import ARCHIVES, table_in_archive
from dashboard.datasets.files.chunks import MOST_ROWS, Chunk, ReportFault
from dashboard.datasets.files.delimited import delimited
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geopackage import geopackage
from dashboard.datasets.files.gpx import gpx
from dashboard.datasets.files.header import without_footnotes, without_header_rows
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_records import json_rows
from dashboard.datasets.files.kml import kml
from dashboard.datasets.files.parquet import parquet
from dashboard.datasets.files.shapefile import shapefile
from dashboard.datasets.files.umap import umap
from dashboard.datasets.files.workbook import workbook
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.message import message
from dashboard.text.hxl import is_tag

# Rows of one chunk: large enough for work by column, small enough for progress and memory.
CHUNK_ROWS = 50_000
# The reader of each file format by the ending of the file's name.
_READERS: Mapping[str, Callable[[InputFile, FileOptions, ReportFault, int], Iterator[Chunk]]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), delimited),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), workbook),
    **dict.fromkeys((".parquet", ".geoparquet"), parquet),
    **dict.fromkeys((".geojson", ".json", ".geojsonl", ".ndjson", ".jsonl"), json_rows),
    ".umap": umap,
    ".gpkg": geopackage,
    ".kml": kml,
    ".gpx": gpx,
    ".shp": shapefile,
}
ENDINGS = (*_READERS, *ARCHIVES)
_WORKBOOKS = frozenset((".xlsx", ".xls", ".ods"))
# Bytes in which a workbook has some that text does not have.
_START = 1_000
_WEB_PAGE = re.compile(rb"<(?:!doctype html|html|head|table|meta|\?xml)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# Tables that people write, with notes below.
_WITH_FOOTNOTES = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xls", ".ods"))


def read_chunks(
    file: InputFile, options: FileOptions, report: ReportFault, size: int = CHUNK_ROWS
) -> Iterator[Chunk]:
    """The rows of a file as chunks of at most `size`, without blank rows; `report` gets the faults.

    A second header row with tags of the HXL standard is no row of the table: the first chunk has them.

    Raises UnclearError if the analyst has to choose an option, TableError if the file cannot be read.
    """
    if file.ending in ARCHIVES:
        file = table_in_archive(file, options, _READERS.keys())
    if file.ending not in _READERS:
        raise TableError(
            message(
                "{file}: expected one of {endings}",
                file=file.name,
                endings=", ".join(ENDINGS),
            )
        )
    rows = 0
    read = delimited if _is_text(file) else _READERS[file.ending]
    for chunk in read(file, options, report, size):
        if rows == 0 and (tags := _tags(chunk.frame)):
            chunk = replace(chunk.rows(1, len(chunk.frame)), tags=tags)  # noqa: PLW2901 the same
        first = rows == 0
        rows += len(chunk.frame)
        if rows > MOST_ROWS:
            raise TableError(
                message(
                    "{file}: expected at most {most} rows, found more",
                    file=file.name,
                    most=f"{MOST_ROWS:,}",
                )
            )
        if file.ending in _WITH_FOOTNOTES:
            chunk = without_header_rows(chunk, file.name, report, first=first)  # noqa: PLW2901 the same
            chunk = without_footnotes(chunk, file.name, report)  # noqa: PLW2901 the same rows
        yield chunk.without_blank_rows()


def _is_text(file: InputFile) -> bool:
    """Whether a file with the name of a workbook is delimited text, as some web sites export it.

    Raises TableError for a web page with the name of a workbook or of text, as of an error of a site.
    """
    if file.ending not in _WITH_FOOTNOTES:
        return False
    with file.open() as stream:
        start = stream.read(_START).removeprefix(codecs.BOM_UTF8).lstrip()
    if _WEB_PAGE.match(start):
        raise TableError(
            message(
                "{file}: expected a table, found a web page. Open it in a browser: if it shows a table, "
                "save that as .xlsx or .csv",
                file=file.name,
            )
        )
    line = start.partition(b"\n")[0]
    delimited_line = any(mark in line for mark in (b"\t", b",", b";"))
    return file.ending in _WORKBOOKS and _CONTROL.search(start) is None and delimited_line


def _tags(frame: pd.DataFrame) -> dict[str, str]:
    """The tags of the HXL standard by column, e.g. "#geo+lat", if they are the first row; else none."""
    cells = [cell_text(cell) for cell in frame.head(1).to_numpy(dtype=object).ravel()]
    tags = {str(name): cell for name, cell in zip(frame, cells, strict=False) if cell}
    return tags if all(map(is_tag, tags.values())) else {}
