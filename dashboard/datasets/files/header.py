"""The header row of a table, e.g. below a title; and footnotes, which are no rows of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from dashboard.datasets.files.chunks import Chunk, ReportFault
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.errors import Fault
from dashboard.model.message import message

# Rows among which the header is looked for.
SAMPLE_ROWS = 50
# A row with one text and nothing else is a footnote only in tables of at least so many columns.
_FEWEST_COLUMNS = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_GEOMETRY = re.compile(
    r"(SRID=\d+;\s*)?(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"[\d\s.,:/+°%-]+")
_TOTAL = re.compile(
    r"(grand |sub)?totals?|sum|(ال)?مجموع( الكلي)?|ال[إا]جمالي|[إا]جمالي", re.IGNORECASE
)


def header_index(rows: Sequence[Sequence[object]], header_row: int | None, file: str) -> int | None:
    """The index of the header among the first rows of a file; `None` if there is none.

    `header_row` is the analyst's number of that row, from 1 on; 0 means that there is none. Otherwise
    it is the first row that is not blank, or, if this has fewer than half of the cells of the rows
    below, such as a title, the first row of distinct texts that has more. Raises TableError for a row
    that does not exist.
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
        return first
    names = (at for at, row in enumerate(rows) if counts[at] > half and _is_header(row))
    return next(names, first)


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
    return bool(_TOTAL.fullmatch(label)) and all(map(_VALUE.fullmatch, texts[1:]))
