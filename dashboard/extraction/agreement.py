"""Whether a verb agrees with a noun after it, e.g. not in "وطالبت التحالف" ("it asked the coalition").

A verb before its subject has the subject's gender. A noun of the other gender is its object.
"""

from dashboard.extraction.event_cues import Shape
from dashboard.extraction.sentence import EventHit, Sentence
from dashboard.text.clitics import CONJUNCTIONS, FUTURE, PRONOUNS, definite_base
from dashboard.text.normalise import fold

_FEMININE_PERFECT = "ت"
# Of a verb of many, which comes before no subject.
_MANY = ("وا", "ون")
_IMPERFECT = {"ت": True, "ي": False}
_FEMININE_NOUNS = ("ه", "ات")
# Heads of names of parties that are masculine, and are no plurals.
_MASCULINE_WORDS = """جيش نظام تحالف تنظيم مجلس حزب حشد دفاع طيران سلاح جهاز لواء فيلق حرس احتلال
ائتلاف أمن"""
_MASCULINE = frozenset(map(fold, _MASCULINE_WORDS.split()))


def disagrees(sentence: Sentence, hit: EventHit, at: int) -> bool:
    """Whether the verb of `hit` has another gender than the word `at`; false if one is not known.

    A verb of many stands after its subject, so a noun after it is an object too.
    """
    if sentence.texts[hit.at].endswith(_MANY) and hit.form.shape is not Shape.NOUN:
        return True
    verb = _is_feminine_verb(sentence.words[hit.at].text, hit)
    noun = _is_feminine_noun(sentence.words[at].text)
    return verb is not None and noun is not None and verb != noun


def _is_feminine_verb(word: str, hit: EventHit) -> bool | None:
    shape = hit.form.shape
    if shape is Shape.PERFECT:
        # "Accused" ends as with a pronoun.
        if word.endswith(PRONOUNS) and not word.endswith(hit.form.cue.word):
            return None
        return word.endswith(_FEMININE_PERFECT)
    if shape in (Shape.IMPERFECT, Shape.FUTURE):
        person = next(
            (letter for letter in word if letter not in (*CONJUNCTIONS, FUTURE)),
            "",
        )
        return _IMPERFECT.get(person)
    return None


def _is_feminine_noun(word: str) -> bool | None:
    base = definite_base(word) or word
    if base in _MASCULINE:
        return False
    return True if base.endswith(_FEMININE_NOUNS) else None
