"""The days of a column of dates; a cell that is not understood, or may be two days, gives no day.

See `partial_dates` for what a cell may look like.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.formats.answers import DateCells, DateNumbers
from dashboard.datasets.formats.column_mapping import UNKNOWN_END
from dashboard.datasets.formats.days import YEARS, DateOrder, numeric
from dashboard.datasets.formats.hijri_dates import is_hijri_column
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import LONGEST, Interval, interval
from dashboard.datasets.formats.sheet import Sheet, cell_text
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.model.message import message
from dashboard.text.normalise import fold

EXPECTED = message("a day, as 2021-01-18")
# Days of spreadsheets since 1900 (from 1954 on), seconds (from 2001) and milliseconds since 1970.
_NUMBER = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?|\d{9,10}(?:\.\d+)?|\d{12,13}")
# Last days of what has not ended.
_ONGOING = frozenset(
    fold(word)
    for word in (
        "ongoing", "on-going", "present", "to present", "now", "current", "continuing", "to date",
        "still ongoing", "en cours", "devam ediyor", "andauernd", "مستمر", "مستمرة", "حتى الآن",
        "لا يزال مستمرا",
    )
)  # fmt: skip
# What spreadsheets and databases show for a date that is blank or 0.
_NO_DAYS = frozenset((date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)))
_ZERO = re.compile(r"1900-01-00|0?0[/.-]0?1[/.-]1900|0?1[/.-]0?0[/.-]1900")
# A day in numbers, which needs an order, maybe one of two.
_IN_NUMBERS = re.compile(r"\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b")
_HIJRI_YEAR = re.compile(r"\b1[345]\d\d")
_DAY = timedelta(days=1)
# Spreadsheets count 29 February 1900, which did not exist, so day 61 is 1 March 1900.
_EPOCHS: dict[DateNumbers, tuple[datetime, timedelta]] = {
    DateNumbers.SPREADSHEET_1900: (datetime(1899, 12, 30), _DAY),  # noqa: DTZ001 a local day
    DateNumbers.SPREADSHEET_1904: (datetime(1904, 1, 1), _DAY),  # noqa: DTZ001 a local day
    DateNumbers.UNIX_SECONDS: (datetime(1970, 1, 1), timedelta(seconds=1)),  # noqa: DTZ001 in UTC
    DateNumbers.UNIX_MILLISECONDS: (
        datetime(1970, 1, 1),  # noqa: DTZ001 in UTC
        timedelta(milliseconds=1),
    ),
}


def read_days(sheet: Sheet, column: str, *, last: bool = False) -> list[Interval | None]:
    """The first and last day that each cell may mean; `None` if it is blank, unknown or unclear.

    Without such a column all are `None`. In a column of `last` days a word such as "ongoing" is none.
    What is unclear is in the notices of the sheet, and a cell that is no date is reported as not
    understood.
    """
    if column not in sheet.frame:
        return [None] * len(sheet.frame)
    beside_text = _beside_text(sheet.frame[column])
    hijri = is_hijri_column(column)
    codes, cells = sheet.distinct(column)
    read = [
        None
        if last and fold(cell_text(cell)).strip() in _ONGOING
        else _read(sheet, cell, beside_text=beside_text, hijri=hijri)
        for cell in cells
    ]
    if any(isinstance(item, str) for item in read):
        _report(sheet, column, codes, read)
    intervals = [item if isinstance(item, tuple) else None for item in read]
    converted = [
        days is not None and _is_hijri(cell_text(cell), days)
        for cell, days in zip(cells, intervals, strict=True)
    ]
    sheet.note(np.array(converted, dtype=bool)[codes], column, NoticeKind.HIJRI_DATE)
    return [intervals[code] for code in codes.tolist()]


def _report(
    sheet: Sheet, column: str, codes: npt.NDArray[np.intp], read: Sequence[Interval | str | None]
) -> None:
    """Note or report the cells that are no interval; `read` is by the number in `codes`."""

    def rows(result: str) -> npt.NDArray[np.bool_]:
        return np.array([item == result for item in read], dtype=bool)[codes]

    for kind in (NoticeKind.NUMBER_AS_DATE, NoticeKind.UNCLEAR_DATE_ORDER, NoticeKind.DATE_CELL):
        sheet.note(rows(kind), column, kind)
    sheet.unread(rows(_NO_DATE), column, EXPECTED)


# The result for a cell that is no date.
_NO_DATE = "no date"


def _is_hijri(text: str, days: Interval) -> bool:
    """Whether the days are those of a year of the Hijri calendar, and not given beside it."""
    year = str(days[0].year)
    # The first test spares most texts the second.
    return year not in text and year not in fold(text) and bool(_HIJRI_YEAR.search(fold(text)))


def _read(
    sheet: Sheet, cell: object, *, beside_text: bool, hijri: bool = False
) -> Interval | str | None:
    """The interval of a cell, `None` for none, the kind of notice if it is unclear, or `_NO_DATE`."""
    if isinstance(cell, date) and beside_text and cell.day <= 12 and cell.day != cell.month:
        return _date_cell(cell, sheet.cells.answers.date_cells)
    cells = sheet.cells
    return _read_text(cell_text(cell), cells.date_order, cells.answers.date_numbers, hijri=hijri)


# The chunks of a file have most days in common.
@lru_cache(maxsize=20_000)
def _read_text(
    text: str, order: DateOrder | None, numbers: DateNumbers | None, *, hijri: bool
) -> Interval | str | None:
    """The same for a cell of text; `numbers` is what the analyst said that numbers count."""
    if is_unknown(text) or text == UNKNOWN_END:
        return None
    if len(text) > LONGEST:
        return _NO_DATE
    if _NUMBER.fullmatch(text):
        return _number(text, numbers)
    found = _interval(text, order, hijri=hijri)
    if _ZERO.match(text) or (found and found[0] == found[1] and found[0] in _NO_DAYS):
        return _NO_DATE
    if found is None and order is None and _IN_NUMBERS.search(fold(text)):
        return _in_any_order(text, hijri=hijri)
    return found or _NO_DATE


def _interval(text: str, order: DateOrder | None, *, hijri: bool) -> Interval | None:
    try:
        return interval(text, order, hijri=hijri)
    except ValueError:
        return None


def _in_any_order(text: str, *, hijri: bool) -> Interval | str:
    """The day of a date of numbers if all orders that are possible give the same."""
    possible = {found for order in DateOrder if (found := _interval(text, order, hijri=hijri))}
    if len(possible) == 1:
        return possible.pop()
    return NoticeKind.UNCLEAR_DATE_ORDER if possible else _NO_DATE


def _beside_text(cells: "pd.Series") -> bool:
    """Whether the column has date cells, and dates of numbers as text."""
    if cells.dtype != object:
        return False
    values = pd.unique(cells)
    dates = any(isinstance(cell, date) for cell in values)
    return dates and numeric(cell for cell in values if isinstance(cell, str))


def _date_cell(cell: date, answer: DateCells | None) -> Interval | str:
    if answer is None:
        return NoticeKind.DATE_CELL
    day = date(cell.year, cell.month, cell.day)
    if answer is DateCells.SWAPPED:
        day = date(cell.year, cell.day, cell.month)
    return day, day


def _number(text: str, answer: DateNumbers | None) -> Interval | str:
    if answer is None:
        return NoticeKind.NUMBER_AS_DATE
    first, unit = _EPOCHS[answer]
    try:
        day = (first + float(text.replace(",", ".")) * unit).date()
    except OverflowError:
        return _NO_DATE
    return (day, day) if day.year in YEARS else _NO_DATE


def first_before_last(
    sheet: Sheet, pairs: list[tuple[date | None, date | None]], column: str
) -> list[tuple[date | None, date | None]]:
    """The pairs of first and last day; none where the last one is before the first, with a notice."""
    wrong = np.array([bool(start and end and end < start) for start, end in pairs], dtype=bool)
    sheet.note(wrong, column, NoticeKind.LAST_BEFORE_FIRST)
    return [(None, None) if bad else pair for pair, bad in zip(pairs, wrong, strict=True)]
