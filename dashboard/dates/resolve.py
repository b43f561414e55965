"""Resolve the parts of a date to an interval, e.g. (27, December) on 2021-01-05 -> 2020-12-27.

Never more precise than the words: a month is a month, "a few days ago" is a week. Weeks begin on
Saturday, as in Syria and Iraq (Unicode CLDR 46, supplemental week data).
"""

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from dashboard.model.when import DatePrecision, When

# A date without a year is the last one before publication, or at most so many days after it.
_AHEAD_DAYS = 14
_SATURDAY = 5
# Days in a unit, and the precision of "about" so many units ago.
_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_PRECISION = {
    "hour": DatePrecision.WEEK,
    "day": DatePrecision.WEEK,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
}
# "A few" of a unit: fewest and most days.
_FEW = {
    "hour": (0, 1),
    "day": (2, 10),
    "week": (2 * 7, 9 * 7),
    "month": (2 * 30, 10 * 30),
    "year": (2 * 365, 9 * 365),
}
_FEW_PRECISION = {
    "hour": DatePrecision.WEEK,
    "day": DatePrecision.WEEK,
    "week": DatePrecision.MONTH,
    "month": DatePrecision.YEAR,
    "year": DatePrecision.OPEN,
}
# "The last days", a plural without a number: so many days.
_RECENT = {"hour": 1, "day": 7, "week": 35, "month": 180, "year": 5 * 365}


