"""Inflected forms of the words of claim_words.csv, e.g. "نفى" -> "نفت", "ينفون", "ننفي", "نافيا".

The classes of the table: a verb with its imperfect stem and participle; a noun; an adjective, which may
be a phrase ("غير صحيح"); and "what" before a verb ("ما تردد").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.text.clitics import ARTICLE, CHAINS, DEFINITE_CHAINS, IN, PRONOUNS
from dashboard.text.normalise import fold

# "What" alone and after prepositions: "by what", "of what", "about what".
_WHAT = tuple(map(fold, ("ما", "بما", "لما", "عما", "مما", "وما", "لكل ما", "كل ما")))
_WE, _US = "ن", "نا"
_OBJECTS = ("", *PRONOUNS)
# Who denies or doubts by a verb also speaks; a first person is the speaker of the quotation.
_SPEAKING = frozenset({ClaimRole.DENIAL, ClaimRole.DOUBT})


class WordClass(StrEnum):
    """How the forms of a word are made."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    WHAT = "what"


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """A row of claim_words.csv: a word with what its forms are made of, and where it stands."""

    role: ClaimRole
    word_class: WordClass
    word: str
    imperfect: str | None
    participle: str | None
    where: str
    needs: tuple[str, ...]
    avoids: tuple[str, ...]


def cues_of_word(row: ClaimWord) -> Iterator[ClaimCue]:
    """The cues of all forms of a word; a verb that denies or doubts also reports."""
    needs, avoids = (tuple(map(fold, words)) for words in (row.needs, row.avoids))
    reports = frozenset(_third_persons(row)) if row.word_class is WordClass.VERB else frozenset()
    for form in dict.fromkeys(_FORMS_OF[row.word_class](row)):
        words = tuple(form.split())
        yield ClaimCue(row.role, words, row.where, needs, avoids)
        if row.role in _SPEAKING and form in reports:
            yield ClaimCue(ClaimRole.REPORT, words, "verb", needs, avoids)


def _verb(row: ClaimWord) -> Iterator[str]:
    yield from _third_persons(row)
    verb = fold(row.word)
    yield f"{verb}{_US}"
    if row.imperfect:
        yield from (_WE + fold(row.imperfect) + pronoun for pronoun in _OBJECTS)
    if row.participle:
        stem = fold(row.participle)
        short = stem.removesuffix("ي")
        yield from (f"{stem}ا", f"{stem}ه", f"{short}ين", f"{stem}ات")


def _third_persons(row: ClaimWord) -> Iterator[str]:
    verb = fold(row.word)
    # A weak last letter falls away before an ending, and is an alif before a pronoun: نفت, نفاه.
    weak = verb.endswith(("ي", "ا"))
    short = verb[:-1] if weak else verb
    yield verb
    plural = f"{short}وا"
    yield from (plural, f"{short}تا", f"{short}ت")
    # "نفيا" is rather "a denial" than "both denied".
    if not weak:
        yield f"{verb}ا"
    bound = f"{short}ا" if weak else verb
    for pronoun in PRONOUNS:
        # The alif of the plural falls away before a pronoun: نفوا, نفوه.
        yield from (bound + pronoun, f"{short}ت{pronoun}", plural.removesuffix("ا") + pronoun)
    if row.imperfect:
        yield from _imperfect(fold(row.imperfect))


def _imperfect(stem: str) -> Iterator[str]:
    short = stem.removesuffix("ي")
    for person in ("ي", "ت"):
        yield from (person + stem + pronoun for pronoun in _OBJECTS)
        yield from (f"{person}{short}ون", f"{person}{short}ونه", f"{person}{stem}ان")


def _noun(row: ClaimWord) -> Iterator[str]:
    noun = fold(row.word)
    bound = f"{noun[:-1]}ت" if noun.endswith("ه") else noun
    for chain, definite in zip(CHAINS, DEFINITE_CHAINS, strict=True):
        yield chain + noun
        yield definite + noun
        yield from (chain + bound + pronoun for pronoun in (*PRONOUNS, _US))
    if not noun.endswith(("ه", "ا", "ات")):
        yield f"{noun}ا"


def _adjective(row: ClaimWord) -> Iterator[str]:
    *before, adjective = fold(row.word).split()
    stem = adjective.removesuffix("ا") if before else adjective
    feminine = f"{stem.removesuffix('ه')}ه"
    for form in (adjective, feminine, f"{stem}ا"):
        yield " ".join((*before, form))
    if not before:
        definite = (f"{start}{ARTICLE}" for start in ("", IN))
        yield from (start + form for start in definite for form in (adjective, feminine))


def _what(row: ClaimWord) -> Iterator[str]:
    return (f"{what} {form}" for what in _WHAT for form in _third_persons(row))


_FORMS_OF: Mapping[WordClass, Callable[[ClaimWord], Iterator[str]]] = {
    WordClass.VERB: _verb,
    WordClass.NOUN: _noun,
    WordClass.ADJECTIVE: _adjective,
    WordClass.WHAT: _what,
}
