"""SQL with parameters, generated once per form of a query: kind IN ($1, $2), with "clash", "raid" bound.

Ibis takes about as long to generate SQL as DuckDB takes to run it, and the queries of a page differ from
earlier ones in their values only: values of filters, words, days, edges of the map, event numbers. So
each value is replaced by a marker before the expression is built. In the syntax tree that Ibis builds
from the expression (sqlglot's), the markers become parameters. The driver of the engine binds the
values: SQL never contains them.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import ibis
import sqlglot.expressions as sge

from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box
from dashboard.query.area_points import AreaPoints
from dashboard.query.colouring import Colouring
from dashboard.query.facets import FACETS, Facet
from dashboard.query.query import EstimateRange, Query
from dashboard.text.normalise import fold

Value = str | int

_LISTS = (*(facet.field for facet in FACETS), "place_ids")
# The shortest list of values of a filter in a form: people seldom choose more.
_SHORTEST = 4
# The marker of a text is a number between two private-use characters of Unicode; the marker of a number
# is greater than all numbers of an expression. The tree contains no text of a user.
_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 1 << 62


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with parameters, the schema of its rows, and per parameter the number of its value."""

    sql: str
    schema: ibis.Schema
    parameters: tuple[int, ...]


class Placeholders:
    """Replaces values by markers, and collects the values in the order of the markers' numbers."""

    def __init__(self, values: Sequence[Value] = ()) -> None:
        self._values = list(values)

    @property
    def values(self) -> tuple[Value, ...]:
        """The values collected so far; the value at position n belongs to marker n."""
        return tuple(self._values)

    def lift(self, argument: Any) -> Any:
        """Replace the values of a Query, a Box, a Colouring or a tuple by markers; all else as it is.

        All else is part of the form and has no text in it: names of columns, days, flags. Raises
        ValueError for a text that cannot be a name of a column, TypeError for an unknown type.
        """
        if isinstance(argument, Query):
            return self._lift_query(argument)
        if isinstance(argument, Box):
            edges = (argument.left, argument.top, argument.right, argument.bottom)
            return Box(argument.zoom, *(self._lift_value(edge) for edge in edges))
        if isinstance(argument, Colouring):
            check_form(argument.column)
            return replace(argument, first=self.lift_list(argument.first))
        if isinstance(argument, tuple):
            return self.lift_list(argument)
        check_form(argument)
        return argument

    def lift_list(self, values: Sequence[Value], shortest: int = 1) -> tuple[Any, ...]:
        """Replace each value of a list by a marker.

        The list is extended to `shortest` values, or to the next power of two, by repeating its last
        value, so that lists of many lengths have few forms: a form is compiled once, which takes longer
        than to run it.
        """
        if not values:
            return ()
        length = max(shortest, 1 << (len(values) - 1).bit_length())
        return tuple(self._lift_value(values[min(at, len(values) - 1)]) for at in range(length))

    def _lift_query(self, query: Query) -> Query:
        lists: Any = {name: self.lift_list(getattr(query, name), _SHORTEST) for name in _LISTS}
        # `conditions.rows_left` splits the text again, into as many words.
        words = [self._lift_value(word) for word in fold(query.text).split()]
        days: Any = {
            name: None if day is None else self._lift_value(day_number(day))
            for name, day in (("start", query.start), ("end", query.end))
        }
        # The other fields filter nothing; with them each view of the map would be another form.
        switches = Query(unreviewed=query.unreviewed, certain=query.certain)
        filters = replace(switches, text=" ".join(words), **lists, **days)
        areas: Any = tuple(self._lift_points(area) for area in query.areas)
        return replace(filters, estimate=self._lift_range(query.estimate), areas=areas)

    def _lift_points(self, points: Any) -> AreaPoints:
        """The points with which the engine has replaced the areas; raises TypeError for areas."""
        if not isinstance(points, AreaPoints):
            raise TypeError(f"expected the points of areas, found {points!r}")
        edges = (points.left, points.top, points.right, points.bottom)
        return AreaPoints(*(self._lift_value(value) for value in (points.codes, *edges)))

    def _lift_range(self, estimate: EstimateRange | None) -> EstimateRange | None:
        if estimate is None:
            return None
        bounds: Any = {
            name: None if bound is None else self._lift_value(bound)
            for name, bound in (("low", estimate.low), ("high", estimate.high))
        }
        measure: Any = self._lift_value(estimate.measure.value)
        return EstimateRange(measure, **bounds)

    def _lift_value(self, value: Value) -> Any:
        self._values.append(value)
        number = len(self._values) - 1
        return f"{_OPEN}{number}{_CLOSE}" if isinstance(value, str) else _FIRST + number


def check_form(argument: Hashable) -> None:
    """Check that an argument that is not lifted has no user's text and no number that could be a marker.

    Raises ValueError for a text that cannot be a name of a column and for numbers of 62 bits or more,
    TypeError for types that no form has.
    """
    if argument is None or isinstance(argument, Facet):
        return
    if isinstance(argument, str):
        if not (argument.isascii() and argument.isidentifier()):
            raise ValueError(f"expected the name of a column, found {argument!r}")
    elif isinstance(argument, int):
        if abs(argument) >= _FIRST:
            raise ValueError(f"expected a number below 2**62, found {argument}")
    elif isinstance(argument, tuple):
        for part in argument:
            check_form(part)
    elif is_dataclass(argument):
        for field in fields(argument):
            check_form(getattr(argument, field.name))
    else:
        raise TypeError(f"expected a Query, a Box, a tuple or part of a form, found {argument!r}")


def with_parameters(
    tree: sge.Expression, parameter: Callable[[int, type], sge.Expression]
) -> tuple[sge.Expression, tuple[int, ...]]:
    """Replace the markers in a syntax tree by parameters, numbered from 1.

    `parameter` creates the node of a parameter from its number and the type of its value. Returns the
    tree and, per parameter, the number of the value in `Placeholders.values`.
    """
    numbers: dict[int, int] = {}

    def replaced(node: object) -> object:
        value = _marker_number(node)
        if value is None:
            return node
        kind = str if isinstance(node, sge.Literal) and node.is_string else int
        return parameter(numbers.setdefault(value, len(numbers) + 1), kind)

    tree = tree.copy()
    # Not by `transform`, which goes through a whole list of values again for each of them.
    for node in list(tree.walk()):
        for key, value in list(node.args.items()):
            items = value if isinstance(value, list) else [value]
            if any(_marker_number(item) is not None for item in items):
                new = [replaced(item) for item in items]
                node.set(key, new if isinstance(value, list) else new[0])
    return tree, tuple(numbers)


def _marker_number(node: object) -> int | None:
    if not isinstance(node, sge.Literal):
        return None
    text = str(node.this)
    if node.is_string:
        return int(text[1:-1]) if text.startswith(_OPEN) and text.endswith(_CLOSE) else None
    return int(text) - _FIRST if text.isdecimal() and int(text) >= _FIRST else None


def bindable(value: Value, *, refused: str = "") -> Value | None:
    """The value for a driver; `None` (NULL, equal to nothing) for a text that no table can contain.

    Such a text has a surrogate, which UTF-8 cannot encode, or a character of `refused`.
    """
    if isinstance(value, int):
        return value
    unknown = any("\ud800" <= character <= "\udfff" or character in refused for character in value)
    return None if unknown else value
