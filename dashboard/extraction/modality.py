"""Modality of an event: whether it is reported as real, e.g. not in "لمنع هجوم محتمل".

Denial and doubt are looked for first: they make a claim against the event, not its absence.
"""

from itertools import pairwise
from typing import NamedTuple

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.scope import end_of_scope, is_presupposed, judged_after
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence, follows_preposition, is_verb
from dashboard.model.event import FollowingAct, Stance
from dashboard.text.clitics import AND

# How far, in words, a governing word reaches within its clause.
_IRREALIS_REACH, _NEGATION_REACH, _AFTER_REACH, _GOVERN_REACH = 8, 2, 3, 12
# A negation may have so many words: its last one counts.
_LONGEST_CUE = 8
# "No clashes were recorded": a negation reaches further to a noun that no event cue precedes.
_NEGATED_NOUN_REACH = 4
STANCES_BEFORE = ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS))
STANCES_AFTER = (
    (ClaimRole.DENIAL_AFTER, Stance.DENIES),
    (ClaimRole.DOUBT_AFTER, Stance.DOUBTS),
)
_DID_NOT = "لم"
_NOT = frozenset({"لم", "لا"})
# "Nor denied" is so many words after "did not confirm" at most.
_NOR_REACH = 6
_LACK = frozenset({"عدم", "دون", "بدون"})
_REFUSALS = frozenset({"رفض"})
# "Declined to comment on": what is declined is one of so many words after the refusal.
_DECLINED_REACH = 5
# "To confirm or deny" denies nothing.
_OR = "او"
# A past verb after them is no act either: "if they insisted on".
_CONDITIONS = frozenset({"في حال", "اذا", "لو"})
# May stand before a past verb, where they affirm it: "has shelled".
_MAYBE = frozenset({"قد", "ربما"})


class Modality(NamedTuple):
    """The modality of an event; `unreal` if it is not said to have happened.

    `cue` is what denies or doubts it, `None` if nothing does.
    """

    unreal: bool
    stance: Stance
    background: bool
    cue: ClaimHit | None


def modality_of(sentence: Sentence, hit: EventHit, cues: Cues) -> Modality:
    """The modality of the event of `hit` in the sentence."""
    stance, cue = _dispute(sentence, hit, cues)
    unreal = (
        hit.form.shape is Shape.FUTURE
        or _governed(sentence, hit, cues)
        or _irrealis(sentence, hit, disputed=cue is not None)
        or (stance is Stance.ASSERTS and _negated(sentence, hit, cues))
    )
    return Modality(unreal, stance, _background(sentence, hit), cue)


def _background(sentence: Sentence, hit: EventHit) -> bool:
    """Whether "it is recalled that" opens the sentence, or is before the event in its clause."""
    last = sentence.last_before(ClaimRole.BACKGROUND, hit.at)
    if last is None:
        return False
    opens = sentence.of(ClaimRole.BACKGROUND)[0].at <= 1
    return opens or sentence.clauses[last.at] == sentence.clauses[hit.at]


def _dispute(sentence: Sentence, hit: EventHit, cues: Cues) -> tuple[Stance, ClaimHit | None]:
    """The stance of the cues around the event, and the cue that denies or doubts it.

    A denial reaches until the next main clause (`scope.py`); "denied the reports of" and "the reports of
    ... are false" both deny. Who reports that somebody did not do it denies it too.
    """
    for role, stance in STANCES_BEFORE:
        cue = _last_positive(sentence, role, hit.at)
        if cue is None or (role is ClaimRole.DOUBT and _nor_denied(sentence, cue, cues)):
            continue
        if _governs(sentence, cue, hit, cues):
            return stance, cue
    if hit.at not in sentence.main_verbs:
        for role, stance in STANCES_AFTER:
            cue = judged_after(sentence, role, hit.at)
            if cue is not None:
                return stance, cue
    denial = _reported_negation(sentence, hit, cues)
    return (Stance.DENIES, denial) if denial is not None else (Stance.ASSERTS, None)


def _governs(sentence: Sentence, cue: ClaimHit, hit: EventHit, cues: Cues) -> bool:
    complements = cues.words[ClaimRole.COMPLEMENT]
    if hit.at >= end_of_scope(sentence, cue, complements):
        return False
    return not is_presupposed(sentence, cue, hit.at)


