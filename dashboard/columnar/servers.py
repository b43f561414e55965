"""Engines outside of this process: PostgreSQL by its URL, Spark over the datasets' Parquet.

PostgreSQL holds copies of the datasets, brought up to date when a card's generation differs; Spark
reads the same files as DuckDB, from storage that its workers share.
"""

import io
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import ibis.expr.types as ir
import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from dashboard.columnar.datasets import Dataset, Datasets
from dashboard.columnar.engine import (
    BATCH,
    YEARLY,
    DuckDB,
    Engine,
    Statement,
    one_after_another,
    table_of,
)
from dashboard.model.errors import DashboardError
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables

_LOCAL = "duckdb://"
# What PostgreSQL calls the types of the contract.
_TYPES = {
    pa.int64(): "bigint",
    pa.int32(): "integer",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.string(): "text",
}
# What each table is asked by, besides its events: see docs/scaling.md.
_INDEXES = {
    "events": ("(event)", "(event_id)", "(first_day)"),
    "event_places": ("(event)", "(x, y)", "(place_id)"),
    "event_actors": ("(actor)", "(event)"),
    "claims": ("(outlet)", "(event)"),
    "containment": ("(place)", "(event)"),
    "places": ("(place_id)",),
}


class EngineError(DashboardError):
    """A URL that names no engine, or one that cannot be reached."""


def open_engine(url: str, datasets: Datasets) -> Engine:
    """The engine that a URL names: duckdb://, postgresql://…, or spark:MASTER; raises EngineError."""
    try:
        if url == _LOCAL:
            return DuckDB(datasets)
        if url.startswith(("postgres://", "postgresql://")):
            return PostgreSQL(url, datasets)
        if url.startswith("spark:"):
            return Spark(url.removeprefix("spark:"), datasets)
    except ImportError as error:
        raise EngineError(f"{url}: {error}; see docs/scaling.md") from error
    raise EngineError(f"expected duckdb://, postgresql://… or spark:MASTER, found {url!r}")


