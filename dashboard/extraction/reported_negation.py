"""Negations that somebody reports, which deny an act: "قالت إنها لم تقصف", "أي قصف لم يقع".

What the outlet itself says not to have happened is no claim.
"""

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence, is_verb

# How far, in words, a negation reaches within its clause.
NEGATION_REACH = 2
# "No clashes were recorded": a negation reaches further to a noun that no event cue precedes.
NEGATED_NOUN_REACH = 4
_DID_NOT, _NO = "لم", frozenset({"لا", "ليس", "ليست"})
# "There are no clashes".
_THERE_IS = frozenset({"يوجد", "توجد", "وجود", "هناك"})


def reported_negation(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The negation of the act, if it is in what somebody says: "said that it did not", "we did not"."""
    if not (sentence.reports or sentence.label):
        return None
    negation = _negation_of(sentence, hit, cues)
    return negation if negation and _is_said(sentence, negation, hit, cues) else None


def _negation_of(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The "did not" before the verb of the event, or that of its noun."""
    if hit.form.shape is not Shape.IMPERFECT:
        return _negation_of_noun(sentence, hit, cues)
    near = sentence.between(ClaimRole.NEGATION, hit.at - NEGATION_REACH, hit.at)
    negations = [cue for cue in near if cue.cue.words[-1] == _DID_NOT]
    return negations[-1] if negations else None


def _negation_of_noun(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The negation of "no raid happened", "did not carry out", "there are no", "no withdrawal"."""
    low, high = hit.at - NEGATED_NOUN_REACH, hit.at + NEGATED_NOUN_REACH + 1
    for cue in reversed(sentence.between(ClaimRole.NEGATION, low, high)):
        last, following = cue.cue.words[-1], cue.at + cue.length
        if sentence.clauses[cue.at] != sentence.clauses[hit.at] or following == len(sentence.texts):
            continue
        if last == _DID_NOT and sentence.texts[following] in cues.words[ClaimRole.OCCURRENCE]:
            if cue.at < hit.at or cue.at == hit.at + 1:
                return cue
        elif last in _NO and cue.at < hit.at and _is_none(sentence, hit, following):
            return cue
    return None


def _is_none(sentence: Sentence, hit: EventHit, following: int) -> bool:
    """Whether "no" is before an indefinite noun, or "there is no": `following` is the word after it."""
    there = following == hit.at or sentence.texts[following] in _THERE_IS
    return there and not is_verb(hit) and not hit.form.definite


def _is_said(sentence: Sentence, negation: ClaimHit, hit: EventHit, cues: Cues) -> bool:
    """Whether somebody says the negation: after "said that", a colon, or before "according to"."""
    said = sentence.last_before(ClaimRole.REPORT, negation.at)
    if said is None and 0 < sentence.label <= negation.at:
        return True
    if said is None:
        later = sentence.between(ClaimRole.REPORT, hit.at, len(sentence.words))
        return any(cue.cue.where == "before" for cue in later)
    if sentence.main_verb_between(said.at + 1, negation.at):
        return False
    between = sentence.words[said.at + said.length : negation.at]
    quoted = any(said.at < colon <= negation.at for colon in sentence.colons)
    return quoted or any(word.text in cues.words[ClaimRole.COMPLEMENT] for word in between)
