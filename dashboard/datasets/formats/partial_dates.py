"""Dates of which only the month or the year is known, and days with a clock, a weekday or an ordinal.

E.g. "January 2021" and 2021-01 are the month, 2021 the year, "Monday, 18th January 2021 10:00" the day.
"""

import calendar
import re
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale

from dashboard.datasets.formats.date_ranges import between, part_of_month, period
from dashboard.datasets.formats.days import YEARS, DateOrder, day, months, without_era
from dashboard.datasets.formats.hijri_dates import hijri_interval
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.text.clitics import IN, TO
from dashboard.text.normalise import fold

Interval = tuple[date, date]
_LANGUAGES = (
    "ar", "ar_SY", "en", "fr", "de", "es", "it", "pt", "nl", "tr", "ru", "uk", "pl", "ku", "ckb", "fa",
    "id", "so", "sw",
)  # fmt: skip
# Most days of most tables: they need no names of months and weekdays, which take time to load.
_PLAIN_DAY = re.compile(r"[0-9]{4}-(?!00)[0-9]{2}-(?!00)[0-9]{2}")
_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/. ]00?)?$")
_UNKNOWN_DAY = re.compile(r"(\d{4}[-/.]\d{1,2})[-/.]00?$")
_MONTH_LAST = re.compile(r"(\d{1,2})[/.-](\d{4})$")
_YEAR = re.compile(r"(\d{4})(?:[-/. ]00?(?:[-/. ]00?)?)?$")
_NAMED = re.compile(r"([^\W\d]+(?: [^\W\d]+)?)\.?,? (?:de |of )?(\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4}) ([^\W\d]+(?: [^\W\d]+)?)$")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?([^\W\d]+(?: [^\W\d]+)?)\.?,?[ -]"
                  r"(?:de |of )?(\d{4})$")  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|e|ي)\b")
_CLOCK = re.compile(
    r"(?<=\d{4}),?(?:[ t]+| ?[-–] )(?:at )?\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?: ?(?:[ap]\.?m\.?|[صم]))?(?: ?(?:z|utc|gmt|[a-z]{3,4}|[+-]\d{2}(?::?\d{2})?))?"
    r"(?: ?\(local(?: time)?\))?$"
)
_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2}[ t]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?[+-]\d{2}$")


_CLOCK_FIRST = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?,? (?=\S)")
_TWO_NAMES = re.compile(r"([^\W\d]+(?: [^\W\d]+)?) ?[/(] ?([^\W\d]+(?: [^\W\d]+)?) ?\)?(?= ?\d|$)")
_ORDERS = (
    (re.compile(r"(\d{4})[ /-]([^\W\d]+)\.?[ /-](\d{1,2})"), r"\3 \2 \1"),
    (re.compile(r"(\d{1,2})[/.]([^\W\d]+(?: [^\W\d]+)?)[/.](\d{4})"), r"\1 \2 \3"),
    (re.compile(r"(\d{1,2})([^\W\d]{3,})(\d{4})"), r"\1 \2 \3"),
    # As "Mon Jan 18 10:00:00 +0000 2021" in JSON of social networks.
    (re.compile(r"(?:[a-z]{3} )?([a-z]{3}) (\d{1,2}) [\d:]{8} (?:[+-]\d{4}|[a-z]{3,4}) (\d{4})"),
     r"\2 \1 \3"),
    (re.compile(r"(\d{8})t\d{4,6}z?"), r"\1"),
    (re.compile(r"the (\d{1,2}(?:st|nd|rd|th) of .+)"), r"\1"),
    (re.compile(r"(\d{1,2}(?:st|nd|rd|th)? of [^\W\d]+), (\d{4})"), r"\1 \2"),
    (re.compile(r"(\d{1,2} [^\W\d]+\.?,?) '(\d\d)"), r"\1 \2"),
)  # fmt: skip
_UNKNOWN_ISO = re.compile(r"(\d{4})[-/.](\d{2}|[xu?]{2})[-/.][xu?]{2}")
# Between one day in two calendars, and how far both may differ.
_BOTH = re.compile(rf" ?(?:[()=]| [/-] |{fold('الموافق')} ?(?:{TO}|{IN})? ?|corresponding to) ?")
_TOLERANCE = timedelta(days=2)
_UNKNOWN_FIRST = re.compile(r"[x?]{2}[-/.](\d{1,2})[-/.](\d{4})")


# Most characters of a date with its words; patterns would be tried at each letter of a longer text.
LONGEST = 200


# The chunks of a file have the same days.
@lru_cache(maxsize=20_000)
def interval(text: str, order: DateOrder | None, *, hijri: bool = False) -> Interval | None:
    """The first and last day that a cell may mean; `None` if it is not a date, or needs an `order`.

    If `hijri`, numbers alone are of the Hijri calendar. A day in both calendars must be one day.
    Raises ValueError for a day that the calendar lacks, and for years before 1800 or after 2100.
    """
    if len(text) > LONGEST:
        return None
    if _PLAIN_DAY.fullmatch(text) and not hijri and (exact := day(text, order)):
        return exact, exact
    plain = _one_month_name(_without_weekday(re.sub(r"\s+", " ", fold(text)).strip()))
    if found := hijri_interval(plain, order, of_column=hijri) or _of_both(plain, order):
        return found
    plain = without_era(plain)
    plain = _ZONE.sub(r"\1", _CLOCK_FIRST.sub("", plain)).replace(" de ", " ")
    plain = _unknown_parts(_rearranged(plain))
    return period(plain) or _one(plain, order) or between(plain, lambda part: _one(part, order))


