"""The words around figures, from data/lexicon/figure_words.csv: acts, victims, persons, "at least"."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.by_word import ByKey, cached_by_word
from dashboard.text.clitics import ARTICLE, bases, definite_base
from dashboard.text.normalise import fold

_FOLDER = DATA / "lexicon"
# The dual endings; "ه" at the end of a noun is "ت" before them.
_DUAL, _DUAL_OR_PLURAL = "ان", "ين"
# The accusative of an adjective of nationality, and the length of shorter words that end like it.
_NISBA, _SHORTEST = "يا", 4


class WordClass(StrEnum):
    """What a word says about a number near it.

    `ACT` and `VICTIM` say what is counted ("killed", "dead"), `PERSON` whom, `ONE` is a singular.
    `LOW`, `ABOUT` and `HIGH` qualify a number, `VAGUE` stands for one; after `AMONG` comes a part of a
    number; `NAME` before a number makes it a name ("Brigade 444"), `UNIT` after it counts no people.
    Who is `FREED` is no longer detained. After a `RESULT` ("led to") comes the toll of an act,
    after a `CAUSE` ("as a result of") the act of a toll; words of `OF` stand before whose men they are.
    """

    ACT = "act"
    VICTIM = "victim"
    VEHICLE = "vehicle"
    PERSON = "person"
    ONE = "one"
    LOW = "low"
    ABOUT = "about"
    HIGH = "high"
    VAGUE = "vague"
    AMONG = "among"
    NAME = "name"
    UNIT = "unit"
    FREED = "freed"
    RESULT = "result"
    CAUSE = "cause"
    OF = "of"


@dataclass(frozen=True, slots=True)
class _FigureWord:
    word_class: WordClass
    measure: str | None
    word: str


@cache
def _table(folder: Path = _FOLDER) -> Mapping[WordClass, Mapping[str, str]]:
    """Folded word -> measure or whom it counts, by class; raises DataError if the table is faulty."""
    table: dict[WordClass, dict[str, str]] = defaultdict(dict)
    for row in load_records(folder / "figure_words.csv", _FigureWord):
        table[row.word_class].setdefault(fold(row.word), row.measure or "")
    return table


def lookup(word: str, word_class: WordClass) -> str | None:
    """What a folded word of a class means, behind its clitics and article; `None` if it is none."""
    return _MEANINGS[word_class][word]


def _meaning(word: str, word_class: WordClass) -> str | None:
    words = _table()[word_class]
    for base in bases(word):
        if base in words:
            return words[base]
        if base.startswith(ARTICLE) and base.removeprefix(ARTICLE) in words:
            return words[base.removeprefix(ARTICLE)]
    base = definite_base(word) or ""
    return words.get(base)


_MEANINGS = ByKey(_meaning)


def is_person(word: str) -> bool:
    """Whether a word counts people: one of the table, or a nationality after a number, "فلسطينيا"."""
    nationality = len(word) > _SHORTEST and word.endswith(_NISBA)
    return lookup(word, WordClass.PERSON) is not None or (
        nationality and lookup(word, WordClass.UNIT) is None
    )


def phrase_before(words: Sequence[str], at: int, word_class: WordClass) -> int:
    """The number of words right before a position that are a phrase of a class, else 0."""
    for length in (4, 3, 2, 1):
        if at >= length:
            first, *rest = words[at - length : at]
            if any(" ".join((base, *rest)) in _table()[word_class] for base in bases(first)):
                return length
    return 0


@cached_by_word
def dual_of(word: str) -> str | None:
    """The class word of which a word is the dual: "شخصين" -> "شخص"; of "مدنيين", a plural, `None`."""
    stems = (form for base in bases(word) for form in (base, base.removeprefix(ARTICLE)))
    for stem in stems:
        if not stem.endswith((_DUAL, _DUAL_OR_PLURAL)) or lookup(stem, WordClass.PERSON):
            continue
        single = stem[: -len(_DUAL)]
        singulars = (single, f"{single.removesuffix('ت')}ه") if single.endswith("ت") else (single,)
        for each in singulars:
            if each in _table()[WordClass.ONE]:
                return each
    return None
