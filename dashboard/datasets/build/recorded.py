"""Whole events of a file of this program as event tables, built as those of the curated corpus are."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

import msgspec
import pyarrow as pa

from dashboard.datasets.build.curated import corpus_tables
from dashboard.datasets.build.rows import KnownIds, RowSource, stable_hash
from dashboard.datasets.event_map.encode import to_json
from dashboard.model.article import Article
from dashboard.model.exported_corpus import corpus_of, place_of
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.local_ids import with_distinct_ids, with_event_id
from dashboard.model.place import Place


def record_tables(
    records: Iterable[ExportedEvent], source: RowSource, start: int, known_ids: KnownIds
) -> dict[str, pa.Table]:
    """The engine's tables of the events by name; they are numbered from `start` on in their dataset.

    An event with the id of a curated one gets the dataset before its id: both are shown, as two.
    """
    events = [_renamed(record, source.dataset, known_ids.events) for record in records]
    first = start + (source.number << 32)
    corpus = corpus_of(_distinct(events, source.dataset), known_ids.kinds)
    tables = corpus_tables(corpus, source.dataset, first)
    return tables | {"events": _with_records(tables["events"], events)}


def _renamed(record: ExportedEvent, dataset: str, curated: Container[str]) -> ExportedEvent:
    """The record with the dataset before its id, and before those of related events, if curated."""
    judged = record.judged
    if any(row.related_id in curated for row in judged.relations):
        relations = tuple(
            replace(row, related_id=f"{dataset}:{row.related_id}")
            if row.related_id in curated
            else row
            for row in judged.relations
        )
        record = msgspec.structs.replace(record, judgements=replace(judged, relations=relations))
    event_id = record.event.event_id
    if event_id not in curated:
        return record
    return with_event_id(record, f"{dataset}:{event_id}", dataset)


def _distinct(records: Iterable[ExportedEvent], dataset: str) -> Iterator[ExportedEvent]:
    """The records with other ids where two of them have one id for different places or articles."""
    places: dict[str, Place] = {}
    articles: dict[str, Article] = {}
    for record in records:
        distinct = with_distinct_ids(record, places, articles, dataset)
        for row in distinct.gazetteer:
            places.setdefault(row.place_id, place_of(row))
        for article in distinct.articles:
            articles.setdefault(article.article_id, article)
        yield distinct


def _with_records(events: pa.Table, records: Iterable[ExportedEvent]) -> pa.Table:
    """The table `events` with the columns that curated events do not have."""
    by_id = {record.event.event_id: record for record in records}
    ordered = [by_id[event_id] for event_id in events["event_id"].to_pylist()]
    texts = [to_json(record) for record in ordered]
    columns: dict[str, list[object]] = {
        "notes": [_words(record) for record in ordered],
        "url": [next((it.url for it in record.articles if it.url), "") for record in ordered],
        # Half of a hash of 48 bits would do: rows are compared by it with the same id only.
        "row_hash": [int(stable_hash(text), 16) for text in texts],
        "source_columns": [
            msgspec.json.encode(dict(record.event.source_columns)).decode() for record in ordered
        ],
        "record": list(texts),
    }
    for name, values in columns.items():
        field = events.schema.field(name)
        at = events.schema.get_field_index(name)
        events = events.set_column(at, field, pa.array(values, field.type))
    return events


def _words(record: ExportedEvent) -> str:
    """The words of an imported row, which all its claims quote; "" for events from articles."""
    of_row = {article.article_id for article in record.articles if not article.sha256}
    return next((claim.quote for claim in record.claims if claim.article_id in of_row), "")
