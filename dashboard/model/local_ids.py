"""Other ids for places and articles of an exported event if this workspace has others of the same id."""

from dataclasses import replace

import msgspec

from dashboard.model.corpus import Corpus
from dashboard.model.exported_event import ExportedEvent, ExportedPlace
from dashboard.model.place import Place


def with_local_ids(record: ExportedEvent, local: Corpus, dataset: str) -> ExportedEvent:
    """The record with other ids for articles and places that another workspace gave the same id.

    A place is the same if its point, precision and radius are; an article if its hash is.
    """
    articles = {
        row.article_id: f"{dataset}:{row.article_id}"
        for row in record.articles
        if (known := local.articles.get(row.article_id)) and known.sha256 != row.sha256
    }
    places = {
        row.place_id: f"{dataset}:{row.place_id}"
        for row in record.gazetteer
        if (place := local.gazetteer.places.get(row.place_id)) and not _same_place(row, place)
    }
    if not articles and not places:
        return record
    return msgspec.structs.replace(
        record,
        articles=tuple(
            replace(row, article_id=articles.get(row.article_id, row.article_id))
            for row in record.articles
        ),
        claims=tuple(
            replace(row, article_id=articles.get(row.article_id, row.article_id))
            for row in record.claims
        ),
        places=tuple(
            replace(
                row,
                place_id=places.get(row.place_id, row.place_id),
                article_id=articles.get(row.article_id, row.article_id) if row.article_id else None,
            )
            for row in record.places
        ),
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


def _same_place(record: ExportedPlace, place: Place) -> bool:
    known = None if place.geometry.is_empty else (place.lat, place.lon)
    point = None if record.latitude is None else (record.latitude, record.longitude)
    return (point, record.precision, record.uncertainty_m) == (
        known,
        place.precision,
        place.uncertainty_m,
    )
