"""Events that their source deleted; the list of their ids is stored beside the tables of the dataset.

A deletion is an id and a time. It counts for each version of the event that is not newer, in the dataset
and in files that are imported later: an older export does not bring the event back.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.engine.duckdb_access import quoted
from dashboard.engine.versions import CHANGED

# The name of the stored table, which is no table of the engine: a dataset without it has no deletions.
DELETIONS = "deletions"
# `deleted` is the time of the deletion in seconds since 1970 (UTC).
DELETIONS_SCHEMA = pa.schema({"event_id": pa.string(), "deleted": pa.int64()})
_FILES = "*.parquet"
_NONE = "SELECT ''::TEXT AS event_id, 0::BIGINT AS deleted WHERE false"
_DELETIONS = """
CREATE TABLE deletions AS
SELECT event_id, max(deleted) AS deleted
FROM (FROM existing_deletions UNION ALL FROM staged_deletions) GROUP BY event_id
"""
# The dataset is before an id that another dataset has too: see `staged_ids.py`.
_DELETED_IDS = """
CREATE TABLE deleted_ids AS
SELECT event_id AS listed, event_id, deleted FROM deletions
UNION ALL
SELECT event_id, {prefix} || event_id, deleted FROM deletions
"""
_NOT_NEWER = f"""
INSERT INTO deleted_before
SELECT s.event, s.given
FROM staged_ids s
JOIN deleted_ids d ON d.event_id = s.given
JOIN (SELECT event, {CHANGED} AS changed FROM staged_events WHERE event IN (
  SELECT event FROM staged_ids WHERE given IN (SELECT event_id FROM deleted_ids)
)) v ON v.event = s.event
WHERE (v.changed > d.deleted) IS NOT TRUE
"""
# The events of the dataset that the staged list names; `existing_ids` is that of `identity.py`.
_LISTED = f"""
INSERT INTO listed_events
WITH listed AS (
  SELECT e.event, min(e.event_id) AS event_id, min(d.listed) AS listed, max(d.deleted) AS deleted
  FROM existing_ids e JOIN deleted_ids d ON d.event_id = e.base
  WHERE d.listed IN (SELECT event_id FROM staged_deletions) GROUP BY e.event
)
SELECT l.event, l.event_id, l.listed, (v.changed > l.deleted) IS TRUE AS newer
FROM listed l
JOIN (SELECT event, {CHANGED} AS changed FROM existing_events
  WHERE event IN (SELECT event FROM listed)) v ON v.event = l.event
"""
_ADDED = "SELECT 1 FROM (FROM deletions EXCEPT FROM existing_deletions) LIMIT 1"


def read_deletions(
    con: duckdb.DuckDBPyConnection, dataset: str, staged: Path, existing: Path | None
) -> None:
    """Create `staged_deletions` and `existing_deletions` of two folders, and `deletions` of both.

    `existing` is `None`, or a folder that need not exist. `deleted_ids` has the ids as events of the
    dataset may have them.
    """
    for side, folder in (("staged", staged), ("existing", existing)):
        rows = _NONE
        if folder is not None and any(folder.glob(_FILES)):
            rows = f"SELECT event_id, deleted FROM read_parquet({quoted(folder / _FILES)})"
        con.execute(f"CREATE TABLE {side}_deletions AS {rows}")
    con.execute(_DELETIONS)
    con.execute(_DELETED_IDS.format(prefix=quoted(Path(f"{dataset}:"))))


def drop_deleted_before(con: duckdb.DuckDBPyConnection) -> None:
    """Move rows of `staged_ids` that are not newer than their deletion to the table `deleted_before`.

    A row without a known time of its last change is not newer.
    """
    con.execute("CREATE TABLE deleted_before (event BIGINT, event_id TEXT)")
    if not _has_rows(con, "deletions"):
        return
    con.execute(_NOT_NEWER)
    con.execute("DELETE FROM staged_ids WHERE event IN (SELECT event FROM deleted_before)")


def delete_listed(con: duckdb.DuckDBPyConnection) -> None:
    """Let `new_rows` remove the existing events that the staged list names, except newer ones.

    Creates `listed_events`: the number and the id of each event, the id in the list, and whether the
    event is newer than its deletion.
    """
    con.execute(
        "CREATE TABLE listed_events (event BIGINT, event_id TEXT, listed TEXT, newer BOOLEAN)"
    )
    # Without a list the events of the dataset need not be read.
    if not _has_rows(con, "staged_deletions"):
        return
    con.execute(_LISTED)
    con.execute("INSERT INTO new_rows SELECT NULL, event FROM listed_events WHERE NOT newer")


def has_new_deletions(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the staged list has deletions that are not stored yet."""
    return con.execute(_ADDED).fetchone() is not None


def write_deletions(con: duckdb.DuckDBPyConnection, generation: Path) -> None:
    """Store all deletions among the tables of a generation; without any there is no file."""
    if not _has_rows(con, "deletions"):
        return
    folder = generation / DELETIONS
    folder.mkdir()
    into = quoted(folder / "part.parquet")
    con.execute(f"COPY (FROM deletions ORDER BY event_id) TO {into} (FORMAT parquet)")


def _has_rows(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
