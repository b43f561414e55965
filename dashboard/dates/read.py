"""Interpret the matches of patterns as days, a function per pattern, e.g. "قبل أسبوعين" -> a week."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dashboard.dates import resolve
from dashboard.dates.lexicon import load_words
from dashboard.dates.patterns import SEPARATOR, patterns
from dashboard.model.message import Message, StoredText, joined, message
from dashboard.model.when import DatePrecision, When

_UNKNOWN = message("needs the day of publication, which is not known")
_NO_YEAR = message("no year is named")
_NO_YEAR_UNKNOWN = joined(_NO_YEAR, _UNKNOWN)
_FULL = message("written in full")
_DAY_FIRST = message("written in full, the day first")
_MONTH_FIRST = message("written in full, the month first")
_A_YEAR = message("a year")
_PARTS = {"early": message("early"), "middle": message("middle"), "late": message("late")}
# Words after which the name of a month with another meaning, or a bare year, is a date.
_WORDS_BEFORE_DATE = frozenset(
    {"في", "خلال", "منذ", "حتي", "بين", "الي", "قبل", "بعد", "مطلع", "نهايه", "بدايه", "اوايل"}
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date may depend on: the day of publication, and the date and the word before it.

    `antecedent` is the last date before it in the text, to which "the same month" refers.
    """

    published: date | None
    antecedent: When | None
    previous_word: str


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """The days of a date in the text, and the reason for them.

    `when` is `None` without the day of publication, or if no calendar has the days (`out_of_range`).
    `day` and `month` are set if the text has no year; `end` is the end of the date, if that is after
    the end of the match.
    """

    when: When | None
    reason: StoredText
    day: int | None = None
    month: int | None = None
    end: int | None = None
    out_of_range: bool = False

    def with_year_of(self, later: "ParsedDate") -> When | None:
        """These days in the year of a later date; `None` if they have a year, or the other has none."""
        if self.month is None or later.when is None or later.when.start is None:
            return None
        start = later.when.start
        year = start.year - (self.month > start.month)
        return resolve.day_or_month(year, self.month, self.day)


Match = re.Match[str]


def _iso(match: Match, _: Anchor) -> ParsedDate | None:
    when = resolve.day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return ParsedDate(when, _FULL) if when else None


def _numeric(match: Match, _: Anchor) -> ParsedDate | None:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if len(match["year"]) == 2:
        if match["sep"] == ".":
            return None
        year += 2000
    when = resolve.day_of(year, month, day)
    if when:
        return ParsedDate(when, _DAY_FIRST)
    when = resolve.day_of(year, day, month)
    return ParsedDate(when, _MONTH_FIRST) if when else None


def _month_year(match: Match, _: Anchor) -> ParsedDate | None:
    when = resolve.month_of(int(match["year"]), int(match["month"]))
    return ParsedDate(when, message("month and year"))


def _bare_year(match: Match, anchor: Anchor) -> ParsedDate | None:
    if anchor.previous_word not in _WORDS_BEFORE_DATE:
        return None
    return ParsedDate(resolve.year_of(int(match["year"])), _A_YEAR)


def _day_month(match: Match, anchor: Anchor) -> ParsedDate | None:
    parsed = _named_month(match, anchor, int(match["day"]))
    if parsed is None or match["day2"] is None or parsed.when is None:
        return parsed
    last = _named_month(match, anchor, int(match["day2"]))
    when = resolve.until(parsed.when, last.when) if last and last.when else None
    return replace(parsed, when=when) if when else parsed


def _month(match: Match, anchor: Anchor) -> ParsedDate | None:
    explicit = any(match[name] for name in ("named", "year", "ydeictic", "mdeictic"))
    weak = match["month"] in load_words().roles["month_weak"]
    if weak and not explicit and anchor.previous_word not in _WORDS_BEFORE_DATE:
        return None
    return _named_month(match, anchor, None)


def _named_month(match: Match, anchor: Anchor, day: int | None) -> ParsedDate | None:
    words = load_words()
    role = "month" if match["month"] in words.roles["month"] else "month_weak"
    month = words.number(role, match["month"])
    if match["year"]:
        when = resolve.day_or_month(int(match["year"]), month, day)
        return ParsedDate(when, _FULL) if when else None
    if resolve.day_of(2020, month, day or 1) is None:
        return None
    if anchor.published is None:
        return ParsedDate(None, _NO_YEAR_UNKNOWN, day=day, month=month)
    year, reason = _year(match, anchor, month, day, anchor.published)
    when = resolve.day_or_month(year, month, day)
    return ParsedDate(when, reason, day=day, month=month) if when else None


