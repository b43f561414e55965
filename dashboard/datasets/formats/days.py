"""Parse days as tables write them, e.g. 2021-01-18, 18 January 2021, 18/1/2021, 18-Jan-21, 20210118.

Which number of 1/2/2021 is the month, or of 1-2-03 the year, must be clear from the other dates of the
column, or be chosen; it is never guessed. Years of two digits follow POSIX: 69 to 99 are 1969 to 1999,
00 to 68 are 2000 to 2068.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from dashboard.dates.lexicon import load_words
from dashboard.text.normalise import fold

# For folded text, thus lower case. Other text after a day may be a second day, so it does not match.
_CLOCK = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|utc|[ap]m|[+-]\d{2}:?\d{2}))?)?$"
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})" + _CLOCK)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK)
_WORD = r"([^\W\d_]+(?: [^\W\d_]+)?)"
_NAMED = re.compile(rf"(\d{{1,2}})[ -]{_WORD}\.?,?[ -](\d{{4}}|\d{{2}})$")
_MONTH_NAMED_FIRST = re.compile(rf"{_WORD}\.? (\d{{1,2}}),? (\d{{4}})$")
# The sign of a calendar behind a year, as "2021م" and "1442هـ".
_ERA = re.compile(rf"(?<=\d{{4}}) ?(?:{fold('م')}|{fold('هـ')}|ad|ce)\.?$")
# Years that are accepted; others are of another calendar, or typing errors.
YEARS = range(1800, 2101)
# The first year of two digits that is in the 20th century.
_PIVOT = 69


class DateOrder(StrEnum):
    """The order of day, month and year in dates of numbers, such as 1/2/2021 or 1-2-03."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


def day(text: str, order: DateOrder | None) -> date | None:
    """Parse a day; `None` if the text is not one, or needs an `order` that is `None`.

    Raises ValueError for a day that the calendar lacks, and for years before 1800 or after 2100.
    """
    parsed = _day(without_era(text), order)
    if parsed is not None and parsed.year not in YEARS:
        raise ValueError(f"expected a year from {YEARS[0]} to {YEARS[-1]}, found {parsed.year}")
    return parsed


def without_era(text: str) -> str:
    """The folded text of a date without the sign of its calendar."""
    return _ERA.sub("", fold(text).strip())


def _day(folded: str, order: DateOrder | None) -> date | None:
    if match := _ISO.match(folded):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.match(folded):
        return date(*map(int, match.groups()))
    if match := _NAMED.match(folded):
        month = months().get(match[2])
        return date(_year(match[3]), month, int(match[1])) if month else None
    if match := _MONTH_NAMED_FIRST.match(folded):
        month = months().get(match[1])
        return date(_year(match[3]), month, int(match[2])) if month else None
    if (match := _NUMBERS.match(folded)) and order is not None:
        numbers = _in_order(match, order)
        return None if numbers is None else date(*numbers)
    return None


def _in_order(match: re.Match[str], order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day; `None` if a year of four digits is not where the order puts the year."""
    first, second, third = match[1], match[3], match[4]
    if order is DateOrder.YEAR_FIRST:
        return None if len(third) == 4 else (_year(first), int(second), int(third))
    month, number = (second, first) if order is DateOrder.DAY_FIRST else (first, second)
    return _year(third), int(month), int(number)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


@cache
def months() -> dict[str, int]:
    """Month numbers by folded name: Arabic names of all countries, English ones and their prefixes."""
    words = load_words()
    months = {word: words.number("month", word) for word in words.roles["month"]}
    english = {
        name[:length]: words.number("month_en", name)
        for name in words.roles["month_en"]
        for length in range(3, len(name) + 1)
    }
    return months | english


def orders(values: Iterable[str]) -> set[DateOrder]:
    """The orders in which all of the dates are possible; several if the dates allow more than one."""
    possible = set(DateOrder)
    for value in values:
        if match := _NUMBERS.match(without_era(value)):
            possible = {order for order in possible if _fits(match, order)}
    return possible


def _fits(match: re.Match[str], order: DateOrder) -> bool:
    numbers = _in_order(match, order)
    return numbers is not None and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31


def numeric(values: Iterable[str]) -> bool:
    """Whether any of the dates is written in numbers, such as 1/2/2021, and so needs an order."""
    return any(_NUMBERS.match(without_era(value)) for value in values)
