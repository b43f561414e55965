"""Negations that somebody reports, which deny an act: "قالت إنها لم تقصف", "أي قصف لم يقع".

What the outlet itself says not to have happened is no claim.
"""

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.sentence import (
    ClaimHit,
    EventHit,
    Sentence,
    follows_preposition,
    is_that,
    is_verb,
)

# How far, in words, a negation reaches within its clause.
NEGATION_REACH = 2
# "No clashes were recorded": a negation reaches further to a noun that no event cue precedes.
NEGATED_NOUN_REACH = 4
_DID_NOT, _NO = "لم", frozenset({"لا", "ليس", "ليست"})
# "The lack of a withdrawal", "that there was no raid".
_LACK = "عدم"
# "That" after a reporting verb is among so many words, behind who speaks.
_SPEAKER_REACH = 10
# The first letter of a verb in the first person of the plural.
_WE = "ن"
# "The raid on the town did not happen": so many words after the noun at most.
_TOPIC_REACH = 8
# "There are no clashes".
_THERE_IS = frozenset({"يوجد", "توجد", "وجود", "هناك"})


def reported_negation(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The negation of the act, if it is in what somebody says: "said that it did not", "we did not"."""
    negated = sentence.of(ClaimRole.NEGATION)
    negation = _negation_of(sentence, hit, cues) if negated else None
    if negation is None:
        return None
    if says_we(sentence, negation):
        return negation
    said = bool(sentence.reports or sentence.label) and _is_said(sentence, negation, hit, cues)
    return negation if said else None


def says_we(sentence: Sentence, negation: ClaimHit) -> bool:
    """Whether the negated verb is in the first person, so that somebody is quoted: "we did not"."""
    verb = sentence.texts[negation.at + negation.length : negation.at + negation.length + 1]
    return negation.cue.words[-1] == _DID_NOT and bool(verb) and verb[0].startswith(_WE)


def _negation_of(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The "did not" before the verb of the event, or that of its noun."""
    if hit.form.shape is not Shape.IMPERFECT:
        return _negation_of_noun(sentence, hit, cues)
    near = sentence.between(ClaimRole.NEGATION, hit.at - NEGATION_REACH, hit.at)
    negations = [cue for cue in near if cue.cue.words[-1] == _DID_NOT]
    return negations[-1] if negations else None


def _negation_of_noun(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The negation of "no raid happened", "did not carry out", "there are no", "no withdrawal"."""
    topic = hit.at > 0 and is_that(sentence.texts[hit.at - 1])
    low = hit.at - NEGATED_NOUN_REACH
    high = hit.at + (_TOPIC_REACH if topic else NEGATED_NOUN_REACH) + 1
    for cue in reversed(sentence.between(ClaimRole.NEGATION, low, high)):
        last, following = cue.cue.words[-1], cue.at + cue.length
        if sentence.clauses[cue.at] != sentence.clauses[hit.at] or following == len(sentence.texts):
            continue
        if last == _DID_NOT and sentence.texts[following] in cues.words[ClaimRole.OCCURRENCE]:
            if cue.at <= hit.at + 1 or (topic and not sentence.events_between(hit.at + 1, cue.at)):
                return cue
        elif cue.at < hit.at and _denies_noun(sentence, hit, last, following, cues):
            return cue
    return None


def _denies_noun(
    sentence: Sentence, hit: EventHit, negation: str, following: int, cues: Cues
) -> bool:
    """Whether "no" or "lack of" is of the noun of the event; `following` is the word after it."""
    if negation == _LACK:
        return _is_lack(sentence, hit, following, cues)
    return negation in _NO and _is_none(sentence, hit, following)


def _is_none(sentence: Sentence, hit: EventHit, following: int) -> bool:
    """Whether "no" is before an indefinite noun, or "there is no": `following` is the word after it."""
    there = following == hit.at or sentence.texts[following] in _THERE_IS
    return there and not is_verb(hit) and not hit.form.definite


def _is_lack(sentence: Sentence, hit: EventHit, following: int, cues: Cues) -> bool:
    """Whether "lack of" is right before the noun, or "there being": `following` is the word after it."""
    objects = cues.words[ClaimRole.OBJECT]
    return not is_verb(hit) and all(word in objects for word in sentence.texts[following : hit.at])


def _is_said(sentence: Sentence, negation: ClaimHit, hit: EventHit, cues: Cues) -> bool:
    """Whether somebody says the negation: after "said that", a colon, or before "according to"."""
    said = sentence.last_before(ClaimRole.REPORT, negation.at)
    if said is None and 0 < sentence.label <= negation.at:
        return True
    if said is None:
        later = sentence.between(ClaimRole.REPORT, hit.at, len(sentence.words))
        quoted = bool(later) and closes_quote(sentence, later[0])
        return quoted or any(cue.cue.where == "before" for cue in later)
    if sentence.main_verb_between(said.at + 1, negation.at):
        return False
    if negation.cue.words[-1] == _LACK:
        return _is_confirmed(sentence, said, negation)
    between = sentence.words[said.at + said.length : negation.at]
    quoted = any(said.at < colon <= negation.at for colon in sentence.colons)
    return quoted or any(word.text in cues.words[ClaimRole.COMPLEMENT] for word in between)


def closes_quote(sentence: Sentence, verb: ClaimHit) -> bool:
    """Whether a reporting verb follows what is said: "we did not shell it, says the spokesman"."""
    if verb.cue.where != "verb" or verb.at == 0 or verb.at not in sentence.main_verbs:
        return False
    opens = sentence.clauses[verb.at] != sentence.clauses[verb.at - 1]
    joined = sentence.texts[verb.at] != verb.cue.words[0]
    after = sentence.texts[verb.at + 1 : verb.at + 1 + _SPEAKER_REACH]
    return opens and not joined and not any(is_that(word) for word in after)


def _is_confirmed(sentence: Sentence, said: ClaimHit, negation: ClaimHit) -> bool:
    """Whether "lack of" is the object of the verb: "confirmed the lack of", not "the need for no"."""
    first = said.at + said.length
    between = sentence.events_between(first, negation.at)
    possible = sentence.between(ClaimRole.IRREALIS, first, negation.at)
    same = sentence.clauses[said.at] == sentence.clauses[negation.at]
    alone = not follows_preposition(sentence.texts, negation.at)
    return said.cue.where == "verb" and same and alone and not between and not possible
