"""The steps that find out which rows are the same event, each on small tables in memory."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.engine.deletions import read_deletions
from dashboard.engine.id_counts import count_rows
from dashboard.engine.id_rules import ACLED_FORMAT, NO_ID, IdRules
from dashboard.engine.identity import resolve_ids
from dashboard.engine.like_rows import pair_like_rows
from dashboard.engine.pairs import add_pairs, start_pairs
from dashboard.engine.staged_ids import read_marks
from dashboard.engine.versions import drop_older_in_file
from dashboard.model.event_tables import BASE_SCHEMAS

_HASH = "t:0123456789ab"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the empty tables of a dataset, staged and existing."""
    with duckdb.connect() as connection:
        for side in ("staged", "existing"):
            for name, schema in BASE_SCHEMAS.items():
                empty = schema.empty_table()  # noqa: F841 read by DuckDB
                connection.execute(f"CREATE TABLE {side}_{name} AS FROM empty")
        read_deletions(connection, "t", tmp_path, None)
        yield connection


def _event(
    con: duckdb.DuckDBPyConnection, side: str, event: int, event_id: str, **values: object
) -> None:
    row = {"event": event, "event_id": event_id, "dated": True, "first_day": 18_645} | values
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    con.execute(f"INSERT INTO {side}_events ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608


def test_marks_of_rows_without_an_id_are_read_and_removed(con: duckdb.DuckDBPyConnection):
    _event(con, "staged", 1, f"t:{NO_ID}0123456789ab")
    _event(con, "staged", 2, "t:2")
    con.execute("ALTER TABLE staged_events RENAME TO files")
    con.execute("CREATE VIEW staged_events AS FROM files")
    read_marks(con)
    assert con.execute("SELECT event FROM rows_without_id").fetchall() == [(1,)]


def test_pairs_are_one_to_one(con: duckdb.DuckDBPyConnection):
    for number in (1, 2):
        _event(con, "staged", number, f"t:{number}", title_en="A")
    _event(con, "existing", 9, "t:9", title_en="A")
    con.execute("CREATE TABLE open AS SELECT event, event_id AS given FROM staged_events")
    con.execute("CREATE TABLE free AS SELECT event, event_id FROM existing_events")
    start_pairs(con, "open", "free")
    add_pairs(con, ("day", "title"), "same", unique=True)
    assert con.execute("FROM pairs").fetchall() == []
    add_pairs(con, ("day", "title"), "same")
    assert con.execute("FROM pairs").fetchall() == [(1, 9, "same")]


def test_a_row_without_an_id_is_like_an_event_of_the_same_day_and_title(
    con: duckdb.DuckDBPyConnection,
):
    _event(con, "staged", 1, _HASH, title_en="A")
    _event(con, "existing", 9, "t:ba9876543210", title_en="A")
    con.execute(f"CREATE TABLE staged_ids AS SELECT 1 AS event, '{_HASH}' AS given, true AS hashed")
    con.execute("CREATE TABLE new_rows AS SELECT 1 AS event, NULL AS replaced")
    con.execute(f"CREATE TABLE final_ids AS SELECT 1 AS event, '{_HASH}' AS event_id")
    pair_like_rows(con)
    assert con.execute("FROM like_rows").fetchall() == [(1, 9)]


def test_the_older_of_two_versions_in_a_file_is_dropped(con: duckdb.DuckDBPyConnection):
    for number, stamp in ((1, "100"), (2, "200")):
        _event(con, "staged", number, "acled:A", source_columns=f'{{"timestamp":"{stamp}"}}')
    con.execute("CREATE TABLE staged_ids AS SELECT event, event_id AS given FROM staged_events")
    con.execute("CREATE TABLE repeated AS SELECT event FROM staged_events")
    con.execute("CREATE TABLE older (event BIGINT, given VARCHAR)")
    drop_older_in_file(con)
    assert con.execute("SELECT event FROM staged_ids").fetchall() == [(2,)]
    assert con.execute("SELECT event FROM older").fetchall() == [(1,)]


def test_new_and_known_events_are_counted(con: duckdb.DuckDBPyConnection):
    _event(con, "staged", 1, "acled:A", row_hash=1)
    _event(con, "staged", 2, "acled:B", row_hash=2)
    _event(con, "existing", 9, "acled:B", row_hash=2)
    con.execute("CREATE TABLE rows_without_id (event BIGINT)")
    resolve_ids(con, IdRules(), ACLED_FORMAT)
    counts = count_rows(con, IdRules(), ACLED_FORMAT)
    assert (counts.added, counts.changed, counts.unchanged) == (1, 0, 1)
