"""Decide by their ids which staged rows are new events, and which are versions of existing ones.

Example: rows "1, Monday" and "1, Tuesday" in one table are two events; the id of the second is 1, "#"
and 8 digits of a hash.
All of it is SQL on all staged rows at once, since several processes read chunks of one file.
"""

import duckdb

from dashboard.engine.deletions import delete_listed, drop_deleted_before
from dashboard.engine.id_rules import ACLED_FORMAT, CUSTOM_FORMAT, IdRules
from dashboard.engine.like_rows import pair_like_rows, replace_like_rows
from dashboard.engine.pairs import add_pairs, start_pairs
from dashboard.engine.versions import drop_older_in_file, drop_older_than_existing

# `hashed` is true for a row without an id, whose id is a hash of its cells.
_STAGED_IDS = """
CREATE TABLE staged_ids AS
SELECT s.event, s.event_id AS given, s.row_hash, w.event IS NOT NULL AS hashed, 1::BIGINT AS nth
FROM staged_events s LEFT JOIN rows_without_id w ON s.event = w.event
"""
# The n-th row of an id with the same cells; without an id, the n-th row of the same hash.
_REPEATED = """
CREATE TABLE repeated AS
SELECT event, given, row_number() OVER (
    PARTITION BY given, CASE WHEN hashed THEN 0 ELSE row_hash END ORDER BY event
  ) AS nth
FROM staged_ids
WHERE given IN (SELECT given FROM staged_ids GROUP BY given HAVING count(*) > 1)
"""
# An existing event by its id, and one with a hash behind its id also by the id before that.
_EXISTING_IDS = """
CREATE TABLE existing_ids AS
SELECT event, event_id, row_hash, event_id AS base FROM existing_events
UNION ALL
SELECT event, event_id, row_hash, regexp_replace(event_id, '#[0-9a-f]+$', '') AS base
FROM existing_events
WHERE regexp_matches(event_id, '#[0-9a-f]{8}([0-9a-f]{8})?$')
  AND event_id NOT IN (SELECT given FROM staged_ids)
"""
# The id of each staged event that is not left out, first of those that nothing else has, and of those
# that the dataset has with the same cells; then of rows without an id.
_FINAL_IDS = """
CREATE TABLE final_ids AS
SELECT event, given AS event_id FROM staged_ids
WHERE NOT hashed AND given NOT IN (SELECT given FROM repeated)
  AND given NOT IN (SELECT base FROM existing_ids)
UNION ALL
SELECT s.event, min(e.event_id)
FROM staged_ids s JOIN existing_ids e ON s.given = e.base AND s.row_hash = e.row_hash
WHERE NOT s.hashed GROUP BY s.event
UNION ALL
SELECT event, CASE WHEN nth = 1 THEN given ELSE given || '#' || nth END FROM staged_ids WHERE hashed
"""
_OPEN_IDS = """
CREATE TABLE open_ids AS
SELECT event, given, row_hash FROM staged_ids WHERE event NOT IN (SELECT event FROM final_ids)
"""
_FREE_IDS = """
CREATE TABLE free_ids AS
SELECT event, event_id, base AS given FROM existing_ids
WHERE base IN (SELECT given FROM open_ids) AND event_id NOT IN (SELECT event_id FROM final_ids)
"""
# The first row of an id that no other event has keeps it; each other gets a hash of its cells behind it.
_OTHER_IDS = """
CREATE TABLE other_ids AS
WITH numbered AS (
  SELECT event, given, lower(lpad(to_hex(row_hash), 16, '0')) AS hash,
    given NOT IN (SELECT event_id FROM existing_events)
      AND given NOT IN (SELECT event_id FROM final_ids)
      AND row_number() OVER (PARTITION BY given ORDER BY event) = 1 AS first
  FROM open_ids WHERE event NOT IN (SELECT event FROM final_ids)
),
short AS (SELECT *, given || '#' || right(hash, 8) AS event_id FROM numbered)
SELECT event, given, first, CASE
    WHEN first THEN given
    -- Of many rows two may have the same half of a hash.
    WHEN count(*) OVER (PARTITION BY event_id) > 1
      OR event_id IN (SELECT event_id FROM existing_events) THEN given || '#' || hash
    ELSE event_id
  END AS event_id
FROM short
"""
_NEW_ROWS = """
CREATE TABLE new_rows AS
SELECT f.event, e.event AS replaced FROM final_ids f JOIN staged_ids s ON s.event = f.event
LEFT JOIN existing_events e ON e.event_id = f.event_id
WHERE e.row_hash IS DISTINCT FROM s.row_hash
"""

