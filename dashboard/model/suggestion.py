"""Suggested events, e.g. shelling of Ain Issa, asserted by SOHR, confidence 0.8, with the reasons."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.model.estimate import Estimate
from dashboard.model.event import ActorRole, ClaimField, PlaceRole, Stance
from dashboard.model.message import StoredText
from dashboard.model.when import When


class SuggestionStatus(StrEnum):
    """The analyst's decision on a suggestion."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class SuggestedPlace:
    """A place of the event; `start` and `end` are offsets of the name `surface` in the article."""

    place_id: str
    role: PlaceRole
    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedActor:
    """A party to the event; offsets as for places."""

    actor_id: str
    role: ActorRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedClaim:
    """A clause that says it; `speaker` is the article's wording for whom it cites, if anyone.

    `speaker_id` is set for a speaker of the lexicon, `speaker_actor_id` for a party that speaks.
    `disputes` is the field that the claim denies or doubts, `None` if it asserts; `estimates` are the
    numbers of people and vehicles in the quote.
    """

    start: int
    end: int
    quote: str
    stance: Stance
    speaker_id: str | None
    speaker: str | None
    speaker_actor_id: str | None
    disputes: ClaimField | None = None
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event that a text seems to report, for an analyst to accept, correct or reject.

    `confidence` is between 0 and 1, and `reasons` say in words what raised and lowered it.
    """

    kind: str
    when: When
    date_reason: StoredText
    places: tuple[SuggestedPlace, ...]
    actors: tuple[SuggestedActor, ...]
    claims: tuple[SuggestedClaim, ...]
    confidence: float
    reasons: tuple[StoredText, ...]
    background: bool
