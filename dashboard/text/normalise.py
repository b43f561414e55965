"""Fold spelling variants and keep the offsets, e.g. "إلى عـين عيسى" -> "الي عين عيسي"."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

# Each letter or mark with those that writers use for it, too.
# Source: Habash, "Introduction to Arabic NLP" (2010), chapter 3.
_VARIANTS = {
    "ا": "أإآٱ",
    "ي": "ىیئ",
    "و": "ؤ",
    "ه": "ةہ",
    "ك": "ک",
    " ": "\u00a0",
    '"': "«»“”„",
    "'": "‘’",
    ",": "،",
    ";": "؛",
    "?": "؟",
}
_LETTERS = str.maketrans({each: letter for letter, all_ in _VARIANTS.items() for each in all_})
_TATWEEL = "\u0640"
_NUNATION = frozenset("\u064b\u064c\u064d")
# Format characters (bidi controls, zero-width joiners) and combining marks are no letters.
_DROPPED_CATEGORIES = frozenset({"Mn", "Cf", "Me"})
# Half of a surrogate pair, found in damaged text: it has no UTF-8, and libraries refuse it.
_SURROGATES = range(0xD800, 0xE000)
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded copy of a text: `text[i]` came from `original[offsets[i]]`."""

    original: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original from which text[start:end] came; end excluded."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def folded_offset(self, offset: int) -> int:
        """The first offset in `text` that came from the original at `offset` or after it."""
        offsets = self.offsets
        if isinstance(offsets, range):
            # Most offsets are within the text; this is asked for each mention of it.
            return offset if 0 <= offset <= len(offsets) else max(0, min(offset, len(offsets)))
        return bisect_left(offsets, offset)

    def part(self, start: int, end: int) -> str:
        """The folded text that came from original[start:end]."""
        return self.text[self.folded_offset(start) : self.folded_offset(end)]

    def indefinite(self, start: int, end: int) -> bool:
        """Whether text[start:end] is written with nunation, which names of places do not take."""
        # Where each character folds to one, there is none.
        if isinstance(self.offsets, range):
            return False
        first, last = self.span(start, end)
        return not _NUNATION.isdisjoint(self.original[first : last + 1])


def normalise(text: str) -> Normalised:
    """Fold letters, digits, quotes and case; drop diacritics, tatweel and invisible characters."""
    at = [] if text.isascii() else [match.start() for match in _OTHERS.finditer(text)]
    if not at:
        return Normalised(text, _folded(text), range(len(text)))
    lengths = np.ones(len(text), dtype=np.intp)
    lengths[at] = [len(_fold_character(text[each])) for each in at]
    offsets = np.repeat(np.arange(len(text), dtype=np.int64), lengths)
    # An array of numbers takes a fifth of the memory of a list: one character may fold to eighteen.
    return Normalised(text, _folded(text), array("q", offsets.tobytes()))


def fold(text: str) -> str:
    """The folded text alone, for keys and free-text search."""
    return _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = _OTHERS.sub(lambda match: _fold_character(match[0]), text)
    if len(text) < _SHORT:
        return text.translate(_TABLE)
    for variant, letter in _REPLACED:
        text = text.replace(variant, letter)
    return text


@lru_cache(maxsize=65_536)
def _fold_character(character: str) -> str:
    if character == _TATWEEL:
        return ""
    if ord(character) in _SURROGATES:
        return _REPLACEMENT
    letter = character.translate(_LETTERS)
    if letter != character:
        return letter
    decomposed = unicodedata.normalize("NFKD", character)
    letters = (c for c in decomposed if unicodedata.category(c) not in _DROPPED_CATEGORIES)
    folded = "".join(letters).translate(_LETTERS).casefold()
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else folded


# The characters of most news: each folds to exactly one, so that offsets in both texts are equal.
_ONE_TO_ONE = {
    character: folded
    for code in (*range(0x20, 0x7F), 0x0A, 0x0D, 0xA0, *range(0x600, 0x6FF), *range(0x2010, 0x2027))
    if len(folded := _fold_character(character := chr(code))) == 1
}
_OTHERS = re.compile(f"[^{re.escape(''.join(_ONE_TO_ONE))}]")
# Few of them fold to another one.
_REPLACED = [(each, folded) for each, folded in _ONE_TO_ONE.items() if each != folded]
# In a short text it is quicker to look at each character than to look for each that may be replaced.
_TABLE, _SHORT = str.maketrans(dict(_REPLACED)), 100
