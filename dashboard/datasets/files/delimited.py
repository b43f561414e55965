"""CSV and its like as parts of a table, e.g. a comma, a semicolon or a tab between the cells.

Encoding and delimiter are recognised by what proves them, or asked for. A row that cannot be read is a
fault, and the next is read as if it had not been there.
"""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import deque
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.files.parts import (
    How,
    InputFile,
    Part,
    TableError,
    Tell,
    UnclearError,
    batches,
    named,
)
from dashboard.documents.decode import arabic_share
from dashboard.model.errors import Fault

_SAMPLE_BYTES = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL = 2_000_000
# A cell of more lines than this is taken for a quote that was never closed.
_MOST_LINES = 1_000
# Lines that are read once more because a quote was not closed: each such quote costs up to a thousand.
_MOST_AGAIN = 200_000
# Of the lines that are not plain ASCII, those of a damaged UTF-8 file that are not UTF-8 are fewer.
_DAMAGED = 0.02
_ASKED = ("windows-1256", "windows-1252", "iso-8859-1", "cp1254")
# The longer ones first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
# Source: GDELT 2.0 Event Database codebook, whose files have no header.
GDELT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")),
    *(f"Actor2{name}" for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in (
        "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip


def delimited(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The rows, part by part; raises UnclearError or TableError."""
    encoding = how.encoding or _encoding(file)
    total = max(file.path.stat().st_size, 1)
    csv.field_size_limit(_MAX_CELL)
    try:
        with (
            file.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="") as text,
        ):
            delimiter = how.delimiter or _delimiter(text.read(_SAMPLE_BYTES), file.name)
            text.seek(0)
            rows = _Rows(text, delimiter, file.name, tell)
            for taken in batches(rows, size):
                yield _part(rows.header, taken, min(raw.tell() / total, 1.0))
    except (UnicodeError, LookupError) as error:
        raise TableError(f"{file.name}: expected text in {encoding}, found {error}") from error


class _Rows(Iterator[tuple[int, list[str]]]):
    """The rows that can be read, with their numbers; the others are told as faults.

    An unclosed quote swallows the lines that follow it. So where a row of several lines does not fit
    the header, its first line alone is the fault, and the others are read again.
    """

    def __init__(self, file: io.TextIOWrapper, delimiter: str, name: str, tell: Tell) -> None:
        self._name, self._tell = name, tell
        self._lines = _Lines(file)
        # Strict, so that a quote is known to be unclosed also where it is in the last cell.
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
            self.header = named(first)

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            self._number += 1
            row, why = self._read()
            if not row and why is None:
                continue
            whole = why is None and len(row) == len(self.header)
            if whole:
                why = _undecoded(row)
                if why is None:
                    return self._number, row
            else:
                self._lines.take_back()
            expected = f"{len(self.header)} cells of text"
            found = why or f"{len(row)} cells"
            self._tell(Fault(self._name, self._number, "", expected, found))

    def _read(self) -> tuple[list[str], str | None]:
        """A row, or why there is none; raises StopIteration at the end."""
        if self._first is not None:
            first, self._first = self._first, None
            return first, None
        self._lines.taken.clear()
        try:
            return next(self._reader), None
        except csv.Error as error:
            return [], str(error)


class _Lines(Iterator[str]):
    """Lines that can be taken back."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self._again = 0
        self.taken: list[str] = []

    def __next__(self) -> str:
        if len(self.taken) == _MOST_LINES:
            raise csv.Error("a quote that is not closed")
        line = self._back.popleft() if self._back else next(self._file)
        self.taken.append(line)
        return line

    def take_back(self) -> None:
        """Give all lines of the row read last again, but for its first; raises TableError."""
        self._again += len(self.taken) - 1
        if self._again > _MOST_AGAIN:
            raise TableError("expected quotes that are closed, found too many that are not")
        self._back.extendleft(reversed(self.taken[1:]))


def _undecoded(row: list[str]) -> str | None:
    """The bytes in a row that are no text in the encoding of the file."""
    told = "".join(row)
    if told.isascii():
        return None
    try:
        told.encode("utf-8")
    except UnicodeEncodeError as error:
        # What `surrogateescape` made of bytes.
        return f"the byte 0x{ord(told[error.start]) & 0xFF:02x}"
    return None


def _part(header: list[str], rows: list[tuple[int, list[str]]], share: float) -> Part:
    numbers: npt.NDArray[np.int64] = np.fromiter((at for at, _ in rows), np.int64, len(rows))
    columns = zip(*(row for _, row in rows), strict=True)
    frame = pd.DataFrame(
        {key: np.array(cells, dtype=object) for key, cells in zip(header, columns, strict=True)}
    )
    return Part(frame, numbers, share)


def _encoding(file: InputFile) -> str:
    """UTF-8 if it is, but for some damage, or what its mark says; others are asked for."""
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
        raise UnclearError("encoding", _ASKED, f"{file.name} is not UTF-8") from None
    return "utf-8-sig"


def _share_damaged(file: InputFile) -> float:
    """Of the lines with more than ASCII, the share that are not UTF-8."""
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
    """The delimiter that cuts the first lines into equally many cells, more than one."""
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
    raise UnclearError("delimiter", names, f"{name}: what stands between cells cannot be told")
