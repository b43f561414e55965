"""DuckDB as an engine: it queries the datasets' Parquet files in this process.

Each query has its own cursor, so that sessions do not wait for each other.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend as Compiler
from ibis.backends.sql.datatypes import DuckDBType

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_access import connect_to_answer, files_of, quoted, single_select
from dashboard.engine.engine import BATCH, Engine, ibis_table
from dashboard.engine.statements import Statement, Value
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables


class DuckDB(Engine):
    """Queries the Parquet files of the shown datasets, read-only, with access to no other file."""

    def __init__(self, datasets: Datasets, threads: int | None = None) -> None:
        super().__init__(Compiler())
        shown = [datasets.tables(card) for card in datasets if card.shown]
        files = {
            name: [path for folder in shown for path in files_of(folder / name)] for name in SCHEMAS
        }
        views = [_view(name, files[name]) for name in SCHEMAS]
        every = [path for paths in files.values() for path in paths]
        self._con = connect_to_answer(datasets.folder, views, every, threads)
        self.tables = EngineTables(**{name: ibis_table(name) for name in SCHEMAS})

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


def _view(name: str, files: list[Path]) -> str:
    """SQL that creates the view of a table; without files the view is empty, with the same columns."""
    columns = ", ".join(f'"{column}"' for column in SCHEMAS[name].names if column != "geometry")
    if not files:
        return f"CREATE VIEW {name} AS SELECT {_no_rows(name)} WHERE false"
    # Names of folders (year=2021) are not read as a column.
    paths = ", ".join(map(quoted, files))
    return (
        f"CREATE VIEW {name} AS SELECT {columns} "
        f"FROM read_parquet([{paths}], hive_partitioning = false)"
    )


def _no_rows(name: str) -> str:
    schema = ibis_table(name).schema()
    types = {column: DuckDBType.to_string(kind) for column, kind in schema.items()}
    return ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in types.items())
