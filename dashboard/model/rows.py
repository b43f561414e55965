"""Checked reading of CSV files: good rows come back, every fault is collected, nothing is lost."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, TypeVar, get_args

from dashboard.model.errors import Fault

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# A cell longer than this is a damaged file rather than data, and would only fill memory.
MAX_CELL = 1_000_000

T = TypeVar("T")
R = TypeVar("R", bound="DataclassInstance")


@dataclass(slots=True)
class Row:
    """One record of a file; its getters note a fault instead of raising."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: list[Fault]

    def fault(self, column: str, expected: str, found: str) -> None:
        """Note that this row's `column` is wrong."""
        self.faults.append(Fault(self.file, self.number, column, expected, found))

    def optional(self, column: str) -> str | None:
        """The cell, or `None` if it is blank."""
        return self.cells.get(column, "").strip() or None

    def text(self, column: str) -> str:
        """The cell; a blank one is a fault and comes back as ""."""
        value = self.optional(column)
        if value is None:
            self.fault(column, "a value", "nothing")
        return value or ""

    def parse(self, column: str, read: Callable[[str], T], expected: str) -> T | None:
        """The cell through `read`; `None` if blank, or, with a fault, if `read` raises ValueError."""
        value = self.optional(column)
        if value is None:
            return None
        try:
            return read(value)
        except ValueError:
            self.fault(column, expected, repr(value[:80]))
            return None

    def one_of(self, column: str, read: Callable[[str], T], expected: str) -> T | None:
        """Like `parse`, but a blank cell is a fault too."""
        if self.optional(column) is None:
            self.fault(column, expected, "nothing")
            return None
        return self.parse(column, read, expected)

    def record(self, kind: type[R], **values: object) -> R:
        """A record (a dataclass) of the row; of what `values` lack a column of that name has the text.

        A cell may be blank if the field has a default or may be `None`; else that is a fault.
        """
        for each in fields(kind):
            if each.name not in values:
                optional = each.default is not MISSING or NoneType in get_args(each.type)
                blank = None if each.default is MISSING else each.default
                values[each.name] = (
                    (self.optional(each.name) or blank) if optional else self.text(each.name)
                )
        return kind(**values)


def columns_of(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    """The columns of a table of records (a dataclass): a column a field."""
    return tuple(each.name for each in fields(kind))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file and the faults found while reading it."""

    file: str
    rows: tuple[Row, ...]
    faults: list[Fault] = field(default_factory=list)


def read_table(path: Path, columns: tuple[str, ...]) -> Table:
    """Read the CSV at `path`, which must have `columns` (others are ignored).

    A missing or undecodable file, a missing column, a row of another length and NUL characters are
    faults; such rows are left out and the rest goes on.
    """
    faults: list[Fault] = []
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Table(path.name, (), [Fault(path.name, 0, "", "a file", "none")])
    except (OSError, UnicodeDecodeError) as error:
        return Table(path.name, (), [Fault(path.name, 0, "", "a readable UTF-8 file", str(error))])
    rows = tuple(_rows(path.name, content, columns, faults))
    return Table(path.name, rows, faults)


def _rows(file: str, content: str, columns: tuple[str, ...], faults: list[Fault]) -> list[Row]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    number = 0
    try:
        for cells in reader:
            number += 1
            if header is None:
                header = cells
                if missing := [name for name in columns if name not in header]:
                    faults.append(Fault(file, 1, ",".join(missing), "these columns", "none"))
                    return []
            elif len(cells) != len(header):
                faults.append(Fault(file, number, "", f"{len(header)} cells", str(len(cells))))
            elif any("\0" in cell for cell in cells):
                faults.append(Fault(file, number, "", "no NUL character", "one"))
            else:
                rows.append(Row(file, number, dict(zip(header, cells, strict=True)), faults))
    except csv.Error as error:
        faults.append(Fault(file, number + 1, "", "well-formed CSV", str(error)))
    if header is None:
        faults.append(Fault(file, 0, "", "a header row", "an empty file"))
    return rows


def build_records(table: Table, build: Callable[[Row], T | None]) -> list[T]:
    """A record for each row that `build` reads without a fault; faulty rows are left out."""
    records: list[T] = []
    for row in table.rows:
        before = len(table.faults)
        record = build(row)
        if record is not None and len(table.faults) == before:
            records.append(record)
    return records


def unique_rows(table: Table, column: str) -> Table:
    """The table without rows whose `column` stood in an earlier row; each of those is a fault."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in table.rows:
        value = row.optional(column)
        if value is not None and value in seen:
            row.fault(column, "a value not used before", repr(value))
            continue
        seen.add(value or "")
        kept.append(row)
    return Table(table.file, tuple(kept), table.faults)
