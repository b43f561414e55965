"""Modality of an event: whether it is reported as real, e.g. not in "لمنع هجوم محتمل".

Denial and doubt are looked for first: they make a claim against the event, not its absence.
"""

from dataclasses import dataclass

from dashboard.extraction.clauses import EventHit, Sentence, is_verb
from dashboard.extraction.cues import ClaimRole, Shape
from dashboard.model.event import FollowingAct, Stance

# How far, in words, a governing word reaches within its clause.
_IRREALIS_REACH, _NEGATION_REACH, _AFTER_REACH, _GOVERN_REACH = 8, 2, 3, 12
# A negation may have so many words: its last one counts.
_LONGEST_CUE = 8
# "No clashes were recorded": a negation reaches further to a noun that no event cue precedes.
_NEGATED_NOUN_REACH = 4
_LACK = frozenset({"عدم", "دون", "بدون"})
_REFUSALS = frozenset({"رفض"})
# May stand before a past verb, where they affirm it: "has shelled".
_MAYBE = frozenset({"قد", "ربما"})


@dataclass(frozen=True, slots=True)
class Modality:
    """The modality of an event; `unreal` if it is not said to have happened."""

    unreal: bool
    stance: Stance
    background: bool


def modality_of(sentence: Sentence, hit: EventHit) -> Modality:
    """The modality of the event of `hit` in the sentence."""
    stance = _stance(sentence, hit)
    unreal = (
        hit.form.shape is Shape.FUTURE
        or _governed(sentence, hit)
        or _irrealis(sentence, hit)
        or (stance is Stance.ASSERTS and _negated(sentence, hit))
    )
    return Modality(unreal, stance, _background(sentence, hit))


def _background(sentence: Sentence, hit: EventHit) -> bool:
    """Whether "it is recalled that" opens the sentence, or is before the event in its clause."""
    last = sentence.last_before(ClaimRole.BACKGROUND, hit.at)
    if last is None:
        return False
    opens = sentence.of(ClaimRole.BACKGROUND)[0].at <= 1
    return opens or sentence.clauses[last.at] == sentence.clauses[hit.at]


def _stance(sentence: Sentence, hit: EventHit) -> Stance:
    """The stance of the cues before the event.

    A denial reaches until another verb of an event in another clause, or until the speaker says
    something else. If the last cue before the event does not reach it, no earlier one does.
    """
    verb = sentence.last_verb_before(hit.at)
    reports = [
        cue.at
        for role in (ClaimRole.REPORT, ClaimRole.CONTINUATION)
        if (cue := sentence.last_before(role, hit.at))
    ]
    for role, stance in ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS)):
        cue = sentence.last_before(role, hit.at)
        if cue is None or any(cue.at < at for at in reports):
            continue
        past = verb and verb.at > cue.at and sentence.clauses[verb.at] != sentence.clauses[cue.at]
        if not past:
            return stance
    return Stance.ASSERTS


def _governed(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a demand, a threat or a refusal before it governs the act, which is then not real."""
    if hit.form.cue.kind.following_act is FollowingAct.UNREAL:
        return False
    if hit.form.shape is Shape.PERFECT:
        return False
    for other in sentence.events_between(hit.at - _GOVERN_REACH, hit.at):
        cue = other.form.cue
        governs = cue.kind.following_act is FollowingAct.UNREAL or cue.word in _REFUSALS
        clauses = sentence.clauses[hit.at] - sentence.clauses[other.at]
        if governs and clauses <= 1 and not _perfect_between(sentence, other.at, hit.at):
            return True
    return False


def _perfect_between(sentence: Sentence, low: int, high: int) -> bool:
    """Whether there is a past verb of an event between two words."""
    between = sentence.events_between(low + 1, high)
    return any(event.form.shape is Shape.PERFECT for event in between)


def _irrealis(sentence: Sentence, hit: EventHit) -> bool:
    reached = hit.at - _IRREALIS_REACH, hit.at + _AFTER_REACH + 1
    for cue in sentence.between(ClaimRole.IRREALIS, *reached):
        if cue.cue.where == "after":
            if 0 < cue.at - hit.at <= _AFTER_REACH and not is_verb(hit):
                return True
            continue
        if cue.cue.words[0] in _MAYBE and hit.form.shape is Shape.PERFECT:
            continue
        near = cue.at < hit.at and sentence.clauses[cue.at] == sentence.clauses[hit.at]
        if near and not _perfect_between(sentence, cue.at, hit.at):
            return True
    return False


def _negated(sentence: Sentence, hit: EventHit) -> bool:
    """Whether there is a negation before it; only "the lack of" negates "the withdrawal"."""
    reach = _NEGATION_REACH if is_verb(hit) else _NEGATED_NOUN_REACH
    near = sentence.between(ClaimRole.NEGATION, hit.at - reach - _LONGEST_CUE, hit.at)
    negations = [cue for cue in near if not hit.form.definite or cue.cue.words[0] in _LACK]
    return any(0 < hit.at - (cue.at + cue.length - 1) <= reach for cue in negations)
