"""DuckDB as an engine: it queries the datasets' files in this process.

Each query has its own cursor, so that sessions do not wait for each other.
"""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend as Compiler
from ibis.backends.sql.datatypes import DuckDBType

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.duckdb_access import (
    alias,
    connect_to_answer,
    copy_of,
    files_of,
    quoted,
    single_select,
)
from dashboard.engine.engine import BATCH, Engine, ibis_table
from dashboard.engine.statements import Statement, Value
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.verified import VERIFIED_TABLE

_log = logging.getLogger(__name__)
# A generation of at most so many events is copied once into DuckDB's own format: a statement on few rows
# then takes about half of the time, most of which it spends in reading what files say of themselves.
_MOST_COPIED = 100_000


class DuckDB(Engine):
    """Queries the datasets that are shown, read-only, with access to no file but theirs.

    Small ones are read from a copy in DuckDB's own format, large ones from their Parquet files.
    """

    def __init__(
        self,
        datasets: Datasets,
        threads: int | None = None,
        *,
        verified: pa.Table | None = None,
    ) -> None:
        super().__init__(Compiler())
        shown = [card for card in datasets if card.shown]
        found = {card.dataset_id: _copy(datasets, card) for card in shown}
        copies = [path for path in found.values() if path]
        others = [datasets.tables(card) for card in shown if not found[card.dataset_id]]
        files = {
            name: [path for folder in others for path in files_of(folder / name)]
            for name in SCHEMAS
        }
        views = [_view(name, len(copies), files[name]) for name in SCHEMAS]
        every = [path for paths in files.values() for path in paths]
        given = {} if verified is None else {VERIFIED_TABLE: verified}
        self._con = connect_to_answer(datasets.folder, copies, views, every, threads, tables=given)
        self._use({name: ibis_table(name) for name in SCHEMAS}, verified)

    def _rows(self, statement: Statement, values: Sequence[Value | None]) -> pd.DataFrame:
        with self._con.cursor() as cursor:
            return cursor.execute(single_select(cursor, statement.sql), values).df()

    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        with self._con.cursor() as cursor:
            # `execute` would load the whole answer into memory.
            rows = cursor.sql(single_select(cursor, statement.sql), params=values)
            yield from rows.to_arrow_reader(BATCH)


def _copy(datasets: Datasets, card: Dataset) -> Path | None:
    """The copy of a small dataset's present generation; it is made if need be, and deleted with it.

    `None` if the dataset is large, or if no copy can be made, e.g. on a full disk: its files are read.
    """
    if card.events > _MOST_COPIED:
        return None
    folder = datasets.tables(card)
    files = {name: files_of(folder / name) for name in SCHEMAS}
    tables = [f"CREATE TABLE {name} AS {_read(name, paths)}" for name, paths in files.items()]
    every = [path for paths in files.values() for path in paths]
    columns = {name: _columns(name) for name in sorted(SCHEMAS)}
    try:
        return copy_of(folder, tables, every, columns)
    except (OSError, duckdb.Error) as error:
        _log.warning("%s is read from its files: %s", card.dataset_id, error)
        return None


def _columns(name: str) -> list[str]:
    """The columns of a table, without the geometry, which `lat` and `lon` repeat."""
    return [column for column in SCHEMAS[name].names if column != "geometry"]


def _view(name: str, copies: int, files: list[Path]) -> str:
    """SQL that creates the view of a table over copies and files; empty if there are none."""
    columns = ", ".join(f'"{column}"' for column in _columns(name))
    parts = [f"SELECT {columns} FROM {alias(number)}.{name}" for number in range(copies)]
    if files:
        parts.append(_read(name, files))
    rows = " UNION ALL ".join(parts) or f"SELECT {_no_rows(name)} WHERE false"
    return f"CREATE VIEW {name} AS {rows}"


def _read(name: str, files: list[Path]) -> str:
    """SQL that reads the columns of a table from files."""
    columns = ", ".join(f'"{column}"' for column in _columns(name))
    # Names of folders (year=2021) are not read as a column.
    paths = ", ".join(map(quoted, files))
    return f"SELECT {columns} FROM read_parquet([{paths}], hive_partitioning = false)"


def _no_rows(name: str) -> str:
    schema = ibis_table(name).schema()
    types = {column: DuckDBType.to_string(kind) for column, kind in schema.items()}
    return ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in types.items())
