"""Events in the order of their numbers, from one number on: pages that a new event does not shift."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from dashboard.model.grid import Box
from dashboard.query.conditions import events_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables


def from_number(
    tables: EngineTables, query: Query, start: Sequence[int], *boxes: Box, size: int
) -> ir.Table:
    """Numbers and first days of the first `size` matching events from a number on.

    `start` has one number. With boxes, only events with a place in one of them.
    """
    rows = events_left(tables, query)
    rows = rows.filter(rows.event >= start[0])
    if boxes:
        places = tables.event_places
        inside = ibis.or_(*(_in_box(places, box) for box in boxes))
        rows = rows.semi_join(places.filter(inside), "event")
    return rows.select("event", "first_day").order_by("event").limit(size)


def _in_box(places: ir.Table, box: Box) -> ir.BooleanValue:
    return ibis.and_(
        places.x >= box.left, places.x < box.right, places.y >= box.top, places.y < box.bottom
    )
