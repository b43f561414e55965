"""PostgreSQL as an engine: a server that holds copies of the datasets, for several dashboards too.

A dataset is copied when its card's generation differs from the server's. What is in the server counts:
datasets that other dashboards brought, and which are switched on.
"""

import io
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ibis.expr.types as ir
import msgspec
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.backends.postgres import Backend as Compiler

from dashboard.engine.datasets import Dataset, Datasets, free_number
from dashboard.engine.engine import BATCH, Engine, EngineError, one_after_another, table_of
from dashboard.engine.postgresql_role import check_role
from dashboard.engine.statements import Placeholders, Statement, Value, bindable
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
# Longer than any answer here took at a million events (see benchmarks/README.md): what takes longer was
# not asked by a page, and would keep all others waiting. For one part of an export it is the same.
_TIMEOUT = "120s"
# Names are looked up in the schema, and never first among temporary tables.
_IN_SCHEMA = f"SET LOCAL search_path TO {_SCHEMA}, pg_temp"
_READING = f"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout TO '{_TIMEOUT}'; {_IN_SCHEMA}"
_HAS_SCHEMA = "SELECT 1 FROM pg_namespace WHERE nspname = $1"
# Numbers of the events of one dataset.
_NUMBERS = 1 << 32


class PostgreSQL(Engine):
    """A server that holds copies of the datasets; answers wait for each other on one connection."""

    def __init__(self, url: str, datasets: Datasets) -> None:
        """Connect and copy what is new; raises EngineError if the server or its role is not fit."""
        self._con = _connected(url)
        # Sessions may still be at an engine that another has replaced; it is closed after the last.
        self._closing = weakref.finalize(self, self._con.close)
        self._lock = threading.Lock()
        try:
            self._fill(datasets)
        except BaseException:
            self.close()
            raise
        shown = Placeholders()
        ids = shown.lift_list([card.dataset_id for card in self.cards() if card.shown])
        super().__init__(Compiler(), shown.values)
        self.tables = EngineTables(**{name: _shown(name, ids) for name in SCHEMAS})

    def _fill(self, datasets: Datasets) -> None:
        with self._reading() as cursor:
            check_role(cursor, _SCHEMA)
        with self._writing(create=True) as cursor:
            _make_tables(cursor)
        for card in datasets:
            self._update(datasets, card)

    def cards(self) -> list[Dataset]:
        """The datasets that the server holds, those that are not on this machine among them."""
        with self._reading() as cursor:
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
                    cursor.execute("DELETE FROM dataset WHERE dataset_id = $1", (dataset_id,))

    def close(self) -> None:
        """Close the connection."""
        self._closing()

    def _rows(self, statement: Statement, values: Sequence[Value | None]) -> pd.DataFrame:
        with self._reading() as cursor:
            answer = cursor.execute(statement.sql, values)
            names = [column.name for column in answer.description]
            found = pd.DataFrame(answer.fetchall(), columns=names)
        # The server's sums of whole numbers come as decimals, and a column without rows as objects.
        types = {
            name: "int64" if kind.is_integer() else "bool"
            for name, kind in statement.schema.items()
            if (kind.is_integer() or kind.is_boolean()) and not found[name].hasnans
        }
        return found.astype(types)

    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        """By a cursor that the server keeps."""
        schema = statement.schema.to_pyarrow()
        with self._reading(), psycopg.RawServerCursor(self._con, "event_map") as cursor:
            cursor.execute(statement.sql, values)
            yield from one_after_another(iter(lambda: cursor.fetchmany(BATCH), []), schema)

    def _parameter(self, number: int, kind: type) -> sge.Expression:
        """A parameter, e.g. $1; a text is marked as one, where the server could not tell."""
        parameter = super()._parameter(number, kind)
        return sge.cast(parameter, "text") if kind is str else parameter

    def _bindable(self, value: Value) -> Value | None:
        # No text of PostgreSQL holds the character of code 0.
        return bindable(value, refused="\0")

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """A cursor that cannot write, in a transaction of its own."""
        with self._transaction(_READING) as cursor:
            yield cursor

    @contextmanager
    def _writing(self, *, create: bool = False) -> Iterator[Any]:
        """A cursor for one dashboard at a time; `create` makes the schema if there is none."""
        with self._transaction(_IN_SCHEMA) as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock(hashtext('{_SCHEMA}'))")
            if create and not cursor.execute(_HAS_SCHEMA, (_SCHEMA,)).fetchone():
                cursor.execute(f"CREATE SCHEMA {_SCHEMA}")
            yield cursor

    @contextmanager
    def _transaction(self, settings: str) -> Iterator[Any]:
        with self._lock, self._con.transaction(), self._con.cursor() as cursor:
            cursor.execute(settings)
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


def _connected(url: str) -> Any:
    try:
        # Plans are made for the values at hand: those of earlier answers may be of another size. A raw
        # cursor takes $1 as the server does, and a percent sign means nothing.
        con: Any = psycopg.connect(
            url, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.RawCursor
        )
        con.execute("SET TIMEZONE TO UTC")
    except psycopg.Error as error:
        raise EngineError(f"PostgreSQL cannot be reached: {error}") from error
    return con


def _shown(name: str, shown: Sequence[str]) -> ir.Table:
    """The rows of the datasets that are switched on, given as markers."""
    table = table_of(name)
    return table if name == "places" else table.filter(table.dataset.isin(shown))


def _make_tables(cursor: Any) -> None:
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
        "INSERT INTO dataset VALUES ($1, $2) ON CONFLICT (dataset_id) "
        "DO UPDATE SET card = excluded.card",
        (card.dataset_id, msgspec.json.encode(card).decode()),
    )


def _clear(cursor: Any, name: str, number: int) -> None:
    """Delete the rows of one dataset; places are left, for others may name them too."""
    if name != "places":
        low = number * _NUMBERS
        cursor.execute(
            f"DELETE FROM {name} WHERE event >= $1 AND event < $2", (low, low + _NUMBERS)
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
                pa_csv.write_csv(
                    _without_zeros(moved), buffer, pa_csv.WriteOptions(include_header=False)
                )
                copy.write(buffer.getvalue())
    if name == "places":
        cursor.execute("DELETE FROM places USING fresh WHERE places.place_id = fresh.place_id")
        cursor.execute(f"INSERT INTO places SELECT {quoted} FROM fresh")


def _renumbered(batch: pa.RecordBatch, by: int) -> pa.RecordBatch:
    at = batch.schema.get_field_index("event")
    if by == 0 or at < 0:
        return batch
    return batch.set_column(at, "event", pc.add(batch.column(at), by))


def _without_zeros(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with U+FFFD for the character of code 0, which no text of PostgreSQL holds."""
    columns = [
        pc.replace_substring(column, "\0", "\ufffd") if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
