"""PostgreSQL as an engine: a server with copies of the datasets, which several dashboards may share.

A dataset is copied when its card's generation differs from the server's. The server's list counts: it
has datasets of other dashboards too, and says which are shown.
"""

import io
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
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
from dashboard.engine.engine import BATCH, Engine, EngineError, ibis_table, record_batches
from dashboard.engine.statements import Placeholders, Statement, Value, bindable
from dashboard.model.event_tables import CURATED, LAYOUT, SCHEMAS
from dashboard.query.verified import VERIFIED_SCHEMA, VERIFIED_TABLE
from dashboard.store.postgresql_role import RoleError, check_role

# A schema for the tables of this layout, apart from all else in the database.
_SCHEMA = f"event_map_{LAYOUT}"
# The types of PostgreSQL for the Arrow types of `SCHEMAS`.
_TYPES = {
    pa.int64(): "bigint",
    pa.int32(): "integer",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.string(): "text",
}
# The indexes of each table: see docs/scaling.md.
_INDEXES = {
    "events": ("(event)", "(event_id)", "(first_day)"),
    "event_places": ("(event)", "(x, y)", "(place_id)"),
    "event_actors": ("(actor)", "(event)"),
    "claims": ("(outlet)", "(event)"),
    "containment": ("(place)", "(event)"),
    "event_estimates": ("(event)",),
    "places": ("(place_id)",),
}
# Longer than any query of a page took at a million events (see benchmarks/README.md); a longer one would
# block all others. The same limit holds for each batch of an export.
_TIMEOUT = "120s"
# Names are looked up in the schema first, and among temporary tables last.
_IN_SCHEMA = f"SET LOCAL search_path TO {_SCHEMA}, pg_temp"
_READING = f"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout TO '{_TIMEOUT}'; {_IN_SCHEMA}"
_HAS_SCHEMA = "SELECT 1 FROM pg_namespace WHERE nspname = $1"
# Temporary tables with the curated events that a viewer sees begin so.
_SEEN = "seen_"
# Event numbers per dataset: the lower 32 bits.
_NUMBERS = 1 << 32


