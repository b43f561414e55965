"""Pages of events in the order of the list, e.g. matching events 31 to 60."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from dashboard.model.event_tables import OPEN_START
from dashboard.query.conditions import at_selected_places, events_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables


def page(tables: EngineTables, query: Query, *, size: int, start: int = 0) -> ir.Table:
    """Numbers (with first days) of the matching events from position `start` on, undated ones last.

    If places are selected, only events there.
    """
    return _in_order(listed(tables, query), size, start)


def latest(tables: EngineTables, query: Query, *, size: int) -> ir.Table:
    """Numbers (with first days) of the matching events that are the last, undated ones after them."""
    rows = events_left(tables, query)
    keyed = rows.select("event", "event_id", "first_day", "last_day", undated=~rows.dated)
    return keyed.order_by("undated", ibis.desc("last_day"), "event_id").limit(size)


def shelf(
    tables: EngineTables, query: Query, *, undated: bool, size: int, start: int = 0
) -> ir.Table:
    """Numbers of the events that lack a date, or that have one and lack a place."""
    return _in_order(on_shelf(tables, query, undated=undated), size, start)


def on_shelf(tables: EngineTables, query: Query, *, undated: bool) -> ir.Table:
    """The rows of `events` that lack a date, or that have one and lack a place.

    If places are selected, only events there.
    """
    rows = at_selected_places(tables, events_left(tables, query, dates=False), query)
    return rows.filter(~rows.dated) if undated else rows.filter(rows.dated & ~rows.located)


def numbers_of(
    tables: EngineTables, event_ids: Collection[str], *, unreviewed: bool = True
) -> ir.Table:
    """The numbers (with first days) of events by their ids; only reviewed ones unless `unreviewed`."""
    rows = tables.events if unreviewed else tables.events.filter(tables.events.reviewed)
    return rows.filter(rows.event_id.isin(list(event_ids))).select("event", "first_day")


def all_numbers(tables: EngineTables, query: Query, *, most: int) -> ir.Table:
    """Numbers of all events of the list in order, at most `most`."""
    return _in_order(listed(tables, query), most, 0)


def listed(tables: EngineTables, query: Query) -> ir.Table:
    """The rows of `events` that the list has; of selected places only those there."""
    return at_selected_places(tables, events_left(tables, query), query)


def listed_among(tables: EngineTables, query: Query, event_ids: Collection[str]) -> ir.Table:
    """The numbers (with first days and ids) of those of these events that the list has."""
    rows = listed(tables, query)
    chosen = rows.filter(rows.event_id.isin(list(event_ids)))
    return chosen.select("event", "first_day", "event_id")


def day_in_list(rows: ir.Table) -> ir.IntegerValue:
    """The day by which an event is listed: its first, or its last where only the end is known."""
    day: ir.IntegerValue = ibis.ifelse(rows.first_day > OPEN_START, rows.first_day, rows.last_day)
    return day


def _in_order(rows: ir.Table, size: int, start: int) -> ir.Table:
    day = day_in_list(rows)
    keyed = rows.select("event", "event_id", "first_day", undated=~rows.dated, day=day)
    ordered = keyed.order_by("undated", "day", "event_id")
    return ordered.limit(size, offset=start)
