"""CSV and similar files as chunks of a table, e.g. with a comma, a semicolon or a tab as delimiter.

Encoding and delimiter are detected, or the analyst has to name them.
"""

import csv
import io
from collections.abc import Iterator

import pandas as pd

from dashboard.datasets.files.chunks import Chunk, ReportFault
from dashboard.datasets.files.delimited_rows import TableRows
from dashboard.datasets.files.delimiter import detect_delimiter, lines_of, separator_line
from dashboard.datasets.files.encoding import detect_encoding
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.header import SAMPLE_ROWS, header_index
from dashboard.datasets.files.headerless import columns_without_header
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.regular_rows import MOST_IN_CELL
from dashboard.datasets.files.row_batches import Rows, row_batches
from dashboard.datasets.formats.sheet import text_series
from dashboard.model.message import message

_SAMPLE_BYTES = 1_000_000


def delimited(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows as chunks of `size`; raises UnclearError or TableError."""
    encoding = options.encoding or detect_encoding(file)
    total = max(file.size, 1)
    csv.field_size_limit(MOST_IN_CELL)
    try:
        with (
            file.open() as raw,
            io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="") as text,
        ):
            sample = text.read(_SAMPLE_BYTES)
            named = separator_line(sample)
            delimiter = options.delimiter or named or detect_delimiter(sample, file)
            header = _header(sample, delimiter, options.header_row, file.name, named=bool(named))
            text.seek(0)
            rows = TableRows(text, delimiter, header, file.name, report)
            for batch in row_batches(rows.blocks(), size):
                yield _chunk(rows.header, batch, min(raw.tell() / total, 1.0))
    except (UnicodeError, LookupError) as error:
        raise TableError(
            message(
                "{file}: expected text in {encoding}, found {error}",
                file=file.name,
                encoding=encoding,
                error=str(error),
            )
        ) from error


def _header(
    sample: str, delimiter: str, header_row: int | None, name: str, *, named: bool
) -> int | None:
    """The index of the header among the rows of the sample; `None` if there is none.

    `named` says that the first line names the delimiter.
    """
    lines = lines_of(sample)
    # The last line may be cut, unless the sample is the whole file.
    lines = lines[:-1] if len(lines) > SAMPLE_ROWS else lines
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = [row for row, _at in zip(reader, range(SAMPLE_ROWS), strict=False)]
    except csv.Error as error:
        raise TableError(
            message("{file}: expected a header, found {error}", file=name, error=str(error))
        ) from error
    if named:
        rows[0] = []
    at = header_index(rows, header_row, name)
    recognised = header_row is None and at is not None and rows and columns_without_header(rows[at])
    return None if recognised else at


def _chunk(header: list[str], rows: Rows, share: float) -> Chunk:
    columns = (text_series(column.combine_chunks()) for column in rows.cells.columns)
    frame = pd.DataFrame(dict(zip(header, columns, strict=True)))
    return Chunk(frame, rows.numbers, share)
