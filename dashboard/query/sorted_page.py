"""A page of the table in any of its orders: over all events of the selection, not over one page."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from dashboard.query.pages import day_in_list, listed
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The events of a page of the table.
PAGE_ROWS = 500


def sorted_page(
    tables: EngineTables,
    query: Query,
    values: Sequence[str],
    *,
    by: str,
    descending: bool,
    page: int,
) -> ir.Table:
    """Numbers (with first days) of the events of a page, from 0, sorted by a column of `events`.

    `by` is "date", a title (`title_en` or `title_ar`; the other stands in for one that is missing),
    or a column whose `values` are given in their order, e.g. that of the labels that a reader sees.
    Undated events come last in either direction; equal ones are in the order of days.
    """
    rows = listed(tables, query)
    if by == "date":
        dated = ibis.ifelse(rows.dated, day_in_list(rows), ibis.null("int32"))
        return _in_order(rows, dated, descending=descending, page=page)
    if by in ("title_en", "title_ar"):
        other = rows.title_ar if by == "title_en" else rows.title_en
        key: ir.Column = ibis.coalesce(rows[by].nullif(""), other).lower()
    else:
        column = rows[by].cast("string")
        positions = [(value, at) for at, value in enumerate(values)]
        key = column.cases(*positions, else_=len(positions))
    return _in_order(rows, key, descending=descending, page=page)


def sorted_by_figure(
    tables: EngineTables,
    query: Query,
    measure: str,
    *,
    bound: str,
    descending: bool,
    page: int,
) -> ir.Table:
    """The same sorted by a figure: the `low`, `best` or `high` of a measure.

    Events without a figure, or with an open end, come last in either direction.
    """
    figures = tables.event_estimates
    of_measure = figures.filter(figures.measure == measure).select("event", figure=bound)
    rows = listed(tables, query).left_join(of_measure, "event")
    return _in_order(rows, rows.figure, descending=descending, page=page)


def _in_order(rows: ir.Table, key: ir.Value, *, descending: bool, page: int) -> ir.Table:
    keyed = rows.select(
        "event",
        "event_id",
        "first_day",
        key=key,
        missing=key.isnull(),
        undated=~rows.dated,
        day=day_in_list(rows),
    )
    direction = ibis.desc("key") if descending else keyed.key
    ordered = keyed.order_by("missing", direction, "undated", "day", "event_id")
    return ordered.limit(PAGE_ROWS, offset=page * PAGE_ROWS)
