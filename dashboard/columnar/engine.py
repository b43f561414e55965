"""The engine that answers queries: DuckDB over the datasets' Parquet, in this process.

An expression is the same for all engines; `servers.py` has those outside of this process. DuckDB reads
the Parquet files as they are; each answer takes a cursor of its own, so that sessions do not wait for
each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend as Compiler
from ibis.backends.sql import SQLBackend

from dashboard.columnar.datasets import Datasets
from dashboard.columnar.write import quoted
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables

# Rows of one part of a long answer.
BATCH = 50_000
# Tables parted by year on disk.
YEARLY = frozenset({"events", "event_places"})


class Engine(ABC):
    """Tables of events, and answers to expressions over them."""

    tables: EngineTables

    @abstractmethod
    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression; meant for answers that a screen can show."""

    @abstractmethod
    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, for answers that memory may not hold."""

    def close(self) -> None:  # noqa: B027 DuckDB's files close with the last answer
        """Give back what the engine holds outside of this process."""

    def value(self, expression: ir.Scalar) -> int:
        """A count."""
        return int(self.frame(expression.name("value").as_table())["value"].iloc[0])


class DuckDB(Engine):
    """The datasets' Parquet files in this process, without extensions and without a network."""

    def __init__(self, datasets: Datasets, threads: int | None = None) -> None:
        self._con = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                **({"threads": str(threads)} if threads else {}),
            }
        )
        shown = [card for card in datasets if card.shown]
        for name in SCHEMAS:
            if shown:
                self._con.execute(_view(name, [datasets.tables(card) / name for card in shown]))
            else:
                self._con.from_arrow(SCHEMAS[name].empty_table()).create(name)
        self._backend: SQLBackend = Compiler()
        self.tables = EngineTables(**{name: table_of(name) for name in SCHEMAS})

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression."""
        sql = self._backend.compile(expression)
        with self._con.cursor() as cursor:
            return cursor.execute(sql).df()

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part."""
        sql = self._backend.compile(expression)
        with self._con.cursor() as cursor:
            yield from cursor.sql(sql).to_arrow_reader(BATCH)


def one_after_another(
    rows: Iterator[list[tuple[object, ...]]], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Rows as record batches, for engines that give tuples."""
    for part in rows:
        columns = zip(*part, strict=True)
        arrays = [
            pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def table_of(name: str) -> ir.Table:
    """A table as the contract has it, without the geometry, which `lat` and `lon` say too."""
    fields = [field for field in SCHEMAS[name] if field.name != "geometry"]
    return ibis.table(ibis.Schema.from_pyarrow(pa.schema(fields)), name=name)


def _view(name: str, folders: list[Path]) -> str:
    columns = ", ".join(f'"{column}"' for column in SCHEMAS[name].names if column != "geometry")
    pattern = "*/*.parquet" if name in YEARLY else "*.parquet"
    files = ", ".join(quoted(folder / pattern) for folder in folders)
    return f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet([{files}])"
