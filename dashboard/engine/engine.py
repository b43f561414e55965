"""What answers queries: an expression is the same for all engines, each of which has a module."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache

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
from dashboard.model.errors import DashboardError
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.tables import EngineTables

# Rows of one part of a long answer.
BATCH = 50_000
# Statements kept: a page asks some twenty, in a few forms each.
_STATEMENTS = 512


class EngineError(DashboardError):
    """A URL that names no engine, or one that cannot be reached."""


class Engine(ABC):
    """Tables of events, and answers to expressions over them.

    A server that several dashboards share knows datasets by itself: `cards` are those, and `show` and
    `remove` tell it. For all others the folder of datasets is what counts.
    """

    tables: EngineTables

    def __init__(self, backend: SQLBackend, values: Sequence[Value] = ()) -> None:
        """`values` are those of the markers that stand in the tables themselves."""
        self._backend = backend
        self._values = tuple(values)
        self._kept = lru_cache(_STATEMENTS)(self._form)

    def ask(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> pd.DataFrame:
        """The rows of `make(tables, *args, **options)`; for answers that a screen can show.

        The values in `args` (of a Query, a Box, a tuple) are bound as parameters: see `statements.py`.
        `make` must ask of them no more than whether there are any, and how many. `options` are
        part of the form: names of columns, numbers, flags. Raises ValueError for any other text.
        """
        return self._rows(*self._bound(make, args, options))

    def batches(
        self, make: Callable[..., ir.Table], *args: Hashable, **options: Hashable
    ) -> Iterator[pa.RecordBatch]:
        """The rows of `make(tables, *args, **options)` part by part, for answers of any size."""
        return self._batches(*self._bound(make, args, options))

    @abstractmethod
    def _rows(self, statement: Statement, values: Sequence[Value | None]) -> pd.DataFrame:
        """The rows of a statement with its parameters' values."""

    @abstractmethod
    def _batches(
        self, statement: Statement, values: Sequence[Value | None]
    ) -> Iterator[pa.RecordBatch]:
        """The same part by part."""

    def _bound(
        self,
        make: Callable[..., ir.Table],
        args: Sequence[Hashable],
        options: Mapping[str, Hashable],
    ) -> tuple[Statement, list[Value | None]]:
        """The statement of a form, and the values of its parameters in their order."""
        placeholders = Placeholders(self._values)
        form = tuple(placeholders.lift(argument) for argument in args)
        check_form(tuple(options.values()))
        statement = self._kept(make, form, tuple(options.items()))
        values = placeholders.values
        return statement, [self._bindable(values[number]) for number in statement.parameters]

    def _form(
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
        """A parameter for a value of that type (str or int) in the syntax tree, e.g. $1."""
        return sge.Parameter(this=sge.Literal.number(number))

    def _bindable(self, value: Value) -> Value | None:
        """The value as the driver takes it; `None` for a text that no table of the engine can hold."""
        return bindable(value)

    def cards(self) -> list[Dataset] | None:
        """The datasets that the engine knows by itself; `None` if it knows none but the folder's."""
        return None

    def show(self, dataset_id: str, *, shown: bool) -> None:  # noqa: B027
        """Switch a dataset on or off."""

    def remove(self, dataset_id: str) -> None:  # noqa: B027
        """Forget a dataset."""

    def close(self) -> None:  # noqa: B027 DuckDB's files close with the last answer
        """Give back what the engine holds outside of this process."""


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
