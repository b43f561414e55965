"""Phrase search in folded text, e.g. "عين عيسي" matches in "وبعين عيسي" after its proclitics.

A phrase is looked up by its first word, behind the proclitics in the text, then word by word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from dashboard.text.by_word import ByWord
from dashboard.text.clitics import ARTICLE, PROCLITICS, TO_THE
from dashboard.text.words import Word, numbers_where, texts_of, words_of

_START = itemgetter(1)
# A phrase, its start and end, and the proclitics before it: most are part of a longer one.
_Found = tuple[str, int, int, str]
_LONGEST_CHAIN = max(map(len, PROCLITICS))
# Folded text has one quotation mark.
_QUOTE = '"'
# A word of a phrase, and each further word with the signs before it.
_WORD, _NEXT = re.compile(r"\w+"), re.compile(r"\W*\w+")


class Match(NamedTuple):
    """A phrase at [start:end] of a folded text; `prefix` are the proclitics right before `start`."""

    phrase: str
    start: int
    end: int
    prefix: str


@dataclass(slots=True)
class _Node:
    """A word of one or more phrases.

    `following` are the next words by what is written from the end of this word to theirs. `ends` are the
    phrases that end here, each with the signs that it has after the word.
    """

    following: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)


class _Start(NamedTuple):
    """Phrases that begin at a word: behind a `prefix` of it, or with signs before it (`lead`)."""

    prefix: str
    lead: str
    node: _Node


class PhraseIndex:
    """Finds phrases that begin at a word or after its proclitics, and end at the end of a word.

    Both the phrases and the text must be folded (`text.normalise.fold`). A phrase without letters and
    digits is never found.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = {form: phrase for phrase in phrases for form in _forms(phrase)}
        self._by_first: Mapping[str, Sequence[str]] = _by_first_word(self._phrases)
        self._nodes = ByWord(self._nodes_of)
        self._starts = ByWord(self._starts_in)

    def search(self, text: str, words: Sequence[Word] | None = None) -> list[Match]:
        """The matches in `text`, leftmost first; of overlapping ones only the longest.

        `words` are those of the text, if the caller has them.
        """
        words = words_of(text) if words is None else words
        starts = list(map(self._starts.__getitem__, texts_of(words)))
        found: list[_Found] = []
        last = len(words) - 1
        for number in numbers_where(starts):
            # Most first words of longer phrases have other words after them.
            after = _written_after(text, words, number) if number < last else ()
            for start in starts[number]:
                following = start.node.following
                if start.node.ends or any(each in following for each in after):
                    found += _matches(text, words, number, start)
        return _longest(found, text)

    def _starts_in(self, word: str) -> Sequence[_Start]:
        """The phrases that may begin in a word of a text."""
        behind = ((each, word.removeprefix(each)) for each in PROCLITICS if word.startswith(each))
        return tuple(
            _Start(prefix, lead, node)
            for prefix, first in behind
            for lead, node in self._nodes[first]
            if not (prefix and lead)
        )

    def _nodes_of(self, first: str) -> Sequence[tuple[str, _Node]]:
        """The phrases that have this first word, by the signs that they have before it."""
        nodes: dict[str, _Node] = defaultdict(_Node)
        for form in self._by_first.get(first, ()):
            lead = form[: form.index(first)]
            node, end = nodes[lead], len(lead) + len(first)
            while word := _NEXT.match(form, end):
                node, end = node.following.setdefault(word[0], _Node()), word.end()
            node.ends.append((form[end:], self._phrases[form]))
        return tuple(nodes.items())


def _by_first_word(forms: Iterable[str]) -> Mapping[str, Sequence[str]]:
    by_first: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        first = _WORD.search(form)
        if first is not None:
            by_first[first[0]].append(form)
    return by_first


def _forms(phrase: str) -> Iterator[str]:
    yield phrase
    if phrase.startswith(ARTICLE):
        yield TO_THE + phrase.removeprefix(ARTICLE)


def _matches(text: str, words: Sequence[Word], number: int, at: _Start) -> list[_Found]:
    """The phrases of `at` that the text has from its word `number` on."""
    prefix, lead, node = at
    start = words[number].start + len(prefix) - len(lead)
    if lead:
        prefix = _letters_before(text, start)
        if prefix not in PROCLITICS or start < 0 or not text.startswith(lead, start):
            return []
    matches: list[_Found] = []
    end = words[number].end
    while True:
        for trail, phrase in node.ends:
            last = end + len(trail)
            if not trail or (text.startswith(trail, end) and not _is_letter(text[last : last + 1])):
                matches.append((phrase, start, last, prefix))
        number += 1
        if not node.following or number == len(words):
            return matches
        written = _written_after(text, words, number - 1)
        after = next((node.following[each] for each in written if each in node.following), None)
        if after is None:
            return matches
        node, end = after, words[number].end


def _written_after(text: str, words: Sequence[Word], number: int) -> Sequence[str]:
    """What is written from the end of a word to that of the next, and that without quotation marks.

    A part of a name may stand in them: the camp "Zamzam".
    """
    written = text[words[number].end : words[number + 1].end]
    return (written, written.replace(_QUOTE, "")) if _QUOTE in written else (written,)


def _longest(found: Sequence[_Found], text: str) -> list[Match]:
    """Of overlapping matches in a text only the longest, or the first of those; in order.

    One with a quotation mark in it only where no other is: the road "M4" is the road and the M4.
    """
    covered = bytearray(len(text))
    matches: list[Match] = []
    ordered = sorted(found, key=_longest_first)
    ordered.sort(key=lambda match: _has_further_quote(match, text))
    for match in ordered:
        _, start, end, _ = match
        if covered.find(1, start, end) < 0:
            covered[start:end] = b"\x01" * (end - start)
            matches.append(Match(*match))
    return sorted(matches, key=_START)


def _letters_before(text: str, end: int) -> str:
    """The letters right before a position; a longer run of them is another word."""
    start = end
    while start > 0 and end - start <= _LONGEST_CHAIN and _is_letter(text[start - 1]):
        start -= 1
    return text[start:end]


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _has_further_quote(match: _Found, text: str) -> bool:
    """Whether the text has a quotation mark in the match that the phrase has not."""
    phrase, start, end, _ = match
    return _QUOTE not in phrase and text.find(_QUOTE, start, end) >= 0


def _longest_first(match: _Found) -> tuple[int, int]:
    _, start, end, _ = match
    return start - end, start
