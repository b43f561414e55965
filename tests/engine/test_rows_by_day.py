"""Rows of events in the order of days with the columns of their events, against a plain reading."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.engine.event_files import write_staged
from dashboard.engine.rows_by_day import EventColumns, RowFiles, read_rows
from dashboard.model.event_tables import BASE_SCHEMAS, DENORMALISED, OPEN_END, OPEN_START, SCHEMAS

DAYS = st.sampled_from([OPEN_START, -1, 0, 365, 366])
EVENTS = st.lists(st.tuples(DAYS, st.sampled_from(["clash", "raid"])), min_size=1, max_size=12)
SQUARE = 1 << 22


def events_table(events: list[tuple[int, str]], apart: int = 1) -> pa.Table:
    """Events numbered downwards, `apart` from each other; one without a first day is undated."""
    rows = [
        {
            "event": (1 << 32) + number * apart,
            "first_day": day,
            "last_day": OPEN_END if day == OPEN_START else day,
            "dated": day != OPEN_START,
            "kind": kind,
            "dataset": "mine",
            "reviewed": True,
        }
        for number, (day, kind) in zip(range(len(events), 0, -1), events, strict=True)
    ]
    return pa.Table.from_pylist(rows, SCHEMAS["events"])


def expected(rows: pa.Table, events: pa.Table) -> list[dict]:
    """Each row with the columns of its event, by a plain look-up."""
    by_number = {event["event"]: event for event in events.to_pylist()}
    return [
        {**row, **{name: by_number[row["event"]][name] for name in DENORMALISED}}
        for row in rows.to_pylist()
    ]


def connection(**tables: pa.Table) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name, table in tables.items():
        con.register(name, table)
    return con


@settings(max_examples=40)
@given(EVENTS, st.data())
def test_rows_follow_the_days_of_their_events(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, str]], data: st.DataObject
):
    numbers = data.draw(st.lists(st.integers(1, len(events)), max_size=30))
    apart = data.draw(st.sampled_from([1, 2, 1_000]))
    table = events_table(events, apart)
    rows = pa.Table.from_pylist(
        [
            {
                "event": (1 << 32) + number * apart,
                "claim_id": f"{at}",
                "outlet": "a" if at % 2 else None,
            }
            for at, number in enumerate(numbers)
        ],
        BASE_SCHEMAS["claims"],
    )
    path = tmp_path_factory.mktemp("rows") / "part.parquet"
    con = connection(events=table, rows=rows)
    RowFiles(
        con.sql("FROM rows").to_arrow_table(), "claims", EventColumns(con, "FROM events")
    ).write(path)
    written = pq.read_table(path)
    assert written.schema.equals(SCHEMAS["claims"])
    plain = expected(rows, table)
    assert written.to_pylist() == sorted(plain, key=lambda row: (row["first_day"], row["event"]))


@settings(max_examples=20)
@given(EVENTS)
def test_places_are_in_folders_of_years_and_sorted_by_square(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, str]]
):
    folder = tmp_path_factory.mktemp("places")
    table = events_table(events)
    rows = pa.Table.from_pylist(
        [
            {"event": number, "place_id": "p", "x": at * 5 % 3 * SQUARE, "y": at % 2 * SQUARE}
            for at, number in enumerate(table["event"].to_pylist())
        ],
        BASE_SCHEMAS["event_places"],
    )
    con = connection(events=table, rows=rows)
    files = RowFiles(
        con.sql("FROM rows").to_arrow_table(), "event_places", EventColumns(con, "FROM events")
    )
    files.write_years(folder, {"geo": "{}"})
    years = {OPEN_START: 0, -1: 1969, 0: 1970, 365: 1971, 366: 1971}
    for path in folder.glob("*/*.parquet"):
        written = pq.read_table(path, partitioning=None)
        plain = [
            row
            for row in expected(rows, table)
            if path.parent.name == f"year={years[row['first_day']]}"
        ]
        by_square = sorted(
            plain, key=lambda row: (row["x"], row["y"], row["first_day"], row["event"])
        )
        assert written.to_pylist() == by_square
        assert pq.read_metadata(path).metadata[b"geo"] == b"{}"
    assert sum(pq.read_metadata(path).num_rows for path in folder.glob("*/*.parquet")) == len(
        events
    )


@settings(max_examples=20)
@given(st.lists(st.lists(st.sampled_from(["a", "b", None]), max_size=5), min_size=1, max_size=3))
def test_staged_files_are_read_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, outlets: list[list[str | None]]
):
    folder = tmp_path_factory.mktemp("staged")
    for number, of_file in enumerate(outlets):
        rows = [{"event": number, "outlet": outlet} for outlet in of_file]
        table = pa.Table.from_pylist(rows, BASE_SCHEMAS["claims"])
        write_staged(folder / f"{number:03}.parquet", table)
    read = read_rows(folder.iterdir())
    assert read["outlet"].to_pylist() == [outlet for of_file in outlets for outlet in of_file]


def test_staged_bytes_that_are_no_text_are_refused(tmp_path: Path):
    offsets, cells = (pa.py_buffer(part) for part in (bytes([0, 0, 0, 0, 1, 0, 0, 0]), b"\xff"))
    text = pa.Array.from_buffers(pa.string(), 1, [None, offsets, cells])
    for name in ("outlet", "claim_id"):
        write_staged(tmp_path / "a.parquet", pa.table({name: text}))
        with pytest.raises(pa.ArrowInvalid):
            read_rows([tmp_path / "a.parquet"])


def test_without_places_there_is_one_file(tmp_path: Path):
    con = connection(
        events=events_table([(0, "clash")]), rows=BASE_SCHEMAS["event_places"].empty_table()
    )
    files = RowFiles(
        con.sql("FROM rows").to_arrow_table(), "event_places", EventColumns(con, "FROM events")
    )
    files.write_years(tmp_path, {})
    assert [len(pq.read_table(path)) for path in tmp_path.glob("year=0/part.parquet")] == [0]
