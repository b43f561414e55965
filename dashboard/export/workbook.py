"""The selection as an Excel workbook: events, claims, places, articles, and `about`.

Days are dates of Excel. A text that is too long for a cell is cut there, and is whole in the sheet
of long texts, in parts.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.datasets.event_map.layouts import Layout
from dashboard.datasets.event_map.long_texts import LONG_TEXTS
from dashboard.datasets.event_map.row_columns import ACTORS, ARTICLES, CLAIMS, ESTIMATES, PLACES
from dashboard.export.hxl import hxl_tags
from dashboard.export.options import ExportOptions
from dashboard.export.selection import RELATION_TITLES, Export, best_places, records
from dashboard.export.tables import cell, file_cells, flat_table
from dashboard.legend.palette import colour

_WIDEST, _NARROWEST = 60, 9
# Right-to-left in the terms of OOXML: 1 is left to right, 2 right to left.
_RTL = 2
# Columns of Arabic text, besides those whose names end in _ar.
_ARABIC = frozenset({"quote", "headline"})
# The number of rows from which the width of a column is computed.
_MEASURED = 200
# The most characters in a cell of Excel, which refuses files with longer ones.
MOST_IN_CELL = 32_767
# Excel counts days from here; it takes 1900 for a leap year, so that January and February differ.
_FIRST_DAY = date(1900, 3, 1)
_DAYS = frozenset({"date_start", "date_end", "published_earliest", "published_latest"})
_TIMES = frozenset({"published"})
_DEFAULT = ExportOptions()
Cells = Sequence[Sequence[object]]


def to_xlsx(
    export: Export,
    headings: Mapping[str, str],
    options: ExportOptions = _DEFAULT,
    *,
    rtl: bool = False,
) -> bytes:
    """A workbook with a sheet for each table of the export, and `about`.

    `headings` names the sheets; `rtl` lays the sheets out from right to left. If a text is too long
    for a cell, there is a sheet of long texts.
    """
    buffer = io.BytesIO()
    # Text is text: nothing that looks like a formula, a number or an address becomes one.
    book_options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, book_options) as book:
        writer = _Writer(book, headings, rtl, hxl=options.hxl_tags)
        for name, (columns, rows) in _tables(export).items():
            writer.sheet(name, columns, rows)
        about = [[key, value] for key, value in export.about.items()]
        writer.sheet("about", ("about", "text"), about)
        if writer.long_texts:
            writer.sheet("long_texts", LONG_TEXTS, writer.long_texts)
    return buffer.getvalue()


def _tables(export: Export) -> dict[str, tuple[Sequence[str], Cells]]:
    """Columns and rows of each sheet; a claim has the coordinates of its event's best known place."""
    columns, events = flat_table(export, Layout.EVENT)
    stated = file_cells(export)
    columns = [*columns[:-1], *stated, columns[-1]]
    best = best_places(export)
    at = ("latitude", "longitude")
    claims = [
        row | {name: best[row["event_id"]][name] for name in at if row["event_id"] in best}
        for row in records(export.claims)
    ]
    tables = {
        "events": (columns, [row | stated for row in events]),
        "claims": ((*CLAIMS, *at), claims),
        "places": (PLACES, records(export.places)),
        "actors": (ACTORS, records(export.actors)),
        "estimates": (ESTIMATES, records(export.estimates)),
        "relations": (RELATION_TITLES, records(export.relations)),
        "articles": (ARTICLES, records(export.articles)),
    }
    return {
        name: (names, [[row.get(column) for column in names] for row in rows])
        for name, (names, rows) in tables.items()
    }


@dataclass
class _Writer:
    """Writes sheets; `long_texts` gets the parts of texts that do not fit into a cell."""

    book: Workbook
    headings: Mapping[str, str]
    rtl: bool
    hxl: bool
    long_texts: list[list[object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        colours = {"font_color": colour("paper"), "bg_color": colour("accent")}
        top = {"valign": "top"}
        self._heading = self.book.add_format({"bold": True, **colours})
        self._plain = self.book.add_format(top)
        self._arabic = self.book.add_format({**top, "align": "right", "reading_order": _RTL})
        self._day = self.book.add_format({**top, "num_format": "yyyy-mm-dd"})
        self._time = self.book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm"})

    def sheet(self, name: str, columns: Sequence[str], rows: Cells) -> None:
        """Write a table with a frozen heading, and columns as wide as the first rows need."""
        sheet = self.book.add_worksheet(self.headings.get(name, name))
        if self.rtl:
            sheet.right_to_left()
        tags = hxl_tags(columns)
        first = 2 if self.hxl and any(tags) else 1
        sheet.freeze_panes(first, 1)
        sheet.autofilter(first - 1, 0, max(1, len(rows) + first - 1), len(columns) - 1)
        sheet.write_row(0, 0, [cell(name) for name in columns], self._heading)
        if first > 1:
            sheet.write_row(1, 0, tags, self._plain)
        for number, column in enumerate(columns):
            cells = [row[number] for row in rows]
            sheet.set_column(number, number, _width(column, cells[:_MEASURED]))
            look = self._look(column)
            for at, value in enumerate(cells, start=first):
                self._write(sheet, (at, number), column, value, look)

    def _look(self, column: str) -> Format:
        if column in _DAYS:
            return self._day
        if column in _TIMES:
            return self._time
        arabic = column.endswith("_ar") or column in _ARABIC
        return self._arabic if arabic else self._plain

    def _write(
        self, sheet: Worksheet, at: tuple[int, int], column: str, value: object, look: Format
    ) -> None:
        if value is None or value == "":
            return
        time, content = _time_of(column, value), cell(value)
        if time is not None:
            sheet.write_datetime(*at, time, look)
        elif isinstance(content, str):
            most = _most_in_cell(content)
            sheet.write_string(*at, content[:most], look)
            if len(content) > most:
                self._add_long_text(sheet.get_name(), at[0] + 1, column, str(value))
        else:
            sheet.write(*at, content, look)

    def _add_long_text(self, sheet: str, row: int, column: str, text: str) -> None:
        """Add the parts of a text; one character is left for an apostrophe of `defuse`."""
        size = _most_in_cell(text) - 1
        starts = range(0, len(text), size)
        self.long_texts += [
            [sheet, row, column, part, text[start : start + size]]
            for part, start in enumerate(starts, start=1)
        ]


def _most_in_cell(text: str) -> int:
    """The most characters of a text in a cell: Excel counts those beyond U+FFFF, e.g. emoji, twice."""
    return MOST_IN_CELL if max(text) <= "\uffff" else MOST_IN_CELL // 2


def _width(column: str, cells: Sequence[object]) -> int:
    longest = max((len(str(value)) for value in cells if value is not None), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(column) + 3))


def _time_of(column: str, value: object) -> datetime | None:
    """A day or time for a date cell; without its offset, which is in a column of its own.

    `None` for other cells, and for days before the first that Excel has: they stay text.
    """
    if column not in _DAYS | _TIMES or not isinstance(value, str):
        return None
    time = datetime.fromisoformat(value).replace(tzinfo=None)
    return time if time.date() >= _FIRST_DAY else None
