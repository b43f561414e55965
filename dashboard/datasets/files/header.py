"""The header row of a table, e.g. below a title; and rows that are no events, as footnotes or totals."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median

import numpy as np

from dashboard.datasets.files.chunks import Chunk, ReportFault
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.errors import Fault
from dashboard.model.message import message
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import fold

# Rows among which the header is looked for.
SAMPLE_ROWS = 50
# A row with one text and nothing else is a footnote only in tables of at least so many columns.
_FEWEST_COLUMNS = 3
_WORD = re.compile(r"[^\W\d_]{3,}|[*†‡]")
_GEOMETRY = re.compile(
    r"(SRID=\d+;\s*)?(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"[\d\s.,:/+°%-]+")
_TOTAL = re.compile(
    r"(grand |sub)?totals?|sum|(ال)?مجموع( الكلي)?|ال[إا]جمالي|[إا]جمالي", re.IGNORECASE
)
# The same with what is counted, beside whole numbers alone.
_TOTAL_OF = re.compile(rf"(?:{_TOTAL.pattern}|toplam|summe|gesamt|somme)\b[^\d]*", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}(?:[., ]\d{3})*|\d+")
_DIGIT = re.compile(r"\d")


def header_index(rows: Sequence[Sequence[object]], header_row: int | None, file: str) -> int | None:
    """The index of the header among the first rows of a file; `None` if there is none.

    `header_row` is the analyst's number of that row, from 1 on; 0 means that there is none. Otherwise
    it is the first row that is not blank, or, if this has fewer than half of the cells of the rows
    below, such as a title, the first row of distinct texts that has more; or the row below that, if it
    names the columns of groups. Raises TableError for a row that does not exist.
    """
    if header_row == 0:
        return None
    if header_row is not None:
        if not 0 < header_row <= len(rows) or not _filled(rows[header_row - 1]):
            raise TableError(
                message(
                    "{file}: expected the names of columns in row {row}, found none",
                    file=file,
                    row=header_row,
                )
            )
        return header_row - 1
    counts = [len(_filled(row)) for row in rows]
    first = next((at for at, count in enumerate(counts) if count), 0)
    below = [count for count in counts[len(counts) // 2 :] if count]
    half = median(below) / 2 if below else 0
    if not counts or counts[first] > half:
        return first + _is_of_groups(rows[first : first + 2])
    names = (at for at, row in enumerate(rows) if counts[at] > half and _is_header(row))
    found = next(names, first)
    return found + _is_of_groups(rows[found : found + 2])


def _is_of_groups(rows: Sequence[Sequence[object]]) -> bool:
    """Whether the first of two rows names groups, as "Casualties" above "Killed" and "Injured"."""
    if len(rows) < 2 or not _is_header(rows[1]) or any(map(_DIGIT.search, _filled(rows[1]))):
        return False
    return len(_filled(rows[1])) > len(_filled(rows[0])) and _names_columns(rows[1])


def joined_header(header: Sequence[object], below: Sequence[object]) -> list[object] | None:
    """The names of a header of two rows, as "Coordinates" above "Lat" and "Lon"; `None` if it is one.

    The second row names the columns of groups and those without a name in the first, and no others.
    """
    texts = [cell_text(cell) for cell in below]
    if not _is_header(below) or any(map(_DIGIT.search, texts)) or len(texts) != len(header):
        return None
    named = [text for text in texts if text]
    known = sum(_plain(text) in _known_names() for text in named)
    above = [cell_text(cell) for cell in header]
    # Below a name of a column there is no second one, and a group has a column beside it.
    apart = any(name and not text for name, text in zip(above, texts, strict=True))
    groups = any(text and not name for name, text in zip(above, texts, strict=True))
    if len(named) < 2 or 2 * known <= len(named) or not apart or not groups:
        return None
    return [second or first for first, second in zip(above, texts, strict=True)]


def _filled(row: Sequence[object]) -> list[str]:
    return [text for cell in row if (text := cell_text(cell))]


def _is_header(row: Sequence[object]) -> bool:
    """Whether the cells are distinct texts, none of them a number or a date in digits."""
    texts = _filled(row)
    return len(set(texts)) == len(texts) and not any(map(_VALUE.fullmatch, texts))


def without_footnotes(chunk: Chunk, file: str, report: ReportFault) -> Chunk:
    """The rows that are events: a text in one cell and nothing else is a footnote, and is a fault.

    So is a row with the word "total" (in English or Arabic) beside numbers.
    """
    if len(chunk.frame.columns) < _FEWEST_COLUMNS:
        return chunk
    filled = (chunk.frame.notna() & (chunk.frame != "")).to_numpy(dtype=bool)
    few = np.flatnonzero(filled.sum(axis=1) * 2 <= max(len(chunk.frame.columns), 2))
    notes = [at for at in few.tolist() if _is_footnote(chunk.frame.iloc[at].tolist())]
    for at in notes:
        found = next(iter(_filled(chunk.frame.iloc[at].tolist())))
        report(Fault(file, int(chunk.numbers[at]), "", message("an event"), f"a note: {found:.60}"))
    if not notes:
        return chunk
    events = np.setdiff1d(np.arange(len(chunk.frame)), notes)
    return replace(chunk, frame=chunk.frame.iloc[events], numbers=chunk.numbers[events])


def _is_footnote(row: Sequence[object]) -> bool:
    texts = _filled(row)
    if not texts or _GEOMETRY.fullmatch(texts[0]):
        return False
    if len(texts) == 1:
        return bool(_WORD.search(texts[0]))
    label = texts[0].rstrip(" :")
    if _TOTAL.fullmatch(label):
        return all(map(_VALUE.fullmatch, texts[1:]))
    # The label may be in any column, and say of what it is the total.
    labels = [text for text in texts if not _COUNT.fullmatch(text)]
    return len(labels) == 1 and _TOTAL_OF.fullmatch(labels[0]) is not None


def without_header_rows(chunk: Chunk, file: str, report: ReportFault, *, first: bool) -> Chunk:
    """The rows that do not repeat the names of the columns, as below a page break of a printed table.

    In the `first` chunk its first row may be the header in another language.
    """
    names = [str(name) for name in chunk.frame.columns]
    if len(names) < _FEWEST_COLUMNS or chunk.frame.empty:
        return chunk
    # Without a header row the first row of values may be in its place.
    worded = not any(map(_DIGIT.search, names[:_FEWEST_COLUMNS]))
    repeated = np.full(len(chunk.frame), worded)
    for column in range(_FEWEST_COLUMNS):
        cells = chunk.frame.iloc[:, column]
        repeated &= (cells == names[column]).to_numpy(dtype=bool, na_value=False)
    if first and _names_columns(chunk.frame.iloc[0].tolist()):
        repeated[0] = True
    if not repeated.any():
        return chunk
    for number in chunk.numbers[repeated].tolist():
        report(Fault(file, int(number), "", message("an event"), "names of columns"))
    return replace(chunk, frame=chunk.frame[~repeated], numbers=chunk.numbers[~repeated])


def _names_columns(row: Sequence[object]) -> bool:
    """Whether most cells are names of columns, and none has a number."""
    texts = _filled(row)
    if len(texts) < _FEWEST_COLUMNS or any(map(_DIGIT.search, texts)):
        return False
    return 2 * sum(_plain(text) in _known_names() for text in texts) > len(texts)


@cache
def _known_names() -> frozenset[str]:
    names = load_column_names("column_names.csv", ROLES).values()
    return frozenset(_plain(name) for spellings in names for name in spellings)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))
