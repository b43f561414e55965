"""The corpus as records: gazetteer, lexicon, articles, events and their claims."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.model.actor import Actor, ActorName
from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.capture import ExportedProof
from dashboard.model.errors import Fault
from dashboard.model.estimate import Figure, Measure, event_figures
from dashboard.model.event import (
    Attestation,
    Claim,
    Event,
    EventActor,
    EventKind,
    EventPlace,
    EventRelation,
    attestation,
    estimates_by_source,
)
from dashboard.model.event_link import EventLink
from dashboard.model.learned import LearnedName
from dashboard.model.place import Gazetteer
from dashboard.model.verification import Judgements


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Actors, outlets, speakers and kinds of event by id, and the names of actors.

    `learned` are the accepted wordings of speakers and outlets; those of actors are among their names.
    """

    actors: Mapping[str, Actor]
    actor_names: tuple[ActorName, ...]
    outlets: Mapping[str, Outlet]
    speakers: Mapping[str, Speaker]
    kinds: Mapping[str, EventKind]
    learned: tuple[LearnedName, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """Events by id, with their places, actors and claims."""

    events: Mapping[str, Event]
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The valid records, and the faults of the others.

    `unreviewed` are the ids of events that nobody has accepted yet: suggestions shown as events.
    `links` are events of two datasets that are one happening, also of datasets that are not shown.
    `merged` has, for the id of an event that was merged into another, the id of that one. `judgements`
    are verifications and ratings that analysts entered, `proof` is that of claims by their ids.
    """

    gazetteer: Gazetteer
    lexicon: Lexicon
    articles: Mapping[str, Article]
    events: Events
    faults: tuple[Fault, ...]
    unreviewed: frozenset[str] = frozenset()
    relations: tuple[EventRelation, ...] = ()
    links: tuple[EventLink, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    judgements: Judgements = field(default_factory=Judgements)
    proof: Mapping[str, ExportedProof] = field(default_factory=dict)

    def current_id(self, event_id: str) -> str:
        """The id of the event that this one was merged into, or its own; cycles are cut."""
        seen = {event_id}
        while (into := self.merged.get(event_id)) is not None and into not in seen:
            seen.add(into)
            event_id = into
        return event_id

    def origin(self, claim: Claim) -> str:
        """The id of the origin of a claim: a party, an outlet, or a speaker of no known party.

        Speakers of one party are one origin, and so are its parts: two generals of one army do not
        corroborate each other. An outlet cited by another is the same origin as when it publishes.
        """
        outlet_id = self.articles[claim.article_id].outlet_id
        if claim.speaker_id is None:
            return outlet_id
        speaker = self.lexicon.speakers[claim.speaker_id]
        if speaker.affiliation:
            return self.top_party(speaker.affiliation)
        return speaker.outlet_id or speaker.speaker_id

    def attestations(self) -> dict[str, Attestation]:
        """How well each event is attested, by its id; an event without a claim is left out."""
        pairs = defaultdict(list)
        for claim in self.events.claims:
            pairs[claim.event_id].append((claim.stance, self.origin(claim)))
        return {event_id: attestation(claims) for event_id, claims in pairs.items()}

    def figures(self) -> dict[str, dict[Measure, Figure]]:
        """The figures of each event by its id, for the events of which a claim gives any."""
        giving = defaultdict(list)
        for claim in self.events.claims:
            if claim.estimates:
                giving[claim.event_id].append(claim)
        return {
            event_id: event_figures(estimates_by_source(claims))
            for event_id, claims in giving.items()
        }

    def top_party(self, actor_id: str) -> str:
        """The highest party that the actor is part of; cycles are cut."""
        seen = {actor_id}
        while (above := self.lexicon.actors[actor_id].part_of) and above not in seen:
            seen.add(above)
            actor_id = above
        return actor_id
