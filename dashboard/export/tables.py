"""The selection as tables: CSV with a row a claim, and a workbook with a sheet a table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.export.selection import Export, records
from dashboard.views.escape import defuse, without_controls

_BOM = "\ufeff"
_WIDEST, _NARROWEST = 60, 9
# Right-to-left in the terms of OOXML: 1 is left to right, 2 right to left.
_RTL = 2
# Excel holds no more in a cell; a longer one makes it refuse the file.
_MOST_IN_CELL = 32_767


def to_csv(export: Export, *, bom: bool) -> bytes:
    """A row a claim, with its event, its places and its article; UTF-8, CRLF as RFC 4180 has it.

    An event that no claim is held for has a row too, so that no event is lost. With `bom` the file
    begins with a byte order mark, by which Excel knows the encoding.
    """
    flat = claim_rows(export)
    return write_csv(list(flat.columns), (row.values() for row in records(flat)), bom=bom)


def claim_rows(export: Export) -> pd.DataFrame:
    """Claims joined with their events and articles, places as text, and what the file is."""
    events = export.events.drop(columns=["sources"])
    flat = events.merge(export.claims, on="event_id", how="left")
    articles = export.articles.drop(columns=["outlet_en", "outlet_ar"])
    flat = flat.merge(articles, on="article_id", how="left")
    points = (
        export.places.assign(
            point=[
                f"{row.role}: {row.place_id} {row.lat}, {row.lon} ± {row.uncertainty_m} m "
                f"({row.precision})"
                for row in export.places.itertuples()
            ]
        )
        .groupby("event_id")["point"]
        .agg("; ".join)
    )
    flat = flat.assign(coordinates=flat["event_id"].map(points) if len(points) else None)
    return flat.assign(**{f"file_{key}": value for key, value in export.about.items()})


def write_csv(
    columns: Sequence[str], rows: Iterable[Iterable[object]], *, bom: bool = False
) -> bytes:
    """Rows as CSV in UTF-8; a cell that a spreadsheet would run is defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return ((_BOM if bom else "") + text.getvalue()).encode("utf-8")


def cell(value: object) -> object:
    """A value as a spreadsheet may have it: text defused."""
    if isinstance(value, str):
        return defuse(without_controls(value))[:_MOST_IN_CELL]
    return value


def to_xlsx(export: Export, headings: Mapping[str, str], *, rtl: bool) -> bytes:
    """A workbook: events, claims, places, articles, and a sheet that says what it is.

    `headings` names the sheets; with `rtl` the sheets themselves run from right to left.
    """
    book = Workbook()
    book.remove(book.active)
    for name in ("events", "claims", "places", "articles"):
        table: pd.DataFrame = getattr(export, name)
        _sheet(
            book,
            headings.get(name, name),
            list(table.columns),
            (list(row.values()) for row in records(table)),
            rtl,
        )
    _sheet(book, headings.get("about", "about"), ["about", "text"], export.about.items(), rtl)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    rtl: bool,  # noqa: FBT001
) -> None:
    sheet: Worksheet = book.create_sheet(name)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([cell(value) for value in row])
    sheet.freeze_panes = "B2"
    sheet.sheet_view.rightToLeft = rtl
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(columns, start=1):
        _column(sheet, number, column)


def _column(sheet: Worksheet, number: int, name: str) -> None:
    """Width, heading and direction of one column."""
    letter = get_column_letter(number)
    cells = sheet[letter]
    cells[0].font = Font(bold=True, color="FFFFFF")
    cells[0].fill = PatternFill("solid", fgColor="1F4E79")
    longest = max(len(str(item.value or "")) for item in cells)
    sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, longest + 2))
    arabic = name.endswith("_ar") or name in {"quote", "headline"}
    for item in cells[1:]:
        # Text that begins like a formula is text: openpyxl would else write a formula.
        if isinstance(item.value, str):
            item.data_type = "s"
        item.alignment = Alignment(
            vertical="top",
            wrap_text=longest > _WIDEST,
            horizontal="right" if arabic else None,
            readingOrder=_RTL if arabic else 0,
        )
