"""Checked reading of CSV files: returns the valid rows and all faults."""

import csv
import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, TypeVar, get_args, get_origin

from dashboard.model.errors import DataError, Fault

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# A cell longer than this is a damaged file rather than data, and would only fill memory.
MAX_CELL = 1_000_000

T = TypeVar("T")
R = TypeVar("R", bound="DataclassInstance")
E = TypeVar("E", bound=StrEnum)


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
        """The cell; a blank one is a fault and returned as ""."""
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

    def known(self, column: str, ids: Collection[str], *, several: bool = False) -> None:
        """Note a fault unless the cell is blank or one of `ids`; of `several`, each word is one."""
        value = self.optional(column)
        values = () if value is None else value.split() if several else (value,)
        if not all(each in ids for each in values):
            self.fault(column, "a known id", repr(" ".join(values)[:80]))

    def record(self, kind: type[R], **values: object) -> R:
        """A record (a dataclass) of the row; fields that `values` lack are parsed by their type.

        A cell may be blank if the field has a default, may be `None` or is a tuple, which has the
        words of the cell; else that is a fault, and so is a cell that is not of the type.
        """
        for each in fields(kind):
            if each.name not in values:
                values[each.name] = _reader(kind, each.name)(self)
        return kind(**values)


@cache
def _reader(kind: "type[DataclassInstance]", name: str) -> Callable[[Row], object]:
    """How a field of a record is read from a row; its type is looked at once, not for each cell."""
    (each,) = (each for each in fields(kind) if each.name == name)
    if get_origin(each.type) is tuple:
        return lambda row: tuple((row.optional(name) or "").split())
    types = set(get_args(each.type) or (each.type,))
    default = None if each.default is MISSING else each.default
    read = _required(name, types - {NoneType})
    if each.default is MISSING and NoneType not in types:
        return read
    return lambda row: default if row.optional(name) is None else read(row)


def _required(name: str, types: set[type]) -> Callable[[Row], object]:
    if str in types:
        return lambda row: row.text(name)
    (type_,) = types
    parse, expected = _parser(type_)
    return lambda row: row.one_of(name, parse, expected)


def _parser(type_: type) -> tuple[Callable[[str], object], str]:
    """How a cell is parsed as a value of a type, and what is expected of it."""
    if issubclass(type_, StrEnum):
        return type_, "one of " + ", ".join(type_)
    parsers: dict[type, tuple[Callable[[str], object], str]] = {
        int: (int, "a whole number"),
        float: (float, "a number"),
        bool: (lambda cell: bool(("0", "1").index(cell)), "0 or 1"),
        date: (date.fromisoformat, "a day as 2021-02-28"),
        datetime: (datetime.fromisoformat, "a time as 2021-02-28T11:17"),
    }
    return parsers[type_]


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
    faults; such rows are left out, the others are read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Table(path.name, (), [Fault(path.name, 0, "", "a file", "none")])
    except OSError as error:
        return Table(path.name, (), [Fault(path.name, 0, "", "a readable UTF-8 file", str(error))])
    return parse_table(path.name, content, columns)


def parse_table(file: str, content: bytes, columns: tuple[str, ...]) -> Table:
    """The same for the content of a CSV file of that name."""
    faults: list[Fault] = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Table(file, (), [Fault(file, 0, "", "a readable UTF-8 file", str(error))])
    # As a file opened as text has it: each end of a line is one character.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Table(file, tuple(_rows(file, text, columns, faults)), faults)


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


def unique_rows(table: Table, *columns: str) -> Table:
    """The table without rows whose `columns` an earlier row has too; each of those is a fault."""
    seen: set[tuple[str, ...]] = set()
    unique: list[Row] = []
    for row in table.rows:
        values = tuple(row.optional(column) or "" for column in columns)
        if any(values) and values in seen:
            found = repr(" ".join(filter(None, values)))
            row.fault(",".join(columns), "a value not used before", found)
            continue
        seen.add(values)
        unique.append(row)
    return Table(table.file, tuple(unique), table.faults)


def read_records(
    path: Path, kind: type[R], /, *key: str, **references: Collection[str] | None
) -> tuple[list[R], list[Fault]]:
    """The good rows of a CSV as records (a dataclass), and its faults; rows differ in the columns `key`.

    `references` are the ids to which columns refer; `None` stands for those of the file itself.
    """
    table = unique_rows(read_table(path, columns_of(kind)), *key)
    ids_here = {row.optional(key[0]) or "" for row in table.rows} if key else set()
    tuples = {each.name for each in fields(kind) if get_origin(each.type) is tuple}

    def build(row: Row) -> R:
        for column, ids in references.items():
            row.known(column, ids_here if ids is None else ids, several=column in tuples)
        return row.record(kind)

    return build_records(table, build), table.faults


def load_records(
    path: Path, kind: type[R], /, *key: str, **references: Collection[str] | None
) -> list[R]:
    """The same for a file that must be good: raises DataError with all of its faults."""
    records, faults = read_records(path, kind, *key, **references)
    if faults:
        raise DataError(tuple(faults))
    return records


def load_complete(path: Path, kind: type[R], key: str, values: type[E]) -> dict[E, R]:
    """The same by the column `key`, which must have each of the `values` (an enumeration) once."""
    records = {getattr(record, key): record for record in load_records(path, kind, key)}
    if missing := [value for value in values if value not in records]:
        raise DataError((Fault(path.name, 0, key, "a row each", f"none of {', '.join(missing)}"),))
    return records
