"""One act of an article, e.g. a shelling reported in two clauses -> one suggestion, two claims.

What two acts are compared by is computed once for each act, not at every comparison.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import ActorRole, ClaimField, Stance
from dashboard.model.message import StoredText
from dashboard.model.suggestion import SuggestedActor, SuggestedClaim, SuggestedPlace, Suggestion
from dashboard.model.when import When

# A fight has two sides.
_SIDES = 2


class Act:
    """An act of one article: its first suggestion, and the arguments and claims merged into it.

    Two acts are compared only if they are of one kind, or one is an anaphor. `begins_at` is the offset
    of the first claim, `meanings` are kinds that its word may mean too: "shelling" by aircraft.
    """

    def __init__(
        self,
        first: Suggestion,
        index: PlaceIndex,
        meanings: tuple[str, ...] = (),
        *,
        of_words: bool = False,
    ) -> None:
        self._first = first
        self.meanings, self.of_words = meanings, of_words
        self._index = index
        self._merges = 0
        self.begins_at = first.claims[0].start
        self.kind = first.kind
        self._confidence = first.confidence
        self._set_when(first.when, first.date_reason)
        # Each place with the merge that named it last, and its number among those of that merge.
        self.places: dict[str, tuple[SuggestedPlace, int, int]] = {}
        self.reach: set[str] = set()
        self.within: set[str] = set()
        self._add_places(first.places)
        self._set_actors(first.actors)
        self._claims: dict[tuple[int, int], SuggestedClaim] = {}
        self.disputes = 0
        self._add_claims(first.claims)

    def dates_overlap(self, other: "Act") -> bool:
        """Whether their dates overlap; an undated act may be of any day."""
        return self.start <= other.end and other.start <= self.end

    def is_same(self, other: "Act") -> bool:
        """Whether both are one act: dates and places overlap, and the initiators do not differ."""
        return (
            self.dates_overlap(other)
            and self.places_overlap(other)
            and not self._has_other_initiators(other)
            and not self._has_other_targets(other)
        )

    def lacks_places(self, places: Iterable[SuggestedPlace]) -> bool:
        """Whether none of the places is among those of this act."""
        return self.places.keys().isdisjoint(place.place_id for place in places)

    def merge(self, other: Suggestion) -> None:
        """Add the claims of another suggestion on the same act; the more precise date is used."""
        self._merges += 1
        claims = self._counter_accusations(other)
        if _width(other.when) < _width(self._when):
            self._set_when(other.when, other.date_reason)
        # Who denies any raid in a country names no further place of the raid.
        denies = all(map(_disputes, other.claims))
        self._add_places(p for p in other.places if not (denies and p.place_id in self.within))
        self._set_actors((*self._actors, *self._missing(other)))
        self._add_claims(claims)
        self._confidence = max(self._confidence, other.confidence)

    def _counter_accusations(self, other: Suggestion) -> tuple[SuggestedClaim, ...]:
        """The claims of the other; who denied that a party did it, and names another, disputes it."""
        if not names_other(other, self):
            return other.claims
        deniers = {_speaker(claim) for claim in self._claims.values() if _disputes(claim)}
        return tuple(
            replace(claim, stance=Stance.DENIES, disputes=ClaimField.ACTOR)
            if claim.stance is Stance.ASSERTS and _speaker(claim) in deniers - {None}
            else claim
            for claim in other.claims
        )

    def specify(self, kind: str) -> None:
        """Make it an act of a kind that its word may mean: "the raids" say what the shelling was."""
        self.kind, self.meanings = kind, ()
        self._first = replace(self._first, kind=kind)

    def suggestion(self) -> Suggestion:
        """The suggestion with all merged arguments and claims."""
        if not self._merges:
            return self._first
        holders = {
            holder
            for place_id in self.places
            for holder in self._index.containers[place_id] - {place_id}
        }
        # "In the village", and later "in the governorate": the village is where it was.
        named = [place for place_id, place in self.places.items() if place_id not in holders]
        places = sorted(named, key=lambda p: (p[0].start, -p[1], p[2]))
        return replace(
            self._first,
            when=self._when,
            date_reason=self._date_reason,
            places=tuple(place for place, _, _ in places),
            actors=self._actors,
            claims=tuple(sorted(self._claims.values(), key=lambda claim: claim.start)),
            confidence=self._confidence,
        )

    def _set_when(self, when: When, reason: StoredText) -> None:
        self._when, self._date_reason = when, reason
        self.start, self.end = when.start or date.min, when.end or date.max

    def _add_places(self, places: Iterable[SuggestedPlace]) -> None:
        for number, place in enumerate(places):
            first = self.places[place.place_id][0] if place.place_id in self.places else place
            self.places[place.place_id] = first, self._merges, number
            self.reach |= self._index.land(place.place_id)
            self.within |= self._index.containers[place.place_id]

    def _set_actors(self, actors: tuple[SuggestedActor, ...]) -> None:
        self._actors = actors
        self.initiators = _initiators(actors)
        self.targets = {actor.actor_id for actor in actors if actor.role is ActorRole.TARGET}

    @property
    def has_targets(self) -> bool:
        """Whether a party is named to which it was done."""
        return bool(self.targets)

    def _missing(self, other: Suggestion) -> Iterator[SuggestedActor]:
        """The parties of the other of a role that no party of this act has yet.

        Who claims "the attack" as its party did the air strike that it was.
        """
        actors: Iterable[SuggestedActor] = other.actors
        if other.kind != self.kind:
            actors = [
                replace(a, role=ActorRole.INITIATOR) if a.role is ActorRole.PARTY else a
                for a in other.actors
            ]
        roles = {actor.role for actor in self._actors}
        sides = sum(actor.role is ActorRole.PARTY for actor in self._actors)
        if sides < _SIDES:
            # A fight of which only one side was named.
            roles.discard(ActorRole.PARTY)
        ids = {actor.actor_id for actor in self._actors}
        yield from (a for a in actors if a.role not in roles and a.actor_id not in ids)

    def _add_claims(self, claims: Iterable[SuggestedClaim]) -> None:
        for claim in claims:
            replaced = self._claims.get((claim.start, claim.end))
            self.disputes += _disputes(claim) - (_disputes(replaced) if replaced else 0)
            self._claims[claim.start, claim.end] = claim

    def places_overlap(self, other: "Act") -> bool:
        """Whether a place of one is, or contains, a place of the other; without places: true.

        A governorate or a country is as good as another place, but for who denies any act in it.
        """
        if not self.places or not other.places:
            return True
        if other.disputes and not other.places.keys().isdisjoint(self.within):
            return True
        return not (
            self.places.keys().isdisjoint(other.reach)
            and other.places.keys().isdisjoint(self.reach)
        )

    def _has_other_targets(self, other: "Act") -> bool:
        """Whether it was done to another party, and one of the two is at no place."""
        if (self.places and other.places) or self.disputes or other.disputes:
            return False
        return bool(self.targets and other.targets) and self.targets.isdisjoint(other.targets)

    def _has_other_initiators(self, other: "Act") -> bool:
        """Whether another party does it: two sides that arrest each other's men make two events.

        Of two acts of words, one by an unknown speaker is another one. The party that a denial names is
        as often the one who denies.
        """
        if self.disputes or other.disputes:
            return False
        if self.of_words and bool(self.initiators) != bool(other.initiators):
            return True
        # Who condemns a raid, and accuses somebody of it, says two things.
        if self.of_words and self.has_targets != other.has_targets:
            return True
        if not self.initiators or not other.initiators:
            return False
        return self.initiators.isdisjoint(other.initiators)


def names_other(suggestion: Suggestion, act: Act) -> bool:
    """Whether the suggestion names another party for the act than is known to have done it."""
    named = _initiators(suggestion.actors)
    return bool(named and act.initiators) and named.isdisjoint(act.initiators)


def _initiators(actors: Iterable[SuggestedActor]) -> set[str]:
    return {actor.actor_id for actor in actors if actor.role is ActorRole.INITIATOR}


def _speaker(claim: SuggestedClaim) -> str | None:
    """Who is cited for a claim, by id or by the words of the text."""
    return claim.speaker_id or claim.speaker_actor_id or claim.speaker


def _disputes(claim: SuggestedClaim) -> bool:
    return claim.stance is not Stance.ASSERTS


def _width(when: When) -> int:
    if when.undated:
        return 10**6
    start, end = when.start or date(1900, 1, 1), when.end or date(2100, 1, 1)
    return (end - start).days
