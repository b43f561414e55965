"""Days as tables write them, e.g. 2021-01-18, 18 January 2021, 18/1/2021, 18-Jan-21, 20210118.

Which of 1/2/2021 is the month, or of 1-2-03 the year, is found in the column itself, or asked for; it is
never guessed. A year of two digits is that of POSIX: 69 to 99 is 1969 to 1999, 00 to 68 is 2000 to 2068.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from dashboard.dates.lexicon import load_words
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import fold

# Folded, so in small letters; what is no clock time after a day may be a second day.
_CLOCK = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|utc|[ap]m|[+-]\d{2}:?\d{2}))?)?$"
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})" + _CLOCK)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK)
_WORD = r"([^\W\d_]+(?: [^\W\d_]+)?)"
_NAMED = re.compile(rf"(\d{{1,2}})[ -]{_WORD}\.?,?[ -](\d{{4}}|\d{{2}})$")
_MONTH_NAMED_FIRST = re.compile(rf"{_WORD}\.? (\d{{1,2}}),? (\d{{4}})$")
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
# Years of which there are events in tables; others are of another calendar, or slips.
_YEARS = range(1800, 2101)
# The first year of two digits that is one of the 20th century.
_PIVOT = 69


class DateOrder(StrEnum):
    """Which comes first in 1/2/2021, or in 1-2-03."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


def day(text: str, order: DateOrder | None) -> date | None:
    """The day, or `None` if it is none; raises ValueError for one that no calendar has.

    So do years before 1800 and after 2100.
    """
    found = _day(fold(text).strip(), order)
    if found is not None and found.year not in _YEARS:
        raise ValueError(f"expected a year from {_YEARS[0]} to {_YEARS[-1]}, found {found.year}")
    return found


def _day(told: str, order: DateOrder | None) -> date | None:
    if found := _ISO.match(told):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.match(told):
        return date(*map(int, found.groups()))
    if found := _NAMED.match(told):
        month = _months().get(found[2])
        return date(_year(found[3]), month, int(found[1])) if month else None
    if found := _MONTH_NAMED_FIRST.match(told):
        month = _months().get(found[1])
        return date(_year(found[3]), month, int(found[2])) if month else None
    if (found := _NUMBERS.match(told)) and order is not None:
        numbers = _in_order(found, order)
        return None if numbers is None else date(*numbers)
    return None


def _in_order(found: re.Match[str], order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day; `None` where a year of four digits stands elsewhere than the order says."""
    first, second, third = found[1], found[3], found[4]
    if order is DateOrder.YEAR_FIRST:
        return None if len(third) == 4 else (_year(first), int(second), int(third))
    month, number = (second, first) if order is DateOrder.DAY_FIRST else (first, second)
    return _year(third), int(month), int(number)


def _year(told: str) -> int:
    year = int(told)
    if len(told) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


@cache
def _months() -> dict[str, int]:
    """Months by their names, folded: Arabic ones of all countries, English ones and their beginnings."""
    words = load_words()
    held = {word: words.number("month", word) for word in words.roles["month"]}
    english = {
        name[:length]: number
        for number, name in enumerate(_ENGLISH, start=1)
        for length in range(3, len(name) + 1)
    }
    return held | english


def orders(values: Iterable[str]) -> set[DateOrder]:
    """The orders in which all of the dates can be read; several, if none of them tells."""
    left = set(DateOrder)
    for value in values:
        if found := _NUMBERS.match(fold(value).strip()):
            left = {order for order in left if _fits(found, order)}
    return left


def _fits(found: re.Match[str], order: DateOrder) -> bool:
    numbers = _in_order(found, order)
    return numbers is not None and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31


def numeric(values: Iterable[str]) -> bool:
    """Whether any of the dates is written in numbers whose order must be known."""
    return any(_NUMBERS.match(fold(value).strip()) for value in values)


def precision(start: date, end: date) -> DatePrecision:
    """The precision of an interval, as docs/codebook.md has them."""
    days = (end - start).days + 1
    for most, found in (
        (1, DatePrecision.DAY),
        (7, DatePrecision.WEEK),
        (31, DatePrecision.MONTH),
        (366, DatePrecision.YEAR),
    ):
        if days <= most:
            return found
    return DatePrecision.OPEN
