"""A sheet of an Excel workbook as parts of a table."""

import zipfile
from collections.abc import Iterator

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard.datasets.files.parts import How, InputFile, Part, TableError, named, only

# Unpacked bytes of a workbook, above which reading it takes more memory than a reader has.
_MOST_BYTES = 1_000_000_000


def workbook(file: InputFile, how: How, size: int) -> Iterator[Part]:
    """The rows, part by part; raises UnclearError if several sheets hold some, or TableError."""
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
    sheet = sheets[only(filled, how, file.name, "sheet")]
    rows = sheet.to_python()
    # Rows above the first that is filled are not among them.
    above = sheet.start[0] if sheet.start else 0
    header = named(rows[0])
    for start in range(1, len(rows), size):
        piece = rows[start : start + size]
        frame = pd.DataFrame(
            {
                name: np.array(cells, dtype=object)
                for name, cells in zip(header, zip(*piece, strict=True), strict=True)
            }
        )
        numbers = np.arange(start + 1, start + 1 + len(piece), dtype=np.int64) + above
        yield Part(frame, numbers, min((start + size) / len(rows), 1.0))


def _check_size(file: InputFile) -> None:
    """Raise TableError for a workbook that is no zip archive, or too large unpacked."""
    with zipfile.ZipFile(file.path) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > _MOST_BYTES:
        raise TableError(
            f"{file.name}: expected at most {_MOST_BYTES >> 20:,} MB unpacked, found {size >> 20:,} MB"
        )
