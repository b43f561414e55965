"""Figures of people and vehicles, e.g. "ما لا يقل عن ثلاثة قتلى" -> killed, 3 or more."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from dashboard.extraction.figure_amounts import OF, TO, Amount, Amounts, begins_amount
from dashboard.extraction.figure_words import WordClass, dual_of, is_person, lookup
from dashboard.model.estimate import Counted, Measure
from dashboard.text.by_word import cached_by_word
from dashboard.text.clitics import AND, ARTICLE, PRONOUNS
from dashboard.text.normalise import Normalised, fold
from dashboard.text.numbers import number_at
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.words import texts_of

_WORD = re.compile(r"\d+(?:[.,]\d{3})*|[^\W\d_]+")
_BREAK = re.compile(r"[,;:.!?()\n]")
# An act is so many words before the number of the people it befell, or after them.
_BEFORE, _AFTER = 6, 8
# "The number of the dead rose to": that noun is so many words before "to".
_TOLL_REACH = 9
_COUNT = frozenset(map(fold, ("عدد", "حصيلة", "الحصيلة", "أعداد", "العدد")))
_COMBINED = frozenset({Measure.KILLED, Measure.WOUNDED})


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A number that a text gives, from `low` to `high` (`None` is an open end); offsets as of places.

    The words are those of the number, of what qualifies it, and of whom it counts.
    """

    start: int
    end: int
    measure: Measure
    low: int | None
    high: int | None
    counted: Counted


def find_figures(text: PreparedText, spans: Sequence[Span]) -> tuple[FigureMention, ...]:
    """The figures in the sentences at `spans` of the original text, in order."""
    folded = text.folded
    may_count = map(_may_count, texts_of(text.words))
    counting = [folded.span(word.start, word.end) for word in compress(text.words, may_count)]
    starts, ends = [first for first, _ in counting], [last for _, last in counting]
    return tuple(
        mention
        for start, end in spans
        if bisect_right(ends, start) < bisect_left(starts, end)
        for mention in _of_sentence(folded, start, end)
    )


def _of_sentence(folded: Normalised, start: int, end: int) -> Iterator[FigureMention]:
    low, high = folded.folded_offset(start), folded.folded_offset(end)
    spans = [match.span() for match in _WORD.finditer(folded.text, low, high)]
    words = [folded.text[first:last] for first, last in spans]
    amounts = Amounts(words, _breaks(folded.text, spans))
    free = 0
    for at, word in enumerate(words):
        if at < free or not begins_amount(word):
            continue
        amount = amounts.amount(at)
        measures = _measures(amounts, amount) if amount else ()
        if amount is None or not measures:
            continue
        if len(measures) == 1:
            amount = _with_joined(amounts, amount, measures[0])
        free = amount.last
        place = folded.span(spans[amount.first][0], spans[amount.last - 1][1])
        counted = _counted(amounts, amount)
        for measure in measures:
            yield FigureMention(*place, measure, *_bounds(amount, measure, measures), counted)


@cached_by_word
def _may_count(word: str) -> bool:
    """Whether an amount may begin in a word; of letters and digits written together, at any of them."""
    return not word.isalpha() or begins_amount(word)


def _breaks(text: str, spans: Sequence[Span]) -> list[bool]:
    """Whether a clause ends between the word before and a word, for each of them."""
    breaks = [False] * len(spans)
    starts = [start for start, _ in spans]
    if spans:
        for match in _BREAK.finditer(text, spans[0][1], spans[-1][0]):
            at = bisect_right(starts, match.start())
            # A comma inside of a number is none.
            breaks[at] = breaks[at] or match.start() >= spans[at - 1][1]
    return breaks


def _bounds(
    amount: Amount, measure: Measure, measures: Sequence[Measure]
) -> tuple[int | None, int | None]:
    """Of "12 killed and wounded" at least one is killed and one wounded."""
    if len(measures) == 1 or measure not in _COMBINED:
        return amount.low, amount.high
    return 1, None if amount.high is None else max(1, amount.high - 1)


def _measures(amounts: Amounts, amount: Amount) -> tuple[Measure, ...]:
    """What the number counts; nothing if no word near it says so."""
    noun = amounts.words[amount.noun] if amount.noun is not None else None
    singular = dual_of(noun) if noun else None
    victim = lookup(noun, WordClass.VICTIM) if noun else None
    if noun and noun.isascii() and not victim:
        victim = lookup(noun, WordClass.ACT)
    # "Four displaced people were killed": the verb says what befell them.
    harmed = victim == Measure.DISPLACED and _before(amounts, amount, person=True)
    if harmed and not _COMBINED.isdisjoint(harmed):
        return harmed
    if victim:
        return () if _is_part(amounts, amount) else _victims(amounts, amount, Measure(victim))
    vehicle = noun and lookup(noun, WordClass.VEHICLE)
    if vehicle or (singular and lookup(singular, WordClass.ONE) == Measure.VEHICLES):
        return (Measure.VEHICLES,)
    person = bool(singular or (noun and is_person(noun)))
    if amount.first < len(amounts.words) and lookup(amounts.words[amount.first], WordClass.ACT):
        return _acts(amounts, amount.first)
    return (
        _before(amounts, amount, person=person)
        or _toll(amounts, amount)
        or (_after(amounts, amount) if person else ())
    )


