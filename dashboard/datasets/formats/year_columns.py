"""Dates without a year beside a column of years, e.g. "18-Jan" and 2021, as spreadsheets show days.

Where both have a year, it must be the same: a spreadsheet adds the current year to a day without one.
"""

import re
from datetime import date

import numpy as np
import pandas as pd

from dashboard.datasets.formats.date_cells import read_days
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import Interval, interval
from dashboard.datasets.formats.sheet import Sheet
from dashboard.text.normalise import fold

Pair = tuple[date | None, date | None]
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAY_FIRST = re.compile(
    r"(\d{1,2}(?:(?: ?[-–&] ?| and | to )\d{1,2})?(?:st|nd|rd|th)?)[ ./-]*([^\W\d_][^\d]*?)[ ./-]*"
)
_MONTH_FIRST = re.compile(r"([^\W\d_][^\d]*?)[ ./-]+(\d{1,2})(?:st|nd|rd|th)?[.,]?")
_MONTH = re.compile(r"[^\W\d_][^\d]*")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-]?")
_MONTH_OF_YEAR = re.compile(r"([^\W\d_]{3,})[-' ](\d\d)|(\d\d)[-' ]([^\W\d_]{3,})")


def read_with_years(
    sheet: Sheet, column: str, years: str, *, last: bool = False
) -> list[Interval | None]:
    """The days of each row as `read_days` gives them, with the years of another column, if any."""
    if column not in sheet.frame or years not in sheet.frame:
        return read_days(sheet, column, last=last)
    texts, numbers = sheet.text(column), sheet.text(years)
    months = _are_months(texts, numbers)
    pairs = set(zip(texts, numbers, strict=True))
    full = {pair: _with_year(*pair, months=months) for pair in pairs}
    if not any(full.values()):
        return read_days(sheet, column, last=last)
    rows = zip(texts, numbers, sheet.frame[column].tolist(), strict=True)
    complete = [full[text, year] or cell for text, year, cell in rows]
    with sheet.added(f"{column} + {years}", pd.Series(complete, dtype=object)) as name:
        return read_days(sheet, name, last=last)


def _with_year(text: str, year: str, *, months: bool) -> str | None:
    """The text of a date with the year, `None` for one that needs none, or is no date with it.

    If `months`, the number in "Jan-21" is that of a year, else that of a day.
    """
    plain = " ".join(fold(text).split())
    if not _YEAR.fullmatch(year) or re.search(r"\d{3}", plain):
        return None
    if match := _NUMBERS.fullmatch(plain):
        return f"{match[1]}{match[2]}{match[3]}{match[2]}{year}"
    if months and (match := _MONTH_OF_YEAR.fullmatch(plain)):
        candidate = f"{match[1] or match[4]} {year}"
    elif match := _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain):
        candidate = f"{match[1]} {match[2]}{',' if match[1][0].isalpha() else ''} {year}"
    elif _MONTH.fullmatch(plain):
        candidate = f"{plain} {year}"
    else:
        return None
    return candidate if _is_date(candidate) else None


def _is_date(text: str) -> bool:
    """Whether a text has the form of a date, also of a day that its month lacks."""
    try:
        return interval(text, None) is not None
    except ValueError:
        return True


def _are_months(texts: "pd.Series[str]", years: "pd.Series[str]") -> bool:
    """Whether the numbers in "Jan-21", "Feb-21" are those of the years, and thus no days."""
    numbers = [
        (match[2] or match[3], year)
        for text, year in set(zip(texts, years, strict=True))
        if (match := _MONTH_OF_YEAR.fullmatch(" ".join(fold(text).split())))
    ]
    return bool(numbers) and all(year.endswith(number) for number, year in numbers)


def of_same_year(sheet: Sheet, column: str, years: str, pairs: list[Pair]) -> list[Pair]:
    """The first and last days without those of another year than its column says, which are noted."""
    if years not in sheet.frame:
        return pairs
    wrong = [
        _YEAR.fullmatch(year) is not None and not _has_year(pair, int(year))
        for pair, year in zip(pairs, sheet.text(years), strict=True)
    ]
    sheet.note(np.array(wrong, dtype=bool), column, NoticeKind.OTHER_YEAR)
    return [(None, None) if bad else pair for pair, bad in zip(pairs, wrong, strict=True)]


def _has_year(pair: Pair, year: int) -> bool:
    """Whether the year lies in the interval, whose ends may be open."""
    first, last = pair
    return (first is None or first.year <= year) and (last is None or year <= last.year)
