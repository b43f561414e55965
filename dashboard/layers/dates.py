"""The days of the features of a layer, from one column of dates or from two of first and last days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.column_mapping import UNKNOWN_END
from dashboard.datasets.formats.days import DateOrder, numeric, orders
from dashboard.datasets.formats.partial_dates import Interval, interval
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.model.event_tables import day_number
from dashboard.model.message import message


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day as numbers from 1970-01-01; `None` for an open end."""

    first: int | None
    last: int | None


UNDATED = Days(None, None)


def date_order(file: str, cells: Sequence[str], chosen: DateOrder | None) -> DateOrder | None:
    """The order of day and month in dates of numbers; `None` if the dates need none.

    Raises UnclearError if they allow several and none is `chosen`.
    """
    if chosen is not None or not numeric(cells):
        return chosen
    possible = orders(cells)
    if len(possible) == 1:
        return possible.pop()
    why = message("{file}: the order of day and month in its dates is not clear", file=file)
    raise UnclearError("date_order", sorted(order.value for order in DateOrder), why)


def read_days(first: str, last: str | None, order: DateOrder | None) -> Days | None:
    """The days of a feature from its cells; `None` for a cell that is no date.

    `last` is `None` without a column of last days: then `first` has the whole date, e.g. "January 2021",
    which is all of that month.
    """
    begin, end = _interval(first, order), _interval(last or "", order)
    if begin is _NO_DATE or end is _NO_DATE:
        return None
    if last is None:
        end = begin
    days = Days(
        None if begin is None else day_number(begin[0]),
        None if end is None else day_number(end[1]),
    )
    backwards = days.first is not None and days.last is not None and days.last < days.first
    return None if backwards else days


# The result for a cell that is no date: no interval ends before it begins.
_NO_DATE: Interval = (date.max, date.min)


def _interval(cell: str, order: DateOrder | None) -> Interval | None:
    """The days that a cell may mean; `None` if it is blank or says that the date is not known."""
    if is_unknown(cell) or cell == UNKNOWN_END:
        return None
    try:
        return interval(cell, order) or _NO_DATE
    except ValueError:
        return _NO_DATE
