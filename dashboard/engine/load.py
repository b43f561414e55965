"""Events of the engine as records, e.g. one with its claims, or the selection of a figure.

Curated events are as the corpus has them; those of datasets are made of their rows (`imported.py`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pandas as pd

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.imported import ImportedRecords, Row, records_of
from dashboard.engine.places import Places
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import (
    Attestation,
)
from dashboard.model.event_tables import CURATED
from dashboard.model.selected import SelectedEvents
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The most events that figures and record-wise exports are made of: what they take at 10,000 is in
# benchmarks/README.md, and nobody reads a workbook of more.
MOST_RECORDS = 20_000
_EVENT = (
    "event", "event_id", "dataset", "attestation", "kind", "title_en", "title_ar", "date_start",
    "date_end", "date_precision",
)  # fmt: skip
# What the claims of imported events are made of; reading it takes as long as all else.
_WORDS = ("notes", "url")
# The columns of what belongs to an event, in the order in which its rows are sorted.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "event_places": ("event", "place_id", "role"),
    "event_actors": ("event", "actor", "role"),
    "claims": ("event", "claim_id", "article_id", "outlet", "stance"),
    "containment": ("event", "place"),
}


@dataclass(frozen=True, slots=True)
class EventLoader:
    """Loads events of an engine; `corpus` has the curated ones, `places` all places."""

    engine: Engine
    corpus: Corpus
    datasets: Mapping[str, Dataset]
    places: Places

    def load_selection(self, query: Query) -> SelectedEvents | None:
        """The events that the query leaves; `None` if there are more than `MOST_RECORDS`."""
        found = self.engine.ask(all_numbers, query, most=MOST_RECORDS + 1)
        return None if len(found) > MOST_RECORDS else self.load(found)

    def load(self, found: pd.DataFrame, *, claims: bool = True) -> SelectedEvents:
        """The events found (columns `event`, `first_day`), in this order.

        Lists need no claims and actors: without `claims` those of imported events are not read.
        """
        order = {number: at for at, number in enumerate(found["event"].tolist())}
        rows = records_of(_ask(self.engine, "events", found, _EVENT + (_WORDS if claims else ())))
        rows = sorted(rows, key=lambda row: order[row["event"]])
        ids = [row["event_id"] for row in rows]
        imported = {row["event"]: row for row in rows if row["dataset"] != CURATED}
        curated = {row["event_id"] for row in rows if row["dataset"] == CURATED}
        records = _only(self.corpus, curated)
        if imported:
            others = ImportedRecords(self.corpus, self.datasets, imported)
            theirs = found[found["event"].isin(list(imported))]
            for name in _ROWS if claims else ("event_places",):
                others.add(name, _sorted(_ask(self.engine, name, theirs, _ROWS[name]), order))
            others.places |= self.places.fetch(sorted(others.place_ids - others.places.keys()))
            records = others.joined_with(records)
        events = {key: records.events.events[key] for key in ids}
        records = replace(records, events=replace(records.events, events=events))
        return SelectedEvents(
            records,
            {row["event_id"]: Attestation(row["attestation"]) for row in rows},
            {row["event_id"]: row["dataset"] for row in rows},
            records if imported else self.corpus,
        )


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
    return records_of(ordered.sort_values(["at", *rows.columns[1:]], kind="stable"))


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
