"""A sheet of an Excel or OpenDocument workbook as chunks of a table."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineSheet, CalamineWorkbook

from dashboard.datasets.event_map.join import (
    EVENTS_TABLE,
    LONG_TABLE,
    ChildTables,
    program_tables,
    without_tags,
)
from dashboard.datasets.event_map.long_texts import Key, long_texts
from dashboard.datasets.files.archive import as_stream
from dashboard.datasets.files.chunks import Chunk, ReportFault, batches, unique_names
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.header import SAMPLE_ROWS, header_index, joined_header
from dashboard.datasets.files.input_file import FileOptions, InputFile, choose_layer
from dashboard.model.message import message

# The number of a row in its sheet, and its cells by column.
_Row = tuple[int, dict[str, object]]
# Most bytes of an unpacked workbook: a larger one needs more memory than a reading process has.
_MOST_BYTES = 1_000_000_000
# Merged cells that are filled, and rows of each: more are no table that somebody wrote.
_MOST_MERGED, _MOST_MERGED_ROWS = 20_000, 1_000


def workbook(
    file: InputFile, options: FileOptions, _report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows as chunks of `size`; raises UnclearError if several sheets have rows, or TableError."""
    try:
        _check_size(file)
        book = _open(file)
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except TableError:
        raise
    except Exception as error:  # its errors have no common base but Exception
        raise TableError(
            message("{file}: expected a workbook, found {error}", file=file.name, error=str(error))
        ) from error
    filled = [name for name, sheet in sheets.items() if sheet.height]
    if not filled:
        raise TableError(
            message("{file}: expected a table, found an empty workbook", file=file.name)
        )
    exported = program_tables({name: _header(sheets[name]) for name in filled}, options.layer)
    if exported is not None:
        yield from _joined(sheets, exported, size)
        return
    name = choose_layer(filled, options, file.name, message("sheet"))
    yield from _chunks(_under_header(sheets[name], options, file.name), size)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The header and the rows of a sheet; `first` is the number of the first row after the header."""

    header: list[str]
    rows: list[list[Any]]
    first: int


def _under_header(sheet: CalamineSheet, options: FileOptions, file: str) -> _Rows:
    """The rows below the header, which the options give or which is found."""
    rows = sheet.to_python()
    # `rows` begins at the first row that is not empty.
    above = sheet.start[0] if sheet.start else 0
    _fill_merged(rows, sheet)
    in_rows = options.header_row - above if options.header_row else options.header_row
    at = header_index(rows[:SAMPLE_ROWS], in_rows, file)
    names = [""] * len(rows[0]) if at is None else rows[at]
    first = 0 if at is None else at + 1
    second = (
        joined_header(names, rows[first])
        if options.header_row is None and first < len(rows)
        else None
    )
    header = unique_names(second or names)
    first += second is not None
    return _Rows(header, rows[first:], first + 1 + above)


def _fill_merged(rows: list[list[Any]], sheet: CalamineSheet) -> None:
    """Write the value of cells that are merged downwards into each of their rows, e.g. a day's date."""
    above, left = sheet.start or (0, 0)
    for (first, column), (last, end) in (sheet.merged_cell_ranges or [])[:_MOST_MERGED]:
        at, to = first - above, min(last - above, first - above + _MOST_MERGED_ROWS, len(rows) - 1)
        if column != end or at < 0 or not 0 <= column - left < len(rows[0]):
            continue
        for row in rows[at + 1 : to + 1]:
            if row[column - left] == "":
                row[column - left] = rows[at][column - left]


def _header(sheet: CalamineSheet) -> list[str]:
    """The first row of a sheet that begins in its corner, as those of this program do."""
    return (
        [str(cell) for cell in next(iter(sheet.iter_rows()), [])] if sheet.start == (0, 0) else []
    )


def _rows(name: str, sheet: CalamineSheet, texts: Mapping[Key, str]) -> Iterator[_Row]:
    """The rows of a sheet, with `texts` in place of the cells that they were too long for."""
    rows = iter(sheet.iter_rows())
    names = unique_names(next(rows))
    long: dict[int, dict[str, str]] = {}
    for (of, number, column), text in texts.items():
        if of == name and column in names:
            long.setdefault(number, {})[column] = text
    for number, cells in enumerate(rows, start=2):
        row: dict[str, object] = dict(zip(names, cells, strict=True))
        yield number, row | long.get(number, {})


def _chunks(sheet: _Rows, size: int) -> Iterator[Chunk]:
    start = 0
    for piece in batches(sheet.rows, size):
        frame = pd.DataFrame(
            {
                name: np.array(cells, dtype=object)
                for name, cells in zip(sheet.header, zip(*piece, strict=True), strict=True)
            }
        )
        numbers = np.arange(start, start + len(piece), dtype=np.int64) + sheet.first
        start += len(piece)
        yield Chunk(frame, numbers, start / len(sheet.rows))


def _joined(
    sheets: Mapping[str, CalamineSheet], exported: Mapping[str, str], size: int
) -> Iterator[Chunk]:
    """The events of a workbook of this program, with the rows of its other sheets as JSON."""
    texts = (
        long_texts(sheets[exported[LONG_TABLE]].to_python()[1:]) if LONG_TABLE in exported else {}
    )
    tables = {
        kind: (row for _number, row in _rows(name, sheets[name], texts))
        for kind, name in exported.items()
        if kind not in {EVENTS_TABLE, LONG_TABLE}
    }
    children = ChildTables(tables)
    events, done = sheets[exported[EVENTS_TABLE]], 0
    rows = without_tags(_rows(exported[EVENTS_TABLE], events, texts), lambda item: item[1])
    for batch in batches(rows, size):
        done += len(batch)
        frame = pd.DataFrame([row for _number, row in batch], dtype=object)
        cells = children.cells(frame["event_id"].tolist())
        numbers = np.array([number for number, _row in batch], dtype=np.int64)
        yield Chunk(frame.assign(**cells), numbers, min(done / events.height, 1.0))


def _open(file: InputFile) -> CalamineWorkbook:
    if file.member is None:
        return CalamineWorkbook.from_path(file.path)
    return CalamineWorkbook.from_filelike(as_stream(file))


def _check_size(file: InputFile) -> None:
    """Raise TableError for a workbook that is too large, or would be unpacked."""
    with file.open() as stream:
        size = file.size
        # Workbooks of before 2007 are no archives.
        if file.ending != ".xls":
            with zipfile.ZipFile(stream) as archive:
                size = sum(item.file_size for item in archive.infolist())
    if size > _MOST_BYTES:
        raise TableError(
            message(
                "{file}: expected at most {most} MB unpacked, found {found} MB",
                file=file.name,
                most=f"{_MOST_BYTES >> 20:,}",
                found=f"{size >> 20:,}",
            )
        )
