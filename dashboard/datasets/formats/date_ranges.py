"""Several days in one cell, e.g. "1-3 Jan 2021", "30 Jan - 2 Feb 2021", "2021-01-01/2021-01-03".

Words such as "early" or "منتصف" before a month are left out: the event is dated within that month.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dashboard.text.normalise import fold

Interval = tuple[date, date]
Read = Callable[[str], Interval | None]

# Words for a part of a month, of several days, and between two days, in the languages of tables; folded.
_PARTS = "|".join(map(fold, (
    "early", "mid", "middle", "late", "beginning", "start", "end", "during", "in", "sometime in",
    "début", "mi", "fin", "anfang", "mitte", "ende", "مطلع", "أوائل", "بداية", "منتصف", "أواسط", "أواخر",
    "نهاية", "خلال",
)))  # fmt: skip
_PART = re.compile(rf"^(?:the )?(?:{_PARTS})(?: of)?(?: the)?(?: month of| {fold('شهر')})?[ -]")
_TO = "|".join(map(fold, ("to", "until", "till", "through", "bis", "au", "à", "إلى", "حتى")))
_AND = f"(?: ?[-–—/&] ?| (?:{_TO}|and|et|und|و) ?)"
_FROMS = "|".join(map(fold, (
    "from", "between", "night of", "the night of", "du", "von", "vom", "من", "بين", "ليلة",
)))  # fmt: skip
_FROM = re.compile(rf"^(?:{_FROMS}) ")
_WHOLE = re.compile(rf"(.+?)(?: ?[–—] ?| - | (?:{_TO}) )(.+)")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2}) ?[/_] ?(\d{4}-\d{2}-\d{2})")
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAYS = re.compile(rf"{_NUMBER}{_AND}{_NUMBER}(\.?,?[ -](?:of )?\D.*\d{{4}})")
_MONTH_FIRST = re.compile(rf"([^\W\d]+)\.? {_NUMBER}{_AND}{_NUMBER}(,? \d{{4}})")
_WITH_YEAR = re.compile(r"\d{4}")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_QUARTER = re.compile(r"(?:q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4]))")


def part_of_month(plain: str) -> str:
    """A folded text without a word for a part of a month, e.g. "early january 2021"."""
    return _PART.sub("", plain)


def period(plain: str) -> Interval | None:
    """The interval of a week of ISO 8601 or of a quarter, e.g. "2021-w03", "q1 2021"."""
    if match := _WEEK.fullmatch(plain):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return first, first + timedelta(days=6)
    if match := _QUARTER.fullmatch(plain):
        year, quarter = int(match[2] or match[3]), int(match[1] or match[4])
        end = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
        return date(year, quarter * 3 - 2, 1), end - timedelta(days=1)
    return None


def between(plain: str, read: Read) -> Interval | None:
    """The interval from the first to the last day of a folded text, by `read` for each of them.

    `None` for a text without two days, or with the last before the first.
    """
    text = _FROM.sub("", plain)
    for first, last in _pairs(text):
        start, end = read(first), read(last)
        if start and end and start[0] <= end[1] and start != end:
            return start[0], end[1]
    return None


def _pairs(text: str) -> list[tuple[str, str]]:
    """The two texts that may be the first and the last day, with the month and year of the other."""
    if match := _ISO.fullmatch(text):
        return [(match[1], match[2])]
    if match := _DAYS.fullmatch(text):
        return [(match[1] + match[3], match[2] + match[3])]
    if match := _MONTH_FIRST.fullmatch(text):
        return [(f"{match[1]} {match[2]}{match[4]}", f"{match[1]} {match[3]}{match[4]}")]
    match = _WHOLE.fullmatch(text)
    if match is None:
        return []
    first, last = (match[1], match[2]) if match[1] else (match[3], match[4])
    year = _WITH_YEAR.findall(last)
    if not _WITH_YEAR.search(first) and year:
        return [(f"{first} {year[-1]}", last)]
    return [(first, last)]