def _with_joined(amounts: Amounts, amount: Amount, measure: Measure) -> Amount:
    """The number with those joined to it; soldiers who arrive are counted once."""
    if measure is Measure.VEHICLES:
        return amounts.joined(amount, Measure.VEHICLES)
    noun = amounts.words[amount.noun] if amount.noun is not None else ""
    people = noun and is_person(dual_of(noun) or noun)
    return amounts.joined(amount) if people and measure is not Measure.TROOPS else amount


def _victims(amounts: Amounts, amount: Amount, measure: Measure) -> tuple[Measure, ...]:
    """The measure of the noun for victims, and of one joined to it: "dozens of dead and wounded"."""
    if measure is Measure.DETAINED and _is_release(amounts, amount):
        return ()
    at = (amount.noun or 0) + 1
    if at >= len(amounts.words) or not amounts.words[at].startswith(AND):
        return (measure,)
    joined = lookup(amounts.words[at], WordClass.VICTIM)
    return tuple(sorted({measure, Measure(joined)})) if joined else (measure,)


def _is_release(amounts: Amounts, amount: Amount) -> bool:
    words = amounts.words[max(0, amount.first - _AFTER) : amount.first]
    return any(lookup(word, WordClass.FREED) is not None for word in words)


def _is_part(amounts: Amounts, amount: Amount) -> bool:
    """Whether it is a part of a number given before: "four of the wounded"."""
    noun = amount.noun or 0
    return amounts.words[noun - 1] == OF and amounts.words[noun].startswith(ARTICLE)


def _acts(amounts: Amounts, at: int) -> tuple[Measure, ...]:
    """The measure of the act at a word, and of one joined to it: "مقتل وإصابة"."""
    act = lookup(amounts.words[at], WordClass.ACT)
    if act is None:
        return ()
    before = amounts.words[at - 1] if at and amounts.words[at].startswith(AND) else ""
    # "لقوا مصرعهم وجرح ثلاثة": an act with a pronoun is of people named before.
    # "امرأة وطفلان قتلوا وأصيب سبعة": so is a verb of many after its subject.
    of_others = before.endswith((*PRONOUNS[2:], "وا"))
    joined = "" if of_others else lookup(before, WordClass.ACT)
    measures = {Measure(joined), Measure(act)} if joined else {Measure(act)}
    return tuple(sorted(measures))


def _before(amounts: Amounts, amount: Amount, *, person: bool) -> tuple[Measure, ...]:
    """By the act before the number: right before it if nobody is named whom it counts."""
    reach = _BEFORE if person else 1
    for at in range(amount.first - 1, max(-1, amount.first - 1 - reach), -1):
        if amounts.breaks[at + 1] or lookup(amounts.words[at], WordClass.AMONG) is not None:
            return ()
        acts = tuple(m for m in _acts(amounts, at) if m is not Measure.VEHICLES)
        if acts and (person or Measure.TROOPS not in acts):
            return acts
        if number_at(amounts.words, at) is not None:
            return ()
    return ()


def _toll(amounts: Amounts, amount: Amount) -> tuple[Measure, ...]:
    """By the noun before "to": "the number of the dead rose to 35"."""
    if amount.first == 0 or amounts.words[amount.first - 1] != TO:
        return ()
    words = amounts.words[max(0, amount.first - _TOLL_REACH) : amount.first - 1]
    if _COUNT.isdisjoint(words):
        return ()
    victims = [lookup(word, WordClass.VICTIM) for word in words]
    return tuple(Measure(each) for each in victims[::-1] if each)[:1]


def _after(amounts: Amounts, amount: Amount) -> tuple[Measure, ...]:
    """By the verb after the people: "three protesters were wounded"."""
    first = amount.first
    if first and lookup(amounts.words[first - 1], WordClass.AMONG) is not None:
        return ()
    for at in range(amount.last, min(len(amounts.words), amount.last + _AFTER)):
        if amounts.breaks[at] or number_at(amounts.words, at) is not None:
            return ()
        word = amounts.words[at]
        act = lookup(word, WordClass.ACT)
        if act and (word.isascii() or word.endswith(("وا", "ا", "ت"))):
            return () if act in {Measure.VEHICLES, Measure.TROOPS} else (Measure(act),)
    return ()


def _counted(amounts: Amounts, amount: Amount) -> Counted:
    """Whom the number counts, by the noun after it."""
    noun = amounts.words[amount.noun] if amount.noun is not None else ""
    whom = lookup(dual_of(noun) or noun, WordClass.PERSON) if noun else None
    return Counted(whom) if whom else Counted.EVERYONE
