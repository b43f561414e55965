"""The engine's tables of whole events have the schema, numbers and hashes of any dataset."""

from dataclasses import replace

from dashboard.datasets.build.recorded import record_tables
from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.known_names import known_ids
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import event_records
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import BASE_SCHEMAS
from dashboard.query.query import Query
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


def test_tables_have_the_schema_and_one_row_per_event(corpus: Corpus, index: EventIndex):
    selected = selected_events(corpus, index, Query(kinds=("arrest", "demand")))
    records = list(event_records(selected, Coarseness.ORIGINAL))
    source = RowSource("theirs", 3, None)
    ids = replace(known_ids(corpus), events=frozenset({records[0].event.event_id}))
    tables = record_tables(records, source, 5, ids)
    assert {name: table.schema for name, table in tables.items()} == dict(BASE_SCHEMAS)
    events = tables["events"].to_pylist()
    assert [row["event"] for row in events] == [
        (3 << 32) + 5 + number for number in range(len(records))
    ]
    names = {row["event_id"] for row in events}
    assert f"theirs:{records[0].event.event_id}" in names
    assert {record.event.event_id for record in records[1:]} <= names
    assert {row["dataset"] for row in events} == {"theirs"}
    assert len({row["row_hash"] for row in events}) == len(events)
    again = record_tables(records, source, 5, ids)["events"]
    assert again.equals(tables["events"])
