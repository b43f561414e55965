"""Leave out versions of an ACLED event that are older than another, by ACLED's column `timestamp`.

Source: ACLED Codebook, "timestamp": the time, as seconds since 1970, when the event was last changed.
"""

import duckdb

_CELL = "json_extract_string(source_columns, '$.timestamp')"
# SQL of the time of the last change in seconds since 1970; NULL if the row has none that is understood.
CHANGED = f"coalesce(TRY_CAST({_CELL} AS DOUBLE), epoch(TRY_CAST({_CELL} AS TIMESTAMP)))"
_OLDER_IN_FILE = f"""
INSERT INTO older
SELECT event, given FROM (
  SELECT event, given, changed, max(changed) OVER (PARTITION BY given) AS newest
  FROM staged_ids JOIN (SELECT event, {CHANGED} AS changed FROM staged_events
    WHERE event IN (SELECT event FROM repeated)) USING (event)
) WHERE changed < newest
"""
_OLDER_THAN_EXISTING = f"""
INSERT INTO older
SELECT s.event, s.given
FROM pairs p
JOIN open_ids s ON s.event = p.event
JOIN (SELECT event, {CHANGED} AS changed FROM staged_events
  WHERE event IN (SELECT event FROM pairs)) new ON new.event = p.event
JOIN (SELECT event, {CHANGED} AS changed FROM existing_events
  WHERE event IN (SELECT existing FROM pairs)) old ON old.event = p.existing
WHERE new.changed < old.changed
"""


def drop_older_in_file(con: duckdb.DuckDBPyConnection) -> None:
    """Move rows of `staged_ids` for which the file has a newer version to the table `older`."""
    con.execute(_OLDER_IN_FILE)
    con.execute("DELETE FROM staged_ids WHERE event IN (SELECT event FROM older)")


def drop_older_than_existing(con: duckdb.DuckDBPyConnection) -> None:
    """Move rows of `open_ids` whose existing event in `pairs` is newer to the table `older`."""
    con.execute(_OLDER_THAN_EXISTING)
    for name in ("open_ids", "pairs"):
        con.execute(f"DELETE FROM {name} WHERE event IN (SELECT event FROM older)")