# The largest tables of ids.
_STEPS = (
    "staged_ids", "repeated", "existing_ids", "final_ids", "open_ids", "free_ids", "other_ids",
)  # fmt: skip


def resolve_ids(con: duckdb.DuckDBPyConnection, rules: IdRules, format_: str) -> None:
    """Create `new_rows`: the staged events that are new or changed, and the event that each replaces.

    Reads the views `staged_<table>` and `existing_<table>`, the table `rows_without_id`, and those of
    `read_deletions`. A row of `new_rows` without a staged event deletes the existing one. Creates also
    `final_ids`, the id of each staged event, and the tables that `id_counts.py` reads. `format_`
    is that of the dataset.
    """
    _read_staged(con, format_)
    con.execute(_EXISTING_IDS)
    con.execute(_FINAL_IDS)
    con.execute(_OPEN_IDS)
    _pair_changed(con, rules, format_)
    con.execute(_OTHER_IDS)
    con.execute("INSERT INTO final_ids SELECT event, event_id FROM other_ids")
    con.execute(_NEW_ROWS)
    pair_like_rows(con)
    if rules.like_rows == "replace":
        replace_like_rows(con)
    delete_listed(con)


def drop_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables of ids that only `resolve_ids` and the counts read; a million rows need 150 MB."""
    for name in _STEPS:
        con.execute(f"DROP TABLE {name}")


def _read_staged(con: duckdb.DuckDBPyConnection, format_: str) -> None:
    """Create `staged_ids` of all rows but duplicates, older versions and deleted events."""
    con.execute(_STAGED_IDS)
    con.execute(_REPEATED)
    con.execute(
        "UPDATE staged_ids SET nth = r.nth FROM repeated r WHERE r.event = staged_ids.event"
    )
    con.execute(
        "CREATE TABLE duplicates AS SELECT event FROM staged_ids WHERE nth > 1 AND NOT hashed"
    )
    con.execute("DELETE FROM staged_ids WHERE event IN (SELECT event FROM duplicates)")
    con.execute("CREATE TABLE older (event BIGINT, event_id TEXT)")
    if format_ == ACLED_FORMAT:
        drop_older_in_file(con)
    drop_deleted_before(con)


def _pair_changed(con: duckdb.DuckDBPyConnection, rules: IdRules, format_: str) -> None:
    """Give rows whose id the dataset has with other cells the id of the event that they update.

    Creates `changed_ids` with their numbers, and whether each is an update.
    """
    con.execute(_FREE_IDS)
    start_pairs(con, "open_ids", "free_ids")
    add_pairs(con, ("given", "day", "lat", "lon"), "correction")
    add_pairs(con, ("given",), "changed")
    if format_ == ACLED_FORMAT:
        drop_older_than_existing(con)
    every = format_ != CUSTOM_FORMAT or rules.changed_ids == "update"
    con.execute(
        f"CREATE TABLE changed_ids AS SELECT event, {every} OR step = 'correction' AS updated FROM pairs"
    )
    con.execute(
        "INSERT INTO final_ids SELECT p.event, f.event_id FROM pairs p "
        "JOIN free_ids f ON f.event = p.existing JOIN changed_ids c ON c.event = p.event WHERE updated"
    )
