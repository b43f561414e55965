"""Events of the engine as records, e.g. one with its claims, or the selection of a figure.

Curated events are as the corpus has them; those of datasets are made of their rows (`imported.py`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import ibis.expr.types as ir
import pandas as pd

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.imported import ImportedRecords, Row, place_of
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import (
    Attestation,
)
from dashboard.model.event_tables import CURATED
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The most events that figures and record-wise exports are made of: what they take at 10,000 is in
# benchmarks/README.md, and nobody reads a workbook of more.
MOST_RECORDS = 20_000
_EVENT = (
    "event", "event_id", "dataset", "attestation", "kind", "title_en", "title_ar", "date_start",
    "date_end", "date_precision", "notes", "url",
)  # fmt: skip
# The columns of what belongs to an event, in the order in which its rows are sorted.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "event_places": ("event", "place_id", "role"),
    "event_actors": ("event", "actor", "role"),
    "claims": ("event", "claim_id", "article_id", "outlet", "stance"),
    "containment": ("event", "place"),
}
ALL_TABLES = tuple(_ROWS)


def load_selection(
    engine: Engine, corpus: Corpus, datasets: Mapping[str, Dataset], query: Query
) -> SelectedEvents | None:
    """The events that the query leaves; `None` if there are more than `MOST_RECORDS`."""
    found = engine.ask(all_numbers, query, most=MOST_RECORDS + 1)
    return None if len(found) > MOST_RECORDS else load_events(engine, corpus, datasets, found)


def load_events(
    engine: Engine,
    corpus: Corpus,
    datasets: Mapping[str, Dataset],
    found: pd.DataFrame,
    *,
    tables: Collection[str] = ALL_TABLES,
) -> SelectedEvents:
    """The events found (columns `event`, `first_day`), in this order, as records.

    `corpus` has the curated events. Of events of other datasets only the rows of `tables` are read.
    """
    numbers = {number: at for at, number in enumerate(found["event"].tolist())}
    rows = sorted(
        _records(_ask(engine, "events", found, _EVENT)), key=lambda r: numbers[r["event"]]
    )
    curated = {row["event_id"] for row in rows if row["dataset"] == CURATED}
    records = _only(corpus, curated)
    imported = [row for row in rows if row["dataset"] != CURATED]
    if imported:
        others = ImportedRecords(corpus, datasets, {row["event"]: row for row in imported})
        theirs = found[found["event"].isin([row["event"] for row in imported])]
        for name in (name for name in _ROWS if name in tables):
            others.add(name, _sorted(_ask(engine, name, theirs, _ROWS[name]), numbers))
        others.places |= places_of(engine, sorted(others.place_ids - others.places.keys()))
        records = others.joined_with(records, [row["event_id"] for row in rows])
    else:
        records = _in_order(records, [row["event_id"] for row in rows])
    return SelectedEvents(
        records,
        {row["event_id"]: Attestation(row["attestation"]) for row in rows},
        {row["event_id"]: row["dataset"] for row in rows},
        records if imported else corpus,
    )


def places_of(engine: Engine, ids: Sequence[str]) -> dict[str, Place]:
    """The places of these ids as the engine knows them."""
    if not ids:
        return {}
    found = engine.ask(_places_by_id, tuple(ids))
    return {str(row["place_id"]): place_of(row) for row in _records(found)}


def _places_by_id(tables: EngineTables, ids: Collection[str]) -> ir.Table:
    return tables.places.filter(tables.places.place_id.isin(list(ids)))


def _ask(engine: Engine, name: str, found: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of the rows that a table has of the events found, in any order.

    They are found by number and by first day: rows lie in the order of days, and an engine skips what
    lies beyond.
    """
    numbers = tuple(found["event"].tolist())
    days = (int(found["first_day"].min()), int(found["first_day"].max())) if numbers else ()
    return engine.ask(_rows, numbers, days, name=name, columns=tuple(columns))


def _rows(
    tables: EngineTables,
    numbers: Collection[int],
    days: Sequence[int],
    *,
    name: str,
    columns: Collection[str],
) -> ir.Table:
    rows = tables.named(name)
    rows = rows.filter(rows.event.isin(list(numbers)))
    return (rows.filter(rows.first_day.between(*days)) if days else rows).select(*columns)


def _sorted(rows: pd.DataFrame, numbers: Mapping[int, int]) -> list[Row]:
    """The rows in the order of their events, then of their columns: an engine gives them in any."""
    ordered = rows.drop_duplicates().assign(at=rows["event"].map(dict(numbers)))
    return _records(ordered.sort_values(["at", *rows.columns[1:]], kind="stable"))


def _records(frame: pd.DataFrame) -> list[Row]:
    known = frame.astype(object).where(frame.notna(), None)
    return [
        {str(key): value for key, value in row.items()} for row in known.to_dict(orient="records")
    ]


def _only(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """The corpus with the events of these ids alone."""
    events = corpus.events
    chosen = Events(
        {key: event for key, event in events.events.items() if key in ids},
        tuple(row for row in events.places if row.event_id in ids),
        tuple(row for row in events.actors if row.event_id in ids),
        tuple(row for row in events.claims if row.event_id in ids),
    )
    return replace(corpus, events=chosen)


def _in_order(corpus: Corpus, ids: Sequence[str]) -> Corpus:
    events = {key: corpus.events.events[key] for key in ids}
    return replace(corpus, events=replace(corpus.events, events=events))
