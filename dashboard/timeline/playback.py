"""The windows of a playback, one after another, as frontend/timeline/playback.js has them on the screen.

E.g. by month, from 10 November to 5 January: 10 to 30 November, December, 1 to 5 January.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from dashboard.language.messages import N_

_DAY = timedelta(days=1)
# Up to so many days, a step of "all up to the date" is a day; up to so many, a week; then a month.
_DAILY, _WEEKLY = 62, 800

Days = tuple[date, date]


class PlayedWindow(StrEnum):
    """What is shown at one time: a day, a week from Monday, a calendar month, or all up to a day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNTIL = "until"


WINDOW_LABELS: Mapping[PlayedWindow, str] = {
    PlayedWindow.DAY: N_("one day"),
    PlayedWindow.WEEK: N_("one week, from Monday"),
    PlayedWindow.MONTH: N_("one month of the calendar"),
    PlayedWindow.UNTIL: N_("all up to the date"),
}


def playback_windows(window: PlayedWindow, first: date, last: date) -> list[Days]:
    """The windows that together show all days first..last, each cut to these days."""
    if window is PlayedWindow.UNTIL:
        return [(first, end) for _start, end in _periods(_step(first, last), first, last)]
    return list(_periods(window, first, last))


def _step(first: date, last: date) -> PlayedWindow:
    days = (last - first).days + 1
    if days <= _DAILY:
        return PlayedWindow.DAY
    return PlayedWindow.WEEK if days <= _WEEKLY else PlayedWindow.MONTH


def _periods(period: PlayedWindow, first: date, last: date) -> Iterator[Days]:
    """The days first..last divided into periods."""
    start = first
    while start <= last:
        end = min(_period_end(period, start), last)
        yield start, end
        if end == last:
            return
        start = end + _DAY


def _period_end(period: PlayedWindow, day: date) -> date:
    """The last day of the period in which a day is."""
    if period is PlayedWindow.DAY:
        return day
    if period is PlayedWindow.WEEK:
        return day + timedelta(days=min(6 - day.weekday(), (date.max - day).days))
    after = (
        (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        if day < date(9999, 12, 1)
        else None
    )
    return after - _DAY if after else date.max
