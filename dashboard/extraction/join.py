"""Candidates of one act made one, e.g. a shelling told twice and denied once -> three claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import ActorRole, Stance
from dashboard.model.place import FeatureClass
from dashboard.model.suggestion import SuggestedPlace, Suggestion
from dashboard.model.when import When

# Two places are one if one holds the other, unless the holder is as large as these.
_ATTACKS = frozenset({"shelling", "raid", "crowd_attack"})
_LARGE = frozenset(
    {FeatureClass.GOVERNORATE, FeatureClass.REGION, FeatureClass.COUNTRY, FeatureClass.ROAD}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion in the making; `definite` if its cue only refers to something told before.

    One that is not `sure` counts only as a further claim on another one.
    """

    suggestion: Suggestion
    definite: bool
    sure: bool


def joined(found: Sequence[Candidate], index: PlaceIndex) -> tuple[Suggestion, ...]:
    """One suggestion an act, in the order of the text.

    "The meeting", "the withdrawal" is the last one told before, wherever it is said to have been.
    """
    kept: list[Suggestion] = []
    for candidate in found:
        suggestion = candidate.suggestion
        refers = candidate.definite and not suggestion.places
        at = None if refers else _same(kept, suggestion, index)
        if at is None and (candidate.definite or not candidate.sure):
            at = _last(kept, suggestion)
        if at is None:
            if candidate.sure and not _refers(candidate, kept):
                kept.append(suggestion)
        elif _says_more(candidate, kept[at]):
            kept[at] = _with(kept[at], suggestion)
    return tuple(sorted(kept, key=lambda suggestion: suggestion.claims[0].start))


def same_act(one: Suggestion, other: Suggestion, index: PlaceIndex) -> bool:
    """Whether two candidates of one article tell of one act: same kind, place and time."""
    if one.kind != other.kind or not _dates_meet(one.when, other.when):
        return False
    return _meet(one, other, index) and not _by_others(one, other)


def _same(kept: Sequence[Suggestion], new: Suggestion, index: PlaceIndex) -> int | None:
    return next((at for at, held in enumerate(kept) if same_act(held, new, index)), None)


def _last(kept: Sequence[Suggestion], new: Suggestion) -> int | None:
    """The last suggestion of the kind that is not dated apart."""
    return next(
        (
            at
            for at in reversed(range(len(kept)))
            if kept[at].kind == new.kind and _dates_meet(kept[at].when, new.when)
        ),
        None,
    )


def _refers(candidate: Candidate, kept: Sequence[Suggestion]) -> bool:
    """Whether "the attack" is whatever violence was told before."""
    violent = candidate.definite and candidate.suggestion.kind == "clash"
    return violent and any(held.kind in _ATTACKS for held in kept)


def _says_more(candidate: Candidate, held: Suggestion) -> bool:
    """A mere reference adds a claim only if it takes another stance, or names a place."""
    claims = candidate.suggestion.claims
    if not candidate.definite or any(claim.stance is not Stance.ASSERTS for claim in claims):
        return True
    return {place.place_id for place in candidate.suggestion.places}.isdisjoint(
        place.place_id for place in held.places
    )


def _meet(one: Suggestion, other: Suggestion, index: PlaceIndex) -> bool:
    if not one.places or not other.places:
        return True
    return any(_one_place(a.place_id, b.place_id, index) for a in one.places for b in other.places)


def _by_others(one: Suggestion, other: Suggestion) -> bool:
    """Whether another party does it: two sides that arrest each other's men make two events.

    The party that a denial names is as often the one who denies.
    """
    if any(claim.stance is not Stance.ASSERTS for claim in (*one.claims, *other.claims)):
        return False
    first, second = _initiators(one), _initiators(other)
    return bool(first and second) and first.isdisjoint(second)


def _initiators(suggestion: Suggestion) -> set[str]:
    return {a.actor_id for a in suggestion.actors if a.role is ActorRole.INITIATOR}


def _one_place(one: str, other: str, index: PlaceIndex) -> bool:
    if one == other:
        return True
    holds = (
        other if other in index.containers[one] else one if one in index.containers[other] else None
    )
    return holds is not None and index.place(holds).feature_class not in _LARGE


def _dates_meet(one: When, other: When) -> bool:
    if one.undated or other.undated:
        return True
    return one.overlaps(other.start, other.end)


def _with(held: Suggestion, other: Suggestion) -> Suggestion:
    """The suggestion with the claims of another one on the same act; the sharper date wins."""
    claims = [*held.claims, *other.claims]
    sharper = _width(other.when) < _width(held.when)
    return replace(
        held,
        when=other.when if sharper else held.when,
        date_reason=other.date_reason if sharper else held.date_reason,
        places=_places(held.places, other.places),
        actors=held.actors or other.actors,
        claims=tuple(sorted({(c.start, c.end): c for c in claims}.values(), key=lambda c: c.start)),
        confidence=max(held.confidence, other.confidence),
    )


def _places(
    held: Sequence[SuggestedPlace], other: Sequence[SuggestedPlace]
) -> tuple[SuggestedPlace, ...]:
    found = {place.place_id: place for place in (*other, *held)}
    return tuple(sorted(found.values(), key=lambda place: place.start))


def _width(when: When) -> int:
    if when.undated:
        return 10**6
    start, end = when.start or date(1900, 1, 1), when.end or date(2100, 1, 1)
    return (end - start).days
