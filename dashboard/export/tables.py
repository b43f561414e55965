"""The selection as CSV, with a row for each event, claim or place."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.datasets.event_map.layouts import (
    CREDITS,
    LAYER,
    RECORD,
    TERMS,
    Layout,
    layout_columns,
    layout_rows,
    source_names,
)
from dashboard.export.hxl import hxl_tags
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export, events_of
from dashboard.text.escape import defuse, without_controls

_BOM = "\ufeff"
_DEFAULT = ExportOptions()


def to_csv(export: Export, options: ExportOptions = _DEFAULT, *, bom: bool = False) -> bytes:
    """The rows of a layout with `about` as columns; UTF-8 with CRLF (RFC 4180).

    `bom` adds a byte order mark, by which Excel detects the encoding.
    """
    columns, rows = flat_table(export, options.layout)
    about = {f"file_{key}": value for key, value in export.about.items()}
    # The record is the last column: it is long, and no reader needs it.
    columns = [*columns[:-1], *about, columns[-1]]
    cells = ([(row | about).get(name) for name in columns] for row in rows)
    tags = [hxl_tags(columns)] if options.hxl_tags else []
    return write_csv(columns, cells, tags=tags, bom=bom)


def file_cells(export: Export) -> dict[str, str | None]:
    """Credits and terms for each row, so that any subset of rows has them."""
    return {CREDITS: export.about["credits"], TERMS: export.about.get("terms")}


def flat_table(export: Export, layout: Layout) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows of a layout, with the columns of imported rows; the record is the last column."""
    events = list(events_of(export))
    columns = [*layout_columns(layout), *source_names(events), LAYER, RECORD]
    return columns, [row for event in events for row in layout_rows(event, layout)]


def write_csv(
    columns: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    tags: Sequence[Sequence[str]] = (),
    bom: bool = False,
) -> bytes:
    """Rows as CSV in UTF-8; cells that a spreadsheet would run as formulas are defused.

    `tags` are further header rows.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(name) for name in columns])
    writer.writerows(tags)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return ((_BOM if bom else "") + text.getvalue()).encode("utf-8")


def cell(value: object) -> object:
    """A value for a cell of a spreadsheet, text defused."""
    return defuse(without_controls(value)) if isinstance(value, str) else value
