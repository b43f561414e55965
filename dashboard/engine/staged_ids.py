"""The ids of staged rows in the views `staged_events` and `staged_claims`, which writing reads."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from dashboard.engine.duckdb_access import quoted
from dashboard.engine.id_rules import NO_ID

# Events whose id another dataset has: `plain` is that id, `event_id` the one with the dataset before it.
_RENAMED = """
CREATE TABLE renamed AS
SELECT event, event_id AS plain, {prefix} || event_id AS event_id
FROM staged_events s
WHERE event_id IN (SELECT event_id FROM existing_events) IS NOT TRUE
    AND event_id IN ({others})
  OR {prefix} || event_id IN (SELECT event_id FROM existing_events)
"""
_FINAL = """
CREATE TABLE renamed_again AS
SELECT f.event, s.given AS plain, f.event_id
FROM final_ids f JOIN staged_ids s ON s.event = f.event WHERE f.event_id <> s.given
"""
# A claim's id begins with that of its event in files of this program.
_WITH_PREFIX = """
CASE WHEN starts_with({column}, r.plain || ':') THEN {prefix} || {column} ELSE {column} END AS {column}
"""


def read_marks(con: duckdb.DuckDBPyConnection) -> None:
    """Create `rows_without_id` of the events whose id is marked by NO_ID, and remove the marks."""
    con.execute(
        "CREATE TABLE rows_without_id AS "
        f"SELECT event FROM staged_events WHERE contains(event_id, '{NO_ID}')"
    )
    if _has_rows(con, "rows_without_id"):
        _replace_columns(con, "events", f"replace(event_id, '{NO_ID}', '') AS event_id", "")


def rename_ids_of_others(
    con: duckdb.DuckDBPyConnection, dataset: str, others: Sequence[str]
) -> None:
    """Put the dataset before the ids of staged events that another dataset has: they are two.

    `others` read the events of the other datasets. Events that this dataset has already are updated
    under the id that they have.
    """
    if not others:
        return
    prefix = quoted(Path(f"{dataset}:"))
    ids = " UNION ALL ".join(f"SELECT event_id FROM {files}" for files in others)
    con.execute(_RENAMED.format(prefix=prefix, others=ids))
    _rename(con, "renamed", prefix)


def use_final_ids(con: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Give the staged events the ids in `final_ids`."""
    con.execute(_FINAL)
    _rename(con, "renamed_again", quoted(Path(f"{dataset}:")))


def _rename(con: duckdb.DuckDBPyConnection, table: str, prefix: str) -> None:
    """Use the ids of `table` (`event`, `plain`, `event_id`), and put `prefix` before their claims."""
    if not _has_rows(con, table):
        return
    join = f"LEFT JOIN {table} r USING (event)"
    _replace_columns(con, "events", "coalesce(r.event_id, s.event_id) AS event_id", join)
    claims = [
        _WITH_PREFIX.format(column=name, prefix=prefix) for name in ("claim_id", "article_id")
    ]
    _replace_columns(con, "claims", ", ".join(claims), join)


def _replace_columns(con: duckdb.DuckDBPyConnection, name: str, columns: str, join: str) -> None:
    """Replace the view staged_<name> by one with other columns, computed from the view before."""
    before = _views_before(con, name)
    con.execute(f"ALTER VIEW staged_{name} RENAME TO before_{before}_{name}")
    con.execute(
        f"CREATE VIEW staged_{name} AS SELECT s.* REPLACE ({columns}) "
        f"FROM before_{before}_{name} s {join}"
    )


def has_new_ids(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether the view staged_<name> has other ids than the staged files."""
    return _views_before(con, name) > 0


def _views_before(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """The number of views that the view staged_<name> has replaced."""
    with con.cursor() as cursor:
        (count,) = cursor.execute(
            "SELECT count(*) FROM duckdb_views() WHERE view_name SIMILAR TO ?",
            [f"before_[0-9]+_{name}"],
        ).fetchone() or (0,)
    return int(count)


def _has_rows(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
