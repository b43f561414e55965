"""The selection as tables: CSV with one row per claim, and a workbook with one sheet per table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from xlsxwriter import Workbook

from dashboard.export.selection import Export, records
from dashboard.legend.palette import colour
from dashboard.model.place import PlacePrecision
from dashboard.model.selected import SelectedEvents
from dashboard.text.escape import defuse, without_controls

_BOM = "\ufeff"
_WIDEST, _NARROWEST = 60, 9
# Right-to-left in the terms of OOXML: 1 is left to right, 2 right to left.
_RTL = 2
# Columns of Arabic text, besides those whose names end in _ar.
_ARABIC = frozenset({"quote", "headline"})
# The number of rows from which the width of a column is computed.
_MEASURED = 200
# The most characters in a cell of Excel, which refuses files with longer ones.
_MOST_IN_CELL = 32_767
# The columns of the table with a row an event: of the event, of its place, and of the event again.
_OF_EVENT = (
    "event_id", "dataset", "kind", "date_start", "date_end", "date_precision", "title_en",
    "title_ar",
)  # fmt: skip
_OF_PLACE = {
    "place": "name_en",
    "latitude": "lat",
    "longitude": "lon",
    "place_precision": "precision",
    "uncertainty_m": "uncertainty_m",
}
_AFTER = (
    "attestation", "origins_asserting", "claims_asserting", "claims_denying", "claims_doubting",
    "reviewed", "places_en", "actors_en", "sources",
)  # fmt: skip
# From the best known to the least.
_PRECISIONS = [precision.value for precision in PlacePrecision]


def to_csv(export: Export, *, bom: bool = False) -> bytes:
    """One row per claim, with its event, places and article; UTF-8 with CRLF (RFC 4180).

    An event without claims has a row too, so that no event is lost. `bom` adds a byte order mark, by
    which Excel detects the encoding.
    """
    flat = claim_rows(export)
    return write_csv(list(flat.columns), (row.values() for row in records(flat)), bom=bom)


def claim_rows(export: Export) -> pd.DataFrame:
    """Claims joined with events and articles, with places as text and `about` as columns."""
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
    """Rows as CSV in UTF-8; cells that a spreadsheet would run as formulas are defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return ((_BOM if bom else "") + text.getvalue()).encode("utf-8")


def cell(value: object) -> object:
    """A value for a cell of a spreadsheet, text defused."""
    if isinstance(value, str):
        return defuse(without_controls(value))[:_MOST_IN_CELL]
    return value


def to_xlsx(export: Export, headings: Mapping[str, str], *, rtl: bool) -> bytes:
    """A workbook with sheets for events, claims, places, articles and `about`.

    `headings` names the sheets; `rtl` lays the sheets out from right to left.
    """
    buffer = io.BytesIO()
    # Text is text: nothing that looks like a formula, a number or an address becomes one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        for name in ("events", "claims", "places", "articles"):
            table: pd.DataFrame = getattr(export, name)
            rows = [list(row.values()) for row in records(table)]
            _sheet(book, headings.get(name, name), list(table.columns), rows, rtl=rtl)
        about = [[key, value] for key, value in export.about.items()]
        _sheet(book, headings.get("about", "about"), ["about", "text"], about, rtl=rtl)
    return buffer.getvalue()


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    rtl: bool,
) -> None:
    """Write a table with a frozen heading, and columns as wide as the first rows need."""
    sheet = book.add_worksheet(name)
    if rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    colours = {"font_color": colour("paper"), "bg_color": colour("accent")}
    heading = book.add_format({"bold": True, **colours})
    plain = book.add_format({"valign": "top"})
    arabic = book.add_format({"valign": "top", "align": "right", "reading_order": _RTL})
    sheet.write_row(0, 0, columns, heading)
    for number, column in enumerate(columns):
        look = arabic if column.endswith("_ar") or column in _ARABIC else plain
        longest = max((len(str(row[number] or "")) for row in rows[:_MEASURED]), default=0)
        width = min(_WIDEST, max(_NARROWEST, longest + 2, len(column) + 3))
        sheet.set_column(number, number, width)
        for at, row in enumerate(rows, start=1):
            if row[number] is not None:
                sheet.write(at, number, cell(row[number]), look)


def event_csv(selected: SelectedEvents, export: Export) -> bytes:
    """CSV in UTF-8; of several places of an event the best known, all others in `places_en`."""
    places: dict[str, dict[str, object]] = {}
    for place in records(export.places):
        best = places.setdefault(place["event_id"], place)
        if _PRECISIONS.index(place["precision"]) < _PRECISIONS.index(str(best["precision"])):
            places[place["event_id"]] = place
    rows = []
    for event in records(export.events):
        place = places.get(event["event_id"], {})
        event["dataset"] = selected.datasets[event["event_id"]]
        where = [place.get(name) for name in _OF_PLACE.values()]
        rows.append([*(event[k] for k in _OF_EVENT), *where, *(event[k] for k in _AFTER)])
    return write_csv([*_OF_EVENT, *_OF_PLACE, *_AFTER], rows)
