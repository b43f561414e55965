"""The colour class of each event of a selection in memory, as the engine gives it for the live map."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.event import ActorRole
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import VerifiedPart
from dashboard.query.colouring import (
    LIMITED,
    MOST_COLOURED,
    NONE,
    SEVERAL,
    SEVERAL_VALUES,
    Colouring,
)
from dashboard.query.splits import OTHERS


@dataclass(frozen=True, slots=True)
class EventColours:
    """The class of each event by id; `others` is the number of values without a colour of their own."""

    colouring: Colouring
    others: int
    of: Mapping[str, str]


def event_colours(selected: SelectedEvents, column: str) -> EventColours:
    """The classes for a column, one of `COLOURS`: colours go to the most frequent values."""
    values = _values(selected, column)
    if column not in LIMITED:
        return EventColours(
            Colouring(column), 0, {key: next(iter(here)) for key, here in values.items()}
        )
    counted = Counter(value for here in values.values() for value in here)
    order = sorted(counted, key=lambda value: (-counted[value], value))
    first = tuple(order[:MOST_COLOURED])
    classes = {key: _class(here, first) for key, here in values.items()}
    return EventColours(Colouring(column, first), len(order) - len(first), classes)


def _class(values: set[str], first: tuple[str, ...]) -> str:
    if not values:
        return NONE
    if len(values) > 1:
        return SEVERAL
    (value,) = values
    return value if value in first else OTHERS


def _values(selected: SelectedEvents, column: str) -> dict[str, set[str]]:
    """The values of a column by event."""
    corpus = selected.corpus
    if column in SEVERAL_VALUES:
        pairs = (
            (
                (row.event_id, row.actor_id)
                for row in corpus.events.actors
                if row.role is ActorRole.INITIATOR
            )
            if column == "initiator"
            else (
                (claim.event_id, corpus.articles[claim.article_id].outlet_id)
                for claim in corpus.events.claims
            )
        )
        found: dict[str, set[str]] = defaultdict(set)
        for event_id, value in pairs:
            found[event_id].add(value)
        return {event.event_id: found.get(event.event_id, set()) for event in selected.events}
    return {event.event_id: {_value(selected, event.event_id, column)} for event in selected.events}


def _value(selected: SelectedEvents, event_id: str, column: str) -> str:
    kind = selected.corpus.events.events[event_id].kind
    if column == "group":
        return selected.corpus.lexicon.kinds[kind].group.value
    if column == "attestation":
        return selected.attestation(event_id).value
    if column == "verification":
        return selected.state(event_id, VerifiedPart.EVENT).value
    return selected.datasets[event_id] if column == "dataset" else kind
