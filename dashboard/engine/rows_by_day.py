"""Write the tables with rows of events in the order of days, with the columns of their events.

Rows are found by position in arrays of Arrow, in which most columns have few distinct values or only
one: to join, sort and write them so takes two thirds of the time of statements of DuckDB.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.engine.event_files import DISTINCT, FILE_NAME, ROW_GROUP
from dashboard.model.event_tables import DENORMALISED, OPEN_START, SCHEMAS

# Tile units of a square about 150 km wide; its rows are stored together, sorted by day.
_SQUARE = 1 << 22
# Most numbers for each event of a table of positions by number.
_MOST_GAPS = 4
Numbers = npt.NDArray[np.int64]
# Positions of some millions of events or rows, in half the bytes of other numbers.
Positions = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column, texts as a dictionary; `constant` if all rows have the same cell."""

    cells: pa.Array
    constant: bool

    def take(self, rows: Numbers | Positions) -> pa.Array:
        """The cells of these rows."""
        # The first cell many times is in the cache of the processor, others are not.
        return self.cells.take(pa.array(np.zeros_like(rows) if self.constant else rows))

    def numbers(self) -> Numbers:
        """The cells as numbers."""
        numbers: Numbers = self.cells.to_numpy(zero_copy_only=False)
        return numbers


Columns = Mapping[str, Column]


def read_rows(files: Iterable[Path]) -> pa.Table:
    """The rows of staged files, with texts that repeat as dictionaries.

    A process that read a file of others has written them: all cells are checked, as DuckDB does.
    """
    tables = []
    for path in sorted(files):
        names = pq.read_schema(path).names
        dictionaries = [name for name in names if name not in DISTINCT]
        with pq.ParquetFile(path, read_dictionary=dictionaries, pre_buffer=False) as file:
            tables.append(file.read(use_threads=False))
        tables[-1].validate(full=True)
    return pa.concat_tables(tables)


def _columns_of(rows: pa.Table) -> dict[str, Column]:
    """The columns of the rows, by name."""
    columns = {}
    for name in rows.column_names:
        columns[name] = _column(name, rows[name])
        # So that one column at a time is in memory twice.
        rows = rows.drop_columns([name])
    return columns


def _column(name: str, cells: pa.ChunkedArray) -> Column:
    if pa.types.is_string(cells.type) and name not in DISTINCT:
        cells = cells.dictionary_encode()
    array = cells.unify_dictionaries().combine_chunks()
    if array.null_count:
        return Column(array, array.null_count == len(array))
    if pa.types.is_dictionary(array.type):
        return Column(array, len(array.dictionary) <= 1)
    return Column(array, pa.types.is_boolean(array.type) and pc.min(array) == pc.max(array))


def _order_of_runs(at: Positions) -> Positions:
    """The stable order of positions, whose runs of equal ones are sorted as one: rows of one event."""
    starts = np.flatnonzero(np.concatenate([np.ones(len(at[:1]), bool), at[1:] != at[:-1]]))
    lengths = np.diff(starts, append=len(at))
    order = np.argsort(at[starts], kind="stable")
    starts, lengths = starts[order], lengths[order]
    # The rows of a run follow each other from its first one on.
    rows = np.repeat((starts - np.cumsum(lengths) + lengths).astype(np.int32), lengths)
    rows += np.arange(len(at), dtype=np.int32)
    return rows


class EventColumns:
    """The columns that other tables copy from `events` (DENORMALISED), in the order of days.

    `years` are those of the first known day of each event, 0 for an undated one.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, events: str) -> None:
        names = ", ".join(f'"{name}"' for name in ("event", *DENORMALISED))
        columns = _columns_of(con.sql(f"SELECT {names} FROM ({events})").to_arrow_table())
        numbers = columns.pop("event").numbers()
        by_day = np.lexsort((numbers, columns["first_day"].numbers()))
        self.columns = {
            name: Column(column.take(by_day), column.constant) for name, column in columns.items()
        }
        self._numbers = numbers[by_day]
        self._at = np.argsort(self._numbers).astype(np.int32)
        self._first = int(numbers.min()) if len(numbers) else 0
        self._by_number = self._table_of_positions()
        self.years = self._years()

    def _table_of_positions(self) -> Positions | None:
        """The position of each number from the first on; `None` if most numbers have no event."""
        span = int(self._numbers.max(initial=self._first)) - self._first + 1
        if span > _MOST_GAPS * len(self._numbers):
            return None
        positions = np.zeros(span, dtype=np.int32)
        positions[self._numbers - self._first] = np.arange(len(self._numbers), dtype=np.int32)
        return positions

    def _years(self) -> Numbers:
        dated, first, last = (
            self.columns[name].numbers() for name in ("dated", "first_day", "last_day")
        )
        days = np.where(first > OPEN_START, first, last).astype("datetime64[D]")
        return np.where(dated, days.astype("datetime64[Y]").astype(np.int64) + 1970, 0)

    def positions(self, events: Numbers) -> Positions:
        """The positions in `columns` of events by their numbers."""
        if self._by_number is not None:
            return self._by_number[events - self._first]
        return self._at[np.searchsorted(self._numbers, events, sorter=self._at)]


class RowFiles:
    """Writes rows of the table `name` with the columns of their events."""

    def __init__(self, rows: pa.Table, name: str, events: EventColumns) -> None:
        self._columns = _columns_of(rows)
        self._events = events
        self._at = events.positions(self._columns["event"].numbers())
        columns = {**events.columns, **self._columns}
        self._schema = pa.schema([(each, columns[each].cells.type) for each in SCHEMAS[name].names])

    def write(self, path: Path) -> None:
        """Write all rows, sorted by day and event."""
        self._write(path, _order_of_runs(self._at))

    def write_years(self, folder: Path, metadata: Mapping[str, str]) -> None:
        """Write the rows, which have points, in a folder for each year, sorted by square and day."""
        years = self._events.years[self._at]
        x, y = (self._columns[name].numbers() // _SQUARE for name in ("x", "y"))
        order = np.lexsort((self._at, y, x, years))
        found, starts = np.unique(years[order], return_index=True)
        rows_of_years = np.split(order, starts[1:]) if len(found) else [order]
        for year, rows in zip(found.tolist() or [0], rows_of_years, strict=True):
            (folder / f"year={year}").mkdir()
            self._write(folder / f"year={year}" / FILE_NAME, rows, metadata)

    def _write(
        self, path: Path, order: Numbers | Positions, metadata: Mapping[str, str] | None = None
    ) -> None:
        """Write these rows; a group of rows at a time is in memory twice."""
        dictionaries = [name for name in self._schema.names if name not in DISTINCT]
        with pq.ParquetWriter(
            path, self._schema, use_dictionary=dictionaries, store_schema=False
        ) as writer:
            writer.add_key_value_metadata(dict(metadata or {}))
            for start in range(0, len(order), ROW_GROUP):
                writer.write_table(self._rows(order[start : start + ROW_GROUP]))

    def _rows(self, rows: Numbers | Positions) -> pa.Table:
        events = self._at[rows]
        cells = [
            self._columns[name].take(rows)
            if name in self._columns
            else self._events.columns[name].take(events)
            for name in self._schema.names
        ]
        return pa.Table.from_arrays(cells, schema=self._schema)
