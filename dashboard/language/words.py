"""Dates and list phrases as people read them, e.g. "27 December 2020", "27 كانون الأول 2020"."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from babel.dates import format_date, get_month_names

from dashboard.language.language import current
from dashboard.language.messages import _, pgettext
from dashboard.language.numbers import in_digits
from dashboard.model.article import Article
from dashboard.model.when import DatePrecision, When

# Unicode isolates: text between them has its own direction, whatever that of the line.
_LTR_MARK = "\u200e"
_LTR, _ANY, _END = "\u2066", "\u2068", "\u2069"
_NO_ISOLATES = dict.fromkeys(map(ord, (_LTR, "\u2067", _ANY, _END)))


def isolate(text: str) -> str:
    """Plain text (a name, a quotation) isolated from the direction of its line; not for HTML."""
    plain = current().direction == "ltr" and text.isascii()
    return text if plain else f"{_ANY}{text}{_END}"


def without_isolates(text: str) -> str:
    """Plain text without the isolates of `isolate`, for a place that isolates all of it."""
    return text.translate(_NO_ISOLATES)


def from_left(text: str) -> str:
    """Plain text such as coordinates, from left to right also beside an Arabic name; not for HTML."""
    return f"{_LTR}{text}{_END}"


def day(value: date) -> str:
    """A day, e.g. "27 December 2020", or "2020-12-27" if the reader chose ISO dates."""
    language = current()
    if language.dates == "iso":
        return _iso(value.isoformat())
    return in_digits(format_date(value, "d MMMM y", locale=language.locale))


def month(value: date) -> str:
    """A month, e.g. "December 2020", or "2020-12"."""
    language = current()
    if language.dates == "iso":
        return _iso(f"{value:%Y-%m}")
    return in_digits(format_date(value, "MMMM y", locale=language.locale))


def _iso(text: str) -> str:
    """An ISO date isolated in right-to-left text, which would reorder it to 27-12-2020.

    Between Arabic-Indic digits an isolate is not enough: each hyphen gets a left-to-right mark.
    """
    digits = in_digits(text)
    if digits != text:
        digits = digits.replace("-", f"{_LTR_MARK}-{_LTR_MARK}")
    return f"{_LTR}{digits}{_END}" if current().direction == "rtl" else digits


def months(width: Literal["abbreviated", "wide"]) -> list[str]:
    """The names of the twelve months."""
    names = get_month_names(width, locale=current().locale)
    return [str(names[number]) for number in range(1, 13)]


def when(value: When) -> str:
    """An interval in words that are no more precise than the interval."""
    if value.undated:
        return _("undated")
    if value.start is None and value.end is not None:
        return _("by {day}").format(day=day(value.end))
    if value.end is None and value.start is not None:
        return _("from {day}").format(day=day(value.start))
    if value.start is None or value.end is None:
        raise ValueError(value)
    if value.start == value.end:
        text = day(value.start)
        return text if value.precision is DatePrecision.DAY else _("about {day}").format(day=text)
    if value.precision is DatePrecision.YEAR and value.start.year == value.end.year:
        return in_digits(str(value.start.year))
    if value.precision is DatePrecision.MONTH and _whole_month(value.start, value.end):
        return month(value.start)
    return _("between {start} and {end}").format(start=day(value.start), end=day(value.end))


def span(start: date | None, end: date | None) -> str:
    """The days start..end as a phrase; "" if neither is given."""
    if start and end:
        return _("{start} to {end}").format(start=day(start), end=day(end))
    if start:
        return _("from {day}").format(day=day(start))
    return _("until {day}").format(day=day(end)) if end else ""


def _whole_month(start: date, end: date) -> bool:
    same = (start.year, start.month) == (end.year, end.month)
    return same and start.day == 1 and end.day >= 28


def any_of(items: Sequence[str]) -> str:
    """Items as alternatives, e.g. "a, b or c"."""
    return _joined(items, _("{items} or {last}"))


def all_of(items: Sequence[str]) -> str:
    """Items together, e.g. "a, b and c"."""
    return _joined(items, _("{items} and {last}"))


def comma(items: Sequence[str]) -> str:
    """Items one after the other, e.g. "a, b, c"."""
    return pgettext("between items of a list", ", ").join(items)


def _joined(items: Sequence[str], pattern: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return pattern.format(items=comma(items[:-1]), last=items[-1])


def file_words(article: Article) -> str:
    """The file of an article, e.g. "orient.html"; of a text that was pasted, that it was."""
    return _("pasted text") if article.is_pasted else article.file


def published_words(article: Article) -> str:
    """When the article appeared; an inferred date is marked as inferred."""
    if article.published:
        return _("published {day}").format(day=day(article.published.date()))
    earliest, latest = article.published_earliest, article.published_latest
    if earliest and latest:
        inferred = _("undated; inferred between {start} and {end}")
        return inferred.format(start=day(earliest), end=day(latest))
    if earliest:
        return _("undated; inferred not before {day}").format(day=day(earliest))
    if latest:
        return _("undated; inferred not after {day}").format(day=day(latest))
    return _("undated")


def arrow() -> str:
    """The arrow between start and end of a movement, in the writing direction."""
    return " ← " if current().direction == "rtl" else " → "
