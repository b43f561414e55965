"""Values of filters by any of their names, e.g. "sohr" -> speakers: sohr."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import islice, product

from dashboard.query.spelling import Spelling
from dashboard.text.clitics import ARTICLE
from dashboard.text.normalise import fold

# The most words of a search that are looked at, and of a value's names that may match.
MOST_WORDS = 8
# The most names that are compared; a letter or two are in most names.
_MOST_ROWS = 2_000
# Behind every letter.
_LAST = "\U0010ffff"
# How many likely words are tried for one that no name has.
_TRIED = 3
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"\b[A-Z]")


class Match(IntEnum):
    """How a name matches the words of a search; the best first."""

    WHOLE = 0
    BEGINS = 1
    WORDS = 2
    PARTS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a filter that was found by a name of so many letters."""

    field: str
    value: str
    match: Match
    letters: int


def words_of(text: str) -> list[str]:
    """The folded words of a text: "Ar-Raqqah" is "ar", "raqqah"."""
    return _WORD.findall(fold(text))[:MOST_WORDS]


def initials(name: str) -> str:
    """The capitals at the beginning of words, "SOHR"; "" if there are fewer than three."""
    letters = "".join(_CAPITAL.findall(name))
    return letters if len(letters) >= 3 else ""


class NameSearch:
    """Names with the field and the value that each stands for, folded once: there may be 200,000."""

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        rows = {
            (key, field, value)
            for field, value, name in names
            if (key := " ".join(_WORD.findall(fold(name))))
        }
        self._rows = sorted(rows)
        self._names = [row[0] for row in self._rows]

    def find(self, words: Sequence[str]) -> list[Named]:
        """The values of which one name has all words, the best match first."""
        if not words:
            return []
        at = self._having(words)
        if not at:
            # A name of the list may lack the article: "الرقة" is "رقة" there.
            words = [_bare(word) for word in words]
            at = self._having(words)
        best: dict[tuple[str, str], Named] = {}
        for row in at:
            name, field, value = self._rows[row]
            found = Named(field, value, match_of(name, words), len(name))
            before = best.get((field, value))
            if before is None or (found.match, found.letters) < (before.match, before.letters):
                best[field, value] = found
        return sorted(best.values(), key=lambda it: (it.match, it.letters, it.field, it.value))

    def corrected(self, words: Sequence[str]) -> str:
        """The words as somebody may have meant them, which begin words of a name; "" without any."""
        joined = "".join(words)
        tries = [
            [*([word] if self._begins(word) else []), *self._spelling.near(word, _TRIED)]
            for word in words
        ]
        likely = [list(each) for each in islice(product(*tries), _TRIED**2)]
        likely += [[self._whole[name]] for name in self._joined.near(joined, _TRIED)]
        if joined in self._whole:
            likely.insert(0, [self._whole[joined]])
        for each in likely:
            meant = " ".join(each)
            found = self.find(meant.split()) if meant != " ".join(words) else []
            if any(it.match < Match.PARTS for it in found):
                return meant
        return ""

    def _having(self, words: Sequence[str]) -> list[int]:
        """The first rows of names that have all words; those that begin with them come first."""
        wanted = " ".join(words)
        begin = bisect_left(self._names, wanted)
        end = bisect_left(self._names, wanted + _LAST, lo=begin)
        if end - begin >= _MOST_ROWS:
            return list(range(begin, begin + _MOST_ROWS))
        first, *others = sorted(words, key=len, reverse=True)
        rows = (
            row
            for row, name in enumerate(self._names)
            if first in name and not begin <= row < end and all(word in name for word in others)
        )
        return [*range(begin, end), *islice(rows, _MOST_ROWS - (end - begin))]

    def _begins(self, word: str) -> bool:
        """Whether a word of a name begins with it."""
        return any(name.startswith(word) or f" {word}" in name for name in self._names)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(word for name in self._names for word in name.split())

    @cached_property
    def _whole(self) -> dict[str, str]:
        """The names by themselves without spaces."""
        return {name.replace(" ", ""): name for name in self._names}

    @cached_property
    def _joined(self) -> Spelling:
        return Spelling(self._whole)


def _bare(word: str) -> str:
    rest = word.removeprefix(ARTICLE)
    return rest if len(rest) > 1 else word


def match_of(name: str, words: Sequence[str]) -> Match:
    """How a folded name matches folded words that it has all."""
    wanted = " ".join(words)
    if name == wanted:
        return Match.WHOLE
    if name.startswith(wanted):
        return Match.BEGINS
    if all(name.startswith(word) or f" {word}" in name for word in words):
        return Match.WORDS
    return Match.PARTS
