"""A sheet of an Excel workbook as chunks of a table."""

import zipfile
from collections.abc import Iterator

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard.datasets.files.chunks import (
    Chunk,
    FileOptions,
    InputFile,
    ReportFault,
    TableError,
    choose_layer,
    unique_names,
)

# Most bytes of an unpacked workbook: a larger one needs more memory than a reading process has.
_MOST_BYTES = 1_000_000_000


def workbook(
    file: InputFile, options: FileOptions, _report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows as chunks of `size`; raises UnclearError if several sheets have rows, or TableError."""
    try:
        _check_size(file)
        book = CalamineWorkbook.from_path(file.path)
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except TableError:
        raise
    except Exception as error:  # its errors have no common base but Exception
        raise TableError(f"{file.name}: expected an Excel workbook, found {error}") from error
    filled = [name for name, sheet in sheets.items() if sheet.height]
    if not filled:
        raise TableError(f"{file.name}: expected a table, found an empty workbook")
    sheet = sheets[choose_layer(filled, options, file.name, "sheet")]
    rows = sheet.to_python()
    # `rows` begins at the first row that is not empty.
    above = sheet.start[0] if sheet.start else 0
    header = unique_names(rows[0])
    for start in range(1, len(rows), size):
        piece = rows[start : start + size]
        frame = pd.DataFrame(
            {
                name: np.array(cells, dtype=object)
                for name, cells in zip(header, zip(*piece, strict=True), strict=True)
            }
        )
        numbers = np.arange(start + 1, start + 1 + len(piece), dtype=np.int64) + above
        yield Chunk(frame, numbers, min((start + size) / len(rows), 1.0))


def _check_size(file: InputFile) -> None:
    """Raise TableError for a workbook that is too large unpacked, BadZipFile if it is no archive."""
    with zipfile.ZipFile(file.path) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > _MOST_BYTES:
        raise TableError(
            f"{file.name}: expected at most {_MOST_BYTES >> 20:,} MB unpacked, found {size >> 20:,} MB"
        )
