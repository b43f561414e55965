"""The engine that answers queries: DuckDB over the datasets' Parquet, or a server named by a URL.

An expression is the same for all of them. DuckDB runs in this process and reads the Parquet files as
they are; each answer takes a cursor of its own, so that sessions do not wait for each other.
"""

from abc import ABC, abstractmethod
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends.sql import SQLBackend

from dashboard.columnar.datasets import Datasets
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables

# Tables parted by year on disk.
_YEARLY = frozenset({"events", "event_places"})


class Engine(ABC):
    """Tables of events, and answers to expressions over them."""

    tables: EngineTables

    @abstractmethod
    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression; meant for answers that a screen can show."""

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
        self._backend: SQLBackend = ibis.duckdb.from_connection(self._con)
        self.tables = EngineTables(**{name: self._backend.table(name) for name in SCHEMAS})

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """The rows of an expression."""
        sql = self._backend.compile(expression)
        with self._con.cursor() as cursor:
            return cursor.execute(sql).df()


def _view(name: str, folders: list[Path]) -> str:
    columns = ", ".join(f'"{column}"' for column in SCHEMAS[name].names if column != "geometry")
    pattern = "*/*.parquet" if name in _YEARLY else "*.parquet"
    files = ", ".join(
        f"'{str(folder / pattern).replace(chr(39), chr(39) * 2)}'" for folder in folders
    )
    return f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet([{files}])"
