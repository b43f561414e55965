"""What answers queries, and DuckDB over the datasets' Parquet, which does so in this process.

An expression is the same for all engines; others are in modules of their own. DuckDB reads
the Parquet files as they are; each answer takes a cursor of its own, so that sessions do not wait for
each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend as Compiler
from ibis.backends.sql import SQLBackend

from dashboard.columnar.datasets import Dataset, Datasets
from dashboard.columnar.statements import Marks
from dashboard.columnar.write import quoted
from dashboard.model.errors import DashboardError
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables

# Rows of one part of a long answer.
BATCH = 50_000
# Tables parted by year on disk.
YEARLY = frozenset({"events", "event_places"})
# Statements kept: a page asks some twenty, in a few forms each.
_STATEMENTS = 512


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, and the columns of its answer."""

    sql: str
    schema: ibis.Schema


class EngineError(DashboardError):
    """A URL that names no engine, or one that cannot be reached."""


class Engine(ABC):
    """Tables of events, and answers to expressions over them.

    A server that several dashboards share knows datasets by itself: `cards` are those, and `show` and
    `remove` tell it. For all others the folder of datasets is what counts.
    """

    tables: EngineTables

    def __init__(self, backend: SQLBackend) -> None:
        self._backend = backend
        self._kept = lru_cache(_STATEMENTS)(self._form)

    def ask(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> pd.DataFrame:
        """The rows of `make(tables, *args, **options)`; for answers that a screen can show.

        The values in `args` (of a Query, a Box, a tuple) are put into SQL that is kept: see
        `statements.py`. `make` must ask of them no more than whether there are any.
        """
        marks = Marks()
        form = tuple(marks.lift(argument) for argument in args)
        kept = self._kept(make, form, tuple(options.items()))
        return self._rows(Statement(marks.fill(kept.sql, self._backend.dialect), kept.schema))

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression that is asked once."""
        return self._rows(self._statement(expression))

    @abstractmethod
    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, for answers that memory may not hold."""

    @abstractmethod
    def _rows(self, statement: Statement) -> pd.DataFrame:
        """The rows of a statement."""

    def _form(
        self,
        make: Callable[..., ir.Table],
        form: tuple[Hashable, ...],
        options: tuple[tuple[str, Hashable], ...],
    ) -> Statement:
        return self._statement(make(self.tables, *form, **dict(options)))

    def _statement(self, expression: ir.Table) -> Statement:
        return Statement(self._backend.compile(expression), expression.schema())

    def cards(self) -> list[Dataset] | None:
        """The datasets that the engine knows by itself; `None` if it knows none but the folder's."""
        return None

    def show(self, dataset_id: str, *, shown: bool) -> None:  # noqa: B027
        """Switch a dataset on or off."""

    def remove(self, dataset_id: str) -> None:  # noqa: B027
        """Forget a dataset."""

    def close(self) -> None:  # noqa: B027 DuckDB's files close with the last answer
        """Give back what the engine holds outside of this process."""

    def value(self, expression: ir.Scalar) -> int:
        """A count."""
        return int(self.frame(expression.name("value").as_table())["value"].iloc[0])


class DuckDB(Engine):
    """The datasets' Parquet files in this process, without extensions and without a network."""

    def __init__(self, datasets: Datasets, threads: int | None = None) -> None:
        super().__init__(Compiler())
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
        self.tables = EngineTables(**{name: table_of(name) for name in SCHEMAS})

    def _rows(self, statement: Statement) -> pd.DataFrame:
        with self._con.cursor() as cursor:
            return cursor.execute(statement.sql).df()

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
