"""Count what `identity.py` decided about the staged rows."""

from typing import Any

import duckdb

from dashboard.engine.id_rules import CUSTOM_FORMAT, IdRules, WriteCounts

_EXAMPLES = 3
_TOTALS = """
SELECT count(*) FILTER (event IS NOT NULL AND replaced IS NULL) AS added,
  count(*) FILTER (event IS NOT NULL AND replaced IS NOT NULL) AS changed,
  (SELECT count(*) FROM final_ids) - count(event) AS unchanged,
  (SELECT count(*) FROM duplicates)
    + (SELECT count(*) - count(DISTINCT event_id) FROM staged_deletions) AS duplicates
FROM new_rows
"""
# The relations of events that came whole, with the ids of the events that they lead to.
_RELATED = """
CREATE TABLE related AS
SELECT event, unnest(json_extract_string(record, '$.judgements.relations[*].related_id')) AS event_id
FROM staged_events
WHERE record LIKE '%"related_id"%' AND event IN (SELECT event FROM final_ids)
"""
_KNOWN = (
    "SELECT event_id FROM final_ids UNION SELECT given FROM staged_ids "
    "UNION SELECT event_id FROM existing_events"
)
# The events of each count, with their ids.
_LISTS = {
    "related_elsewhere": f"SELECT event, event_id FROM related WHERE event_id NOT IN ({_KNOWN})",
    "older": "SELECT event, event_id FROM older",
    "repeated_ids": "SELECT event, event_id FROM other_ids WHERE NOT first "
    "AND event NOT IN (SELECT event FROM changed_ids)",
    "same_rows": "SELECT event, event_id FROM new_rows JOIN final_ids USING (event) "
    "JOIN staged_ids USING (event) WHERE hashed AND nth > 1 AND replaced IS NULL",
    "deleted": "SELECT event, event_id FROM listed_events WHERE NOT newer",
    "newer_than_deletion": "SELECT event, event_id FROM listed_events WHERE newer",
    "not_in_dataset": "SELECT DISTINCT event_id AS event, event_id FROM staged_deletions "
    "WHERE event_id NOT IN (SELECT listed FROM listed_events)",
    "deleted_before": "SELECT event, event_id FROM deleted_before",
    "restored": "SELECT event, event_id FROM new_rows JOIN final_ids USING (event) "
    "JOIN staged_ids USING (event) "
    "WHERE replaced IS NULL AND given IN (SELECT event_id FROM deleted_ids)",
}
_CHANGED = "SELECT event, event_id FROM changed_ids JOIN final_ids USING (event) WHERE"
_LIKE = "SELECT event, event_id FROM like_rows JOIN final_ids USING (event)"


def count_rows(con: duckdb.DuckDBPyConnection, rules: IdRules, format_: str) -> WriteCounts:
    """The counts of the tables that `resolve_ids` created."""
    names = ("added", "changed", "unchanged", "duplicates")
    counts: dict[str, Any] = dict(zip(names, con.execute(_TOTALS).fetchone() or (), strict=True))
    examples = {}
    lists = _lists(rules, format_)
    con.execute(_RELATED)
    # Few tables have relations, and without one the ids need not be compared.
    if not con.execute("SELECT 1 FROM related LIMIT 1").fetchone():
        counts["related_elsewhere"] = 0
        del lists["related_elsewhere"]
    for name, events in lists.items():
        (counts[name],) = con.execute(f"SELECT count(*) FROM ({events})").fetchone() or (0,)
        if counts[name]:
            rows = con.execute(f"{events} ORDER BY event LIMIT {_EXAMPLES}").fetchall()
            examples[name] = tuple(event_id for _event, event_id in rows)
    return WriteCounts(**counts, examples=examples)


def _lists(rules: IdRules, format_: str) -> dict[str, str]:
    """SQL of the events of each count, by its name."""
    like = "like_rows_replaced" if rules.like_rows == "replace" else "like_rows_added"
    lists = {**_LISTS, like: _LIKE}
    if format_ == CUSTOM_FORMAT:
        lists["changed_ids_added"] = f"{_CHANGED} NOT updated"
        lists["changed_ids_updated"] = f"{_CHANGED} updated"
    return lists