def _year(
    match: Match, anchor: Anchor, month: int, day: int | None, published: date
) -> tuple[int, StoredText]:
    from_published = reckoned_from(published)
    for group in ("ydeictic", "mdeictic"):
        deictic = _deictic(match[group])
        if deictic == "same" and anchor.antecedent and anchor.antecedent.start:
            return anchor.antecedent.start.year, message("the year named last before")
        if deictic and deictic != "same":
            if group == "ydeictic":
                return resolve.shifted_year(deictic, published), from_published
            return resolve.year_by(deictic, month, published), from_published
    guessed = resolve.guess_year(month, day, published)
    last_such = message("the last such date before publication on {date}", date=published)
    return guessed, joined(_NO_YEAR, last_such)


def reckoned_from(published: date) -> Message:
    """The reason of days that are counted from the day of publication."""
    return message("reckoned from publication on {date}", date=published)


def _deictic(word: str | None) -> str | None:
    return load_words().value("deictic", word) if word else None


def _day_of_month(match: Match, anchor: Anchor) -> ParsedDate | None:
    deictic = _deictic(match["mdeictic"]) or ("this" if match["this"] else None)
    return _day_of(int(match["day"]), deictic, anchor)


def _day_of(day: int, deictic: str | None, anchor: Anchor) -> ParsedDate | None:
    """A day of the last, this, the next or the same month."""
    if deictic is None:
        return None
    if deictic == "same":
        if anchor.antecedent is None or anchor.antecedent.start is None:
            reason = message("refers to a month that no date before it names")
            return ParsedDate(None, reason)
        year, month = anchor.antecedent.start.year, anchor.antecedent.start.month
        reason = message("the month named last")
    elif anchor.published is None:
        return ParsedDate(None, _UNKNOWN)
    else:
        year, month = resolve.shifted_month(deictic, anchor.published)
        reason = reckoned_from(anchor.published)
    when = resolve.day_of(year, month, day)
    return ParsedDate(when, reason) if when else None


def _ordinal(match: Match, anchor: Anchor) -> ParsedDate | None:
    words = load_words()
    if match["tens_only"]:
        day = words.number("ordinal_tens", match["tens_only"])
    else:
        day = words.number("ordinal", match["ordinal"])
        day += 10 if match["teen"] else 0
        day += words.number("ordinal_tens", match["tens"]) if match["tens"] else 0
    if match["hmonth"]:
        return _hijri_month(match["hmonth"], match["hyear"], day, anchor)
    if match["month"]:
        return _named_month(match, anchor, day)
    return _day_of(day, _deictic(match["odeictic"]) or ("this" if match["this"] else None), anchor)


def _hijri(match: Match, anchor: Anchor) -> ParsedDate | None:
    certain = any(match[name] for name in ("named", "hyear", "mdeictic", "day"))
    if not certain and not (
        match["hmonth"] == "رمضان" and anchor.previous_word in _WORDS_BEFORE_DATE
    ):
        return None
    day = int(match["day"]) if match["day"] else None
    return _hijri_month(match["hmonth"], match["hyear"], day, anchor)


def _hijri_month(
    name: str, written: str | None, day: int | None, anchor: Anchor
) -> ParsedDate | None:
    month = load_words().number("hijri_month", name)
    if written is None and anchor.published is None:
        return ParsedDate(None, _NO_YEAR_UNKNOWN)
    year = int(written) if written else resolve.hijri_year(month, anchor.published or date.min)
    when = resolve.hijri_day(year, month, day)
    reason = joined(
        message("{year} AH by the Umm al-Qura calendar", year=year),
        message("local sighting may differ by a day"),
    )
    return ParsedDate(when, reason) if when else None


def _years(match: Match, _: Anchor) -> ParsedDate | None:
    first = resolve.year_of(int(match["year"]))
    last = resolve.year_of(int(match["year2"])) if match["year2"] else first
    when = first if last == first else resolve.until(first, last)
    reason = _A_YEAR if last == first else message("from one year to the other")
    return ParsedDate(when, reason) if when else None


