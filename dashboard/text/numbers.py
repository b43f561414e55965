"""Numbers in digits and in words, e.g. "ثلاثة وعشرين" -> 23, "3 آلاف" -> 3000, "1,500" -> 1500."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.by_word import cached_by_word
from dashboard.text.clitics import AND, bases
from dashboard.text.normalise import fold

_FOLDER = DATA / "lexicon"
# Longer runs of digits are no counts of people, and the most words that one number has.
_MOST_DIGITS, _MOST_WORDS = 9, 9
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
# "Eleven" is "one ten" in words that mean "one" only there; "ألفا" alone is two thousand.
_ELEVEN = frozenset(map(fold, ("أحد", "إحدى")))
_TWO_THOUSAND = fold("ألفا")


@dataclass(frozen=True, slots=True)
class _NumberWord:
    word: str
    value: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a list of words: its value, and the position after its last word."""

    value: int
    end: int


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at a position of a list of folded words; `None` if none does.

    Conjunctions and prepositions may be written to its first word.
    """
    first = _first(words, at) if begins_number(words[at]) else None
    if first is None:
        return None
    total, current, end = 0, first, at + 1
    if current < _TEN and _word(words, end) == _TEN:
        current, end = current + _TEN, end + 1
    while end < min(len(words), at + _MOST_WORDS):
        value = _word(words, end)
        if value is not None and _multiplies(value, current):
            current *= value
        elif (following := _after_and(words, end)) and _adds(following, current):
            total, current = total + current, following
        else:
            break
        end += 1
    return Number(total + current, end)


@cached_by_word
def begins_number(word: str) -> bool:
    """Whether a number may begin with a word: digits or a number word, behind its clitics."""
    return any(
        base[:1].isdigit() or base in _ELEVEN or base == _TWO_THOUSAND or base in _table()
        for base in bases(word)
    )


def _first(words: Sequence[str], at: int) -> int | None:
    table = _table()
    for base in bases(words[at]):
        if base.isascii() and base.replace(",", "").replace(".", "").isdigit():
            digits = base.replace(",", "").replace(".", "")
            return int(digits) if len(digits) <= _MOST_DIGITS else None
        if base in _ELEVEN and _word(words, at + 1) == _TEN:
            return 1
        if base == _TWO_THOUSAND:
            return 2 * _THOUSAND
        if base in table:
            return table[base]
    return None


def _word(words: Sequence[str], at: int) -> int | None:
    return _table().get(words[at]) if at < len(words) else None


def _after_and(words: Sequence[str], at: int) -> int | None:
    """The number word at a position if "and" is written to it."""
    word = words[at]
    return _table().get(word.removeprefix(AND)) if word.startswith(AND) else None


def _multiplies(value: int, current: int) -> bool:
    return value >= _THOUSAND or (value == _HUNDRED and current < _TEN)


def _adds(value: int, current: int) -> bool:
    """Whether "and" joins a part of one number: "three and twenty", "hundred and twenty"."""
    if current < _TEN:
        return value % _TEN == 0 and _TEN < value < _HUNDRED
    return current % _HUNDRED == 0 and value < current


@cache
def _table(folder: Path = _FOLDER) -> Mapping[str, int]:
    """The value of each folded number word; raises DataError if the table is faulty."""
    rows = load_records(folder / "number_words.csv", _NumberWord)
    return {fold(row.word): row.value for row in rows}
