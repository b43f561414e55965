"""Find rows without an id that are like an existing event without one: corrections, or other events.

Two are alike if at least two of first day, coordinates and title are the same and known, and the file
does not have the existing event as it is.
"""

import duckdb

from dashboard.engine.pairs import add_pairs, start_pairs

_OPEN = """
CREATE TABLE open_hashes AS
SELECT event, given FROM staged_ids
WHERE hashed AND event IN (SELECT event FROM new_rows WHERE replaced IS NULL)
"""
# An id that is a hash of its row has 12 digits: see `stable_hash`.
_FREE = """
CREATE TABLE free_hashes AS
SELECT event, event_id FROM existing_events
WHERE regexp_matches(event_id, ':[0-9a-f]{12}(#[0-9]+)?$')
  AND event_id NOT IN (SELECT event_id FROM final_ids)
"""


def pair_like_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Create the table `like_rows`: `event` (staged), and `existing`, the event that it is like."""
    con.execute("CREATE TABLE like_rows (event BIGINT, existing BIGINT)")
    con.execute(_OPEN)
    con.execute(_FREE)
    for name in ("open_hashes", "free_hashes"):
        if not con.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone():
            return
    start_pairs(con, "open_hashes", "free_hashes")
    add_pairs(con, ("day", "lat", "lon", "title"), "like")
    add_pairs(con, ("day", "lat", "lon"), "like")
    add_pairs(con, ("day", "title"), "like")
    # The same kind of event happens again at a place: only a title that is there once is the same.
    add_pairs(con, ("lat", "lon", "title"), "like", unique=True)
    con.execute("INSERT INTO like_rows SELECT event, existing FROM pairs")


def replace_like_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Let the rows in `like_rows` replace their existing events in `new_rows`."""
    con.execute(
        "UPDATE new_rows SET replaced = l.existing FROM like_rows l WHERE l.event = new_rows.event"
    )