class PostgreSQL(Engine):
    """A server that holds copies of the datasets; answers take turns on one connection."""

    def __init__(self, url: str, datasets: Datasets) -> None:
        try:
            super().__init__(ibis.connect(url))
        except Exception as error:  # what a server may refuse has no common class across drivers
            raise EngineError(f"PostgreSQL cannot be reached: {error}") from error
        self._lock = threading.Lock()
        with self._cursor() as cursor:
            for name, schema in SCHEMAS.items():
                cursor.execute(_create(name, schema))
                for number, columns in enumerate(_INDEXES[name]):
                    cursor.execute(
                        f"CREATE INDEX IF NOT EXISTS {name}_{number} ON {name} {columns}"
                    )
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS dataset (dataset_id text PRIMARY KEY, card text)"
            )
        for card in datasets:
            self._update(datasets, card)
        shown = [card.dataset_id for card in self.datasets() if card.shown]
        self.tables = EngineTables(**{name: self._shown(name, shown) for name in SCHEMAS})

    def datasets(self) -> list[Dataset]:
        """The datasets that the server holds, those that are not on this machine among them."""
        with self._cursor() as cursor:
            rows = cursor.execute("SELECT card FROM dataset").fetchall()
        cards = [msgspec.json.decode(card, type=Dataset) for (card,) in rows]
        return sorted(cards, key=lambda card: card.number)

    def _rows(self, statement: Statement) -> pd.DataFrame:
        with self._cursor() as cursor:
            answer = cursor.execute(statement.sql)
            names = [column.name for column in answer.description]
            found = pd.DataFrame(answer.fetchall(), columns=names)
        # The server's sums of whole numbers come as decimals.
        whole = {name: "int64" for name, kind in statement.schema.items() if kind.is_integer()}
        return found.astype({name: kind for name, kind in whole.items() if not found[name].hasnans})

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, by a cursor that the server keeps."""
        schema = expression.schema().to_pyarrow()
        sql = self._backend.compile(expression)
        with (
            self._lock,
            self._backend.con.transaction(),
            self._backend.con.cursor("event_map") as cursor,
        ):
            cursor.execute(sql)
            yield from one_after_another(iter(lambda: cursor.fetchmany(BATCH), []), schema)

    def close(self) -> None:
        """Close the connection."""
        self._backend.disconnect()

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        with self._lock, self._backend.con.transaction(), self._backend.con.cursor() as cursor:
            yield cursor

    def _shown(self, name: str, shown: list[str]) -> ir.Table:
        """The rows of the datasets that are switched on."""
        table = self._backend.table(name)
        if name in YEARLY:
            return table.filter(table.dataset.isin(shown))
        if name == "places":
            return table
        numbers = [card.number for card in self.datasets() if card.dataset_id in shown]
        return table.filter((table.event // 2**32).isin(numbers))

    def _update(self, datasets: Datasets, card: Dataset) -> None:
        """Copy a dataset to the server, unless it holds this generation."""
        held = {known.dataset_id: known for known in self.datasets()}.get(card.dataset_id)
        told = msgspec.json.encode(card).decode()
        with self._cursor() as cursor:
            if held is None or held.generation != card.generation:
                for name in SCHEMAS:
                    _copy(cursor, name, datasets, card)
            cursor.execute(
                "INSERT INTO dataset VALUES (%s, %s) ON CONFLICT (dataset_id) "
                "DO UPDATE SET card = excluded.card",
                (card.dataset_id, told),
            )


def _columns(schema: pa.Schema) -> list[str]:
    """All columns but the geometry, which `lat` and `lon` say too."""
    return [field.name for field in schema if field.type in _TYPES]


def _create(name: str, schema: pa.Schema) -> str:
    columns = ", ".join(f'"{key}" {_TYPES[schema.field(key).type]}' for key in _columns(schema))
    return f"CREATE TABLE IF NOT EXISTS {name} ({columns})"


def _copy(cursor: Any, name: str, datasets: Datasets, card: Dataset) -> None:
    """Replace the rows of one dataset in one table."""
    columns = _columns(SCHEMAS[name])
    quoted = ", ".join(f'"{column}"' for column in columns)
    if name == "places":
        cursor.execute(f"CREATE TEMP TABLE fresh (LIKE {name}) ON COMMIT DROP")
    else:
        low = card.number << 32
        cursor.execute(f"DELETE FROM {name} WHERE event >= %s AND event < %s", (low, low + 2**32))
    target = "fresh" if name == "places" else name
    with cursor.copy(f"COPY {target} ({quoted}) FROM STDIN (FORMAT csv)") as copy:
        for path in sorted((datasets.tables(card) / name).rglob("*.parquet")):
            for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=columns):
                buffer = io.BytesIO()
                pa_csv.write_csv(batch, buffer, pa_csv.WriteOptions(include_header=False))
                copy.write(buffer.getvalue())
    if name == "places":
        cursor.execute("DELETE FROM places USING fresh WHERE places.place_id = fresh.place_id")
        cursor.execute(f"INSERT INTO places SELECT {quoted} FROM fresh")


class Spark(Engine):
    """A Spark cluster, or Spark in this process with a master such as local[2]."""

    def __init__(self, master: str, datasets: Datasets) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 only who uses Spark has it

        session = (
            SparkSession.builder.master(master)
            .appName("event-map")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        self._session = session
        super().__init__(ibis.pyspark.connect(session))
        shown = [card for card in datasets if card.shown]
        for name, schema in SCHEMAS.items():
            folders = [str(datasets.tables(card) / name) for card in shown]
            frames = [session.read.parquet(folder).select(*_columns(schema)) for folder in folders]
            whole = frames[0]
            for frame in frames[1:]:
                whole = whole.unionByName(frame)
            whole.createOrReplaceTempView(name)
        self.tables = EngineTables(**{name: table_of(name) for name in SCHEMAS})

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, a partition of the answer at a time."""
        schema = expression.schema().to_pyarrow()
        rows = self._session.sql(self._backend.compile(expression)).toLocalIterator()
        parts = iter(lambda: [tuple(row) for row in itertools.islice(rows, BATCH)], [])
        yield from one_after_another(parts, schema)

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _rows(self, statement: Statement) -> pd.DataFrame:
        found: pd.DataFrame = self._session.sql(statement.sql).toArrow().to_pandas()
        return found
