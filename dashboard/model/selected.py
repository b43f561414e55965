"""Selected events as records, e.g. the thirty of a page of the list, or those of a figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, Claim, Event, EventPlace
from dashboard.model.event_tables import CURATED
from dashboard.model.verification import Verification, VerifiedPart

R = TypeVar("R", Claim, EventPlace)


@dataclass(frozen=True)
class SelectedEvents:
    """Events with their places, actors and claims, in the order of the list.

    `corpus` has the records of these events and of no others; `attestations` and `datasets` (their ids)
    are by event id. `reference` has the events that define the days and the area of a figure: if only
    curated ones are selected, all curated ones, so that it does not depend on imported datasets.
    `states` are the verifications of each event and of its place, also of events loaded without claims.
    """

    corpus: Corpus
    attestations: Mapping[str, Attestation]
    datasets: Mapping[str, str]
    reference: Corpus
    states: Mapping[str, Mapping[VerifiedPart, Verification]] = field(default_factory=dict)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events; a position in the selection is a position here."""
        return tuple(self.corpus.events.events.values())

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each event, by its id."""
        return {event.event_id: position for position, event in enumerate(self.events)}

    def attestation(self, event_id: str) -> Attestation:
        """How well the event is attested."""
        return self.attestations[event_id]

    def reviewed(self, event_id: str) -> bool:
        """Whether an analyst has accepted the event."""
        return event_id not in self.corpus.unreviewed

    def state(self, event_id: str, part: VerifiedPart) -> Verification:
        """How far a part of the event was verified."""
        if event_id in self.states:
            return self.states[event_id][part]
        return self.corpus.judgements.state(event_id, part)

    def refuted(self, event_id: str) -> bool:
        """Whether the event, or that it was at its places, is refuted."""
        return any(self.state(event_id, part) is Verification.REFUTED for part in VerifiedPart)

    def confirmed(self, event_id: str) -> bool:
        """Whether the event is confirmed, and its place is not refuted."""
        state = self.state(event_id, VerifiedPart.EVENT)
        return state is Verification.CONFIRMED and not self.refuted(event_id)

    def lapsed(self, event_id: str) -> bool:
        """Whether the event, or its place, was verified and has been changed since."""
        return any(self.state(event_id, part) is Verification.LAPSED for part in VerifiedPart)

    def checked(self, event_id: str) -> bool:
        """Whether a sign says what analysts found of the event."""
        return self.confirmed(event_id) or self.refuted(event_id)

    def in_order(self, rows: Sequence[R], key: Callable[[R], tuple[str, ...]]) -> Sequence[R]:
        """Rows that belong to the events, in the order of these, then of `key`.

        If all events are curated, the rows stay as the corpus has them; rows of several datasets have
        no other order.
        """
        if set(self.datasets.values()) <= {CURATED}:
            return rows
        return sorted(rows, key=lambda row: (self.positions[row.event_id], key(row)))
