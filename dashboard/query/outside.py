"""How many events have a mark in a part of the map, and how far all their marks reach."""

import ibis.expr.types as ir

from dashboard.model.grid import Box
from dashboard.query.conditions import marks_left
from dashboard.query.map_counts import in_box
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables


def extent_of_marks(tables: EngineTables, query: Query) -> ir.Table:
    """One row: the number of matching events that have a mark, and the edges of all marks."""
    rows = _marks(tables, query)
    return rows.agg(
        events=rows.event.nunique(),
        south=rows.lat.min(),
        west=rows.lon.min(),
        north=rows.lat.max(),
        east=rows.lon.max(),
    )


def events_in_box(tables: EngineTables, query: Query, box: Box) -> ir.Table:
    """One row: the number of matching events that have a mark in the box."""
    rows = in_box(_marks(tables, query), box)
    return rows.agg(events=rows.event.nunique())


def _marks(tables: EngineTables, query: Query) -> ir.Table:
    rows = marks_left(tables, query)
    return rows.filter(rows.first_site)
