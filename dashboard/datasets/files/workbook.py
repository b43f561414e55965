"""A sheet of an Excel or OpenDocument workbook as chunks of a table."""

import zipfile
from collections.abc import Iterator

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard.datasets.files.archive import as_stream
from dashboard.datasets.files.chunks import (
    Chunk,
    FileOptions,
    InputFile,
    ReportFault,
    TableError,
    choose_layer,
    unique_names,
)
from dashboard.datasets.files.header import SAMPLE_ROWS, header_index

# Most bytes of an unpacked workbook: a larger one needs more memory than a reading process has.
_MOST_BYTES = 1_000_000_000


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
        raise TableError(f"{file.name}: expected a workbook, found {error}") from error
    filled = [name for name, sheet in sheets.items() if sheet.height]
    if not filled:
        raise TableError(f"{file.name}: expected a table, found an empty workbook")
    sheet = sheets[choose_layer(filled, options, file.name, "sheet")]
    rows = sheet.to_python()
    # `rows` begins at the first row that is not empty.
    above = sheet.start[0] if sheet.start else 0
    chosen = options.header_row - above if options.header_row else options.header_row
    at = header_index(rows[:SAMPLE_ROWS], chosen, file.name)
    header = unique_names([""] * len(rows[0]) if at is None else rows[at])
    first = 0 if at is None else at + 1
    for start in range(first, len(rows), size):
        piece = rows[start : start + size]
        frame = pd.DataFrame(
            {
                name: np.array(cells, dtype=object)
                for name, cells in zip(header, zip(*piece, strict=True), strict=True)
            }
        )
        numbers = np.arange(start + 1, start + 1 + len(piece), dtype=np.int64) + above
        yield Chunk(frame, numbers, min((start + size) / len(rows), 1.0))


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
            f"{file.name}: expected at most {_MOST_BYTES >> 20:,} MB unpacked, found {size >> 20:,} MB"
        )