def _unit(match: Match, anchor: Anchor, default: str | None = None) -> ParsedDate | None:
    deictic = _deictic(match["deictic"]) or ("this" if match["this"] else default)
    unit = load_words().value("unit", match["unit"])
    if deictic is None or unit in {"hour", "day"}:
        return None
    if deictic == "same":
        return _same(unit, anchor)
    published = anchor.published
    if published is None:
        return ParsedDate(None, _UNKNOWN)
    when = {
        "week": lambda: resolve.shifted_week(deictic, published),
        "month": lambda: resolve.month_of(*resolve.shifted_month(deictic, published)),
        "year": lambda: resolve.year_of(resolve.shifted_year(deictic, published)),
    }[unit]()
    return ParsedDate(when, reckoned_from(published))


def _same(unit: str, anchor: Anchor) -> ParsedDate | None:
    """The month or year of the antecedent: "the same month"."""
    if anchor.antecedent is None or anchor.antecedent.start is None or unit == "week":
        return None
    start = anchor.antecedent.start
    if unit == "year":
        return ParsedDate(resolve.year_of(start.year), message("the year named last before"))
    month = resolve.month_of(start.year, start.month)
    return ParsedDate(month, message("the month named last before"))


def _units(match: Match, anchor: Anchor) -> ParsedDate | None:
    words = load_words()
    written = match["units"]
    dual = written in words.roles["unit_dual"]
    unit = words.value("unit_dual" if dual else "unit_plural", written)
    number = 2 if dual else _number(match)
    return _recent(number, unit, match["deictic"], anchor)


def _count_units(match: Match, anchor: Anchor) -> ParsedDate | None:
    return _recent(_number(match), _unit_name(match["unit"]), match["deictic"], anchor)


def _recent(number: int | None, unit: str, written: str, anchor: Anchor) -> ParsedDate | None:
    deictic = _deictic(written)
    if deictic == "same":
        return None
    if anchor.published is None:
        return ParsedDate(None, _UNKNOWN)
    when = resolve.recent(number, unit, anchor.published)
    if deictic == "next" and when.start and when.end:
        when = When(when.end, when.end + (when.end - when.start), when.precision)
    return ParsedDate(when, reckoned_from(anchor.published))


def _number(match: Match) -> int | None:
    if match["number"]:
        return int(match["number"])
    return load_words().number("number", match["word"]) if match["word"] else None


def _unit_name(written: str) -> str:
    words = load_words()
    return words.roles["unit"].get(written) or words.value("unit_plural", written)


def _ago(match: Match, anchor: Anchor) -> ParsedDate | None:
    words = load_words()
    number: int | None
    if match["dual"]:
        number, unit = 2, words.value("unit_dual", match["dual"])
    elif match["one"]:
        number, unit = 1, words.value("unit", match["one"])
    elif match["plural"]:
        number, unit = None, words.value("unit_plural", match["plural"])
    else:
        number, unit = _number(match), _unit_name(match["unit_n"] or match["unit_w"])
    published = anchor.published
    if published is None:
        return ParsedDate(None, _UNKNOWN)
    about = bool(match["about"] or match["half"])
    if match["how"] == "منذ":
        when = resolve.since(number, unit, published)
    elif number is None:
        when = resolve.few_ago(unit, published)
    else:
        when = resolve.ago(number, unit, published, about=about)
    return ParsedDate(when, reckoned_from(published))


def _weekday(match: Match, anchor: Anchor) -> ParsedDate | None:
    if anchor.previous_word == "بين" and match["weekday"] == "الاثنين" and not match["deictic"]:
        return None
    full_date = _full_date_after(match, anchor)
    if full_date is not None:
        return full_date
    if anchor.published is None:
        return ParsedDate(None, _UNKNOWN)
    words = load_words()
    weekday = words.number("weekday", match["weekday"])
    offset = match["offset"] or match["offset2"]
    if offset:
        day = resolve.offset(words.number("day_offset", offset), anchor.published)
        if day.start and day.start.isoweekday() == weekday:
            return ParsedDate(day, reckoned_from(anchor.published))
    deictic = _deictic(match["deictic"])
    when = resolve.weekday_of(weekday, deictic, anchor.published)
    reason = message("the last such weekday before publication on {date}", date=anchor.published)
    if offset:
        reason = message(
            "the last such weekday before publication on {date}, as “{word}” would be another "
            "weekday",
            date=anchor.published,
            word=offset,
        )
    return ParsedDate(when, reason)


