"""Compare the readable columns of a file of this program with those of the record beside them.

A column that somebody edited differs from the record, and is a fault: it is never ignored. Excel may
write days and true or false in another notation; that is no difference.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from math import isclose
from typing import Any, NamedTuple

from dashboard.datasets.event_map.acled_columns import acled_row
from dashboard.datasets.event_map.layouts import (
    LAYER,
    SOURCE,
    Layout,
    layout_columns,
    layout_rows,
    source_name,
)
from dashboard.datasets.event_map.tables import EventRows
from dashboard.datasets.event_map.ucdp_columns import ucdp_row
from dashboard.datasets.formats.codebook_columns import ACLED, UCDP_GED
from dashboard.datasets.formats.column_mapping import UNKNOWN_END
from dashboard.datasets.formats.days import DateOrder, day
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.message import StoredText, message
from dashboard.text.escape import undefuse, without_controls

Row = Mapping[str, Any]
# What identifies a row of each list or table of rows of an event.
CHILDREN: Mapping[str, tuple[str, ...]] = {
    "claims": ("claim_id",),
    "places": ("place_id", "role"),
    "actors": ("actor_id", "role"),
    "event_estimates": ("claim_id", "measure", "counted", "side", "words", "low", "best", "high"),
    "event_relations": ("event_id", "relation", "related_id"),
    "articles": ("article_id",),
}
# The reader of geometries renames columns of a file that it adds itself.
_SECOND = " (2)"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_SHOWN = 80
_LIST = message("a list of rows as JSON")


class Difference(NamedTuple):
    """A cell that differs from the record."""

    field: str
    expected: StoredText
    found: str


def differences(rows: EventRows, cells: Row) -> Iterator[Difference]:
    """The cells of a row of a file that differ from those of its record."""
    candidates, columns = _candidates(rows, cells)
    expected = _matching(candidates, cells)
    if expected is None:
        yield Difference("", message("a row of this event"), "another")
        return
    for name, cell in cells.items():
        plain = name.removesuffix(_SECOND)
        if plain in columns:
            yield from _difference(name, expected.get(plain), cell)
    if LAYER in cells:
        yield from _source_differences(rows.source, cells)
    tables = {**rows.children, "articles": rows.articles}
    for name in CHILDREN:
        if text := cell_text(cells.get(name)):
            yield from _child_differences(name, tables[name], text)
    if text := cell_text(cells.get("source_columns")):
        yield from _child_differences("source_columns", [rows.source], f"[{text}]")


def _candidates(rows: EventRows, cells: Row) -> tuple[Sequence[Row], frozenset[str]]:
    """The rows that the file may have for the event, and the columns to compare."""
    if "event_id_cnty" in cells:
        return [acled_row(rows)], frozenset({*ACLED, "kind", "attestation", "coding_note"})
    if "date_prec" in cells:
        return [ucdp_row(rows)], frozenset({*UCDP_GED, "kind", "attestation", "coding_note"})
    layer = cell_text(cells.get(LAYER))
    layout = Layout(layer) if layer in set(Layout) else Layout.EVENT
    columns = frozenset({*layout_columns(layout), LAYER})
    return layout_rows(rows, layout), columns


def _matching(candidates: Sequence[Row], cells: Row) -> Row | None:
    """The row with the same claim, or the same place in the same role; the only one of an event."""
    if len(candidates) == 1:
        return candidates[0]
    keys = ("claim_id",) if "claim_id" in candidates[0] else ("place_id", "place_role")
    for row in candidates:
        if all(_same(row[key], cells.get(key)) for key in keys):
            return row
    return None


def _source_differences(source: Mapping[str, str], cells: Row) -> Iterator[Difference]:
    """The cells of the imported row that differ; files may change white space and controls in names."""
    expected: dict[str, list[str | None]] = {}
    for name, value in source.items():
        expected.setdefault(source_name(name), []).append(value)
    for name, cell in cells.items():
        if not name.startswith(SOURCE) or name == "source_columns":
            continue
        values = expected.get(_plain_name(name.removesuffix(_SECOND)), [None])
        if not any(_same(value, cell) for value in values):
            yield Difference(name, _shown(values[0]), _shown(cell))


def _plain_name(name: str) -> str:
    return source_name(name.removeprefix(SOURCE))


def _child_differences(name: str, expected: Sequence[Row], text: str) -> Iterator[Difference]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        yield Difference(name, _LIST, text[:_MOST_SHOWN])
        return
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        yield Difference(name, _LIST, text[:_MOST_SHOWN])
        return
    if len(found) != len(expected):
        yield Difference(name, message("{n} rows", n=len(expected)), f"{len(found)}")
        return
    keys = CHILDREN.get(name, ())
    pairs = zip(_sorted(expected, keys), _sorted(found, keys), strict=True)
    for row, cells in pairs:
        for column in cells if name != "source_columns" else {*row, *cells}:
            if column in row or name == "source_columns":
                yield from _difference(f"{name}.{column}", row.get(column), cells.get(column))


def _sorted(rows: Iterable[Row], keys: Sequence[str]) -> list[Row]:
    return sorted(rows, key=lambda row: [undefuse(cell_text(row.get(key))) for key in keys])


def _difference(name: str, expected: object, cell: object) -> Iterator[Difference]:
    if not _same(expected, cell):
        yield Difference(name, _shown(expected), _shown(cell))


def _shown(value: object) -> str:
    return cell_text(value)[:_MOST_SHOWN] or "nothing"


def _same(expected: object, cell: object) -> bool:
    """Whether a cell says what is expected, in the notation of any of the formats."""
    text = cell_text(cell)
    if not cell_text(expected):
        return text in {"", UNKNOWN_END}
    if isinstance(expected, bool):
        return text.lower() in ({"true", "1"} if expected else {"false", "0"})
    if isinstance(expected, int | float):
        with suppress(ValueError):
            return isclose(float(text), expected, rel_tol=1e-12, abs_tol=1e-7)
        return False
    # Some controls at the ends are white space too, and may be cut before they are replaced.
    wanted = {_plain(str(expected)), _plain(str(expected).strip())}
    same = not wanted.isdisjoint({_plain(text), _plain(undefuse(text))})
    return same or _same_time(str(expected), text)


def _plain(text: str) -> str:
    """A text without what files change: line ends, controls, space at its ends."""
    return without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _same_time(expected: str, text: str) -> bool:
    """Whether both are the same day, and the same time if the expected one has one.

    Offsets are not compared, since Excel has none: they are in a column of their own.
    """
    if not _DAY.match(expected):
        return False
    with suppress(ValueError):
        time = datetime.fromisoformat(expected).replace(tzinfo=None)
        if time.date() not in _days(text):
            return False
        return len(expected) == len("2021-01-18") or f"{time.hour}:{time:%M}" in text
    return False


def _days(text: str) -> set[date]:
    days = set()
    for order in DateOrder:
        with suppress(ValueError):
            days.add(day(text, order))
    return {one for one in days if one is not None}
