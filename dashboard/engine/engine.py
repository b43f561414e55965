"""The base class of all engines: it compiles Ibis expressions to SQL and binds their values."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.sql import SQLBackend
from sqlglot import ErrorLevel

from dashboard.engine.datasets import Dataset
from dashboard.engine.statements import (
    Placeholders,
    Statement,
    Value,
    bindable,
    check_form,
    with_parameters,
)
from dashboard.model.area import Area
from dashboard.model.errors import DashboardError
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.area_points import AreaPoints, area_points, box_around_area, points_in
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables
from dashboard.query.verified import VERIFIED_SCHEMA, VERIFIED_TABLE, with_verified

# Rows of one record batch of a long answer.
BATCH = 50_000
# Values of one list in a statement: Ibis takes longer than linearly to compile longer ones.
MOST_VALUES = 1_024
# Sets of areas of which the points are in the cache: at most some megabytes each.
_AREAS = 16
# Statements in the cache: a page runs some twenty, in a few forms each.
_STATEMENTS = 512


class EngineError(DashboardError):
    """The URL names no engine, or the engine cannot be reached."""


class Engine(ABC):
    """Tables of events, and answers to expressions over them.

    A server that several dashboards share stores its list of datasets: `cards` returns it, `show` and
    `remove` change it. For all other engines the folder of datasets is the list.
    """

    tables: EngineTables

    def __init__(self, backend: SQLBackend, values: Sequence[Value] = ()) -> None:
        """`values` are the values of the markers that `tables` contain."""
        self._backend = backend
        self._values = tuple(values)
        self._statement = lru_cache(_STATEMENTS)(self._compile)
        self._area_points = lru_cache(_AREAS)(self._ask_area_points)

    def _use(self, tables: Mapping[str, ir.Table], verified: pa.Table | None) -> None:
        """Answer from these tables; with the table of `verified` joined, unless there is none."""
        self.tables = EngineTables(**tables)
        if verified is not None:
            self.tables = with_verified(self.tables, verified_table())

    def ask(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> pd.DataFrame:
        """The rows of `make(tables, *args, **options)` as one frame, for answers that a screen can show.

        The values in `args` (of a Query, a Box, a tuple) are bound as parameters: see `statements.py`.
        The expression may depend on how many values there are, never on the values. `options` are
        part of the SQL: names of columns, numbers, flags. Raises ValueError for any other text.
        """
        return self._rows(*self._bound(make, args, options))

    def batches(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> Iterator[pa.RecordBatch]:
        """The rows of `make(tables, *args, **options)` as record batches, for answers of any size."""
        return self._batches(*self._bound(make, args, options))

    @abstractmethod
    def _rows(self, statement: Statement, values: Sequence[Value | None]) -> pd.DataFrame:
        """The rows of a statement; `values` are those of its parameters, in their order."""

    @abstractmethod
    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        """The same as record batches of at most `BATCH` rows."""

    def _bound(
        self,
        make: Callable[..., ir.Table],
        args: Sequence[Hashable],
        options: Mapping[str, Hashable],
    ) -> tuple[Statement, list[Value | None]]:
        """The statement, compiled or from the cache, and the values of its parameters in order."""
        placeholders = Placeholders(self._values)
        form = tuple(placeholders.lift(self._with_points(argument)) for argument in args)
        check_form(tuple(options.values()))
        statement = self._statement(make, form, tuple(options.items()))
        values = placeholders.values
        return statement, [self._bindable(values[number]) for number in statement.parameters]

    def _with_points(self, argument: Hashable) -> Hashable:
        """A query with the points of its areas in place of the areas; all else as it is."""
        if not isinstance(argument, Query) or not argument.areas:
            return argument
        areas: Any = (self._area_points(argument.areas),)
        return replace(argument, areas=areas)

    def _ask_area_points(self, areas: tuple[Area, ...]) -> AreaPoints:
        """The points of events in the areas: SQL finds those near them, Python those inside."""
        near = [self.ask(points_in, box_around_area(area)) for area in areas]
        return area_points(areas, near)

    def _compile(
        self,
        make: Callable[..., ir.Table],
        form: tuple[Hashable, ...],
        options: tuple[tuple[str, Hashable], ...],
    ) -> Statement:
        expression = make(self.tables, *form, **dict(options))
        tree = self._backend.compiler.to_sqlglot(expression)
        bound, parameters = with_parameters(tree, self._parameter)
        sql = bound.sql(self._backend.dialect, unsupported_level=ErrorLevel.RAISE)
        return Statement(sql, expression.schema(), parameters)

    def _parameter(self, number: int, kind: type) -> sge.Expression:  # noqa: ARG002
        """The node of a parameter in the syntax tree, e.g. $1; `kind` is str or int."""
        return sge.Parameter(this=sge.Literal.number(number))

    def _bindable(self, value: Value) -> Value | None:
        """The value for the driver; `None` for a text that no table of this engine can contain."""
        return bindable(value)

    def cards(self) -> list[Dataset] | None:
        """The datasets that the server stores; `None` for an engine that reads the folder only."""
        return None

    def show(self, dataset_id: str, *, shown: bool) -> None:  # noqa: B027
        """Show or hide the events of a dataset."""

    def remove(self, dataset_id: str) -> None:  # noqa: B027
        """Delete a dataset from the server."""

    def close(self) -> None:  # noqa: B027 DuckDB's files close with the last answer
        """Close connections and sessions outside of this process."""


def record_batches(
    rows: Iterator[list[tuple[object, ...]]], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """One record batch of `schema` per list of rows, for engines whose drivers return tuples."""
    for batch in rows:
        columns = zip(*batch, strict=True)
        arrays = [
            pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def verified_table() -> ir.Table:
    """The unbound Ibis table of the verifications of imported events."""
    return ibis.table(ibis.Schema.from_pyarrow(VERIFIED_SCHEMA), name=VERIFIED_TABLE)


def ibis_table(name: str) -> ir.Table:
    """The unbound Ibis table of that name, without the geometry, which `lat` and `lon` repeat."""
    fields = [field for field in SCHEMAS[name] if field.name != "geometry"]
    return ibis.table(ibis.Schema.from_pyarrow(pa.schema(fields)), name=name)
