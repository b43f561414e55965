"""Several days in one cell, e.g. "1-3 Jan 2021", "30 Jan - 2 Feb 2021", "2021-01-01/2021-01-03".

Words such as "early" or "منتصف" before a month are left out: the event is dated within that month. A
season is not read: it depends on the country, and winter is of two years.
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
_NTH_WEEK = r"(?:[1-5](?:st|nd|rd|th)?|first|second|third|fourth|fifth|last) week"
_HALF_MONTH = (
    rf"(?:first|second) half|{fold('النصف')} (?:{fold('الأول')}|{fold('الثاني')})(?: {fold('من')})?"
)
_PART = re.compile(
    rf"^(?:the )?(?:{_PARTS}|{_NTH_WEEK}|{_HALF_MONTH})(?: of)?(?: the)?"
    rf"(?: month of| year| {fold('شهر')}| {fold('عام')}| {fold('سنة')})?[ -]"
)
_TO = "|".join(map(fold, ("to", "until", "till", "through", "bis", "au", "à", "إلى", "حتى")))
_AND = f"(?: ?[-–—/&] ?| (?:{_TO}|and|et|und|و) ?)"
_FROMS = "|".join(map(fold, (
    "from", "between", "night of", "the night of", "du", "von", "vom", "من", "بين", "ليلة",
)))  # fmt: skip
_FROM = re.compile(rf"^(?:{_FROMS}) ")
_WHOLE = re.compile(rf"(.+?)(?: ?[–—] ?| - | (?:{_TO}) )(.+)")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2}) ?[/_] ?(\d{4}-\d{2}-\d{2})")
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_DAYS = re.compile(rf"{_NUMBER}{_AND}{_NUMBER}(\.?,?[ -](?:of )?[^\W\d].*\d{{4}})")
_MONTH_FIRST = re.compile(rf"([^\W\d]+)\.? {_NUMBER}{_AND}{_NUMBER}(,? \d{{4}})")
_WITH_YEAR = re.compile(r"\d{4}")
# "18-20/1/2021", "18.-20.1.2021"; and a first day without its year, as "18/1 - 20/1/2021".
_NUMBERS = re.compile(r"(\d{1,2})\.? ?[-–—/] ?(\d{1,2})(([./])\d{1,2}\4\d{4})")
_WITHOUT_YEAR = re.compile(r"\d{1,2}([./])\d{1,2}\1?")
_NAMED_MONTHS = re.compile(r"([^\W\d_]+)\.?[-/]([^\W\d_]+\.? \d{4})")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
# Words for parts of a year, folded, with how many such parts it has.
_QUARTERS = "|".join(map(fold, ("q", "t", "quarter", "trimestre", "trimester", "quartal", "الربع")))
_HALVES = "|".join(map(fold, ("h", "half", "semestre", "semester", "halbjahr", "النصف")))
_NTHS = {
    fold(word): at
    for at, words in enumerate((
        ("1", "1st", "1er", "1º", "first", "premier", "primer", "erstes", "الأول"),
        ("2", "2nd", "2e", "2ème", "2º", "second", "deuxième", "segundo", "zweites", "الثاني"),
        ("3", "3rd", "3e", "3ème", "3º", "third", "troisième", "tercer", "drittes", "الثالث"),
        ("4", "4th", "4e", "4ème", "4º", "fourth", "quatrième", "cuarto", "viertes", "الرابع"),
    ), 1)
    for word in words
}  # fmt: skip
_NTH = "|".join(sorted(map(re.escape, _NTHS), key=len, reverse=True))
_PART_WORD = rf"(?:(?P<quarter>{_QUARTERS})|(?P<half>{_HALVES}))"
_YEAR = r"(?P<year>\d{4})"
_OF = rf"[ ,/-]*(?:of |de |{fold('من')} )?(?:the )?(?:year |{fold('عام')} |{fold('سنة')} )?"
_PARTS_OF_YEAR = tuple(
    re.compile(form)
    for form in (
        rf"{_PART_WORD} ?(?P<nth>{_NTH}){_OF}{_YEAR}",
        rf"(?:the )?(?P<nth>{_NTH})\.? ?{_PART_WORD}{_OF}{_YEAR}",
        rf"{_YEAR}[ ,/-]*{_PART_WORD} ?(?P<nth>{_NTH})",
    )
)


def part_of_month(plain: str) -> str:
    """A folded text without a word for a part of a month, e.g. "early january 2021"."""
    return _PART.sub("", plain)


def period(plain: str) -> Interval | None:
    """The interval of a week of ISO 8601, a quarter or a half, e.g. "2021-w03", "q1 2021"."""
    if match := _WEEK.fullmatch(plain):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return first, first + timedelta(days=6)
    for form in _PARTS_OF_YEAR:
        if match := form.fullmatch(plain):
            return _part_of_year(match)
    return None


def _part_of_year(match: re.Match[str]) -> Interval | None:
    """The first and the last day of a quarter or a half of a year; `None` for a third half."""
    months, nth, year = 3 if match["quarter"] else 6, _NTHS[match["nth"]], int(match["year"])
    if months * nth > 12:
        return None
    end = date(year + months * nth // 12, months * nth % 12 + 1, 1)
    return date(year, months * (nth - 1) + 1, 1), end - timedelta(days=1)


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
    if match := _NUMBERS.fullmatch(text):
        return [(match[1] + match[3], match[2] + match[3])]
    match = _NAMED_MONTHS.fullmatch(text) or _WHOLE.fullmatch(text)
    if match is None:
        return []
    first, last = match[1], match[2]
    year = _WITH_YEAR.findall(last)
    if not _WITH_YEAR.search(first) and year:
        numbers = _WITHOUT_YEAR.fullmatch(first)
        joint = numbers[1] if numbers else " "
        return [(f"{first.rstrip(joint)}{joint}{year[-1]}", last)]
    return [(first, last)]
