"""Phrase search in folded text, e.g. "عين عيسي" found in "وبعين عيسي" behind its clitics."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

# What may stand, written together, before an Arabic name: and/so, by/as/to, the.
_CLITICS = re.compile(r"(?:[وف])?(?:[بكل])?(?:ال)?")
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in folded text: `start` and `end` leave out the clitics that `prefix` holds."""

    phrase: str
    start: int
    end: int
    prefix: str


class PhraseIndex:
    """Finds phrases on word boundaries that know Arabic clitics.

    The phrases are folded ones (`text.normalise.fold`), and so is the text that is searched.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # "to the" eats the article's alef: الحي becomes للحي.
        forms = {form: phrase for phrase in phrases for form in _forms(phrase) if phrase}
        self._phrases = list(forms.values())
        self._forms = list(forms)
        self._automaton = AhoCorasick(self._forms)

    def search(self, text: str) -> list[Match]:
        """The matches in `text`, leftmost first, of several that overlap the longest."""
        taken = bytearray(len(text))
        chosen: list[Match] = []
        longest_first = sorted(self._bounded(text), key=lambda m: (m.start - m.end, m.start))
        for match in longest_first:
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\x01" * (match.end - match.start)
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.start)

    def _bounded(self, text: str) -> Iterator[Match]:
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for number, start, end in hits:
            if end < len(text) and _is_letter(text[end]):
                continue
            word = start
            # A clitic chain has at most four letters, so a longer run is another word.
            while word > 0 and start - word <= 5 and _is_letter(text[word - 1]):
                word -= 1
            prefix = text[word:start]
            if _CLITICS.fullmatch(prefix):
                yield Match(self._phrases[number], start, end, prefix)


def _forms(phrase: str) -> Iterator[str]:
    yield phrase
    if phrase.startswith(_ARTICLE):
        yield "لل" + phrase.removeprefix(_ARTICLE)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
