"""Spelling variants folded away, with a way back, e.g. "إلى عـين عيسى" -> "الي عين عيسي"."""

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Letters that writers interchange; source: Habash, "Introduction to Arabic NLP" (2010), chapter 3.
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ہ": "ه",
        "\u00a0": " ",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "،": ",",
        "؛": ";",
        "؟": "?",
    }
)
_TATWEEL = "\u0640"
# Format characters (bidi controls, zero-width joiners) and marks carry no letter.
_DROPPED_CATEGORIES = frozenset({"Mn", "Cf", "Me"})


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


def normalise(text: str) -> Normalised:
    """Fold letters, digits, quotes and case; drop diacritics, tatweel and invisible characters."""
    folded: list[str] = []
    offsets = array("l")
    for position, character in enumerate(text):
        for piece in _fold_character(character):
            folded.append(piece)
            offsets.append(position)
    return Normalised(text, "".join(folded), offsets)


def fold(text: str) -> str:
    """The folded text alone, for keys and free-text search."""
    return "".join(_fold_character(character) for character in text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character == _TATWEEL:
        return ""
    letter = character.translate(_LETTERS)
    if letter != character:
        return letter
    decomposed = unicodedata.normalize("NFKD", character)
    kept = (c for c in decomposed if unicodedata.category(c) not in _DROPPED_CATEGORIES)
    folded = "".join(kept).translate(_LETTERS).casefold()
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else folded
