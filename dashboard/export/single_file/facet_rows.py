"""The values of each filter by event, as the tables of the engine have them (model/event_tables.py).

An event has one row of `events`, and a row of `event_actors` for each party, of `claims` for each claim
and of `containment` for each place that it is in. Filters of one table must hold in one row.
"""

from collections import Counter
from collections.abc import Mapping

from dashboard.model.corpus import Corpus
from dashboard.model.event import Event
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import VerifiedPart
from dashboard.query.facets import FACETS

# The columns of each table that filters use.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(facet.column for facet in FACETS if facet.table == table)
    for table in dict.fromkeys(facet.table for facet in FACETS)
}
# Per table the rows of an event; a value is None if it is not known.
Rows = dict[str, list[tuple[str | None, ...]]]


def facet_rows(selected: SelectedEvents) -> dict[str, Rows]:
    """The rows of each event by its id."""
    corpus = selected.corpus
    rows: dict[str, Rows] = {
        event.event_id: {table: [] for table in COLUMNS} for event in selected.events
    }
    for event in selected.events:
        rows[event.event_id]["events"] = [_in_order("events", _shared(selected, event))]
    for actor in corpus.events.actors:
        values = {"actor": actor.actor_id, "role": actor.role.value}
        _add(rows[actor.event_id], "event_actors", values)
    for claim in corpus.events.claims:
        outlet = corpus.articles[claim.article_id].outlet_id
        _add(rows[claim.event_id], "claims", {"outlet": outlet, "speaker": claim.speaker_id})
    for event_id, place_id in _containment(corpus):
        _add(rows[event_id], "containment", {"place": place_id})
    return rows


def counts_of_values(rows: Mapping[str, Rows]) -> dict[str, dict[str, int]]:
    """How many events have each value, by filter; without one that no event has."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        at = COLUMNS[facet.table].index(facet.column)
        counted: Counter[str] = Counter()
        for of_event in rows.values():
            counted.update({row[at] for row in of_event[facet.table]} - {None})  # type: ignore[arg-type]
        counts[facet.field] = dict(counted)
    return counts


def _shared(selected: SelectedEvents, event: Event) -> dict[str, str | None]:
    return {
        "attestation": selected.attestation(event.event_id).value,
        "verification": selected.state(event.event_id, VerifiedPart.EVENT).value,
        "place_verification": selected.state(event.event_id, VerifiedPart.PLACE).value,
        "kind": event.kind,
        "dataset": selected.datasets[event.event_id],
    }


def _containment(corpus: Corpus) -> dict[tuple[str, str], None]:
    """Pairs of an event and a place that it is in, from its own places to the country."""
    return {
        (row.event_id, key): None
        for row in corpus.events.places
        for key in (row.place_id, *corpus.gazetteer.containers(row.place_id))
    }


def _add(
    rows: dict[str, list[tuple[str | None, ...]]], table: str, values: Mapping[str, str | None]
) -> None:
    row = _in_order(table, values)
    if row not in rows[table]:
        rows[table].append(row)


def _in_order(table: str, values: Mapping[str, str | None]) -> tuple[str | None, ...]:
    return tuple(values[column] for column in COLUMNS[table])
