"""What analysts judge of events and sources, e.g. an event is confirmed, on what ground, by whom.

No state and no grade is computed: it is there because somebody entered it. The terms are defined in
docs/codebook.md. A judgement has the hash of what was judged (`subject`); if that was changed since, the
judgement has lapsed and does not count until it is as it was. That a verification lapsed is a state too.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from dashboard.model.event import Claim, Event, EventActor, EventPlace, EventRelation

# Digits of a hash: it guards against oversight, not against forgery.
_HASH = 16


class Verification(StrEnum):
    """How far somebody has checked an event, or its place, against material of their own.

    All states but `LAPSED` are entered (`ENTERED`): it is that of what was changed since.
    """

    UNVERIFIED = "unverified"
    PLAUSIBLE = "plausible"
    LOCATED = "located"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    LAPSED = "lapsed"


ENTERED = tuple(state for state in Verification if state is not Verification.LAPSED)


class VerifiedPart(StrEnum):
    """What is verified: that the event happened, or that it happened at its places."""

    EVENT = "event"
    PLACE = "place"


class Reliability(StrEnum):
    """The reliability of a source on the scale of NATO's AJP-2.1, from A to F."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """The credibility of a claim on the same scale, from 1 to 6."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """The verification of one part of an event: state, who, when, on what ground.

    `subject` is the `event_subject` at that time, `claim_id` a claim of the event on which the ground
    rests, or `None`.
    """

    event_id: str
    part: VerifiedPart
    state: Verification
    who: str
    at: datetime
    ground: str
    subject: str
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedVerification:
    """The verification of a part of an event of an imported dataset, e.g. of an ACLED row.

    `dataset` is the id of the dataset; the id in `record` is that of the event's source. Both are the
    same after another import. `title` is for a list of verifications whose events are not here.
    """

    dataset: str
    title: str
    record: VerificationRecord


def source_id(dataset: str, event_id: str) -> str:
    """The id of an imported event in its source: "acled:acled:SYR1" and "acled:SYR1" -> "SYR1".

    In the engine the dataset is before an id that another dataset has too: so it may come and go with
    that dataset.
    """
    while event_id.startswith(f"{dataset}:"):
        event_id = event_id.removeprefix(f"{dataset}:")
    return event_id


def possible_ids(dataset: str, event_id: str) -> tuple[str, ...]:
    """The ids that an imported event may have now, of which one was `event_id`; this one first."""
    bare, before = source_id(dataset, event_id), f"{dataset}:"
    return tuple(dict.fromkeys((event_id, bare, f"{before}{bare}", f"{before}{before}{bare}")))


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event of an imported dataset: its number in the engine, and the hashes of what it says.

    `subjects` has, by part, the `rows_subject` that a verification of the part is of.
    """

    dataset: str
    number: int
    subjects: Mapping[VerifiedPart, str]


@dataclass(frozen=True, slots=True)
class SourceRating:
    """The reliability of an outlet: grade, who, when, why."""

    outlet_id: str
    grade: Reliability
    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ClaimRating:
    """The credibility of a claim: grade, who, when, why; `subject` is its `claim_subject` then."""

    claim_id: str
    grade: Credibility
    who: str
    at: datetime
    why: str
    subject: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judgements of a corpus: verifications by event and part, ratings by outlet and by claim.

    `lapsed` are verifications of what was changed since. `imported` has, by event and outlet, the
    ratings that a file gave for its own events: they rate no outlet of other events.
    """

    verifications: Mapping[tuple[str, VerifiedPart], VerificationRecord] = field(
        default_factory=dict
    )
    sources: Mapping[str, SourceRating] = field(default_factory=dict)
    claims: Mapping[str, ClaimRating] = field(default_factory=dict)
    lapsed: Mapping[tuple[str, VerifiedPart], VerificationRecord] = field(default_factory=dict)
    imported: Mapping[str, Mapping[str, SourceRating]] = field(default_factory=dict)

    def verification(self, event_id: str, part: VerifiedPart) -> VerificationRecord | None:
        """The verification of a part of an event; `None` if nobody entered one."""
        return self.verifications.get((event_id, part))

    def source(self, event_id: str, outlet_id: str) -> SourceRating | None:
        """The reliability of an outlet as a source of an event; `None` if nobody rated it."""
        of_file = self.imported.get(event_id, {}).get(outlet_id)
        return of_file or self.sources.get(outlet_id)

    def state(self, event_id: str, part: VerifiedPart) -> Verification:
        """Its state; an event that nobody looked at is unverified.

        A lapsed one is said only of what no other verifies: the file of an imported event may do so.
        """
        record = self.verification(event_id, part)
        state = record.state if record else Verification.UNVERIFIED
        if state is Verification.UNVERIFIED and (event_id, part) in self.lapsed:
            return Verification.LAPSED
        return state


@dataclass(frozen=True, slots=True)
class EventJudgements:
    """The judgements of one event in its exported record, and its relations to events beside it.

    `lapsed` are the verifications of what it said before: older files have none.
    """

    verifications: tuple[VerificationRecord, ...] = ()
    sources: tuple[SourceRating, ...] = ()
    claims: tuple[ClaimRating, ...] = ()
    relations: tuple[EventRelation, ...] = ()
    lapsed: tuple[VerificationRecord, ...] = ()


def with_author(judgements: Judgements, who: str) -> Judgements:
    """The judgements with another name of who entered them, or "" for none."""
    return Judgements(
        {key: replace(row, who=who) for key, row in judgements.verifications.items()},
        {key: replace(row, who=who) for key, row in judgements.sources.items()},
        {key: replace(row, who=who) for key, row in judgements.claims.items()},
        {key: replace(row, who=who) for key, row in judgements.lapsed.items()},
        imported={
            event_id: {key: replace(row, who=who) for key, row in rows.items()}
            for event_id, rows in judgements.imported.items()
        },
    )


def without_grounds(judgements: Judgements) -> Judgements:
    """The judgements without grounds, reasons and authors, which may name a place or a person."""
    return Judgements(
        {key: replace(row, ground="", who="") for key, row in judgements.verifications.items()},
        {key: replace(row, why="", who="") for key, row in judgements.sources.items()},
        {key: replace(row, why="", who="") for key, row in judgements.claims.items()},
        {key: replace(row, ground="", who="") for key, row in judgements.lapsed.items()},
        imported={
            event_id: {key: replace(row, why="", who="") for key, row in rows.items()}
            for event_id, rows in judgements.imported.items()
        },
    )


def event_subject(
    event: Event, places: Iterable[EventPlace], actors: Iterable[EventActor], part: VerifiedPart
) -> str:
    """A hash of what the verification of a part is of: the places, for the event all but its titles."""
    at = sorted(f"{row.role.value}:{row.place_id}" for row in places)
    if part is VerifiedPart.PLACE:
        return _digest(at)
    when = event.when
    days = [str(when.start), str(when.end), str(when.precision)]
    parties = sorted(f"{row.role.value}:{row.actor_id}" for row in actors)
    return _digest([event.kind, *days, *at, *parties])


def rows_subject(values: list[str]) -> str:
    """The same hash of the values of rows, for an imported event."""
    return _digest(values)


def claim_subject(claim: Claim) -> str:
    """A hash of what a claim says, and who says it where."""
    words = [claim.article_id, str(claim.start), str(claim.end), claim.stance.value]
    figures = [f"{it.measure.value}:{it.low}:{it.best}:{it.high}" for it in claim.estimates]
    return _digest([*words, str(claim.speaker_id), str(claim.disputes), *figures])


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_HASH]
