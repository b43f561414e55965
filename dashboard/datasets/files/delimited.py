"""CSV and similar files as chunks of a table, e.g. with a comma, a semicolon or a tab as delimiter.

Encoding and delimiter are detected, or the analyst has to name them. A row that cannot be read is a
fault, and reading goes on with the next.
"""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import deque
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.files.chunks import (
    Chunk,
    FileOptions,
    InputFile,
    ReportFault,
    TableError,
    UnclearError,
    batches,
    unique_names,
)
from dashboard.documents.decode import arabic_share
from dashboard.model.errors import Fault

_SAMPLE_BYTES = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL = 2_000_000
# In a cell of more lines than this the quote is regarded as unclosed.
_MOST_LINES = 1_000
# Most lines that are read again because of unclosed quotes: each such quote costs up to a thousand.
_MOST_REPEATED = 200_000
# A file is damaged UTF-8 if fewer than this share of its lines with more than ASCII are not UTF-8.
_DAMAGED = 0.02
_OFFERED_ENCODINGS = ("windows-1256", "windows-1252", "iso-8859-1", "cp1254")
# Byte order marks, the longer ones first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
# Source: GDELT 2.0 Event Database codebook, whose files have no header.
GDELT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"{of}{name}" for of in ("Actor1", "Actor2") for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in (
        "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip


def delimited(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The rows as chunks of `size`; raises UnclearError or TableError."""
    encoding = options.encoding or _encoding(file)
    total = max(file.path.stat().st_size, 1)
    csv.field_size_limit(_MAX_CELL)
    try:
        with (
            file.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="") as text,
        ):
            delimiter = options.delimiter or _delimiter(text.read(_SAMPLE_BYTES), file.name)
            text.seek(0)
            rows = _Rows(text, delimiter, file.name, report)
            for batch in batches(rows, size):
                yield _chunk(rows.header, batch, min(raw.tell() / total, 1.0))
    except (UnicodeError, LookupError) as error:
        raise TableError(f"{file.name}: expected text in {encoding}, found {error}") from error


class _Rows(Iterator[tuple[int, list[str]]]):
    """The rows that can be read, with their numbers in the file; the others are reported as faults.

    An unclosed quote includes the lines that follow it. So if a row of several lines does not fit the
    header, only its first line is the fault, and the others are read again.
    """

    def __init__(
        self, file: io.TextIOWrapper, delimiter: str, name: str, report: ReportFault
    ) -> None:
        self._name, self._report = name, report
        self._lines = _Lines(file)
        # Strict, so that an unclosed quote is an error in the last cell too.
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        try:
            first = next(self._reader)
        except (StopIteration, csv.Error) as error:
            raise TableError(f"{name}: expected a header, found {error or 'nothing'}") from error
        self._number = 1
        self._first: list[str] | None = None
        if len(first) == len(GDELT) and first[0].isdigit() and first[1].isdigit():
            self.header, self._first, self._number = list(GDELT), first, 0
        else:
            self.header = unique_names(first)

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            self._number += 1
            row, why = self._read()
            if not row and why is None:
                continue
            complete = why is None and len(row) == len(self.header)
            if complete:
                why = _undecoded(row)
                if why is None:
                    return self._number, row
            else:
                self._lines.push_back()
            expected = f"{len(self.header)} cells of text"
            found = why or f"{len(row)} cells"
            self._report(Fault(self._name, self._number, "", expected, found))

    def _read(self) -> tuple[list[str], str | None]:
        """A row, or an empty list and the error; raises StopIteration at the end."""
        if self._first is not None:
            first, self._first = self._first, None
            return first, None
        self._lines.lines.clear()
        try:
            return next(self._reader), None
        except csv.Error as error:
            return [], str(error)


class _Lines(Iterator[str]):
    """The lines of a file, and `lines`, those of the current row, which can be pushed back."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._pushed: deque[str] = deque()
        self._repeated = 0
        self.lines: list[str] = []

    def __next__(self) -> str:
        if len(self.lines) == _MOST_LINES:
            raise csv.Error("a quote that is not closed")
        line = self._pushed.popleft() if self._pushed else next(self._file)
        self.lines.append(line)
        return line

    def push_back(self) -> None:
        """Push back all lines of the current row but the first, to be read again.

        Raises TableError if that happened to more than `_MOST_REPEATED` lines of the file.
        """
        self._repeated += len(self.lines) - 1
        if self._repeated > _MOST_REPEATED:
            raise TableError("expected quotes that are closed, found too many that are not")
        self._pushed.extendleft(reversed(self.lines[1:]))


def _undecoded(row: list[str]) -> str | None:
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


def _chunk(header: list[str], rows: list[tuple[int, list[str]]], share: float) -> Chunk:
    numbers: npt.NDArray[np.int64] = np.fromiter((at for at, _ in rows), np.int64, len(rows))
    columns = zip(*(row for _, row in rows), strict=True)
    frame = pd.DataFrame(
        {key: np.array(cells, dtype=object) for key, cells in zip(header, columns, strict=True)}
    )
    return Chunk(frame, numbers, share)


def _encoding(file: InputFile) -> str:
    """The encoding: by the byte order mark, UTF-8 (a few lines may be damaged), or windows-1256.

    Raises UnclearError for all others, TableError for an empty file.
    """
    with file.path.open("rb") as raw:
        start = raw.read(4096)
    if not start.strip():
        raise TableError(f"{file.name}: expected a table, found an empty file")
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if b"\0" in start:
        wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        raise UnclearError("encoding", wide, f"{file.name} is not UTF-8")
    try:
        with file.path.open(encoding="utf-8") as text:
            while text.read(_SAMPLE_BYTES):
                pass
    except UnicodeDecodeError:
        if _share_damaged(file) < _DAMAGED:
            return "utf-8-sig"
        with file.path.open("rb") as raw:
            sample = raw.read(_SAMPLE_BYTES)
        if arabic_share(sample.decode("windows-1256", errors="replace")) > 0.5:
            return "windows-1256"
        raise UnclearError("encoding", _OFFERED_ENCODINGS, f"{file.name} is not UTF-8") from None
    return "utf-8-sig"


def _share_damaged(file: InputFile) -> float:
    """The share of lines that are not UTF-8 among those with more than ASCII."""
    good = bad = 0
    with file.path.open("rb") as raw:
        for line in raw:
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
            else:
                good += 1
    return bad / max(good + bad, 1)


def _delimiter(sample: str, name: str) -> str:
    """The delimiter that splits the first lines into equal numbers of cells, more than one.

    If there is none, it is the most frequent one in the header. Raises UnclearError if several fit.
    """
    lines = sample.splitlines(keepends=True)[:50]
    fitting = []
    for delimiter in _DELIMITERS:
        widths = {len(row) for row in csv.reader(lines[:-1] or lines, delimiter=delimiter) if row}
        if len(widths) == 1 and min(widths) > 1:
            fitting.append((min(widths), delimiter))
    if not fitting:
        header = lines[0] if lines else ""
        fitting = [(header.count(d) + 1, d) for d in _DELIMITERS if d in header]
    best = [delimiter for width, delimiter in fitting if width == max(fitting)[0]]
    if len(best) == 1:
        return best[0]
    names = ("comma", "semicolon", "tab", "bar")
    raise UnclearError("delimiter", names, f"{name}: the separator between cells is not clear")
