"""Sentences as spans, e.g. "قال المصدر. وأضاف" -> two; a full stop inside "99.6" ends nothing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

# A stop ends a sentence only before white space or a closing quote; a line end always does. A run of
# stops is matched as a whole, from its first, so that the time is linear in its length. All that ends
# one begins with a stop or a line end, so that the search passes quickly over the letters.
_END = re.compile(
    r"[.!?؟…\n](?:(?<=\n)\n*+|(?<!\n)(?<![.!?؟…]{2})[.!?؟…]*+"
    r"(?:[\"”»)]*+(?=\s|$)|(?<=[.!?؟])(?=[^\W\d_])))"
)
# Longest sentence, in characters: a longer one has lost its stops, and is split. The longest of the
# annotated texts has 460. The time of rules that compare the words of a sentence depends on this.
MAX_LENGTH = 1_500
# A long sentence is split after the last of these, if there is one in the last half, else at a space.
_CLAUSE_ENDS = ("، ", "؛ ", ", ", "; ", ": ")
_SPACE = re.compile(r"\s")
_NO_SPACE = re.compile(r"\S")
_NO_WORD = re.compile(r"\W")

Span = tuple[int, int]
_START_OF, _END_OF = itemgetter(0), itemgetter(1)


def sentences(text: str) -> tuple[Span, ...]:
    """The spans of all sentences, in order, without the white space around them.

    A sentence of more than `MAX_LENGTH` characters is split into several; none of it is lost.
    """
    return tuple(_spans(text, 0, len(text)))


def sentence_at(text: str, start: int, end: int) -> Span:
    """The span of the sentence, or run of sentences, that contains text[start:end].

    Splits only the lines that contain it; if all sentences are known, use `sentence_among`.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return sentence_among(tuple(_spans(text, first, last if last > -1 else len(text))), start, end)


def sentence_among(spans: Sequence[Span], start: int, end: int) -> Span:
    """As `sentence_at`, given the spans of all sentences of the text."""
    low = bisect_right(spans, start, key=_END_OF)
    high = bisect_left(spans, end, key=_START_OF)
    if low >= high:
        return start, end
    return min(spans[low][0], start), max(spans[high - 1][1], end)


def sentences_in(text: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Those of `spans`, all sentences, that overlap text[start:end], cut to it."""
    first = bisect_right(spans, start, key=_END_OF)
    last = bisect_left(spans, end, key=_START_OF)
    for low, high in spans[first:last]:
        span = _stripped(text, max(low, start), min(high, end))
        if span:
            yield span


def _spans(text: str, first: int, last: int) -> Iterator[Span]:
    """The sentences of text[first:last], which begins and ends at line ends."""
    start = first
    for match in _END.finditer(text, first, last):
        yield from _split_long(text, start, match.end())
        start = match.end()
    yield from _split_long(text, start, last)


def _split_long(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence text[start:end] without white space around it, split if it is too long."""
    span = _stripped(text, start, end)
    while span and span[1] - span[0] > MAX_LENGTH:
        first, last = span
        cut = _cut_offset(text, first, last)
        yield _stripped(text, first, cut) or (first, cut)
        rest = _NO_SPACE.search(text, cut, last)
        span = (rest.start(), last) if rest else None
    if span:
        yield span


def _cut_offset(text: str, start: int, end: int) -> int:
    """Where to split a sentence that is too long."""
    limit = start + MAX_LENGTH
    clause_end = max(
        text.rfind(clause_end, start + MAX_LENGTH // 2, limit) for clause_end in _CLAUSE_ENDS
    )
    if clause_end > -1:
        return clause_end + 1
    space = max((match.end() for match in _SPACE.finditer(text, start, limit)), default=None)
    if space is not None:
        return space
    # A run without white space, such as a link, is split at the end of a word.
    word_end = _NO_WORD.search(text, limit, end)
    return word_end.end() if word_end else end


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(stripped)
