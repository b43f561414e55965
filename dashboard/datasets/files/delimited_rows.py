"""The rows of a delimited file: one that cannot be read is a fault, and reading goes on with the next.

Blank cells may be missing or too many at the end of a row.
"""

import csv
import io
from collections.abc import Iterator

import numpy as np

from dashboard.datasets.files.chunks import ReportFault, unique_names
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.headerless import columns_without_header
from dashboard.datasets.files.lines import Lines
from dashboard.datasets.files.regular_rows import regular_rows
from dashboard.datasets.files.row_batches import Row, Rows
from dashboard.model.errors import Fault
from dashboard.model.message import message


class TableRows(Iterator[Row]):
    """The rows that can be read, with their numbers in the file; the others are reported as faults.

    `header` is the index of the header row. An unclosed quote includes the lines that follow it. So if a
    row of several lines does not fit the header, only its first line is the fault, and the others are
    read again.
    """

    def __init__(
        self,
        file: io.TextIOWrapper,
        delimiter: str,
        header: int | None,
        name: str,
        report: ReportFault,
    ) -> None:
        self._name, self._report = name, report
        self._lines = Lines(file)
        # Strict, so that an unclosed quote is an error in the last cell too.
        self._delimiter = delimiter
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        try:
            first = [next(self._reader) for _ in range((header or 0) + 1)][-1]
        except (StopIteration, csv.Error) as error:
            raise TableError(
                message(
                    "{file}: expected a header, found {found}",
                    file=name,
                    found=str(error or "nothing"),
                )
            ) from error
        self._first: list[str] | None = None
        self._number = (header or 0) + 1
        if header is None:
            blank = [""] * len(first)
            self.header = columns_without_header(first) or unique_names(blank)
            self._first, self._number = first, 0
        else:
            self.header = unique_names(first)
        # Cells below the blank end of a header may be missing.
        self._fewest = max(
            (at for at, cell in enumerate(first, start=1) if cell.strip()), default=1
        )
        self._short_reported = False

    def __next__(self) -> Row:
        while True:
            self._number += 1
            row, why = self._read()
            if not row and why is None:
                continue
            if why is None and (fitted := self._fit(row)) is not None:
                why = _first_bad_byte(fitted)
                if why is None:
                    return self._number, fitted
            else:
                self._lines.push_back()
            expected = message("{n} cells of text", n=len(self.header))
            found = why or f"{len(row)} cells"
            self._report(Fault(self._name, self._number, "", expected, found))

    def blocks(self) -> Iterator[Row | Rows]:
        """All rows: many at once where the lines are regular, the others one by one, as iterating."""
        if self._first is not None:
            yield from self._single_rows()
        while text := self._lines.read_ahead():
            cells = regular_rows(text, self._delimiter, len(self.header))
            if cells is None:
                yield from self._single_rows()
                continue
            self._lines.skip_ahead()
            yield Rows(np.arange(len(cells), dtype=np.int64) + self._number + 1, cells)
            self._number += len(cells)

    def _single_rows(self) -> Iterator[Row]:
        """The next row, and those in the lines read ahead."""
        for row in self:
            yield row
            if not self._lines.are_ahead:
                return

    def _fit(self, row: list[str]) -> list[str] | None:
        """The row with as many cells as the header; `None` if it has more texts, or an open quote.

        Blank cells too many are left out. Missing ones are added, and reported once per file.
        """
        width = len(self.header)
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            return row[:width]
        if len(row) >= width:
            return row if len(row) == width else None
        # A quote that is not closed has put the following lines into one cell. One number alone is
        # part of a row; a text alone is a note, see `without_footnotes`.
        if self._lines.in_row > 1 or (len(row) == 1 and not any(map(str.isalpha, row[0]))):
            return None
        if len(row) < self._fewest and len(row) > 1 and not self._short_reported:
            self._short_reported = True
            found = f"{len(row)} cells; the missing ones are blank, in this row and in others"
            self._report(Fault(self._name, self._number, "", message("{n} cells", n=width), found))
        return row + [""] * (width - len(row))

    def _read(self) -> tuple[list[str], str | None]:
        """A row, or an empty list and the error; raises StopIteration at the end."""
        if self._first is not None:
            first, self._first = self._first, None
            return first, None
        self._lines.start_row()
        try:
            return next(self._reader), None
        except csv.Error as error:
            return [], str(error)


def _first_bad_byte(row: list[str]) -> str | None:
    """The first byte in a row that is not text in the encoding of the file; `None` if all are."""
    text = "".join(row)
    if text.isascii():
        return None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        # `surrogateescape` decodes such a byte to a surrogate.
        return f"the byte 0x{ord(text[error.start]) & 0xFF:02x}"
    return None
