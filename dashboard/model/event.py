"""Events as bundles of claims, e.g. a hand-over of Ain Issa, asserted by one, denied by two."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.model.estimate import Estimate
from dashboard.model.message import Names, StoredText
from dashboard.model.when import When


class Stance(StrEnum):
    """The position of a claim on its event."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"


class ClaimField(StrEnum):
    """The field of an event that a claim denies or doubts; `happened`: that it happened at all."""

    HAPPENED = "happened"
    PLACE = "place"
    DATE = "date"
    ACTOR = "actor"
    TOLL = "toll"


class Attestation(StrEnum):
    """How well an event is attested; computed from its claims, never stored."""

    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single_source"


class PlaceRole(StrEnum):
    """How a place takes part in an event; `from` and `to` make a movement."""

    AT = "at"
    FROM = "from"
    TO = "to"
    ALONG = "along"
    NEAR = "near"


# Of equally well known places the one in the role that says most about where it happened.
BEST_ROLES = (PlaceRole.AT, PlaceRole.TO, PlaceRole.FROM, PlaceRole.ALONG, PlaceRole.NEAR)


class ActorRole(StrEnum):
    """How an actor takes part in an event."""

    INITIATOR = "initiator"
    TARGET = "target"
    PARTY = "party"
    MEDIATOR = "mediator"


class RelationKind(StrEnum):
    """How an event is related to another: a part of it, later than it, or a reaction to it.

    `same_event` is of events of different datasets only, in exports: two of one dataset are merged.
    """

    PART_OF = "part_of"
    FOLLOWS = "follows"
    RESPONDS_TO = "responds_to"
    SAME_EVENT = "same_event"


class EventGroup(StrEnum):
    """The groups of kinds that have colours, and grey for events whose kind is not known."""

    VIOLENCE = "violence"
    COERCION = "coercion"
    MOVEMENT = "movement"
    POLITICS = "politics"
    UNKNOWN = "unknown"


class PartyRoles(StrEnum):
    """How parties take part: one acts on the other, all in the same role, or a crowd acts."""

    ONE_SIDED = "one_sided"
    MUTUAL = "mutual"
    CROWD = "crowd"


class FollowingAct(StrEnum):
    """What an act that the same sentence names after it is: see docs/codebook.md."""

    SEPARATE = "separate"
    UNREAL = "unreal"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event with its codes in PLOVER and ACLED (`None` where they have none).

    Its traits, from `parties` on, decide how articles are read: see docs/codebook.md.
    """

    kind: str
    group: EventGroup
    name_en: str
    name_ar: str
    definition: str
    definition_ar: str
    plover_type: str | None
    plover_mode: str | None
    acled_event_type: str | None
    acled_sub_event_type: str | None
    parties: PartyRoles
    movement: bool
    of_words: bool
    at_last_event: bool
    following_act: FollowingAct
    yields_to: tuple[str, ...]
    refers_to: tuple[str, ...]
    on_civilians: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says of one event, with the exact span of its words.

    `start` and `end` are code point offsets into `Article.text`, and `quote` is the text there.
    `speaker_id` is the speaker that the outlet cites (`None`: the outlet itself), `via_id` a speaker
    that relayed it. `disputes` is the field that a claim denies or doubts; `None` if it asserts, or if
    the field is not known.
    """

    claim_id: str
    event_id: str
    article_id: str
    via_id: str | None
    speaker_id: str | None
    stance: Stance
    start: int
    end: int
    quote: str
    gloss_en: str
    note: str | None
    estimates: tuple[Estimate, ...] = ()
    disputes: ClaimField | None = None


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of an event; `surface` is the article's wording, `note` why it needs a curator."""

    event_id: str
    place_id: str
    role: PlaceRole
    article_id: str | None
    surface: str | None
    note: StoredText | None


@dataclass(frozen=True, slots=True)
class EventActor:
    """A party to an event."""

    event_id: str
    actor_id: str
    role: ActorRole
    note: str | None


@dataclass(frozen=True, slots=True)
class EventRelation:
    """The event `event_id` is part of `related_id`, follows it or responds to it."""

    event_id: str
    related_id: str
    kind: RelationKind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to have happened.

    `source_columns` are pairs of name and cell: the columns of an imported row that no other field
    gives unchanged.
    """

    event_id: str
    kind: str
    title_en: str
    title_ar: str
    when: When
    date_reason: StoredText
    summary_en: str
    date_reason_ar: str = ""
    summary_ar: str = ""
    source_columns: tuple[tuple[str, str], ...] = ()

    @property
    def titles(self) -> Names:
        """The titles in both languages, for messages."""
        return self.title_en, self.title_ar

    @property
    def list_order(self) -> tuple[bool, str, str]:
        """The key of the order of lists: by day, undated ones last, then by id."""
        first = self.when.start or self.when.end
        return (first is None, first.isoformat() if first else "", self.event_id)


def estimates_by_source(claims: Iterable[Claim]) -> list[tuple[Estimate, ...]]:
    """The estimates of claims, joined where one speaker gives them in one article.

    "About 500 Russian soldiers" and "1,300 of the government" in two sentences of one account count
    different people; they are no rivals.
    """
    sources: dict[tuple[str, str | None], tuple[Estimate, ...]] = {}
    for claim in claims:
        source = (claim.article_id, claim.speaker_id)
        sources[source] = sources.get(source, ()) + claim.estimates
    return list(sources.values())


def attestation(claims: Iterable[tuple[Stance, str]]) -> Attestation:
    """How well (stance, origin) pairs attest one event.

    Contested if anyone denies or doubts it; corroborated if two or more distinct origins assert it.
    Five outlets repeating one monitor are one origin.
    """
    pairs = list(claims)
    if any(stance is not Stance.ASSERTS for stance, _ in pairs):
        return Attestation.CONTESTED
    origins = {origin for _, origin in pairs}
    return Attestation.CORROBORATED if len(origins) > 1 else Attestation.SINGLE_SOURCE
