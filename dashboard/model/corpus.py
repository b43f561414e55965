"""Everything that is kept, as records: gazetteer, lexicon, articles, events and their claims."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.actor import Actor, ActorName
from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.errors import Fault
from dashboard.model.event import Claim, Event, EventActor, EventKind, EventPlace
from dashboard.model.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Actors, outlets, speakers and kinds of event by id, and the names of actors."""

    actors: Mapping[str, Actor]
    actor_names: tuple[ActorName, ...]
    outlets: Mapping[str, Outlet]
    speakers: Mapping[str, Speaker]
    kinds: Mapping[str, EventKind]


@dataclass(frozen=True, slots=True)
class Events:
    """Events by id, and the rows that hang on them."""

    events: Mapping[str, Event]
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The good records, and every fault that kept others out."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    articles: Mapping[str, Article]
    events: Events
    faults: tuple[Fault, ...]

    def origin(self, claim: Claim) -> str:
        """The id of who is behind a claim: the cited speaker, or else the outlet itself."""
        return claim.speaker_id or self.articles[claim.article_id].outlet_id
