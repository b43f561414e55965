"""The confidence of a suggested event with its reasons, e.g. a verb and its place -> 0.75.

Weights are few and round; tuned on tests/quality. A cue alone does not reach the threshold. Their sum
says which suggestions are made, and `confidence_of` what share of suggestions with such a sum was right.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from dashboard.extraction.event_cues import Shape
from dashboard.extraction.sentence import EventHit, is_verb
from dashboard.model.event import PartyRoles, Stance
from dashboard.model.message import Message, StoredText, joined, message

ENOUGH = 0.5
# What was right at the first reading of the sixty texts of tests/quality/acts2.txt, before any rule was
# changed for them: the middle of the sums, suggestions right, and all. Sums from 0.6 to 0.9 are one
# step, since the shares of 0.6, 0.7 and 0.8 (26 of 35, 21 of 27, 17 of 25) do not rise.
_MEASURED = ((0.55, 7, 13), (0.75, 64, 87), (0.95, 61, 70))
_CUE, _VERB, _PLACE, _PLACE_FAR, _ACTOR, _DATE = 0.35, 0.15, 0.25, 0.15, 0.15, 0.05
_DISPUTED, _DEFINITE, _IMPERFECT, _NOBODY = 0.15, -0.15, -0.1, -0.15
_BY_VERB = message("reported by a verb")
_WITH_PARTY = message("a party is named with it")
_IS_DISPUTED = message("it is denied or doubted, so somebody says it")
_REFERS_BACK = message("it may only refer to something reported before")
_NOT_PAST = message("the verb is not in the past")
_WITHOUT_PARTY = message("no party is named that could say it")
_REASON = -0.35
_IS_REASON = message("it is named as the reason of something else")
_NO_PLACE = message("no place in the sentence")
_ANAPHORIC = message("its place is named before, and referred to here")
# By where in the text the place was taken from (`places.py`).
_PLACE_REASONS: dict[str, tuple[float, StoredText]] = {
    "clause": (_PLACE, message("its place stands in the same clause")),
    "sentence": (_PLACE_FAR, message("its place stands elsewhere in the sentence")),
    "before": (_PLACE_FAR, _ANAPHORIC),
    "area": (_PLACE_FAR, _ANAPHORIC),
    "unknown": (0.0, message("the gazetteer lacks its place, which is queued")),
    "last event": (
        0.0,
        joined(_NO_PLACE, message("that of the event reported before is a guess")),
    ),
    "paragraph": (0.0, joined(_NO_PLACE, message("the one named last before is a guess"))),
    "none": (0.0, message("no place is named")),
}


class Evidence(NamedTuple):
    """What supports an event, and what speaks against it.

    `refers_back`: it has the article "the", and no place of its own after it. `is_reason`: it is the
    undated reason of another act ("in response to").
    """

    actors: bool
    dated: bool
    refers_back: bool = False
    is_reason: bool = False


def weigh(
    hit: EventHit, place_from: str, stance: Stance, evidence: Evidence
) -> tuple[tuple[StoredText, ...], float]:
    """The reasons for suggesting an event, and the sum of their weights (it may exceed 1)."""
    cue = hit.form.cue
    place_weight, place_reason = _PLACE_REASONS[place_from]
    says = cue.kind.of_words and cue.kind.parties is PartyRoles.ONE_SIDED
    reports = _reports(cue.word, cue.kind.kind, cue.kind.name_ar)
    rules = (
        (True, _CUE, reports),
        (is_verb(hit), _VERB, _BY_VERB),
        (True, place_weight, place_reason),
        (evidence.actors, _ACTOR, _WITH_PARTY),
        (evidence.dated, _DATE, None),
        (stance is not Stance.ASSERTS, _DISPUTED, _IS_DISPUTED),
        (evidence.refers_back, _DEFINITE, _REFERS_BACK),
        (hit.form.shape is Shape.IMPERFECT, _IMPERFECT, _NOT_PAST),
        (evidence.is_reason, _REASON, _IS_REASON),
        (says and not evidence.actors, _NOBODY, _WITHOUT_PARTY),
    )
    applied = [(weight, reason) for applies, weight, reason in rules if applies]
    reasons = tuple(reason for _weight, reason in applied if reason is not None)
    return reasons, sum(weight for weight, _reason in applied)


@cache
def _reports(word: str, kind: str, name_ar: str) -> Message:
    names = kind.replace("_", " "), name_ar
    return message("“{word}” reports {kind}", word=word, kind=names)


@cache
def confidence_of(score: float) -> float:
    """The share of suggestions with this sum of weights that was right, between the steps measured."""
    sums = [middle for middle, _right, _found in _MEASURED]
    shares = [right / found for _middle, right, found in _MEASURED]
    return round(float(np.interp(score, sums, shares)), 2)
