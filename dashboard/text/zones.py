"""The parts of a page, e.g. headline, dateline, caption, body, "read also" lines, footer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from dashboard.text.normalise import Normalised, fold

# A first line longer than this is a paragraph, not a headline.
_MAX_HEADLINE = 160
# A line shorter than this, without a full stop, before the first paragraph is not body text.
_MAX_SHORT_LINE = 80
# Other words, such as "comment", may come before a marker in its line: at most so many characters.
_MAX_LEADING = 12
# A line that is a date, after a place or an outlet or not: "صنعاء - السبت 16 كانون الثاني 2021".
_DATE_LINE = re.compile(
    r"(?:[^\W\d]+(?: [^\W\d]+)?\s*[-–—|/]\s*)?(?:[^\W\d]+\W+)?"
    r"\d{1,2}\W+(?:[^\W\d]+\W+){1,2}(?:19|20)\d\d\W*"
)
_END_MARKS = (".", "!", "؟", "،", ":", "؛", '"', "”", "»")


class ZoneKind(StrEnum):
    """The kinds of parts of a page."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    CAPTION = "caption"
    BODY = "body"
    RELATED = "related"
    FOOTER = "footer"


# The zones that are no part of the article.
FURNITURE = frozenset({ZoneKind.RELATED, ZoneKind.FOOTER})


@dataclass(frozen=True, slots=True)
class Zone:
    """A span of the text, end excluded."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """A phrase that begins a line of page furniture: that "line", or it and the "rest" of the page."""

    phrase: str
    zone: ZoneKind
    extent: str


def zones(folded: Normalised, furniture: Sequence[Furniture]) -> tuple[Zone, ...]:
    """The zones of the original text in order, a line each; together they cover all of it."""
    markers = _markers(tuple(furniture))
    spans: list[Zone] = []
    rest: ZoneKind | None = None
    in_body = titled = False
    for start, end in _lines(folded.original):
        line = folded.part(start, end).strip()
        marker = _marker(line, markers) if line else None
        if rest is None and marker is not None and marker.extent == "rest":
            rest = marker.zone
        kind = rest or (marker.zone if marker else _line_kind(line, in_body=in_body, titled=titled))
        in_body = in_body or (kind is ZoneKind.BODY and len(line) > _MAX_SHORT_LINE)
        titled = titled or kind is ZoneKind.HEADLINE
        spans.append(Zone(kind, start, end))
    return tuple(spans)


class _Markers(NamedTuple):
    """The folded phrases of furniture, the length of the longest, and a pattern that finds any."""

    longest: int
    items: tuple[tuple[str, Furniture], ...]
    any_of: re.Pattern[str]


@cache
def _markers(furniture: tuple[Furniture, ...]) -> _Markers:
    items = tuple((fold(item.phrase), item) for item in furniture)
    longest = max((len(phrase) for phrase, _ in items), default=0)
    return _Markers(
        longest, items, re.compile("|".join(re.escape(phrase) for phrase, _ in items) or r"(?!)")
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _marker(line: str, markers: _Markers) -> Furniture | None:
    if not markers.any_of.search(line, 0, _MAX_LEADING - 1 + markers.longest):
        return None
    return next(
        (
            each
            for phrase, each in markers.items
            if phrase in line[: _MAX_LEADING - 1 + len(phrase)]
        ),
        None,
    )


def _line_kind(line: str, *, in_body: bool, titled: bool) -> ZoneKind:
    """The kind of a line; `titled` says whether the headline came before it."""
    if in_body or not line:
        return ZoneKind.BODY
    if len(line) < _MAX_SHORT_LINE and _DATE_LINE.fullmatch(line):
        return ZoneKind.DATELINE
    # A headline is no sentence with a full stop; a short report may have none.
    if not (titled or line.endswith(".")) and len(line) < _MAX_HEADLINE:
        return ZoneKind.HEADLINE if len(line.split()) > 3 else ZoneKind.DATELINE
    if len(line) < _MAX_SHORT_LINE and not line.endswith(_END_MARKS):
        digits = sum(character.isdigit() for character in line)
        return ZoneKind.DATELINE if digits > len(line) / 5 else ZoneKind.CAPTION
    return ZoneKind.BODY
