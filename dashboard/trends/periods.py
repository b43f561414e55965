"""The periods of a window, e.g. the weeks from 8 November 2020 to 27 February 2021."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.model.event_tables import day_of
from dashboard.model.trend import Period, Step
from dashboard.query.histogram import Extent
from dashboard.query.query import Query

# More bars than this are not readable; the next longer step is taken.
MOST_PERIODS = 400
# If nobody chose a step, the shortest one with at most so many periods.
_READABLE = 92
_DAY = timedelta(days=1)
_LONGEST = 390 * 365
# So many days from both ends of the calendar of Python every next and last period is in it.
_MARGIN = 400


def window(query: Query, extent: Extent) -> Period:
    """The days of the query; where it has no bound, those of the timeline.

    A link may have any dates: the window is cut to 390 years, within which all steps can be counted.
    """
    first, last = day_of(extent.first), day_of(extent.last)
    start = _in_calendar(query.start or min(first, query.end or first))
    end = _in_calendar(max(start, query.end or last))
    return Period(start, min(end, _in_calendar(start, _LONGEST)))


def step_of(chosen: Step | None, days: Period) -> Step:
    """The step that was chosen, or a longer one if it has more than `MOST_PERIODS` periods."""
    most, steps = (_READABLE, list(Step)) if chosen is None else (MOST_PERIODS, _from(chosen))
    return next((step for step in steps if _count(days, step) <= most), Step.YEAR)


def periods(days: Period, step: Step) -> Sequence[Period]:
    """The periods of a step in order; the first and the last are cut at the window."""
    starts = [days.start]
    while (following := _start_after(starts[-1], step)) <= days.end:
        starts.append(following)
    ends = [start - _DAY for start in starts[1:]] + [days.end]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


def halves(days: Period) -> tuple[Period, Period]:
    """The days in two periods, of which the second is at most a day longer; one day is in both."""
    later = days.start + timedelta(days=days.days // 2)
    return Period(days.start, max(days.start, later - _DAY)), Period(later, days.end)


def with_the_same_before(days: Period) -> tuple[Period, Period]:
    """As many days that end before the window, and the window."""
    end = days.start - _DAY
    return Period(min(_in_calendar(end, 1 - days.days), end), end), days


def with_the_year_before(days: Period) -> tuple[Period, Period]:
    """The same dates a year before, and the window; 29 February becomes 28 February."""
    return Period(_year_before(days.start), _year_before(days.end)), days


def _in_calendar(day: date, later: int = 0) -> date:
    """The day so many days later, or the nearest one at a distance from the ends of the calendar."""
    first, last = date.min.toordinal() + _MARGIN, date.max.toordinal() - _MARGIN
    return date.fromordinal(min(max(day.toordinal() + later, first), last))


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def _from(step: Step) -> list[Step]:
    steps = list(Step)
    return steps[steps.index(step) :]


def _count(days: Period, step: Step) -> int:
    """The number of periods, or a number above `MOST_PERIODS` for days that are obviously too many."""
    longest = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 31, Step.YEAR: 366}[step]
    if days.days > longest * MOST_PERIODS:
        return -(-days.days // longest)
    return len(periods(days, step))


def _start_after(day: date, step: Step) -> date:
    """The first day of the period after that of a day."""
    if step is Step.DAY:
        return day + _DAY
    if step is Step.WEEK:
        return day + timedelta(days=7 - day.weekday())
    if step is Step.MONTH:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date(day.year + 1, 1, 1)
