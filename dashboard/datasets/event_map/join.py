"""The tables of a workbook or GeoPackage of this program, joined to its table of events as JSON.

Names of sheets are translated, so tables are recognised by their columns.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

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
T = TypeVar("T")


def program_tables(
    headers: Mapping[str, Sequence[str]], layer: str | None
) -> dict[str, str] | None:
    """The name of each table by what it has; `None` unless exactly one has events with records.

    `None` too if `layer`, the table that the analyst chose, is not the one with the events.
    """
    names: dict[str, str] = {}
    for name, header in headers.items():
        kind = next((key for key, needed in _COLUMNS.items() if needed <= set(header)), None)
        if kind is None or (kind != EVENTS_TABLE and _OF_EVENTS in header):
            continue
        if kind in names and kind == EVENTS_TABLE:
            return None
        names.setdefault(kind, name)
    return names if EVENTS_TABLE in names and layer in {None, names[EVENTS_TABLE]} else None


class ChildTables:
    """The rows of the tables beside the events, by event, each as JSON to save memory."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self._by_event: dict[str, dict[str, list[str]]] = {}
        self._articles: dict[str, str] = {}
        self._cited: dict[str, list[str]] = defaultdict(list)
        for name, rows in tables.items():
            texts = map(_texts, without_tags(rows, lambda row: row))
            if name == "articles":
                self._articles = {row["article_id"]: _json(row) for row in texts}
                continue
            grouped = self._by_event.setdefault(name, defaultdict(list))
            for row in texts:
                grouped[row["event_id"]].append(_json(row))
                if name == "claims":
                    self._cited[row["event_id"]].append(row.get("article_id", ""))

    def cells(self, event_ids: Iterable[object]) -> dict[str, list[str]]:
        """A column for each table: its rows of each event as a list in JSON."""
        ids = [cell_text(event_id) for event_id in event_ids]
        columns = {
            name: [_list(grouped.get(key, [])) for key in ids]
            for name, grouped in self._by_event.items()
        }
        if self._articles and "claims" in self._by_event:
            columns["articles"] = [self._articles_of(key) for key in ids]
        return columns

    def _articles_of(self, event_id: str) -> str:
        ids = dict.fromkeys(self._cited.get(event_id, []))
        return _list(self._articles[key] for key in ids if key in self._articles)


def without_tags(rows: Iterable[T], cells_of: Callable[[T], Mapping[str, object]]) -> Iterator[T]:
    """The rows without a first one of tags of the HXL standard, and without blank ones."""
    for number, row in enumerate(rows):
        filled = [text for cell in cells_of(row).values() if (text := cell_text(cell))]
        if filled and not (number == 0 and all(map(is_tag, filled))):
            yield row


def _texts(row: Mapping[str, object]) -> dict[str, str]:
    return {name: cell_text(value) for name, value in row.items()}


def _json(row: Mapping[str, str]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _list(rows: Iterable[str]) -> str:
    return f"[{', '.join(rows)}]"
