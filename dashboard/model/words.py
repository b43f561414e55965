"""Dates, counts and list phrases as people read them, e.g. "27 December 2020", "12 of 33 events"."""

from collections.abc import Sequence
from datetime import date

from dashboard.model.when import DatePrecision, When

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date) -> str:
    """A day, e.g. "27 December 2020"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def when(value: When) -> str:
    """An interval in words that claim no more than it does."""
    if value.undated:
        return "undated"
    if value.start is None and value.end is not None:
        return f"by {day(value.end)}"
    if value.end is None and value.start is not None:
        return f"from {day(value.start)}"
    if value.start is None or value.end is None:
        raise ValueError(value)
    if value.start == value.end:
        return (
            day(value.start)
            if value.precision is DatePrecision.DAY
            else f"about {day(value.start)}"
        )
    if value.precision is DatePrecision.YEAR and value.start.year == value.end.year:
        return f"{value.start.year}"
    if value.precision is DatePrecision.MONTH and _whole_month(value.start, value.end):
        return f"{_MONTHS[value.start.month - 1]} {value.start.year}"
    return f"between {day(value.start)} and {day(value.end)}"


def _whole_month(start: date, end: date) -> bool:
    same = (start.year, start.month) == (end.year, end.month)
    return same and start.day == 1 and end.day >= 28


def count(number: int, word: str) -> str:
    """A number with its noun, e.g. "1 event", "1,200 events"."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def listed(items: Sequence[str], last: str = "or") -> str:
    """Items as a phrase, e.g. "a, b or c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
