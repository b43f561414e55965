"""By which column marks are coloured, e.g. by kind, with seven values that have a colour of their own.

The other values are one grey class. An event with several values of a column, as two initiators, is in
a class of its own: no value of it is left out in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from dashboard.model.event import ActorRole
from dashboard.query.conditions import rows_left
from dashboard.query.facets import TableName
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS
from dashboard.query.tables import EngineTables

# An event with several values of the column, and one with none; no value of a table is like these.
SEVERAL, NONE = "**", "??"
# Values with a colour of their own.
MOST_COLOURED = 7


@dataclass(frozen=True, slots=True)
class Colouring:
    """The column, one of `COLOURS`; `first` are the values with a colour of their own, () for all."""

    column: str
    first: tuple[str, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether other values than `first` are one class."""
        return self.column in LIMITED


@dataclass(frozen=True, slots=True)
class _Values:
    """Where the values of a column are, and the filter (in Query) that has the same values."""

    table: TableName
    column: str
    field: str


# Columns that may have more values than there are colours; of those outside of `events` an event may
# have several. Nearly all events have several actors: what tells them apart is who acted.
LIMITED: Mapping[str, _Values] = {
    "kind": _Values("events", "kind", "kinds"),
    "initiator": _Values("event_actors", "actor", "actors"),
    "outlet": _Values("claims", "outlet", "outlets"),
}
SEVERAL_VALUES = frozenset(key for key, values in LIMITED.items() if values.table != "events")
_VALUES, _VALUE = "colour_values", "colour_value"


def most_frequent(tables: EngineTables, query: Query, *, column: str, most: int) -> ir.Table:
    """The values of a limited column, the one of most events first: value and events."""
    rows = _values(rows_left(tables, LIMITED[column].table, query, dates=False), column)
    counted = rows.group_by("value").agg(events=rows.event.nunique())
    return counted.order_by(ibis.desc("events"), "value").limit(most)


def _values(rows: ir.Table, column: str) -> ir.Table:
    """Event and value, where the rows have one."""
    name = LIMITED[column].column
    if column == "initiator":
        rows = rows.filter(rows.role == ActorRole.INITIATOR.value)
    return rows.filter(rows[name].notnull()).select("event", value=name)


def with_colour_values(tables: EngineTables, rows: ir.Table, colouring: Colouring) -> ir.Table:
    """The rows with what `colour_of` needs of other tables; rows of one table as they are."""
    if colouring.column not in SEVERAL_VALUES:
        return rows
    pairs = _values(tables.named(LIMITED[colouring.column].table), colouring.column)
    # Whether there are several values is whether the least and the greatest differ.
    values = pairs.group_by("event").agg(
        **{_VALUES: pairs["value"].max(), _VALUE: pairs["value"].min()}
    )
    return rows.left_join(values, "event", rname="{name}_of_colours")


def colour_of(rows: ir.Table, colouring: Colouring) -> ir.Value:
    """The class of each row."""
    if not colouring.limited:
        return rows[colouring.column]
    if colouring.column not in SEVERAL_VALUES:
        return _among(rows[colouring.column], colouring)
    return ibis.cases(
        (rows[_VALUES].isnull(), NONE),
        (rows[_VALUES] != rows[_VALUE], SEVERAL),
        else_=_among(rows[_VALUE], colouring),
    )


def _among(value: ir.Column, colouring: Colouring) -> ir.Value:
    return ibis.ifelse(value.isin(list(colouring.first)), value, OTHERS)
