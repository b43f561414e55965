"""Mixed text as runs of one direction, as a Word document has them.

Word knows no isolates: a run says that it reads from right to left, and what is nested deeper stands in
an element with a direction of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.export.report.bidi import ISOLATES, levels
from dashboard.export.report.parts import Paragraph, Span


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one span and of one direction."""

    text: str
    span: Span
    from_right: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """Runs within a direction of their own, e.g. an Arabic title with an English name in it."""

    parts: Sequence["Run | Embedded"]
    from_right: bool


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    span: int
    level: int


def runs_of(paragraph: Paragraph) -> list[Run | Embedded]:
    """The runs of a paragraph in the order of its text; a span without text is a run without text."""
    letters = []
    found = iter(levels(paragraph.text, paragraph.direction))
    for at, span in enumerate(paragraph.spans):
        here = [_Letter(it, at, next(found)) for it in span.text]
        shown = [it for it in here if it.text not in ISOLATES]
        base = int(paragraph.direction == "rtl")
        letters += shown or [_Letter("", at, base)]
    plain = _plain_numbers(letters)
    return list(_parts(plain, paragraph.spans, int(paragraph.direction == "rtl")))


def _plain_numbers(letters: Sequence[_Letter]) -> list[_Letter]:
    """Digits alone have the level around them: they read from left to right in either direction."""
    plain: list[_Letter] = []
    for level, group in groupby(letters, key=lambda it: it.level):
        run = list(group)
        digits = level > 1 and level % 2 == 0 and all(it.text.isdigit() for it in run)
        plain += [_Letter(it.text, it.span, level - 1) for it in run] if digits else run
    return plain


def _parts(
    letters: Sequence[_Letter], spans: Sequence[Span], base: int
) -> Iterator[Run | Embedded]:
    """Runs of the level `base` and of the next one, and what is nested deeper."""
    for _own, group in groupby(letters, key=lambda it: it.level > base):
        run = list(group)
        if max(it.level for it in run) > base + 1:
            inner = tuple(_parts(run, spans, base + 1))
            yield Embedded(inner, from_right=bool((base + 1) % 2))
            continue
        for (at, level), part in groupby(run, key=lambda it: (it.span, it.level)):
            text = "".join(it.text for it in part)
            yield Run(text, spans[at], from_right=bool(level % 2))
