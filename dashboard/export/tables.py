"""The selection as CSV, with a row for each event, claim or place."""

import csv
import io
from collections.abc import Iterable, Sequence

from dashboard.export.hxl import hxl_tags
from dashboard.export.layouts import about_columns, layout_columns, layout_rows
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export
from dashboard.text.escape import defuse, without_controls

_BOM = "\ufeff"
_DEFAULT = ExportOptions()


def to_csv(export: Export, options: ExportOptions = _DEFAULT, *, bom: bool = False) -> bytes:
    """The rows of a layout with `about` as columns; UTF-8 with CRLF (RFC 4180).

    `bom` adds a byte order mark, by which Excel detects the encoding.
    """
    about = about_columns(export)
    columns = [*layout_columns(options.layout), *about]
    rows: list[list[object]] = [
        [(row | about).get(name) for name in columns] for row in layout_rows(export, options.layout)
    ]
    tags = [hxl_tags(columns)] if options.hxl_tags else []
    return write_csv(columns, rows, tags=tags, bom=bom)


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
    writer.writerow(columns)
    writer.writerows(tags)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return ((_BOM if bom else "") + text.getvalue()).encode("utf-8")


def cell(value: object) -> object:
    """A value for a cell of a spreadsheet, text defused."""
    return defuse(without_controls(value)) if isinstance(value, str) else value
