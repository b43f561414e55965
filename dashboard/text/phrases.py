"""Phrase search in folded text, e.g. "عين عيسي" matches in "وبعين عيسي" after its proclitics."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from dashboard.text.clitics import ARTICLE, PROCLITICS, TO_THE

_LONGEST_CHAIN = max(map(len, PROCLITICS))


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase at [start:end] of a folded text; `prefix` are the proclitics right before `start`."""

    phrase: str
    start: int
    end: int
    prefix: str


class PhraseIndex:
    """Finds phrases that begin at a word or after its proclitics, and end at the end of a word.

    Both the phrases and the text must be folded (`text.normalise.fold`).
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        forms = {form: phrase for phrase in phrases for form in _forms(phrase) if phrase}
        self._phrases = list(forms.values())
        self._forms = list(forms)
        self._automaton = AhoCorasick(self._forms)

    def search(self, text: str) -> list[Match]:
        """The matches in `text`, leftmost first; of overlapping ones only the longest."""
        covered = bytearray(len(text))
        matches: list[Match] = []
        longest_first = sorted(
            self._at_word_boundaries(text), key=lambda m: (m.start - m.end, m.start)
        )
        for match in longest_first:
            if not any(covered[match.start : match.end]):
                covered[match.start : match.end] = b"\x01" * (match.end - match.start)
                matches.append(match)
        return sorted(matches, key=lambda match: match.start)

    def _at_word_boundaries(self, text: str) -> Iterator[Match]:
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for number, start, end in hits:
            if end < len(text) and _is_letter(text[end]):
                continue
            word = start
            # A longer run of letters is another word.
            while word > 0 and start - word <= _LONGEST_CHAIN and _is_letter(text[word - 1]):
                word -= 1
            prefix = text[word:start]
            if prefix in PROCLITICS:
                yield Match(self._phrases[number], start, end, prefix)


def _forms(phrase: str) -> Iterator[str]:
    yield phrase
    if phrase.startswith(ARTICLE):
        yield TO_THE + phrase.removeprefix(ARTICLE)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
