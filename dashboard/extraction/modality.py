"""Modality of an event: whether it is reported as real, e.g. not in "لمنع هجوم محتمل".

Denial and doubt are looked for first: they make a claim against the event, not its absence.
"""

from itertools import pairwise
from typing import NamedTuple

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.reported_negation import (
    NEGATED_NOUN_REACH,
    NEGATION_REACH,
    reported_negation,
)
from dashboard.extraction.scope import end_of_scope, is_presupposed, judged_after
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence, follows_preposition, is_verb
from dashboard.model.event import EventGroup, FollowingAct, Stance
from dashboard.text.clitics import AND, IN, TO

# How far, in words, a governing word reaches within its clause.
_IRREALIS_REACH, _AFTER_REACH, _GOVERN_REACH = 8, 3, 12
# A negation may have so many words: its last one counts.
_LONGEST_CUE = 8
STANCES_BEFORE = ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS))
STANCES_AFTER = (
    (ClaimRole.DENIAL_AFTER, Stance.DENIES),
    (ClaimRole.DOUBT_AFTER, Stance.DOUBTS),
)
# "That the raid hit a base" doubts what was hit, not the raid.
_THAT = frozenset({"ان", "بان"})
_NOT = frozenset({"لم", "لا"})
# "Nor denied" is so many words after "did not confirm" at most.
_NOR_REACH = 6
_LACK = frozenset({"عدم", "دون", "بدون"})
# "Not", of the next word alone: "in a toll that is not final".
_UN = "غير"
_REFUSALS = frozenset({"رفض"})
# "Declined to comment on": what is declined is one of so many words after the refusal.
_DECLINED_REACH = 5
# "To confirm or deny" denies nothing.
_OR = "او"
# A past verb after them is no act either: "if they insisted on".
_CONDITIONS = frozenset({"في حال", "اذا", "لو"})
# May stand before a past verb, where they affirm it: "has shelled".
_HAS = "قد"
_MAYBE = frozenset({_HAS, "ربما"})
# Begin a present verb of the third person; one that ends in "ت" is past: "had been exposed".
_PRESENT, _PAST_ENDING = ("ي", "ت"), "ت"


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
        or _governed(sentence, hit, cue, cues)
        or _irrealis(sentence, hit, cue)
        or _is_purpose(sentence, hit)
        or _is_ordered(sentence, hit, cues)
        or _is_left_open(sentence, hit, cues)
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
        if cue is None:
            continue
        doubt = role is ClaimRole.DOUBT
        if doubt and (_nor_denied(sentence, cue, cues) or _is_topic(sentence, cue, hit)):
            continue
        if _governs(sentence, cue, hit, cues):
            return stance, cue
    if hit.at not in sentence.main_verbs:
        for role, stance in STANCES_AFTER:
            cue = judged_after(sentence, role, hit.at)
            if cue is not None:
                return stance, cue
    denial = reported_negation(sentence, hit, cues)
    return (Stance.DENIES, denial) if denial is not None else (Stance.ASSERTS, None)


def _is_topic(sentence: Sentence, cue: ClaimHit, hit: EventHit) -> bool:
    """Whether somebody claims something of a known act: "claimed that the raid hit a base"."""
    if not sentence.between(ClaimRole.REPORT, cue.at, cue.at + 1):
        return False
    acts = sentence.events_between(cue.at + 1, hit.at + 1)
    return any(act.form.definite and sentence.texts[act.at - 1] in _THAT for act in acts)


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


