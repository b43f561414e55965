"""The rows of one event in the tables of exported files, derived from its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.datasets.event_map.claim_rows import article_row, claim_row, estimate_rows
from dashboard.datasets.event_map.encode import to_json
from dashboard.datasets.event_map.judged_columns import relation_row
from dashboard.datasets.event_map.rows import ChildRows, actor_row, event_row, place_row
from dashboard.model.event import EventKind, attestation
from dashboard.model.exported_corpus import corpus_of
from dashboard.model.exported_event import ExportedEvent

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventRows:
    """The rows of one event by table; `source` has the cells of its imported row by column.

    `record` is the whole event as JSON.
    """

    event: Row
    places: list[Row]
    actors: list[Row]
    claims: list[Row]
    estimates: list[Row]
    relations: list[Row]
    articles: list[Row]
    source: Mapping[str, str]
    record: str

    @property
    def children(self) -> dict[str, list[Row]]:
        """The rows below the event by the names that they have beside its columns.

        A claim has a column `estimates` too, so those of the event have a longer name; and an
        event has a column `relations`.
        """
        return {
            "claims": self.claims,
            "places": self.places,
            "actors": self.actors,
            "event_estimates": self.estimates,
            "event_relations": self.relations,
        }


def rows_of(record: ExportedEvent, kinds: Mapping[str, EventKind]) -> EventRows:
    """The rows of an event; raises KeyError if it refers to something that the record lacks."""
    corpus, event = corpus_of([record], kinds), record.event
    places = [(corpus.gazetteer.places[row.place_id], row.role.value) for row in record.places]
    moved = {(place_id, role) for place_id, role in record.coarsened}
    children = ChildRows(
        list(record.claims),
        list(record.actors),
        [(place, role, (place.place_id, role) in moved) for place, role in places],
        record.judged.relations,
    )
    attested = attestation((claim.stance, corpus.origin(claim)) for claim in record.claims)
    return EventRows(
        event=event_row(corpus, event, record.dataset, attested.value, children),
        places=[place_row(corpus.gazetteer, event.event_id, *one) for one in children.places],
        actors=[actor_row(corpus, row) for row in record.actors],
        claims=[claim_row(corpus, claim) for claim in record.claims],
        estimates=[row for claim in record.claims for row in estimate_rows(claim)],
        relations=[relation_row(row) for row in record.judged.relations],
        articles=[article_row(corpus, article) for article in corpus.articles.values()],
        source=dict(event.source_columns),
        record=to_json(record),
    )
