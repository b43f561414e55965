"""Other ids for the event, places and articles of a record, where an id means something else here.

Nothing is merged in silence: two places or two articles of one id stay two.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import msgspec

from dashboard.model.article import Article
from dashboard.model.event import Claim, EventPlace
from dashboard.model.exported_event import ExportedEvent, ExportedPlace
from dashboard.model.place import Place
from dashboard.model.verification import EventJudgements

# What two articles have in common if they are one; a row of a dataset has no hash.
_OF_ARTICLES = ("sha256", "outlet_id", "headline", "url")
Ids = Mapping[str, str]


def with_event_id(record: ExportedEvent, event_id: str, dataset: str) -> ExportedEvent:
    """The record with another id of its event, and with the dataset before the ids of its claims."""
    return msgspec.structs.replace(
        record,
        judgements=_judged_as(record, event_id, dataset),
        event=replace(record.event, event_id=event_id),
        places=tuple(replace(row, event_id=event_id) for row in record.places),
        actors=tuple(replace(row, event_id=event_id) for row in record.actors),
        claims=tuple(
            replace(claim, event_id=event_id, claim_id=f"{dataset}:{claim.claim_id}")
            for claim in record.claims
        ),
        proof=tuple(replace(row, claim_id=f"{dataset}:{row.claim_id}") for row in record.proven)
        or msgspec.UNSET,
    )


def _judged_as(
    record: ExportedEvent, event_id: str, dataset: str
) -> EventJudgements | msgspec.UnsetType:
    if record.judgements is msgspec.UNSET:
        return msgspec.UNSET
    judged = record.judgements
    verifications, lapsed = (
        tuple(
            replace(
                row,
                event_id=event_id,
                claim_id=f"{dataset}:{row.claim_id}" if row.claim_id else None,
            )
            for row in rows
        )
        for rows in (judged.verifications, judged.lapsed)
    )
    return EventJudgements(
        verifications,
        judged.sources,
        tuple(replace(row, claim_id=f"{dataset}:{row.claim_id}") for row in judged.claims),
        tuple(replace(row, event_id=event_id) for row in judged.relations),
        lapsed,
    )


def with_distinct_ids(
    record: ExportedEvent,
    places: Mapping[str, Place],
    articles: Mapping[str, Article],
    dataset: str,
) -> ExportedEvent:
    """The record with other ids for the places and articles that differ from those of the same id.

    A place is the same if its point, precision and radius are; an article if its hash, outlet,
    headline and address are, and its text, where that is known, has the quotes of the claims.
    """
    place_ids = {
        row.place_id: _place_id(row, places, dataset)
        for row in record.gazetteer
        if (place := places.get(row.place_id)) and not _same_place(row, place)
    }
    article_ids = {
        row.article_id: _article_id(row, record, articles, dataset)
        for row in record.articles
        if (known := articles.get(row.article_id)) and not _same_article(row, record, known)
    }
    return _with_ids(record, place_ids, article_ids) if place_ids or article_ids else record


def _place_id(row: ExportedPlace, places: Mapping[str, Place], dataset: str) -> str:
    """The id with the dataset before it; where that is taken too, with a hash of the place behind it."""
    key = f"{dataset}:{row.place_id}"
    if (place := places.get(key)) and not _same_place(row, place):
        return f"{key}:{_hash(row.latitude, row.longitude, row.precision, row.uncertainty_m)}"
    return key


def _article_id(
    row: Article, record: ExportedEvent, articles: Mapping[str, Article], dataset: str
) -> str:
    """The same for an article, with a hash of what the record says of it."""
    key = f"{dataset}:{row.article_id}"
    if (known := articles.get(key)) and not _same_article(row, record, known):
        return f"{key}:{_hash(row.sha256, row.outlet_id, record.event.event_id)}"
    return key


def _hash(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]


def _same_place(record: ExportedPlace, place: Place) -> bool:
    known = None if place.geometry.is_empty else (place.lat, place.lon)
    point = None if record.latitude is None else (record.latitude, record.longitude)
    return (point, record.precision, record.uncertainty_m) == (
        known,
        place.precision,
        place.uncertainty_m,
    )


def _same_article(row: Article, record: ExportedEvent, known: Article) -> bool:
    if any(getattr(row, name) != getattr(known, name) for name in _OF_ARTICLES):
        return False
    quotes = [claim for claim in record.claims if claim.article_id == row.article_id]
    return not known.text or all(
        known.text[claim.start : claim.end] == claim.quote for claim in quotes
    )


def _with_ids(record: ExportedEvent, places: Ids, articles: Ids) -> ExportedEvent:
    return msgspec.structs.replace(
        record,
        articles=tuple(
            replace(row, article_id=articles.get(row.article_id, row.article_id))
            for row in record.articles
        ),
        claims=tuple(_claim(row, articles) for row in record.claims),
        places=tuple(_event_place(row, places, articles) for row in record.places),
        coarsened=tuple((places.get(key, key), role) for key, role in record.coarsened),
        gazetteer=tuple(
            msgspec.structs.replace(
                row,
                place_id=places.get(row.place_id, row.place_id),
                within=tuple(places.get(key, key) for key in row.within),
            )
            for row in record.gazetteer
        ),
    )


def _claim(row: Claim, articles: Ids) -> Claim:
    return replace(row, article_id=articles.get(row.article_id, row.article_id))


def _event_place(row: EventPlace, places: Ids, articles: Ids) -> EventPlace:
    return replace(
        row,
        place_id=places.get(row.place_id, row.place_id),
        article_id=articles.get(row.article_id, row.article_id) if row.article_id else None,
    )