def _is_left_open(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether who is asked neither confirms nor denies the news of it, which nobody is cited for."""
    doubt = _last_positive(sentence, ClaimRole.DOUBT, hit.at)
    if doubt is None or not _nor_denied(sentence, doubt, cues):
        return False
    return bool(sentence.between(ClaimRole.NEWS, doubt.at, hit.at))


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


def _refuses_words(sentence: Sentence, refusal: EventHit, cues: Cues) -> bool:
    """Whether an accusation or a comment is refused, not an act: "rejected the charges of"."""
    if sentence.between(ClaimRole.DENIAL, refusal.at, refusal.at + 1):
        return True
    after = sentence.words[refusal.at + 1 : refusal.at + _DECLINED_REACH]
    return any(word.text in cues.words[ClaimRole.SILENCE] for word in after)


def _governed(sentence: Sentence, hit: EventHit, dispute: ClaimHit | None, cues: Cues) -> bool:
    """Whether a demand, a threat or a refusal before it governs the act, which is then not real.

    "Warned of false news of a raid" is of the news.
    """
    if hit.form.cue.kind.following_act is FollowingAct.UNREAL:
        return False
    if hit.form.shape is Shape.PERFECT and not follows_preposition(sentence.texts, hit.at):
        return False
    for other in sentence.events_between(hit.at - _GOVERN_REACH, hit.at):
        cue = other.form.cue
        if dispute is not None and other.at < dispute.at < hit.at:
            continue
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


def _irrealis(sentence: Sentence, hit: EventHit, dispute: ClaimHit | None) -> bool:
    """Whether it is only possible; a report that is denied or doubted ("news of") is no possibility.

    Nor is "if" in what doubts it: "it is not known if".
    """
    reached = hit.at - _IRREALIS_REACH, hit.at + _AFTER_REACH + 1
    for cue in sentence.between(ClaimRole.IRREALIS, *reached):
        if cue.cue.where == "after":
            if 0 < cue.at - hit.at <= _AFTER_REACH and not is_verb(hit):
                return True
            continue
        if dispute and sentence.between(ClaimRole.NEWS, cue.at, cue.at + 1):
            continue
        if dispute and dispute.at <= cue.at < dispute.at + dispute.length:
            continue
        if cue.cue.words[0] in _MAYBE and hit.form.shape is Shape.PERFECT:
            continue
        if cue.cue.words[0] == _HAS and _is_past_after(sentence, cue.at):
            continue
        near = cue.at < hit.at and sentence.clauses[cue.at] == sentence.clauses[hit.at]
        condition = " ".join(cue.cue.words) in _CONDITIONS
        past = _is_past(sentence, hit) or _perfect_between(sentence, cue.at, hit.at)
        if near and (condition or not past):
            return True
    return False


def _is_past_after(sentence: Sentence, at: int) -> bool:
    """Whether the verb after a word is a past one: "had announced the killing of", not "may lead to"."""
    verb = "".join(sentence.texts[at + 1 : at + 2])
    return verb.endswith(_PAST_ENDING) or not verb.startswith(_PRESENT)


def _is_purpose(sentence: Sentence, hit: EventHit) -> bool:
    """Whether ground is what an attack is for: "launched an offensive to take the town"."""
    kind = hit.form.cue.kind
    if is_verb(hit) or kind.movement or kind.group is not EventGroup.MOVEMENT:
        return False
    if not sentence.texts[hit.at].startswith(TO):
        return False
    first = sentence.clause_span(sentence.clauses[hit.at])[0]
    before = sentence.events_between(first, hit.at)
    return any(act.form.cue.kind.group is EventGroup.VIOLENCE for act in before)


def _is_ordered(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether somebody ordered it, and nobody says that it was done: "ordered the arrest of"."""
    if is_verb(hit) or not sentence.texts[hit.at].startswith(IN):
        return False
    first = max(sentence.clause_span(sentence.clauses[hit.at])[0], hit.at - _IRREALIS_REACH)
    before = sentence.texts[first : hit.at]
    return any(word.removeprefix(AND) in cues.words[ClaimRole.ORDER] for word in before)


def _is_past(sentence: Sentence, hit: EventHit) -> bool:
    """Whether the cue can only be a past verb; after a preposition it is a noun written alike."""
    past = hit.form.shape is Shape.PERFECT
    return past and not follows_preposition(sentence.texts, hit.at)


def _negated(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether there is a negation before it; only "the lack of" negates "the withdrawal".

    "Did not deny", "did not comment on" leave the act as it is.
    """
    reach = NEGATION_REACH if is_verb(hit) else NEGATED_NOUN_REACH
    near = sentence.between(ClaimRole.NEGATION, hit.at - reach - _LONGEST_CUE, hit.at)
    silent = cues.words[ClaimRole.SILENCE]
    negations = [cue for cue in near if not hit.form.definite or cue.cue.words[0] in _LACK]
    return any(
        0 < hit.at - (cue.at + cue.length - 1) <= (1 if cue.cue.words[0] == _UN else reach)
        and sentence.words[cue.at + cue.length].text not in silent
        for cue in negations
    )