def _nor_denied(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether "nor denied" follows "did not confirm", which together are no claim."""
    after = sentence.words[cue.at + cue.length : cue.at + cue.length + _NOR_REACH]
    silent = cues.words[ClaimRole.SILENCE]
    return any(_is_negation(one.text) and two.text in silent for one, two in pairwise(after))


def _is_negation(word: str) -> bool:
    return word.removeprefix(AND) in _NOT


def _last_positive(sentence: Sentence, role: ClaimRole, at: int) -> ClaimHit | None:
    """The last cue of a role before word `at`, unless it is negated: "did not deny"."""
    cue = sentence.last_before(role, at)
    return None if cue is None or is_negated(sentence, cue) else cue


def is_negated(sentence: Sentence, cue: ClaimHit) -> bool:
    """Whether a negation is right before the cue: "did not deny"."""
    before = sentence.between(ClaimRole.NEGATION, cue.at - 1, cue.at)
    either = cue.at > 0 and sentence.words[cue.at - 1].text == _OR
    return either or any(negation.length == 1 for negation in before)


def _reported_negation(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The negation of the act, if it is in what somebody says: "said that it did not", "we did not"."""
    if not (sentence.reports or sentence.label):
        return None
    negation = _negation_of(sentence, hit, cues)
    return negation if negation and _is_said(sentence, negation, hit, cues) else None


def _negation_of(sentence: Sentence, hit: EventHit, cues: Cues) -> ClaimHit | None:
    """The "did not" before the verb of the event, or before "happen" or "carry out" and its noun."""
    imperfect = hit.form.shape is Shape.IMPERFECT
    reach = _NEGATION_REACH if imperfect else _NEGATED_NOUN_REACH
    near = sentence.between(ClaimRole.NEGATION, hit.at - reach, hit.at)
    negations = [cue for cue in near if cue.cue.words[-1] == _DID_NOT]
    if not negations or imperfect:
        return negations[-1] if negations else None
    verb = sentence.words[negations[-1].at + negations[-1].length].text
    return negations[-1] if verb in cues.words[ClaimRole.OCCURRENCE] else None


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


def _refuses_words(sentence: Sentence, refusal: EventHit, cues: Cues) -> bool:
    """Whether an accusation or a comment is refused, not an act: "rejected the charges of"."""
    if sentence.between(ClaimRole.DENIAL, refusal.at, refusal.at + 1):
        return True
    after = sentence.words[refusal.at + 1 : refusal.at + _DECLINED_REACH]
    return any(word.text in cues.words[ClaimRole.SILENCE] for word in after)


def _governed(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether a demand, a threat or a refusal before it governs the act, which is then not real."""
    if hit.form.cue.kind.following_act is FollowingAct.UNREAL:
        return False
    if hit.form.shape is Shape.PERFECT and not follows_preposition(sentence.texts, hit.at):
        return False
    for other in sentence.events_between(hit.at - _GOVERN_REACH, hit.at):
        cue = other.form.cue
        if cue.word in _REFUSALS and _refuses_words(sentence, other, cues):
            continue
        governs = cue.kind.following_act is FollowingAct.UNREAL or cue.word in _REFUSALS
        clauses = sentence.clauses[hit.at] - sentence.clauses[other.at]
        if governs and clauses <= 1 and not _perfect_between(sentence, other.at, hit.at):
            return True
    return False


def _perfect_between(sentence: Sentence, low: int, high: int) -> bool:
    """Whether there is a past verb of an event between two words."""
    between = sentence.events_between(low + 1, high)
    return any(event.form.shape is Shape.PERFECT for event in between)


def _irrealis(sentence: Sentence, hit: EventHit, *, disputed: bool) -> bool:
    """Whether it is only possible; a report that is denied or doubted ("news of") is no possibility."""
    reached = hit.at - _IRREALIS_REACH, hit.at + _AFTER_REACH + 1
    for cue in sentence.between(ClaimRole.IRREALIS, *reached):
        if cue.cue.where == "after":
            if 0 < cue.at - hit.at <= _AFTER_REACH and not is_verb(hit):
                return True
            continue
        if disputed and sentence.between(ClaimRole.NEWS, cue.at, cue.at + 1):
            continue
        if cue.cue.words[0] in _MAYBE and hit.form.shape is Shape.PERFECT:
            continue
        near = cue.at < hit.at and sentence.clauses[cue.at] == sentence.clauses[hit.at]
        condition = " ".join(cue.cue.words) in _CONDITIONS
        past = _is_past(sentence, hit) or _perfect_between(sentence, cue.at, hit.at)
        if near and (condition or not past):
            return True
    return False


def _is_past(sentence: Sentence, hit: EventHit) -> bool:
    """Whether the cue can only be a past verb; after a preposition it is a noun written alike."""
    past = hit.form.shape is Shape.PERFECT
    return past and not follows_preposition(sentence.texts, hit.at)


def _negated(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether there is a negation before it; only "the lack of" negates "the withdrawal".

    "Did not deny", "did not comment on" leave the act as it is.
    """
    reach = _NEGATION_REACH if is_verb(hit) else _NEGATED_NOUN_REACH
    near = sentence.between(ClaimRole.NEGATION, hit.at - reach - _LONGEST_CUE, hit.at)
    silent = cues.words[ClaimRole.SILENCE]
    negations = [cue for cue in near if not hit.form.definite or cue.cue.words[0] in _LACK]
    return any(
        0 < hit.at - (cue.at + cue.length - 1) <= reach
        and sentence.words[cue.at + cue.length].text not in silent
        for cue in negations
    )
