"""A query as conditions on tables, e.g. kinds=("arrest",) -> rows of `events` where kind is arrest.

Filters on one table apply to the same row: actor Russia with role mediator means an event that
Russia mediates. All results are Ibis expressions.
"""

from collections.abc import Collection
from datetime import date

import ibis
import ibis.expr.types as ir

from dashboard.model.event_tables import day_number
from dashboard.query.area_points import in_areas
from dashboard.query.facets import FACETS
from dashboard.query.query import EstimateRange, Query
from dashboard.query.tables import EngineTables
from dashboard.text.normalise import fold

# The tables in which an event has several rows.
_MANY = ("event_actors", "claims", "containment")


def rows_left(
    tables: EngineTables, name: str, query: Query, *, but: Collection[str] = (), dates: bool = True
) -> ir.Table:
    """The rows of a table whose events match the query; the filters named by `but` are ignored."""
    rows = _by_shared_columns(tables.named(name), query, but, dates=dates)
    if words := fold(query.text).split():
        texts = rows if name == "events" else tables.events
        texts = texts.filter(*(texts.search.contains(word) for word in words))
        rows = texts if name == "events" else rows.semi_join(texts, "event")
    return _by_other_tables(tables, rows, query, but)


def events_left(
    tables: EngineTables, query: Query, *, but: Collection[str] = (), dates: bool = True
) -> ir.Table:
    """The rows of `events` that match the query; the filters named by `but` are ignored."""
    return rows_left(tables, "events", query, but=but, dates=dates)


def at_selected_places(tables: EngineTables, rows: ir.Table, query: Query) -> ir.Table:
    """Those of the rows (of events) whose events are at a selected place; all if none is selected."""
    if not query.place_ids:
        return rows
    marks = tables.event_places
    return rows.semi_join(marks.filter(marks.place_id.isin(list(query.place_ids))), "event")


def marks_left(tables: EngineTables, query: Query, *, dates: bool = True) -> ir.Table:
    """The rows of `event_places` whose events match the query."""
    return rows_left(tables, "event_places", query, dates=dates)


def conditions_on(
    rows: ir.Table, name: str, query: Query, *, but: Collection[str] = ()
) -> list[ir.BooleanValue]:
    """The conditions of the filters on that table, e.g. actor and role on `event_actors`."""
    return [
        rows[facet.column].isin(getattr(query, facet.field))
        for facet in FACETS
        if facet.table == name and facet.field not in but and getattr(query, facet.field)
    ]


def in_window(
    rows: ir.Table, start: date | int | None, end: date | int | None, *, certain: bool = False
) -> ir.BooleanValue:
    """Whether an event may lie in start..end; an undated one only if neither bound is set.

    With `certain`, whether it does: no day of its interval is before or after.

    A bound that is a number is a day number, or a marker in its place (`engine/statements.py`).
    """
    if start is None and end is None:
        return ibis.literal(True)  # noqa: FBT003
    inside = rows.dated
    if start is not None:
        inside &= (rows.first_day if certain else rows.last_day) >= _day(start)
    if end is not None:
        inside &= (rows.last_day if certain else rows.first_day) <= _day(end)
    return inside


def in_range(figures: ir.Table, estimate: EstimateRange) -> ir.BooleanValue:
    """Whether rows of `event_estimates` are of the measure and may lie in the range."""
    matches = figures.measure == estimate.measure
    if estimate.low is not None:
        matches &= figures.high.isnull() | (figures.high >= estimate.low)
    if estimate.high is not None:
        matches &= figures.low <= estimate.high
    return matches


def _day(bound: date | int) -> int:
    return bound if isinstance(bound, int) else day_number(bound)


def _by_shared_columns(
    rows: ir.Table, query: Query, but: Collection[str], *, dates: bool
) -> ir.Table:
    conditions = conditions_on(rows, "events", query, but=but)
    if not query.unreviewed:
        conditions.append(rows.reviewed)
    if dates and (query.start or query.end):
        conditions.append(in_window(rows, query.start, query.end, certain=query.certain))
    return rows.filter(*conditions) if conditions else rows


def _by_other_tables(
    tables: EngineTables, rows: ir.Table, query: Query, but: Collection[str]
) -> ir.Table:
    for name in _MANY:
        others = tables.named(name)
        if conditions := conditions_on(others, name, query, but=but):
            rows = rows.semi_join(others.filter(*conditions), "event")
    if query.estimate is not None:
        figures = tables.event_estimates
        rows = rows.semi_join(figures.filter(in_range(figures, query.estimate)), "event")
    if query.areas:
        rows = rows.semi_join(in_areas(tables.event_places, query), "event")
    return rows
