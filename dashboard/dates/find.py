"""Dates named in a text, e.g. "أمس الأحد" in a text of 28 December 2020 -> 2020-12-27, a day.

Words are looked up one by one; only where a date can begin are its written forms tried.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from dashboard.dates.lexicon import alternatives, load_words
from dashboard.dates.patterns import NUMBER_PATTERNS, first_words, patterns
from dashboard.dates.read import FORMS, Anchor, Meaning, reckoned_from
from dashboard.dates.resolve import until
from dashboard.model.message import StoredText, joined, message
from dashboard.model.when import When
from dashboard.text.clitics import PROCLITICS, bases
from dashboard.text.normalise import Normalised

_WORD = re.compile(r"\w+")
_GLUED_NUMBER = re.compile(rf"(?:{alternatives(PROCLITICS)})(?=\d)")
_RANGE_OPENS = re.compile(
    r"(?:بين|من|ما بين|الفتره|منذ)\s+(?:(?:يومي?|شهري?|عام|تاريخ|مساء|صباح)\s+)?$"
)
_RANGE_JOINS = re.compile(
    r"\s*(?:-|–|و|الي|حتي|وحتي|وبين|والي)\s*(?:(?:يوم|شهر|تاريخ|مساء|صباح)\s+)?"
)
# A range has two ends; of a longer chain ("from ... to ... to ...") so many dates are taken for one, the
# rest for dates of their own: the words and the reason of a mention stay short.
_MOST_ENDS = 12
# Longer words are not cached.
_MAX_CACHED = 40


@dataclass(frozen=True, slots=True)
class DateMention:
    """A span of a text that names a date; offsets are into the original, end excluded.

    `when` is `None` if the words need a day of publication that is not known (`anchor_needed`), or if
    the calendar does not reach so far from it.
    `rule` names the written form, `reason` says how the days were reached.
    """

    start: int
    end: int
    surface: str
    when: When | None
    rule: str
    reason: StoredText
    anchor_needed: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in folded text."""

    start: int
    end: int
    rule: str
    meaning: Meaning


def find_dates(folded: Normalised, published: date | None = None) -> tuple[DateMention, ...]:
    """Every date that a text, given as its folded copy, names, in order, none overlapping.

    What is said relative to the day of publication stays unresolved without one. A bare number, a
    time of day, a duration ("for three days") and a name made of a date are no dates.
    """
    found = _joined(list(_scan(folded.text, published)), folded.text)
    return tuple(_mention(item, folded) for item in found)


@cache
def _name_words() -> frozenset[str]:
    return frozenset(load_words().roles["name_before"])


def _scan(text: str, published: date | None) -> Iterator[_Found]:
    past = 0
    # What was named last: "the same month" refers to it.
    last: When | None = None
    before = ""
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        previous, before = before, word
        if start < past:
            continue
        for offset, forms in _beginnings(word):
            found = _read(text, start + offset, forms, Anchor(published, last, previous))
            if found is None:
                continue
            past = found.end
            last = found.meaning.when or last
            if previous not in _name_words():
                yield found
            break


def _beginnings(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Where in the word a date may begin, with the forms to try there."""
    # A longer word is not cached: the cache would grow by whole texts.
    return _beginnings_of(word) if len(word) <= _MAX_CACHED else _beginnings_of.__wrapped__(word)


@lru_cache(maxsize=65_536)
def _beginnings_of(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    known = first_words()
    if word in known:
        return ((0, known[word]),)
    if any(character.isdigit() for character in word):
        glued = _GLUED_NUMBER.match(word)
        return ((glued.end(), NUMBER_PATTERNS),) if glued else ()
    return tuple((len(word) - len(base), known[base]) for base in bases(word) if base in known)


def _read(text: str, at: int, forms: Sequence[str], anchor: Anchor) -> _Found | None:
    for name in forms:
        match = getattr(patterns(), name).match(text, at)
        if match is None:
            continue
        meaning = _meaning(name, match, anchor)
        if meaning is not None:
            return _Found(at, meaning.end or match.end(), name, meaning)
    return None


def _meaning(name: str, match: re.Match[str], anchor: Anchor) -> Meaning | None:
    """What a matched form means; unknown if the calendar does not reach so far.

    Python's years are 1 to 9999, those of the Hijri calendar 1343 to 1500: "yesterday" of a text that
    claims to be of 0001-01-01 is no day.
    """
    try:
        return FORMS[name](match, anchor)
    except (ValueError, OverflowError):
        reasons = [message("beyond the years of the calendar")]
        if anchor.published:
            reasons.append(reckoned_from(anchor.published))
        return Meaning(None, joined(*reasons), beyond=True)


def _joined(found: list[_Found], text: str) -> list[_Found]:
    """The dates, with the two ends of a range made one."""
    dates: list[_Found] = []
    ends = 1
    for item in found:
        first = dates[-1] if dates else None
        if first and ends < _MOST_ENDS and _is_range(text, first, item):
            opening, closing = first.meaning, item.meaning
            when = _range(opening, closing)
            if when is not None:
                ends += 1
                rest = joined(opening.reason, closing.reason)
                reason = message("from one date to the other: {rest}", rest=rest)
                meaning = Meaning(when, reason, needs=opening.needs or closing.needs)
                dates[-1] = _Found(first.start, item.end, "range", meaning)
                continue
        dates.append(item)
        ends = 1
    return dates


def _is_range(text: str, first: _Found, last: _Found) -> bool:
    return bool(
        _RANGE_JOINS.fullmatch(text, first.end, last.start)
        and _RANGE_OPENS.search(text, max(0, first.start - 24), first.start)
    )


def _range(first: Meaning, last: Meaning) -> When | None:
    """From the first to the last date; a year that only the last names holds for both."""
    try:
        opening = first.with_year_of(last) or first.when
    except ValueError:  # the year before the first one
        opening = first.when
    if opening is None or last.when is None:
        return None
    return until(opening, last.when)


def _mention(item: _Found, folded: Normalised) -> DateMention:
    start, end = folded.span(item.start, item.end)
    meaning = item.meaning
    return DateMention(
        start=start,
        end=end,
        surface=folded.original[start:end],
        when=meaning.when,
        rule=item.rule,
        reason=meaning.reason,
        anchor_needed=meaning.when is None and not meaning.beyond,
    )
