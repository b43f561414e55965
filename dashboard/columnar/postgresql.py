"""PostgreSQL as an engine: a server that holds copies of the datasets, for several dashboards too.

A dataset is copied when its card's generation differs from the server's. What is in the server counts:
datasets that other dashboards brought, and which are switched on.
"""

import io
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import ibis.expr.types as ir
import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from dashboard.columnar.datasets import Dataset, Datasets, free_number
from dashboard.columnar.engine import (
    BATCH,
    Engine,
    EngineError,
    Statement,
    one_after_another,
    table_of,
)
from dashboard.model.event_tables import LAYOUT, SCHEMAS
from dashboard.query.tables import EngineTables

# The tables of this layout stand apart from whatever else the database holds.
_SCHEMA = f"event_map_{LAYOUT}"
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
# Numbers of the events of one dataset.
_NUMBERS = 1 << 32


class PostgreSQL(Engine):
    """A server that holds copies of the datasets; answers take turns on one connection."""

    def __init__(self, url: str, datasets: Datasets) -> None:
        try:
            super().__init__(ibis.connect(url))
        except Exception as error:  # what a server may refuse has no common class across drivers
            raise EngineError(f"PostgreSQL cannot be reached: {error}") from error
        # Sessions may still be at an engine that another has replaced; it is closed after the last.
        self._closing = weakref.finalize(self, self._backend.con.close)
        self._lock = threading.Lock()
        with self._writing() as cursor:
            _make_tables(cursor)
        for card in datasets:
            self._update(datasets, card)
        shown = [card.dataset_id for card in self.cards() if card.shown]
        self.tables = EngineTables(**{name: _shown(name, shown) for name in SCHEMAS})

    def cards(self) -> list[Dataset]:
        """The datasets that the server holds, those that are not on this machine among them."""
        with self._cursor() as cursor:
            return _cards(cursor)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Switch a dataset on or off, for all who use the server."""
        with self._writing() as cursor:
            for card in _cards(cursor):
                if card.dataset_id == dataset_id:
                    _save(cursor, msgspec.structs.replace(card, shown=shown))

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset from the server."""
        with self._writing() as cursor:
            for card in _cards(cursor):
                if card.dataset_id == dataset_id:
                    for name in SCHEMAS:
                        _clear(cursor, name, card.number)
                    cursor.execute("DELETE FROM dataset WHERE dataset_id = %s", (dataset_id,))

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """The rows of an expression part by part, by a cursor that the server keeps."""
        schema = expression.schema().to_pyarrow()
        sql = self._backend.compile(expression)
        with self._cursor(), self._backend.con.cursor("event_map") as cursor:
            cursor.execute(sql)
            yield from one_after_another(iter(lambda: cursor.fetchmany(BATCH), []), schema)

    def close(self) -> None:
        """Close the connection."""
        self._closing()

    def _rows(self, statement: Statement) -> pd.DataFrame:
        with self._cursor() as cursor:
            answer = cursor.execute(statement.sql)
            names = [column.name for column in answer.description]
            found = pd.DataFrame(answer.fetchall(), columns=names)
        # The server's sums of whole numbers come as decimals.
        whole = {name: "int64" for name, kind in statement.schema.items() if kind.is_integer()}
        return found.astype({name: kind for name, kind in whole.items() if not found[name].hasnans})

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        with self._lock, self._backend.con.transaction(), self._backend.con.cursor() as cursor:
            cursor.execute(f"SET LOCAL search_path TO {_SCHEMA}")
            yield cursor

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """A cursor for one dashboard at a time."""
        with self._cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock(hashtext('{_SCHEMA}'))")
            yield cursor

    def _update(self, datasets: Datasets, card: Dataset) -> None:
        """Copy a dataset to the server, unless it holds this generation."""
        with self._writing() as cursor:
            cards = {known.dataset_id: known for known in _cards(cursor)}
            held = cards.get(card.dataset_id)
            if held is not None and held.generation == card.generation:
                return
            if held is None:
                taken = {known.number for known in cards.values()}
                number = free_number(taken) if card.number in taken else card.number
                copied = msgspec.structs.replace(card, number=number)
            else:
                copied = msgspec.structs.replace(card, number=held.number, shown=held.shown)
            for name in SCHEMAS:
                _copy(cursor, name, datasets, card, copied.number)
            _save(cursor, copied)


def _shown(name: str, shown: list[str]) -> ir.Table:
    """The rows of the datasets that are switched on."""
    table = table_of(name)
    return table if name == "places" else table.filter(table.dataset.isin(shown))


def _make_tables(cursor: Any) -> None:
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
    for name, schema in SCHEMAS.items():
        columns = ", ".join(f'"{key}" {_TYPES[schema.field(key).type]}' for key in _columns(name))
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        for number, by in enumerate(_INDEXES[name]):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name}_{number} ON {name} {by}")
    cursor.execute("CREATE TABLE IF NOT EXISTS dataset (dataset_id text PRIMARY KEY, card text)")


def _columns(name: str) -> list[str]:
    """All columns but the geometry, which `lat` and `lon` say too."""
    return [field.name for field in SCHEMAS[name] if field.type in _TYPES]


def _cards(cursor: Any) -> list[Dataset]:
    rows = cursor.execute("SELECT card FROM dataset").fetchall()
    cards = [msgspec.json.decode(card, type=Dataset) for (card,) in rows]
    return sorted(cards, key=lambda card: card.number)


def _save(cursor: Any, card: Dataset) -> None:
    cursor.execute(
        "INSERT INTO dataset VALUES (%s, %s) ON CONFLICT (dataset_id) "
        "DO UPDATE SET card = excluded.card",
        (card.dataset_id, msgspec.json.encode(card).decode()),
    )


def _clear(cursor: Any, name: str, number: int) -> None:
    """Delete the rows of one dataset; places are left, for others may name them too."""
    if name != "places":
        low = number * _NUMBERS
        cursor.execute(
            f"DELETE FROM {name} WHERE event >= %s AND event < %s", (low, low + _NUMBERS)
        )


def _copy(cursor: Any, name: str, datasets: Datasets, card: Dataset, number: int) -> None:
    """Replace the rows of one dataset in one table; `number` is that of the dataset in the server."""
    columns = _columns(name)
    quoted = ", ".join(f'"{column}"' for column in columns)
    _clear(cursor, name, number)
    if name == "places":
        cursor.execute(f"CREATE TEMP TABLE fresh (LIKE {name}) ON COMMIT DROP")
    target = "fresh" if name == "places" else name
    with cursor.copy(f"COPY {target} ({quoted}) FROM STDIN (FORMAT csv)") as copy:
        for path in sorted((datasets.tables(card) / name).rglob("*.parquet")):
            for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=columns):
                buffer = io.BytesIO()
                moved = _renumbered(batch, (number - card.number) * _NUMBERS)
                pa_csv.write_csv(moved, buffer, pa_csv.WriteOptions(include_header=False))
                copy.write(buffer.getvalue())
    if name == "places":
        cursor.execute("DELETE FROM places USING fresh WHERE places.place_id = fresh.place_id")
        cursor.execute(f"INSERT INTO places SELECT {quoted} FROM fresh")


def _renumbered(batch: pa.RecordBatch, by: int) -> pa.RecordBatch:
    at = batch.schema.get_field_index("event")
    if by == 0 or at < 0:
        return batch
    return batch.set_column(at, "event", pc.add(batch.column(at), by))
