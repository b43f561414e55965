"""Sentences as spans, e.g. "قال المصدر. وأضاف" -> two; a full stop inside "99.6" ends nothing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

# A stop ends a sentence only before white space or a closing quote; a line end always does. A run of
# stops is looked at once, from its first, so that a long one costs no more than its length.
_END = re.compile(r"(?<![.!?؟…])[.!?؟…]++[\"”»)]*+(?=\s|$)|\n++|(?<=[.!?؟])(?=[^\W\d_])")
# No sentence is longer (characters): what is has lost its stops, and is read in pieces. The longest
# of the annotated texts has 460. Rules that compare the words of one sentence depend on this bound.
LONGEST = 1_500
# A piece ends after one of these, if one stands in its last half, or else at white space.
_JOINTS = ("، ", "؛ ", ", ", "; ", ": ")
_SPACE = re.compile(r"\s")
_NO_SPACE = re.compile(r"\S")
_NO_WORD = re.compile(r"\W")

Span = tuple[int, int]


def sentences(text: str) -> tuple[Span, ...]:
    """The spans of all sentences, in order, without the white space around them.

    A sentence of more than `LONGEST` characters is several, cut where it can be; none of it is lost.
    """
    return tuple(_spans(text, 0, len(text)))


def sentence_at(text: str, start: int, end: int) -> Span:
    """The span of the sentence, or run of sentences, that holds text[start:end].

    Reads only the lines that hold it; with the spans of all sentences see `sentence_among`.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return sentence_among(tuple(_spans(text, first, last if last > -1 else len(text))), start, end)


def sentence_among(spans: Sequence[Span], start: int, end: int) -> Span:
    """The same among the spans of all sentences of the text."""
    low = bisect_right(spans, start, key=lambda span: span[1])
    high = bisect_left(spans, end, key=lambda span: span[0])
    if low >= high:
        return start, end
    return min(spans[low][0], start), max(spans[high - 1][1], end)


def sentences_in(text: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Of the spans of all sentences those in text[start:end]; what goes on beyond it is cut off."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0])
    for low, high in spans[first:last]:
        span = _stripped(text, max(low, start), min(high, end))
        if span:
            yield span


def _spans(text: str, first: int, last: int) -> Iterator[Span]:
    """The sentences of text[first:last], which begins and ends at line ends."""
    start = first
    for match in _END.finditer(text, first, last):
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, last)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence text[start:end] without white space around it, in pieces if it is too long."""
    span = _stripped(text, start, end)
    while span and span[1] - span[0] > LONGEST:
        first, last = span
        cut = _cut(text, first, last)
        yield _stripped(text, first, cut) or (first, cut)
        follows = _NO_SPACE.search(text, cut, last)
        span = (follows.start(), last) if follows else None
    if span:
        yield span


def _cut(text: str, start: int, end: int) -> int:
    """Where the first piece of a sentence that is too long ends."""
    limit = start + LONGEST
    joint = max(text.rfind(joint, start + LONGEST // 2, limit) for joint in _JOINTS)
    if joint > -1:
        return joint + 1
    space = max((match.end() for match in _SPACE.finditer(text, start, limit)), default=None)
    if space is not None:
        return space
    # A run without white space, such as a link, is cut where no word is cut by it.
    beyond = _NO_WORD.search(text, limit, end)
    return beyond.end() if beyond else end


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(stripped)
