"""A sheet of an Excel workbook as parts of a table."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard.ingest.datasets.parts import How, Part, TableError, named, only


def workbook(path: Path, how: How, size: int) -> Iterator[Part]:
    """The rows, part by part; raises UnclearError if several sheets hold some, or TableError."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except Exception as error:  # its errors have no common base but Exception
        raise TableError(f"{path.name}: expected an Excel workbook, found {error}") from error
    filled = [name for name, sheet in sheets.items() if sheet.height]
    if not filled:
        raise TableError(f"{path.name}: expected a table, found an empty workbook")
    sheet = sheets[only(filled, how, path.name, "sheet")]
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
