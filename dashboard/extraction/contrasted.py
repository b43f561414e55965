"""A part of an act reported otherwise, e.g. "وقعت فجر الجمعة لا مساء الخميس": not on Thursday."""

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.clauses import is_day_word
from dashboard.extraction.sentence import ClaimHit, Sentence
from dashboard.model.event import ClaimField

# "Not", with what is not so right after it.
_NOT = frozenset({"لا", "ليس", "وليس", "وليست"})
# What is not so is so many words after the act at most.
_REACH = 14
# The two days are so many words before and after the "not".
_BESIDE = 3


def contrasted(sentence: Sentence, at: int) -> tuple[ClaimHit, ClaimField] | None:
    """The "not" after the act at word `at`, if somebody reports it, and the field that is not so."""
    if sentence.last_before(ClaimRole.REPORT, at) is None:
        return None
    for cue in sentence.between(ClaimRole.NEGATION, at + 1, at + _REACH):
        field = _field_after(sentence, cue) if sentence.texts[cue.at] in _NOT else None
        # An act that is reported between them is what it is about.
        if field is not None and not sentence.events_between(at + 1, cue.at):
            return cue, field
    return None


def _field_after(sentence: Sentence, cue: ClaimHit) -> ClaimField | None:
    """The field of the words on both sides of the "not": a day and another, a number and another."""
    before = sentence.texts[max(0, cue.at - _BESIDE) : cue.at]
    after = sentence.texts[cue.at + 1 : cue.at + 1 + _BESIDE]
    if any(map(is_day_word, before)) and any(map(is_day_word, after)):
        return ClaimField.DATE
    numbers = after[:1] and after[0].isdigit() and any(word.isdigit() for word in before)
    return ClaimField.TOLL if numbers else None
