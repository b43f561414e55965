"""The corpus as tables of pandas, e.g. 46 events -> 46 rows in `events`."""

from collections.abc import Iterable

import pandas as pd

from dashboard.datasets.build.search import search_texts
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, Claim, Event
from dashboard.model.event_tables import CURATED
from dashboard.model.verification import VerifiedPart
from tests.oracle.tables import (
    CLAIMS,
    CONTAINMENT,
    EVENT_ACTORS,
    EVENT_PLACES,
    EVENTS,
    Tables,
)


def build_tables(corpus: Corpus) -> Tables:
    """The corpus as tables; events in the order of their dates, undated ones last."""
    events = sorted(corpus.events.events.values(), key=_order)
    position = {event.event_id: number for number, event in enumerate(events)}
    attested = corpus.attestations()
    searched = search_texts(corpus)
    located = {place.event_id for place in corpus.events.places}
    return Tables(
        events=pd.DataFrame(
            [
                _event_row(corpus, event, attested[event.event_id], searched[event.event_id])
                | {
                    "located": event.event_id in located,
                    "reviewed": event.event_id not in corpus.unreviewed,
                }
                for event in events
            ],
            columns=list(EVENTS),
        ),
        event_places=_frame(
            EVENT_PLACES,
            ((position[p.event_id], p.place_id, p.role.value) for p in corpus.events.places),
        ),
        event_actors=_frame(
            EVENT_ACTORS,
            ((position[a.event_id], a.actor_id, a.role.value) for a in corpus.events.actors),
        ),
        claims=_frame(CLAIMS, (_claim_row(corpus, c, position) for c in corpus.events.claims)),
        containment=_frame(CONTAINMENT, _containment(corpus, position)),
    )


def _order(event: Event) -> tuple[bool, str, str]:
    first = event.when.start or event.when.end
    return (first is None, first.isoformat() if first else "", event.event_id)


def _frame(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))


def _event_row(
    corpus: Corpus, event: Event, attested: Attestation, searched: str
) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "kind": event.kind,
        "group": corpus.lexicon.kinds[event.kind].group.value,
        "title_en": event.title_en,
        "title_ar": event.title_ar,
        "date_start": pd.Timestamp(event.when.start) if event.when.start else pd.NaT,
        "date_end": pd.Timestamp(event.when.end) if event.when.end else pd.NaT,
        "date_precision": event.when.precision.value if event.when.precision else None,
        "attestation": attested.value,
        "verification": corpus.judgements.state(event.event_id, VerifiedPart.EVENT).value,
        "place_verification": corpus.judgements.state(event.event_id, VerifiedPart.PLACE).value,
        "dataset": CURATED,
        "search": searched,
    }


def _claim_row(corpus: Corpus, claim: Claim, position: dict[str, int]) -> tuple[object, ...]:
    return (
        position[claim.event_id],
        claim.claim_id,
        claim.article_id,
        corpus.articles[claim.article_id].outlet_id,
        claim.speaker_id,
        corpus.origin(claim),
        claim.stance.value,
    )


def _containment(corpus: Corpus, position: dict[str, int]) -> list[tuple[object, ...]]:
    pairs = {
        (position[place.event_id], container)
        for place in corpus.events.places
        for container in (place.place_id, *corpus.gazetteer.containers(place.place_id))
    }
    return sorted(pairs)
