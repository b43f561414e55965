"""Days as tables write them, e.g. 2021-01-18, 18 January 2021, 18/1/2021, 20210118.

Which of 1/2/2021 is the month is found in the column itself, or asked for; it is never guessed.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from dashboard.model.when import DatePrecision
from dashboard.text.normalise import fold

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: .*)?$")
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})$")
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"),
        start=1,
    )
    for length in range(3, len(name) + 1)
}  # fmt: skip


class DateOrder(StrEnum):
    """Which comes first in 1/2/2021."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def day(text: str, order: DateOrder | None) -> date | None:
    """The day, or `None` if it is none; raises ValueError for one that no calendar has."""
    told = fold(text).strip()
    if found := _ISO.match(told) or _COMPACT.match(told):
        return date(*map(int, found.groups()))
    if found := _NAMED.match(told):
        month = _MONTHS.get(found[2])
        return date(int(found[3]), month, int(found[1])) if month else None
    if (found := _NUMBERS.match(told)) and order is not None:
        first, second, year = map(int, found.groups())
        return (
            date(year, second, first) if order is DateOrder.DAY_FIRST else date(year, first, second)
        )
    return None


def orders(values: Iterable[str]) -> set[DateOrder]:
    """The orders in which all of the dates can be read; both, if none of them tells."""
    left = set(DateOrder)
    for value in values:
        if found := _NUMBERS.match(fold(value).strip()):
            if int(found[1]) > 12:
                left.discard(DateOrder.MONTH_FIRST)
            if int(found[2]) > 12:
                left.discard(DateOrder.DAY_FIRST)
    return left


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
