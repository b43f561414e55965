"""Find dates in a text, e.g. "أمس الأحد" in a text of 28 December 2020 -> 2020-12-27, a day.

Each word is looked up in a table; patterns are tried only at words that a date can begin with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from dashboard.dates.lexicon import alternatives, load_words
from dashboard.dates.patterns import NUMBER_PATTERNS, first_words, patterns
from dashboard.dates.read import PARSERS, Anchor, ParsedDate, reckoned_from
from dashboard.dates.resolve import until
from dashboard.model.message import StoredText, joined, message
from dashboard.model.when import When
from dashboard.text.by_word import cached_by_word
from dashboard.text.clitics import PROCLITICS, bases
from dashboard.text.normalise import Normalised
from dashboard.text.words import Word, numbers_where, texts_of, words_of

_GLUED_NUMBER = re.compile(rf"(?:{alternatives(PROCLITICS)})(?=\d)")
_RANGE_OPENS = re.compile(
    r"(?:بين|من|ما بين|الفتره|منذ)\s+(?:(?:يومي?|شهري?|عام|تاريخ|مساء|صباح)\s+)?$"
)
_RANGE_JOINS = re.compile(
    r"\s*(?:-|–|و|الي|حتي|وحتي|وبين|والي)\s*(?:(?:يوم|شهر|تاريخ|مساء|صباح)\s+)?"
)
# The night of two days: "ليل الثلاثاء - الأربعاء"; and "الأحد والاثنين".
_NEXT_DAY = re.compile(r"\s*[-–/]?\s*و?")
# A range has two dates; in a longer chain ("from ... to ... to ...") at most so many dates are one
# range, so that the span and the reason of a mention stay short.
_MAX_DATES_IN_RANGE = 12


@dataclass(frozen=True, slots=True)
class DateMention:
    """A span of a text that names a date; offsets are into the original, end excluded.

    `when` is `None` if the date is relative to a day of publication that is not known
    (`anchor_needed`), or if it is outside the calendar.
    `reason` says how the days were reached.
    """

    start: int
    end: int
    surface: str
    when: When | None
    reason: StoredText
    anchor_needed: bool


@dataclass(frozen=True, slots=True)
class _DateSpan:
    """A date at [start:end] of the folded text."""

    start: int
    end: int
    parsed: ParsedDate


def find_dates(
    folded: Normalised, published: date | None = None, words: Sequence[Word] | None = None
) -> tuple[DateMention, ...]:
    """All dates in a folded text, in order, without overlaps; `words` are its words, if known.

    Dates relative to the day of publication are unresolved without it. A bare number, a time of day,
    a duration ("for three days") and a name that contains a date are not dates.
    """
    words = words_of(folded.text) if words is None else words
    spans = _join_ranges(list(_scan(folded.text, words, published)), folded.text)
    return tuple(_mention(span, folded) for span in spans)


@cache
def _name_words() -> frozenset[str]:
    return frozenset(load_words().roles["name_before"])


def _scan(text: str, words: Sequence[Word], published: date | None) -> Iterator[_DateSpan]:
    previous_end = 0
    antecedent: When | None = None
    candidates = list(map(_candidates, texts_of(words)))
    for at in numbers_where(candidates):
        start, previous_word = words[at].start, words[at - 1].text if at else ""
        if start < previous_end:
            continue
        for offset, pattern_names in candidates[at]:
            anchor = Anchor(published, antecedent, previous_word)
            span = _parse_at(text, start + offset, pattern_names, anchor)
            if span is None:
                continue
            previous_end = span.end
            antecedent = span.parsed.when or antecedent
            if previous_word not in _name_words():
                yield span
            break


@cached_by_word
def _candidates(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The offsets in the word at which a date may begin, with the patterns to try there."""
    known = first_words()
    if word in known:
        return ((0, known[word]),)
    if any(character.isdigit() for character in word):
        glued = _GLUED_NUMBER.match(word)
        return ((glued.end(), NUMBER_PATTERNS),) if glued else ()
    return tuple((len(word) - len(base), known[base]) for base in bases(word) if base in known)


def _parse_at(text: str, at: int, pattern_names: Sequence[str], anchor: Anchor) -> _DateSpan | None:
    for name in pattern_names:
        match = patterns()[name].match(text, at)
        if match is None:
            continue
        parsed = _parse(name, match, anchor)
        if parsed is not None:
            return _DateSpan(at, parsed.end or match.end(), parsed)
    return None


def _parse(name: str, match: re.Match[str], anchor: Anchor) -> ParsedDate | None:
    """The days of a match; `None` for `when` if they are outside the calendar.

    Python's years are 1 to 9999, those of the Hijri calendar 1343 to 1500: "yesterday" of a text that
    claims to be of 0001-01-01 is no day.
    """
    try:
        return PARSERS[name](match, anchor)
    except (ValueError, OverflowError):
        reasons = [message("beyond the years of the calendar")]
        if anchor.published:
            reasons.append(reckoned_from(anchor.published))
        return ParsedDate(None, joined(*reasons), out_of_range=True)


def _join_ranges(spans: list[_DateSpan], text: str) -> list[_DateSpan]:
    """The dates, with the dates of a range joined to one."""
    dates: list[_DateSpan] = []
    dates_in_range = 1
    for span in spans:
        first = dates[-1] if dates else None
        joins = first and (_is_range(text, first, span) or _is_next_day(text, first, span))
        if first and joins and dates_in_range < _MAX_DATES_IN_RANGE:
            opening, closing = first.parsed, span.parsed
            when = _range(opening, closing)
            if when is not None:
                dates_in_range += 1
                rest = joined(opening.reason, closing.reason)
                reason = message("from one date to the other: {rest}", rest=rest)
                parsed = ParsedDate(when, reason)
                dates[-1] = _DateSpan(first.start, span.end, parsed)
                continue
        dates.append(span)
        dates_in_range = 1
    return dates


def _is_range(text: str, first: _DateSpan, last: _DateSpan) -> bool:
    return bool(
        _RANGE_JOINS.fullmatch(text, first.end, last.start)
        and _RANGE_OPENS.search(text, max(0, first.start - 24), first.start)
    )


def _is_next_day(text: str, first: _DateSpan, last: _DateSpan) -> bool:
    """Whether nothing but "and" or a dash is between two days that follow each other."""
    one, two = first.parsed.when, last.parsed.when
    if one is None or two is None or one.end is None or two.start is None:
        return False
    days = one.start == one.end and two.start == two.end
    return (
        days
        and (two.start - one.end).days == 1
        and _NEXT_DAY.fullmatch(text, first.end, last.start) is not None
    )


def _range(first: ParsedDate, last: ParsedDate) -> When | None:
    """From the first to the last date; a year after the last applies to both."""
    try:
        opening = first.with_year_of(last) or first.when
    except ValueError:  # the year before the first one
        opening = first.when
    if opening is None or last.when is None:
        return None
    return until(opening, last.when)


def _mention(span: _DateSpan, folded: Normalised) -> DateMention:
    start, end = folded.span(span.start, span.end)
    parsed = span.parsed
    return DateMention(
        start=start,
        end=end,
        surface=folded.original[start:end],
        when=parsed.when,
        reason=parsed.reason,
        anchor_needed=parsed.when is None and not parsed.out_of_range,
    )
