"""Pair staged rows with existing events that some of their columns have in common, e.g. day and place.

The tables `open_rows` (staged) and `free_rows` (existing) have the columns `event`, `given` (the id as
in the file), `day`, `lat`, `lon` and `title`, NULL if unknown. `pairs` has `event` (staged), `existing`
(the event's number) and `step`, the name of what they have in common.
"""

from collections.abc import Sequence

import duckdb

from dashboard.model.event_tables import OPEN_START

# The title of an event whose row has none.
_NO_TITLE = "Event"
_DETAILS = f"""
CREATE OR REPLACE TABLE {{name}} AS
SELECT i.*, CASE WHEN e.dated AND e.first_day > {OPEN_START} THEN e.first_day END AS day,
  p.lat, p.lon, nullif(nullif(e.title_en, ''), '{_NO_TITLE}') AS title
FROM {{ids}} i JOIN {{side}}_events e ON e.event = i.event
LEFT JOIN (
  SELECT event, min(lat) AS lat, min(lon) AS lon FROM {{side}}_event_places
  WHERE event IN (SELECT event FROM {{ids}}) GROUP BY event
) p ON p.event = i.event
"""
_PAIRS = """
INSERT INTO pairs
SELECT o.event, f.event, '{step}'
FROM (
  SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY event) AS nth,
    count(*) OVER (PARTITION BY {key}) AS times
  FROM open_rows WHERE event NOT IN (SELECT event FROM pairs)
) o
JOIN (
  SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY event_id) AS nth,
    count(*) OVER (PARTITION BY {key}) AS times
  FROM free_rows WHERE event NOT IN (SELECT existing FROM pairs)
) f USING ({key}, nth)
WHERE {condition}
"""


def start_pairs(con: duckdb.DuckDBPyConnection, open_ids: str, free_ids: str) -> None:
    """Create the tables of this module for the events in two tables, with no pairs yet."""
    con.execute(_DETAILS.format(name="open_rows", ids=open_ids, side="staged"))
    con.execute(_DETAILS.format(name="free_rows", ids=free_ids, side="existing"))
    con.execute("CREATE OR REPLACE TABLE pairs (event BIGINT, existing BIGINT, step TEXT)")


def add_pairs(
    con: duckdb.DuckDBPyConnection, key: Sequence[str], step: str, *, unique: bool = False
) -> None:
    """Pair rows and events without a partner whose columns `key` are equal and known, one to one.

    Of several with equal columns the first are paired. If `unique`, they are left without a partner.
    """
    condition = "o.times = 1 AND f.times = 1" if unique else "true"
    con.execute(_PAIRS.format(key=", ".join(key), step=step, condition=condition))
