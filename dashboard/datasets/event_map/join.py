"""The tables of a workbook or GeoPackage of this program, joined to its table of events as JSON.

Names of sheets are translated, so tables are recognised by their columns.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.datasets.event_map.layouts import RECORD
from dashboard.datasets.event_map.long_texts import LONG_TEXTS
from dashboard.datasets.formats.sheet import cell_text
from dashboard.text.hxl import is_tag

EVENTS_TABLE, LONG_TABLE = "events", "long_texts"
# Columns that only this table has.
_COLUMNS: Mapping[str, frozenset[str]] = {
    EVENTS_TABLE: frozenset({"event_id", RECORD}),
    LONG_TABLE: frozenset(LONG_TEXTS),
    "claims": frozenset({"claim_id", "event_id", "quote"}),
    "places": frozenset({"event_id", "place_id", "feature_class"}),
    "actors": frozenset({"event_id", "actor_id", "top_party"}),
    "event_estimates": frozenset({"claim_id", "measure", "counted"}),
    "articles": frozenset({"article_id", "sha256", "headline"}),
}
# Outlines and movements are drawn from places; they have columns of their event too.
_OF_EVENTS = "title_en"
Rows = Iterable[Mapping[str, object]]
Texts = list[dict[str, str]]


def recognise_tables(headers: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
    """The name of each table by what it has; `None` unless exactly one has events with records."""
    names: dict[str, str] = {}
    for name, header in headers.items():
        kind = next((key for key, needed in _COLUMNS.items() if needed <= set(header)), None)
        if kind is None or (kind != EVENTS_TABLE and _OF_EVENTS in header):
            continue
        if kind in names and kind == EVENTS_TABLE:
            return None
        names.setdefault(kind, name)
    return names if EVENTS_TABLE in names else None


class ChildTables:
    """The rows of the tables beside the events, by event."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self._by_event: dict[str, dict[str, Texts]] = {}
        self._articles: dict[str, dict[str, str]] = {}
        for name, rows in tables.items():
            if name == "articles":
                self._articles = {row["article_id"]: row for row in _without_tags(rows)}
                continue
            grouped: dict[str, Texts] = defaultdict(list)
            for row in _without_tags(rows):
                grouped[row["event_id"]].append(row)
            self._by_event[name] = grouped

    def cells(self, event_ids: Iterable[object]) -> dict[str, list[str]]:
        """A column for each table: its rows of each event as a list in JSON."""
        ids = [cell_text(event_id) for event_id in event_ids]
        columns = {
            name: [_json(grouped.get(key, [])) for key in ids]
            for name, grouped in self._by_event.items()
        }
        if self._articles and "claims" in self._by_event:
            columns["articles"] = [self._articles_of(key) for key in ids]
        return columns

    def _articles_of(self, event_id: str) -> str:
        claims = self._by_event["claims"].get(event_id, [])
        ids = dict.fromkeys(claim["article_id"] for claim in claims)
        return _json([self._articles[key] for key in ids if key in self._articles])


def _without_tags(rows: Rows) -> Iterator[dict[str, str]]:
    """The rows as texts, without one of tags of the HXL standard and without blank ones."""
    for number, row in enumerate(map(_texts, rows)):
        filled = [cell for cell in row.values() if cell]
        if filled and not (number == 0 and all(map(is_tag, filled))):
            yield row


def _texts(row: Mapping[str, object]) -> dict[str, str]:
    return {name: cell_text(value) for name, value in row.items()}


def _json(rows: Texts) -> str:
    return json.dumps(rows, ensure_ascii=False)