def _of_both(plain: str, order: DateOrder | None) -> Interval | None:
    """The day of a text that gives it in two calendars, e.g. "18/1/2021 الموافق 5/6/1442هـ"."""
    parts = [part.strip(" .,") for part in _BOTH.split(plain) if part.strip(" .,")]
    if len(parts) != 2:
        return None
    for first, second in (parts, reversed(parts)):
        days = hijri_interval(first, DateOrder.DAY_FIRST, of_column=True)
        given = _one(without_era(second), order) if days else None
        if days and given and given[0] - _TOLERANCE <= days[1] and days[0] <= given[1] + _TOLERANCE:
            return given
    return None


def _one(plain: str, order: DateOrder | None) -> Interval | None:
    """The interval of a folded text with one day, month or year."""
    if partial := _UNKNOWN_DAY.match(plain):
        return _month(partial[1]) or _year(partial[1])
    if (exact := day(plain, order)) is not None:
        return exact, exact
    plain = _CLOCK.sub("", _ORDINAL.sub("", plain))
    if (exact := day(plain, order) or _day_of_other_language(plain)) is not None:
        return exact, exact
    plain = part_of_month(plain)
    return _month(plain) or _year(plain)


def _one_month_name(plain: str) -> str:
    """The text with one of two names of the same month, as "18 يناير/كانون الثاني 2021"."""
    for match in _TWO_NAMES.finditer(plain):
        for start in range(len(match[1].split())):
            first = " ".join(match[1].split()[start:])
            number = _month_number(first)
            if number is not None and number == _month_number(match[2]):
                return " ".join(plain.replace(match[0], f"{match[1]} ", 1).split())
    return plain


def _rearranged(plain: str) -> str:
    """The text of a day in an unusual order or without separators, as "2021 jan 18" or "18jan2021"."""
    for pattern, replacement in _ORDERS:
        if pattern.fullmatch(plain):
            return pattern.sub(replacement, plain)
    return plain


def _unknown_parts(plain: str) -> str:
    """The month or year of a text with letters for unknown digits, as "2021-01-xx" or "??/01/2021".

    Source: EDTF (ISO 8601-2) for X; older drafts of it for u.
    """
    if match := _UNKNOWN_ISO.fullmatch(plain):
        return match[1] if "x" in match[2] or not match[2].isdecimal() else f"{match[1]}-{match[2]}"
    if match := _UNKNOWN_FIRST.fullmatch(plain):
        return f"{match[2]}-{match[1]}"
    return plain


def _day_of_other_language(plain: str) -> date | None:
    match = _DAY.match(plain)
    number = _month_number(match[2]) if match else None
    return (
        None if match is None or number is None else _checked(int(match[3]), number, int(match[1]))
    )


def _month(plain: str) -> Interval | None:
    for pattern, year, month in ((_MONTH, 1, 2), (_MONTH_LAST, 2, 1)):
        if (match := pattern.match(plain)) and 1 <= int(match[month]) <= 12:
            return month_interval(int(match[year]), int(match[month]))
    for pattern, year, month in ((_NAMED, 2, 1), (_YEAR_FIRST, 1, 2)):
        match = pattern.match(plain)
        number = _month_number(match[month]) if match else None
        if match and number:
            return month_interval(int(match[year]), number)
    return None


def _year(plain: str) -> Interval | None:
    match = _YEAR.match(plain)
    return year_interval(int(match[1])) if match else None


def month_interval(year: int, month: int) -> Interval:
    """The first and last day of a month; raises ValueError for a year that is not accepted."""
    first = _checked(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def year_interval(year: int) -> Interval:
    """The first and last day of a year; raises ValueError for a year that is not accepted."""
    return _checked(year, 1, 1), date(year, 12, 31)


def _checked(year: int, month: int, number: int) -> date:
    if year not in YEARS:
        raise ValueError(f"expected a year from {YEARS[0]} to {YEARS[-1]}, found {year}")
    return date(year, month, number)


def part_interval(year: str, month: str, number: str) -> Interval | None:
    """The days of cells for year, month and day, of which the last may be unknown (blank, 0, 99).

    `None` without a year. Raises ValueError for cells that are no date.
    """
    if _unknown_part(year):
        return None
    if _unknown_part(month):
        return year_interval(int(year))
    at = int(month) if month.isdecimal() else _month_number(fold(month).strip("."))
    if at is None or not 1 <= at <= 12:
        raise ValueError(f"expected a month, found {month!r}")
    if _unknown_part(number):
        return month_interval(int(year), at)
    exact = _checked(int(year), at, int(number))
    return exact, exact


def _unknown_part(cell: str) -> bool:
    return cell.strip() in {"0", "00", "99", "-9", "-99"} or is_unknown(cell)


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """Month numbers by folded name in several languages, and the names of weekdays.

    A name that is of different months in two languages is left out.
    """
    numbers_of: dict[str, set[int]] = {}
    weekdays: set[str] = set()
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in locale.months[context][width].items():
                    numbers_of.setdefault(_name(name), set()).add(number)
                weekdays.update(map(_name, locale.days[context][width].values()))
    others = {
        name: next(iter(numbers)) for name, numbers in numbers_of.items() if len(numbers) == 1
    }
    return others | months(), frozenset(weekdays - set(others) - set(months()))


def _name(name: str) -> str:
    return fold(name).strip().rstrip(".")


def _month_number(name: str) -> int | None:
    return _names()[0].get(_name(name))


@cache
def _weekday() -> re.Pattern[str]:
    names = sorted(_names()[1], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})\.?,? (?=\d|[^\W\d]+\.? \d)")


def _without_weekday(plain: str) -> str:
    return _weekday().sub("", plain, count=1) if _weekday().match(plain) else plain