def day_of(year: int, month: int, day: int) -> When | None:
    """That day; `None` if the calendar has no such day."""
    try:
        return _on(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> When:
    """All days of a month."""
    last = monthrange(year, month)[1]
    return When(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)


def year_of(year: int) -> When:
    """All days of a year."""
    return When(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)


def day_or_month(year: int, month: int, day: int | None) -> When | None:
    """That day, or all of the month if `day` is `None`; `None` if the calendar has no such day."""
    return month_of(year, month) if day is None else day_of(year, month, day)


def guess_year(month: int, day: int | None, published: date) -> int:
    """The year of a date without one: the last such date before publication, or just after it."""
    this = day_or_month(published.year, month, day)
    if this is None or this.start is None:
        return published.year - 1
    ahead = (this.start - published).days
    if ahead > _AHEAD_DAYS or (ahead > 0 and day is None):
        return published.year - 1
    if ahead < -350 and day is not None:
        return published.year + 1
    return published.year


def year_by(deictic: str, month: int, published: date) -> int:
    """The year of "last December", "this December", "next December"."""
    if deictic == "this":
        return min(
            (published.year - 1, published.year, published.year + 1),
            key=lambda year: abs((date(year, month, 15) - published).days),
        )
    if deictic == "next":
        return published.year if month > published.month else published.year + 1
    return published.year if month < published.month else published.year - 1


def shifted_year(deictic: str, published: date) -> int:
    """The year of "last year", "this year", "next year"."""
    return published.year + {"last": -1, "this": 0, "next": 1}[deictic]


def shifted_month(deictic: str, published: date) -> tuple[int, int]:
    """Year and month of "last month", "this month", "next month"."""
    at = published.year * 12 + published.month - 1 + {"last": -1, "this": 0, "next": 1}[deictic]
    return at // 12, at % 12 + 1


def shifted_week(deictic: str, published: date) -> When:
    """The days of "last week", "this week", "next week"."""
    start = published - timedelta(days=(published.weekday() - _SATURDAY) % 7)
    start += timedelta(days={"last": -7, "this": 0, "next": 7}[deictic])
    return When(start, start + timedelta(days=6), DatePrecision.WEEK)


def weekday_of(weekday: int, deictic: str | None, published: date) -> When:
    """The last such weekday (Monday is 1) before publication, or the day of publication itself.

    "last" excludes the day of publication; "next" is the first such weekday after it.
    """
    if deictic == "next":
        ahead = (weekday - published.isoweekday()) % 7 or 7
        return _on(published + timedelta(days=ahead))
    back = (published.isoweekday() - weekday) % 7
    if deictic == "last" and back == 0:
        back = 7
    return _on(published - timedelta(days=back))


def offset(days: int, published: date) -> When:
    """The day so many days after publication; before it if negative."""
    return _on(published + timedelta(days=days))


def days_before(published: date, days: int) -> date | None:
    """The day so many days before; `None` if that is before 0001-01-01."""
    return published - timedelta(days=days) if (published - date.min).days >= days else None


def ago(number: int, unit: str, published: date, *, about: bool) -> When:
    """So many units before publication; only a number of days without "about" is a single day."""
    if unit == "day" and not about:
        return offset(-number, published)
    if unit == "hour":
        return When(published - timedelta(days=1 + number // 24), published, DatePrecision.WEEK)
    if unit == "year" and not about:
        return year_of(published.year - number)
    middle = published - timedelta(days=number * _DAYS[unit])
    slack = timedelta(days={"day": max(1, number // 5), "week": 3, "month": 15, "year": 200}[unit])
    return When(middle - slack, min(middle + slack, published), _PRECISION[unit])


def few_ago(unit: str, published: date) -> When:
    """A few units before publication: from about ten of them to two."""
    fewest, most = _FEW[unit]
    first, last = published - timedelta(days=most), published - timedelta(days=fewest)
    return When(first, last, _FEW_PRECISION[unit])


def since(number: int | None, unit: str, published: date) -> When:
    """The time from so many units ago (`None`: a few) until publication."""
    if number is None:
        return When(few_ago(unit, published).start, published, _FEW_PRECISION[unit])
    days = number * _DAYS[unit] + (_DAYS[unit] // 2 if unit in {"week", "month", "year"} else 0)
    start = published - timedelta(days=max(1, days) if unit == "hour" else days)
    return When(start, published, _precision(start, published))


def recent(number: int | None, unit: str, published: date) -> When:
    """The last so many units (`None`: the last few) up to publication."""
    if number is None:
        days = _RECENT[unit]
    elif unit == "hour":
        days = max(1, number // 24)
    else:
        days = number * _DAYS[unit]
    start = published - timedelta(days=days)
    return When(start, published, _precision(start, published))


def part_of(whole: When, part: str) -> When:
    """The early, middle or late third of a month or year; a day or a week is returned as it is."""
    if whole.start is None or whole.end is None:
        return whole
    if whole.precision in {DatePrecision.DAY, DatePrecision.WEEK}:
        return whole
    if whole.precision is DatePrecision.YEAR and whole.start.month == 1:
        first = {"early": 1, "middle": 5, "late": 9}[part]
        year = whole.start.year
        last = monthrange(year, first + 3)[1]
        return When(date(year, first, 1), date(year, first + 3, last), DatePrecision.YEAR)
    days = (whole.end - whole.start).days + 1
    third = days // 3
    if part == "early":
        return When(whole.start, whole.start + timedelta(days=third - 1), whole.precision)
    if part == "late":
        return When(whole.end - timedelta(days=third), whole.end, whole.precision)
    return When(
        whole.start + timedelta(days=third), whole.end - timedelta(days=third), whole.precision
    )


def nth_of(whole: When, number: int, of: int) -> When | None:
    """The nth of `of` equal parts of a month or year, e.g. the second half, the first quarter."""
    if whole.start is None or whole.end is None or not 1 <= number <= of:
        return None
    days = (whole.end - whole.start).days + 1
    start = whole.start + timedelta(days=days * (number - 1) // of)
    end = whole.start + timedelta(days=days * number // of - 1)
    return When(start, end, whole.precision)


def season_of(season: str, year: int) -> When:
    """A season of the northern hemisphere; winter is the whole year, as it may be either end of it."""
    months = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}.get(season)
    if months is None:
        return year_of(year)
    last = monthrange(year, months[1])[1]
    return When(date(year, months[0], 1), date(year, months[1], last), DatePrecision.YEAR)


def hijri_day(year: int, month: int, day: int | None) -> When | None:
    """A day, or a month if `day` is `None`, of the Umm al-Qura calendar; `None` outside 1343-1500 AH."""
    try:
        first = Hijri(year, month, day or 1).to_gregorian()
        start = date(first.year, first.month, first.day)
        if day:
            return _on(start)
        days = Hijri(year, month, 1).month_length()
        last = Hijri(year, month, days).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return When(start, date(last.year, last.month, last.day), DatePrecision.MONTH)


def hijri_year(month: int, published: date) -> int:
    """The Hijri year of a month without one: the last such month before or at publication."""
    now = Gregorian(published.year, published.month, published.day).to_hijri()
    return now.year if month <= now.month else now.year - 1


def until(first: When, last: When) -> When | None:
    """From the start of one interval to the end of another; `None` if the end is before the start."""
    if first.start is None or last.end is None or first.start > last.end:
        return None
    return When(first.start, last.end, _precision(first.start, last.end))


def _precision(start: date, end: date) -> DatePrecision:
    days = (end - start).days
    if days == 0:
        return DatePrecision.DAY
    for most, precision in (
        (9, DatePrecision.WEEK),
        (45, DatePrecision.MONTH),
        (366, DatePrecision.YEAR),
    ):
        if days <= most:
            return precision
    return DatePrecision.OPEN


def _on(day: date) -> When:
    return When(day, day, DatePrecision.DAY)
