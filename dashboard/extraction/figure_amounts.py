"""The numbers of people in a sentence with what qualifies them, e.g. "ما بين 5 و7 أشخاص" -> 5 to 7."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.extraction.figure_words import (
    WordClass,
    dual_of,
    is_person,
    lookup,
    phrase_before,
)
from dashboard.model.estimate import Counted, Measure
from dashboard.text.by_word import cached_by_word
from dashboard.text.clitics import AND
from dashboard.text.normalise import fold
from dashboard.text.numbers import begins_number, number_at

OF, TO = fold("من"), fold("إلى")
_BETWEEN = fold("بين")
_TIMES_THOUSAND = fold("الآلاف")
_AT_LEAST = (fold("على"), fold("الأقل"))
# "Two" after those whom it counts: "two civilians".
_TWO = frozenset({"اثنين", "اثنان", "اثنتين", "اثنتان"})
# "Dozens" and "hundreds" are at least two of them.
_VAGUE = {"عشرات": 20, "ميات": 200, "الاف": 2000, "dozens": 24, "hundreds": 200}


@cached_by_word
def begins_amount(word: str) -> bool:
    """Whether an amount may begin at a word: a number, also a vague one, a dual or a singular."""
    return (
        begins_number(word)
        or bool(dual_of(word))
        or any(lookup(word, each) is not None for each in (WordClass.VAGUE, WordClass.ONE))
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at words `first` to before `last`, `noun` being the number of the word it counts.

    `high` is `None` for an open end, `low` for "at most".
    """

    first: int
    last: int
    low: int | None
    high: int | None
    noun: int | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The words of a sentence, and before which of them a clause ends."""

    words: Sequence[str]
    breaks: Sequence[bool]

    def amount(self, at: int) -> Amount | None:
        """The number, the vague number, the dual or the singular at a word, with its qualifiers."""
        word = self.words[at]
        if dual_of(word):
            return self._qualified(at, at + 1, 2, 2, at)
        if lookup(word, WordClass.VAGUE) is not None:
            return self._vague(at)
        if word in _TWO and at and is_person(self.words[at - 1]) and not self.breaks[at]:
            return self._qualified(at - 1, at + 1, 2, 2, at - 1)
        number = number_at(self.words, at)
        if number is None:
            return self._single(at)
        if word[0].isdigit() and at and lookup(self.words[at - 1], WordClass.NAME) is not None:
            return None
        low = high = number.value
        last = number.end
        upper = self._upper(at, last)
        if upper is not None and upper[0] > low:
            high, last = upper
        noun = self._noun(last)
        if noun is not None and lookup(self.words[noun], WordClass.UNIT) is not None:
            return None
        return self._qualified(at, last, low, high, noun)

    def _upper(self, at: int, end: int) -> tuple[int, int] | None:
        """The upper end of a range, "between 5 and 7" or "5 to 7", and the position after it."""
        if end >= len(self.words) or (self.breaks[end] and self.words[end] != TO):
            return None
        between = at > 0 and self.words[at - 1].endswith(_BETWEEN)
        joined = between and self.words[end].startswith(AND)
        first = end + 1 if self.words[end] in {TO, AND, "to"} else end
        if not joined and self.words[end] not in {TO, "to"}:
            return None
        number = number_at(self.words, first) if first < len(self.words) else None
        return None if number is None else (number.value, number.end)

    def _vague(self, at: int) -> Amount:
        base = next((n for n in _VAGUE if self.words[at].endswith(n)), "")
        low, last = _VAGUE.get(base, 2), at + 1
        if last < len(self.words) and self.words[last] == _TIMES_THOUSAND:
            low, last = low * 1000, last + 1
        return Amount(at, self._end(last), low, None, self._noun(last))

    def _single(self, at: int) -> Amount | None:
        """One person or vehicle right after an act: "the killing of a civilian"."""
        whom = lookup(self.words[at], WordClass.ONE)
        act = lookup(self.words[at - 1], WordClass.ACT) if at and not self.breaks[at] else None
        if whom == Counted.EVERYONE and act is None and at + 1 < len(self.words):
            alone = Amount(at, at + 1, 1, 1, at)
            return alone if self.joined(alone) != alone else None
        if whom is None or act is None or (act == Measure.VEHICLES) != (whom == Measure.VEHICLES):
            return None
        if act in {Measure.TROOPS, Measure.DISPLACED}:
            return None
        return Amount(at - 1, at + 1, 1, 1, at)

    def _noun(self, at: int) -> int | None:
        """The word that a number before `at` counts: the next one, or the one after "of"."""
        if at < len(self.words) and self.words[at] == OF:
            at += 1
        return at if at < len(self.words) and not self.breaks[at] else None

    def _end(self, last: int) -> int:
        """The position after the noun of a number, if it has one that is known."""
        noun = self._noun(last)
        classes = (WordClass.PERSON, WordClass.VICTIM, WordClass.VEHICLE)
        known = noun is not None and any(lookup(self.words[noun], each) for each in classes)
        return noun + 1 if known and noun is not None else last

    def _qualified(
        self, at: int, last: int, low: int, high: int | None, noun: int | None
    ) -> Amount:
        """The number with "at least", "about" or "at most" before it, or "at least" after it."""
        lower: int | None = low
        first, end = at, self._end(last)
        if at and self.words[at - 1].endswith(_BETWEEN) and high != low:
            first -= 1
        for word_class in (WordClass.LOW, WordClass.ABOUT, WordClass.HIGH):
            length = phrase_before(self.words, at, word_class)
            if length and not self.breaks[at]:
                first = at - length
                high = None if word_class is WordClass.LOW else high
                lower = None if word_class is WordClass.HIGH else lower
                break
        if tuple(self.words[end : end + 2]) == _AT_LEAST:
            high, end = None, end + 2
        return Amount(first, end, lower, high, noun)

    def joined(self, amount: Amount, kind: str = Counted.EVERYONE) -> Amount:
        """The number with those that "and" joins to it: "a civilian and two soldiers" -> 3.

        Only people, or vehicles, of whom no other act or noun says what befell them.
        """
        at = amount.last
        if at >= len(self.words) or self.breaks[at] or not self.words[at].startswith(AND):
            return amount
        more = None if lookup(self.words[at], WordClass.ACT) else self._counted(at, kind)
        if more is None or amount.high is None or amount.low is None:
            return amount
        value, last = more
        low, high = amount.low + value, amount.high + value
        return self.joined(Amount(amount.first, last, low, high, amount.noun), kind)

    def _counted(self, at: int, kind: str) -> tuple[int, int] | None:
        """How many people or vehicles stand at a word, and the position after them."""
        dual = dual_of(self.words[at])
        if dual or lookup(self.words[at], WordClass.ONE):
            same = lookup(dual or self.words[at], WordClass.ONE) == kind
            return (2 if dual else 1, at + 1) if same else None
        number = number_at(self.words, at)
        noun = self._noun(number.end) if number else None
        if number is None or noun is None:
            return None
        word_class = WordClass.VEHICLE if kind == Measure.VEHICLES else WordClass.PERSON
        same = lookup(self.words[noun], word_class) is not None or self.words[noun - 1] == OF
        return (number.value, noun + 1) if same else None
