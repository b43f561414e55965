"""Read a table with an article per row: columns text, title, published, outlet, url."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.dates.find import find_dates
from dashboard.model.errors import Fault
from dashboard.model.when import DatePrecision
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import normalise

_COLUMNS = ("text", "title", "published", "outlet", "url")
_MAX_CELL = 2_000_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `number` counts from 1 and includes the header, as a spreadsheet does."""

    number: int
    text: str
    title: str | None
    published: datetime | None
    outlet: str | None
    url: str | None


def read_rows(name: str, text: str, faults: list[Fault]) -> Iterator[TableRow]:
    """Yield the rows with a text; what cannot be read is added to `faults`."""
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: dict[str, int] | None = None
    number = 0
    try:
        for cells in reader:
            number += 1
            if columns is None:
                columns = _columns(cells)
                if "text" not in columns:
                    faults.append(Fault(name, 1, "text", "a column of that name", ", ".join(cells)))
                    return
            elif any(cell.strip() for cell in cells):
                row = _row(name, number, cells, columns, faults)
                if row is not None:
                    yield row
    except csv.Error as error:
        faults.append(Fault(name, number + 1, "", "well-formed CSV", str(error)))


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _columns(header: list[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    return {
        column: names.index(alias)
        for column, aliases in load_column_names("article_column_names.csv", _COLUMNS).items()
        for alias in reversed(aliases)
        if alias in names
    }


def _row(
    name: str, number: int, cells: list[str], columns: dict[str, int], faults: list[Fault]
) -> TableRow | None:
    values = {column: cells[at].strip() for column, at in columns.items() if at < len(cells)}
    if not values.get("text"):
        faults.append(Fault(name, number, "text", "an article's text", "nothing"))
        return None
    return TableRow(
        number=number,
        text=values["text"],
        title=values.get("title") or None,
        published=_published(name, number, values.get("published", ""), faults),
        outlet=values.get("outlet") or None,
        url=values.get("url") or None,
    )


def _published(name: str, number: int, value: str, faults: list[Fault]) -> datetime | None:
    if not value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        days = [m.when for m in find_dates(normalise(value)) if m.when]
    if len(days) == 1 and days[0].precision is DatePrecision.DAY and days[0].start:
        return datetime.combine(days[0].start, datetime.min.time())
    faults.append(Fault(name, number, "published", "a day, as 2020-12-28", repr(value[:80])))
    return None