def _full_date_after(match: Match, anchor: Anchor) -> ParsedDate | None:
    """The full date after a weekday: Monday, 28 December 2020."""
    separator = SEPARATOR.match(match.string, match.end())
    at = separator.end() if separator else match.end()
    for name in ("iso", "numeric", "day_month", "day_of_month", "ordinal", "hijri"):
        following = patterns()[name].match(match.string, at)
        if following is None:
            continue
        parsed = PARSERS[name](following, anchor)
        if parsed and (parsed.when is None or parsed.when.precision is DatePrecision.DAY):
            return replace(parsed, end=following.end())
    return None


def _offset(match: Match, anchor: Anchor) -> ParsedDate | None:
    words = load_words()
    days = words.number("day_offset", match["offset"])
    if match["offset"] == "اليوم" and _is_not_today(match, anchor):
        return None
    if anchor.published is None:
        return ParsedDate(None, _UNKNOWN)
    when = resolve.offset(days, anchor.published)
    return ParsedDate(when, reckoned_from(anchor.published))


def _is_not_today(match: Match, anchor: Anchor) -> bool:
    """Whether "اليوم" does not mean "today" but "the day of ...", or is part of a name."""
    roles = load_words().roles
    following = re.compile(r"\s+(\w+)").match(match.string, match.end())
    next_word = following[1] if following else ""
    return anchor.previous_word in roles["not_today_before"] or next_word in roles["not_today"]


def _part(match: Match, anchor: Anchor) -> ParsedDate | None:
    part = load_words().value("part", match["part"])
    parsed = _period_after(match, anchor)
    if parsed is None:
        return None
    when = resolve.part_of(parsed.when, part) if parsed.when else None
    reason = joined(message("{part} in it", part=_PARTS[part]), parsed.reason)
    return replace(parsed, when=when, reason=reason, month=None)


def _fraction(match: Match, anchor: Anchor) -> ParsedDate | None:
    parsed = _period_after(match, anchor)
    if parsed is None or parsed.when is None:
        return parsed
    number = load_words().number("ordinal", match["ordinal"]) if match["ordinal"] else None
    parts = {"النصف": 2, "الثلث": 3, "الربع": 4}.get(match["fraction"], 4)
    when = resolve.nth_of(parsed.when, number or parts, parts)
    return replace(parsed, when=when, month=None) if when else None


def _period_after(match: Match, anchor: Anchor) -> ParsedDate | None:
    """The month, year or week after "early in", "the second half of"."""
    for name in ("month", "year", "bare_year", "season", "unit"):
        following = patterns()[name].match(match.string, match.end())
        if following is None:
            continue
        # "The end of the year" is that of this year.
        if name == "unit":
            parsed = _unit(following, anchor, "this")
        else:
            parsed = PARSERS[name](following, replace(anchor, previous_word="في"))
        if parsed:
            return replace(parsed, end=following.end())
    return None


def _season(match: Match, anchor: Anchor) -> ParsedDate | None:
    season = load_words().value("season", match["season"])
    if match["year"]:
        return ParsedDate(
            resolve.season_of(season, int(match["year"])), message("a season of that year")
        )
    deictic = _deictic(match["deictic"])
    if deictic in {None, "same"}:
        return None
    if anchor.published is None:
        return ParsedDate(None, _UNKNOWN)
    this = resolve.season_of(season, anchor.published.year)
    past = this.end is not None and this.end < anchor.published
    year = anchor.published.year - (0 if past or deictic != "last" else 1)
    return ParsedDate(
        resolve.season_of(season, year),
        reckoned_from(anchor.published),
    )


# Name of the pattern -> the function that interprets its matches.
PARSERS: dict[str, Callable[[Match, Anchor], ParsedDate | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "month_year": _month_year,
    "bare_year": _bare_year,
    "day_month": _day_month,
    "day_of_month": _day_of_month,
    "ordinal": _ordinal,
    "month": _month,
    "hijri": _hijri,
    "year": _years,
    "unit": _unit,
    "units": _units,
    "count_units": _count_units,
    "ago": _ago,
    "weekday": _weekday,
    "offset": _offset,
    "part": _part,
    "fraction": _fraction,
    "season": _season,
}
