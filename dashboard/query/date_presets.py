"""Dates that analysts often choose, counted from the last day of the data and not from today."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dashboard.language.messages import N_
from dashboard.model.event_tables import day_of
from dashboard.query.histogram import Extent

_Dates = tuple[date, date]


def _days(number: int) -> Callable[[date], _Dates]:
    return lambda last: (last - timedelta(days=number - 1), last)


def _month(last: date) -> _Dates:
    return last.replace(day=1), last


def _month_before(last: date) -> _Dates:
    end = last.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def _year(last: date) -> _Dates:
    return last.replace(month=1, day=1), last


_PRESETS: Mapping[str, tuple[str, Callable[[date], _Dates]]] = {
    "week": (N_("Last 7 days of the data"), _days(7)),
    "days": (N_("Last 30 days of the data"), _days(30)),
    "month": (N_("Last month of the data"), _month),
    "month_before": (N_("The month before"), _month_before),
    "year": (N_("Last year of the data"), _year),
}
# The labels, as messages.
PRESETS: Mapping[str, str] = {name: label for name, (label, _make) in _PRESETS.items()}


def preset_dates(name: str, extent: Extent) -> _Dates:
    """The first and the last day; a month or a year ends with the data. Raises KeyError."""
    return _PRESETS[name][1](day_of(extent.last))
