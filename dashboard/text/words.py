"""The words of a folded text, e.g. "قصفت القوات" -> "قصفت" at 0 to 4, "القوات" at 5 to 11."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count, repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple

# Letters, digits and "_".
_WORD = re.compile(r"\w+")
_START, _END = attrgetter("start"), attrgetter("end")
_TEXT = itemgetter(0)


class Word(NamedTuple):
    """A word of a folded text, with its offsets in it."""

    text: str
    start: int
    end: int


def words_of(folded: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of folded[start:end], in order; the whole text if no end is given."""
    end = len(folded) if end is None else end
    texts = _WORD.findall(folded, start, end)
    spans = [match.span() for match in _WORD.finditer(folded, start, end)]
    fields = [(text, first, last) for text, (first, last) in zip(texts, spans, strict=True)]
    # Without a call of Python's for each word.
    return tuple(map(tuple.__new__, repeat(Word), fields))


def texts_of(words: Iterable[Word]) -> Iterator[str]:
    """The texts of words, in order."""
    return map(_TEXT, words)


def numbers_where(flags: Iterable[object]) -> list[int]:
    """The numbers, from 0 on, of those that are true, e.g. of words that are in a table."""
    return list(compress(count(), flags))


def words_between(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The words of folded[start:end], given all those of the text; one that the span cuts is cut."""
    if start >= end:
        return ()
    low = bisect_right(words, start, key=_END)
    inside = words[low : bisect_left(words, end, low, key=_START)]
    if inside and (inside[0].start < start or inside[-1].end > end):
        return tuple([_cut(word, start, end) for word in inside])
    return inside


def _cut(word: Word, start: int, end: int) -> Word:
    first, last = max(word.start, start), min(word.end, end)
    return Word(word.text[first - word.start : last - word.start], first, last)
