"""Expressions put into SQL once for all that differ in values alone, e.g. kind IN ('clash', 'raid').

Ibis takes about as long to put an expression into SQL as DuckDB takes to answer it, and what a page
asks differs from what it asked before in what is chosen: values of filters, a part of the map, numbers
of events. So an expression is made of marks in their places, and in its SQL each mark is replaced by
the literal that sqlglot, which Ibis writes SQL with, makes of the value.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlglot.expressions as sge

from dashboard.model.grid import Box
from dashboard.query.facets import FACETS
from dashboard.query.query import Query

_LISTS = (*(facet.field for facet in FACETS), "place_ids")
# A mark is a text between two letters that Unicode leaves to private use, or a whole number beyond any
# that is counted here.
_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 1 << 62
_MARK = re.compile(rf"'{_OPEN}(\d+){_CLOSE}'|\b46116860184\d{{8}}\b")


class Marks:
    """The values that were lifted out of some arguments."""

    def __init__(self) -> None:
        self._values: list[str | int] = []

    def lift(self, argument: Any) -> Any:
        """The argument with marks for values: for those of queries, parts of the map and tuples.

        A list is as long as the next power of two, its last value repeated, so that lists of many
        lengths have few forms.
        """
        if isinstance(argument, Query):
            lists: Any = {name: self._list(getattr(argument, name)) for name in _LISTS}
            # What decides no row: it would make a form of its own of each view.
            seen = Query(text=argument.text, start=argument.start, end=argument.end)
            return replace(seen, unreviewed=argument.unreviewed, **lists)
        if isinstance(argument, Box):
            edges = (argument.left, argument.top, argument.right, argument.bottom)
            return Box(argument.zoom, *(self._mark(edge) for edge in edges))
        return self._list(argument) if isinstance(argument, tuple) else argument

    def fill(self, sql: str, dialect: Any) -> str:
        """The SQL with the values in place of the marks."""
        literals = [sge.convert(value).sql(dialect) for value in self._values]

        def literal(mark: re.Match[str]) -> str:
            return literals[int(mark[1] or int(mark[0]) - _FIRST)]

        return _MARK.sub(literal, sql)

    def _list(self, values: Sequence[Any]) -> tuple[Any, ...]:
        if not values:
            return ()
        length = 1 << (len(values) - 1).bit_length()
        return tuple(self._mark(values[min(at, len(values) - 1)]) for at in range(length))

    def _mark(self, value: str | int) -> Any:
        self._values.append(value)
        at = len(self._values) - 1
        return f"{_OPEN}{at}{_CLOSE}" if isinstance(value, str) else _FIRST + at
