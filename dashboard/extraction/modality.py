"""Whether a clause tells of something that happened, e.g. "لمنع هجوم محتمل" does not.

Denial and doubt are looked for first: they make a claim against the event, not its absence.
"""

from dataclasses import dataclass

from dashboard.extraction.clauses import ClaimHit, EventHit, Sentence, is_verb
from dashboard.extraction.cues import ClaimRole, Shape
from dashboard.model.event import Stance

# How far, in words, a governing word reaches within its clause.
_IRREALIS_REACH, _NEGATION_REACH, _AFTER_REACH, _GOVERN_REACH = 8, 2, 3, 12
# "No clashes were recorded": a negation reaches further to a noun that nothing told before.
_NEGATED_NOUN_REACH = 4
# Kinds whose verbs govern another act: what is asked for or threatened is not done.
_GOVERNING = frozenset({"demand", "threat"})
_LACK = frozenset({"عدم", "دون", "بدون"})
_REFUSALS = frozenset({"رفض"})
# May stand before a past verb, where they affirm it: "has shelled".
_MAYBE = frozenset({"قد", "ربما"})


@dataclass(frozen=True, slots=True)
class Mood:
    """How an event is told: `unreal` if it is not said to have happened."""

    unreal: bool
    stance: Stance
    background: bool


def mood(sentence: Sentence, hit: EventHit) -> Mood:
    """How the sentence tells of the event of `hit`."""
    stance = _stance(sentence, hit)
    unreal = (
        hit.form.shape is Shape.FUTURE
        or _governed(sentence, hit)
        or _irrealis(sentence, hit)
        or (stance is Stance.ASSERTS and _negated(sentence, hit))
    )
    background = any(
        cue.at <= 1 or sentence.clauses[cue.at] == sentence.clauses[hit.at]
        for cue in sentence.of(ClaimRole.BACKGROUND)
        if cue.at < hit.at
    )
    return Mood(unreal, stance, background)


def _stance(sentence: Sentence, hit: EventHit) -> Stance:
    """What the words before the event say of it.

    A denial reaches until another verb of an event, or until the speaker says something else.
    """
    said = [cue.at for cue in sentence.of(ClaimRole.REPORT, ClaimRole.CONTINUATION)]
    for role, stance in ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS)):
        for cue in sentence.of(role):
            between = [other for other in sentence.events if cue.at < other.at < hit.at]
            past = any(is_verb(other) and not _same(sentence, cue, other) for other in between)
            past = past or any(cue.at < at < hit.at for at in said)
            if cue.at < hit.at and not past:
                return stance
    return Stance.ASSERTS


def _same(sentence: Sentence, cue: ClaimHit, hit: EventHit) -> bool:
    return sentence.clauses[cue.at] == sentence.clauses[hit.at]


def _governed(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a demand, a threat or a refusal before it makes the act one that is only spoken of."""
    if hit.form.cue.kind in _GOVERNING:
        return False
    for other in sentence.events:
        governs = other.form.cue.kind in _GOVERNING or other.form.cue.word in _REFUSALS
        if governs and 0 < hit.at - other.at <= _GOVERN_REACH:
            between = [e for e in sentence.events if other.at < e.at < hit.at]
            told = any(e.form.shape is Shape.PERFECT for e in between)
            perfect = hit.form.shape is Shape.PERFECT
            clauses = sentence.clauses[hit.at] - sentence.clauses[other.at]
            if not told and not perfect and clauses <= 1:
                return True
    return False


def _irrealis(sentence: Sentence, hit: EventHit) -> bool:
    for cue in sentence.of(ClaimRole.IRREALIS):
        if cue.cue.where == "after":
            if 0 < cue.at - hit.at <= _AFTER_REACH and not is_verb(hit):
                return True
            continue
        if cue.cue.words[0] in _MAYBE and hit.form.shape is Shape.PERFECT:
            continue
        between = [e for e in sentence.events if cue.at < e.at < hit.at]
        told = any(e.form.shape is Shape.PERFECT for e in between)
        near = 0 < hit.at - cue.at <= _IRREALIS_REACH
        if near and not told and sentence.clauses[cue.at] == sentence.clauses[hit.at]:
            return True
    return False


def _negated(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a negation stands before it; only "the lack of" negates "the withdrawal"."""
    negations = [
        cue
        for cue in sentence.of(ClaimRole.NEGATION)
        if not hit.form.definite or cue.cue.words[0] in _LACK
    ]
    reach = _NEGATION_REACH if is_verb(hit) else _NEGATED_NOUN_REACH
    return any(0 < hit.at - (cue.at + cue.length - 1) <= reach for cue in negations)
