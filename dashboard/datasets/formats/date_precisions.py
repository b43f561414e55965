"""The precision of dates in a column of its own: ACLED's `time_precision`, UCDP's `date_prec`, words.

E.g. 2 beside 2021-01-18 in `time_precision` is the week around that day, "month" all of January.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.datasets.formats.partial_dates import Interval, month_interval, year_interval
from dashboard.datasets.formats.sheet import Sheet, cell_text
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.dates.precision import date_precisions
from dashboard.model.message import message
from dashboard.model.rows import load_records
from dashboard.model.when import DatePrecision
from dashboard.settings import DATA
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import fold

_EXPECTED = message(
    "the precision of a date, as a code of ACLED or UCDP, or as day, week, month, year"
)
# Of a value that is not understood, as for ACLED's exports.
_UNKNOWN = DatePrecision.MONTH
# Names of columns with the first day of a week. Source: ACLED, "Aggregated data"; general usage.
_WEEKS = frozenset((
    "week", "weekof", "weekbeginning", "weekstart", "weekstarting", "weekcommencing", "اسبوع", "الاسبوع",
))  # fmt: skip
_Pair = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class DatePrecisionWord:
    """A word of tables for a precision of dates, in a language."""

    word: str
    language: str
    precision: DatePrecision
    source: str


@cache
def _words() -> Mapping[str, DatePrecision]:
    """The precision by folded word; raises DataError for a fault."""
    file = DATA / "lexicon" / "date_precision_words.csv"
    return {fold(row.word): row.precision for row in load_records(file, DatePrecisionWord, "word")}


def widened(sheet: Sheet, column: str, pairs: list[_Pair]) -> list[_Pair]:
    """First and last day of each row, where one day is given as wide as the cell of `column` says.

    A value that is not understood is reported, and taken for a month.
    """
    if column not in sheet.frame:
        return pairs
    codes, cells = sheet.distinct(column)
    texts = [cell_text(cell) for cell in cells]
    read = [None if is_unknown(text) else precision_of_date(text, column) for text in texts]
    both = list(zip(texts, read, strict=True))
    wrong = np.array([found is None and not is_unknown(text) for text, found in both], dtype=bool)
    sheet.unread(wrong[codes], column, _EXPECTED)
    precisions = [found or (_UNKNOWN if text else None) for text, found in both]
    return [
        _widened(pair, precisions[code]) for pair, code in zip(pairs, codes.tolist(), strict=True)
    ]


def periods(column: str, days: list[Interval | None]) -> list[Interval | None]:
    """The weeks or months of a column that names them by their first day; else `days`."""
    name = re.sub(r"[\W_]+", "", fold(column))
    if name in _WEEKS:
        return [
            (day[0], day[0] + timedelta(days=6)) if day and day[0] == day[1] else day
            for day in days
        ]
    if name in _months():
        return [day and around(day, DatePrecision.MONTH) for day in days]
    return days


@cache
def _months() -> frozenset[str]:
    names = load_column_names("column_names.csv", ROLES)["month"]
    return frozenset(re.sub(r"[\W_]+", "", name) for name in names)


def _widened(pair: _Pair, precision: DatePrecision | None) -> _Pair:
    first, last = pair
    if first is None or first != last or precision is None:
        return pair
    return around((first, last), precision)


def precision_of_date(text: str, column: str) -> DatePrecision | None:
    """The precision of a cell; `None` if it is not understood.

    A code of a column of another name is that of ACLED or UCDP, whichever is wider.
    """
    plain = re.sub(r"\W+", " ", fold(text)).strip()
    if not plain.isdecimal():
        return _words().get(plain)
    name = re.sub(r"[\W_]+", "", fold(column))
    of_ucdp = [
        key for key, row in date_precisions().items() if str(int(plain)) in row.ucdp_date_prec
    ]
    of_acled = [
        key for key, row in date_precisions().items() if row.acled_time_precision == int(plain)
    ]
    if name == "timeprecision":
        of_ucdp = []
    if name == "dateprec" and of_ucdp:
        of_acled = []
    order = list(DatePrecision)
    closed = [key for key in (*of_ucdp, *of_acled) if key is not DatePrecision.OPEN]
    return max(closed, key=order.index, default=None)


def around(given: Interval, precision: DatePrecision) -> Interval:
    """The interval around one day; a longer interval, and that of an exact day, is as it is given."""
    day, last = given
    if day != last:
        return given
    # A column of a frame has texts in place of members.
    match DatePrecision(precision):
        case DatePrecision.WEEK:
            return day - timedelta(days=3), day + timedelta(days=3)
        case DatePrecision.MONTH:
            return month_interval(day.year, day.month)
        case DatePrecision.YEAR:
            return year_interval(day.year)
        case _:
            return given