class PostgreSQL(Engine):
    """A server with copies of the datasets; queries of all sessions share one connection in turn."""

    def __init__(self, url: str, datasets: Datasets, verified: pa.Table | None = None) -> None:
        """Connect and copy new generations; raises EngineError if `check_role` refuses the role."""
        self._con = _connected(url)
        # Other sessions may still use an engine that was replaced; it is closed after the last of them.
        self._closing = weakref.finalize(self, self._con.close)
        self._lock = threading.Lock()
        try:
            self._fill(datasets)
            apart = None if datasets.is_complete else datasets.get(CURATED)
            if apart is not None:
                self._add_seen(datasets, apart)
            if verified is not None:
                self._add_verified(verified)
        except BaseException:
            self.close()
            raise
        shown = Placeholders()
        left_out = datasets.hidden if datasets.is_complete else {*datasets.hidden, CURATED}
        cards = [card for card in self.cards() if card.dataset_id not in left_out]
        ids = shown.lift_list([card.dataset_id for card in cards if card.shown])
        super().__init__(Compiler(), shown.values)
        tables = {name: _shown(name, ids) for name in SCHEMAS}
        if apart is not None and apart.shown:
            tables = {name: _with_seen(name, rows) for name, rows in tables.items()}
        self._use(tables, verified)

    def _fill(self, datasets: Datasets) -> None:
        with self._transaction(_READING) as cursor:
            try:
                check_role(cursor, _SCHEMA)
            except RoleError as error:
                raise EngineError(str(error)) from error
        with self._writing(create=True) as cursor:
            _make_tables(cursor)
        for card in datasets:
            # The server has the curated events for those who see all of them.
            if datasets.is_complete or card.dataset_id != CURATED:
                self._update(datasets, card)

    def _add_seen(self, datasets: Datasets, card: Dataset) -> None:
        """Write the curated events that a viewer sees into tables that only this connection has."""
        with self._transaction(_IN_SCHEMA) as cursor:
            for name in SCHEMAS:
                if name == "places":
                    continue
                cursor.execute(f"CREATE TEMP TABLE {_SEEN}{name} (LIKE {name})")
                _copy_rows(cursor, name, f"{_SEEN}{name}", datasets.tables(card) / name)
                cursor.execute(f"ANALYZE {_SEEN}{name}")

    def _add_verified(self, rows: pa.Table) -> None:
        """Write the states of imported events into a table that only this connection has."""
        columns = ", ".join(f'"{it.name}" {_TYPES[it.type]}' for it in VERIFIED_SCHEMA)
        with self._transaction(_IN_SCHEMA) as cursor:
            cursor.execute(f"CREATE TEMP TABLE {VERIFIED_TABLE} ({columns})")
            with cursor.copy(f"COPY {VERIFIED_TABLE} FROM STDIN (FORMAT csv)") as copy:
                for batch in rows.to_batches():
                    copy.write(_csv(batch))
            cursor.execute(f"ANALYZE {VERIFIED_TABLE}")

    def cards(self) -> list[Dataset]:
        """All datasets on the server, also those that other dashboards copied there."""
        with self._transaction(_READING) as cursor:
            return _cards(cursor)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Show or hide a dataset for all dashboards that use the server."""
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
        with self._transaction(_READING) as cursor:
            answer = cursor.execute(statement.sql, values)
            names = [column.name for column in answer.description]
            frame = pd.DataFrame(answer.fetchall(), columns=names)
        # The server returns sums of integers as decimals, and a column without rows as objects.
        types = {
            name: "int64" if kind.is_integer() else "bool"
            for name, kind in statement.schema.items()
            if (kind.is_integer() or kind.is_boolean()) and not frame[name].hasnans
        }
        return frame.astype(types)

    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        """By a cursor on the server, which fetches `BATCH` rows at a time."""
        schema = statement.schema.to_pyarrow()
        with self._transaction(_READING), psycopg.RawServerCursor(self._con, "event_map") as cursor:
            cursor.execute(statement.sql, values)
            yield from record_batches(iter(lambda: cursor.fetchmany(BATCH), []), schema)

    def _parameter(self, number: int, kind: type) -> sge.Expression:
        """A parameter, e.g. $1; one for a text is cast, since the server cannot infer its type."""
        parameter = super()._parameter(number, kind)
        return sge.cast(parameter, "text") if kind is str else parameter

    def _bindable(self, value: Value) -> Value | None:
        # PostgreSQL allows no character of code 0 in a text.
        return bindable(value, refused="\0")

    @contextmanager
    def _writing(self, *, create: bool = False) -> Iterator[Any]:
        """A cursor in a transaction that locks out other dashboards; `create` adds a missing schema."""
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
        """Copy a dataset to the server, unless this generation is there."""
        with self._writing() as cursor:
            cards = {stored.dataset_id: stored for stored in _cards(cursor)}
            existing = cards.get(card.dataset_id)
            if existing is not None and existing.generation == card.generation:
                return
            if existing is None:
                used = {stored.number for stored in cards.values()}
                number = free_number(used) if card.number in used else card.number
                copied = msgspec.structs.replace(card, number=number)
            else:
                copied = msgspec.structs.replace(card, number=existing.number, shown=existing.shown)
            for name in SCHEMAS:
                _copy(cursor, name, datasets, card, copied.number)
            _save(cursor, copied)


def _connected(url: str) -> Any:
    try:
        # Without prepared plans: a plan for the values of an earlier query may not suit these. A raw
        # cursor passes $1 to the server unchanged, and a percent sign has no meaning.
        con: Any = psycopg.connect(
            url, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.RawCursor
        )
        con.execute("SET TIMEZONE TO UTC")
    except psycopg.Error as error:
        raise EngineError(f"PostgreSQL cannot be reached: {error}") from error
    return con


def _shown(name: str, shown: Sequence[str]) -> ir.Table:
    """The table with the rows of the shown datasets only; `shown` are markers of their ids."""
    table = ibis_table(name)
    return table if name == "places" else table.filter(table.dataset.isin(shown))


def _with_seen(name: str, table: ir.Table) -> ir.Table:
    """The table with the curated events that only this connection has; places are for all."""
    if name == "places":
        return table
    seen = ibis.table(ibis_table(name).schema(), name=f"{_SEEN}{name}")
    return table.union(seen)


def _make_tables(cursor: Any) -> None:
    for name, schema in SCHEMAS.items():
        columns = ", ".join(f'"{key}" {_TYPES[schema.field(key).type]}' for key in _columns(name))
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        for number, by in enumerate(_INDEXES[name]):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name}_{number} ON {name} {by}")
    cursor.execute("CREATE TABLE IF NOT EXISTS dataset (dataset_id text PRIMARY KEY, card text)")


def _columns(name: str) -> list[str]:
    """All columns but the geometry, which `lat` and `lon` repeat."""
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
    """Delete the rows of one dataset, except places, which other datasets may use too."""
    if name != "places":
        low = number * _NUMBERS
        cursor.execute(
            f"DELETE FROM {name} WHERE event >= $1 AND event < $2", (low, low + _NUMBERS)
        )


def _copy(cursor: Any, name: str, datasets: Datasets, card: Dataset, number: int) -> None:
    """Replace the rows of one dataset in one table; `number` is the dataset's number on the server."""
    columns = _columns(name)
    quoted = ", ".join(f'"{column}"' for column in columns)
    _clear(cursor, name, number)
    if name == "places":
        cursor.execute(f"CREATE TEMP TABLE new_places (LIKE {name}) ON COMMIT DROP")
    target = "new_places" if name == "places" else name
    by = (number - card.number) * _NUMBERS
    _copy_rows(cursor, name, target, datasets.tables(card) / name, by)
    if name == "places":
        cursor.execute("DELETE FROM places p USING new_places n WHERE p.place_id = n.place_id")
        cursor.execute(f"INSERT INTO places SELECT {quoted} FROM new_places")


def _copy_rows(cursor: Any, name: str, target: str, folder: Path, by: int = 0) -> None:
    """Copy the rows of a table's files in `folder` to `target`, their events renumbered `by`."""
    columns = _columns(name)
    quoted = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f"COPY {target} ({quoted}) FROM STDIN (FORMAT csv)") as copy:
        for path in sorted(folder.rglob("*.parquet")):
            for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=columns):
                copy.write(_csv(_renumbered(batch, by)))


def _renumbered(batch: pa.RecordBatch, by: int) -> pa.RecordBatch:
    at = batch.schema.get_field_index("event")
    if by == 0 or at < 0:
        return batch
    return batch.set_column(at, "event", pc.add(batch.column(at), by))


def _csv(batch: pa.RecordBatch) -> bytes:
    """The rows for COPY, without a header."""
    buffer = io.BytesIO()
    options = pa_csv.WriteOptions(include_header=False)
    pa_csv.write_csv(_without_zeros(batch), buffer, options)
    return buffer.getvalue()


def _without_zeros(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with U+FFFD for each character of code 0, which PostgreSQL refuses in a text."""
    columns = [
        pc.replace_substring(column, "\0", "\ufffd") if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
