"""Dates of the Hijri calendar, e.g. "5 جمادى الآخرة 1442", "1442/06/05هـ", as days of the Gregorian one.

The calendar of Umm al-Qura and that of arithmetic (as in spreadsheets) differ by up to two days, and a
table does not say which it has: the result is the interval from the one day to the other.
"""

import re
from datetime import date
from functools import cache

from hijridate import Hijri

from dashboard.datasets.formats.days import DateOrder
from dashboard.dates.lexicon import load_words
from dashboard.text.normalise import fold

Interval = tuple[date, date]
# Signs behind a year; "ه.ش" and "solar" are of another calendar.
_ERA = rf"(?:{fold('هـ')}|ah|a\.h\.|h|{fold('هجري')}|{fold('هجرية')}|hijri)"
_OTHER = re.compile(
    rf"{fold('شمسي')}|{fold('شمسية')}|solar|shamsi|jalali|persian|{fold('ه')}\.? ?{fold('ش')}\b"
)
_COLUMN = re.compile(rf"{fold('هجري')}|hijri|\bah\b|islamic calendar")
_YEAR = r"(1[345]\d\d)"
_NAMED = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[ -]+)?(?:{fold('شهر')} )?"
    rf"([^\W\d_][^\d]*?),?[ -]+{_YEAR}(?: ?{_ERA})?"
)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2{_YEAR}( ?{_ERA})?")
_YEAR_FIRST = re.compile(rf"{_YEAR}([./-])(\d{{1,2}})(?:\2(\d{{1,2}}))?( ?{_ERA})?")
_ALONE = re.compile(rf"{_YEAR}( ?{_ERA})?")
# The day before the calendar of arithmetic begins, as of `date.toordinal`: 15 July 622 of the Julian
# calendar. Source: Reingold and Dershowitz, Calendrical Calculations, "The Islamic Calendar".
_EPOCH = 227_014


def is_hijri_column(column: str) -> bool:
    """Whether the name of a column says that its dates are of the lunar Hijri calendar."""
    name = fold(column)
    return _COLUMN.search(name) is not None and _OTHER.search(name) is None


def hijri_interval(
    text: str, order: DateOrder | None, *, of_column: bool = False
) -> Interval | None:
    """The days that a Hijri day, month or year may be; `None` for any other text.

    Numbers alone are of this calendar only behind a sign such as "هـ", or if the column says so
    (`of_column`): 1399/10/29 may be a Persian date. `order` is that of day and month in 5/6/1442.
    """
    plain = " ".join(fold(text).split()).strip(" .")
    if _OTHER.search(plain):
        return None
    if (match := _NAMED.fullmatch(plain)) and (month := _months().get(_key(match[2]))):
        return _interval(int(match[3]), month, match[1])
    if (match := _YEAR_LAST.fullmatch(plain)) and (of_column or match[5]):
        return _in_order(int(match[4]), int(match[1]), int(match[3]), order)
    if (match := _YEAR_FIRST.fullmatch(plain)) and (of_column or match[5]):
        return _interval(int(match[1]), int(match[3]), match[4])
    if (match := _ALONE.fullmatch(plain)) and (of_column or match[2]):
        first, last = _interval(int(match[1]), 1, None), _interval(int(match[1]), 12, None)
        return (first[0], last[1]) if first and last else None
    return None


def _in_order(year: int, first: int, second: int, order: DateOrder | None) -> Interval | None:
    """The days of two numbers, of which one is the month; `None` if both may be."""
    if order is DateOrder.MONTH_FIRST or (order is None and second > 12):
        return _interval(year, first, str(second))
    if order is DateOrder.DAY_FIRST or first > 12 or first == second:
        return _interval(year, second, str(first))
    return None


def _interval(year: int, month: int, number: str | None) -> Interval | None:
    """From the first to the last day that it may be, by both calendars; `None` if it does not exist."""
    try:
        days = Hijri(year, month, 1).month_length()
        first = Hijri(year, month, int(number or 1))
        last = Hijri(year, month, int(number or days))
    except (ValueError, OverflowError):
        return None
    ends = [_arithmetic(year, month, day.day) for day in (first, last)]
    ends += [date(*day.to_gregorian().datetuple()) for day in (first, last)]
    return min(ends), max(ends)


def _arithmetic(year: int, month: int, day: int) -> date:
    """The day of the calendar of arithmetic, whose cycle of 30 years has 11 leap years."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
    return date.fromordinal(_EPOCH + before + day)


def _key(name: str) -> str:
    """A name without accents of transliteration and articles: "Jumādā al-Ākhirah", "dhu'l-hijja"."""
    return re.sub(r"[\W_]+", "", re.sub(r"\b[a-z]{1,2}[- ](?=\w{3})", "", fold(name)))


@cache
def _months() -> dict[str, int]:
    words = load_words()
    return {
        _key(word): words.number(role, word)
        for role in ("hijri_month", "hijri_month_en")
        for word in words.roles[role]
    }
