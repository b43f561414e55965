"""Expressions for the timeline: counts by day, and the intervals of uncertain events."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from dashboard.model.event_tables import OPEN_END, OPEN_START
from dashboard.query.conditions import events_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# Intervals longer than this do not widen the timeline: one event dated "2019" would make the weeks of
# all others too narrow. They are drawn as extending beyond its edge.
WIDENS_UP_TO_DAYS = 92
# Uncertain events that may be drawn as spans; the others are counted.
MOST_SPANS = 1000
# Distinct intervals that are sent to the browser, which counts the events of any window from them.
MOST_INTERVALS = 20_000
# Knuth's multiplicative hash: neighbouring numbers are put far apart.
SCATTER, _MODULUS = 2_654_435_761, 65_536


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last day that a timeline shows, as day numbers."""

    first: int
    last: int


def extent(tables: EngineTables, *, unreviewed: bool) -> ir.Table:
    """One row: first and last day of the events dated to a quarter or better, and of all."""
    rows = tables.events.filter(tables.events.dated)
    rows = rows if unreviewed else rows.filter(rows.reviewed)
    narrow = (rows.last_day - rows.first_day) <= WIDENS_UP_TO_DAYS
    start, end = rows.first_day > OPEN_START, rows.last_day < OPEN_END
    return rows.agg(
        first=rows.first_day.min(where=narrow),
        last=rows.last_day.max(where=narrow),
        any_first=ibis.least(rows.first_day.min(where=start), rows.last_day.min(where=end)),
        any_last=ibis.greatest(rows.first_day.max(where=start), rows.last_day.max(where=end)),
    )


def day_counts(tables: EngineTables, query: Query, extent: Extent) -> ir.Table:
    """Events known to a day within the extent: day number, attestation, events."""
    rows = events_left(tables, query, dates=False)
    rows = rows.filter(_exact(rows, extent))
    return rows.group_by("first_day", "attestation").agg(events=rows.count())


def uncertain(tables: EngineTables, query: Query, extent: Extent) -> ir.Table:
    """Events not known to a day, or outside the extent, most precise first; ties are scattered."""
    rows = _uncertain(tables, query, extent)
    open_ends = (rows.first_day < extent.first).cast("int32") + (rows.last_day > extent.last).cast(
        "int32"
    )
    length = _end(rows, extent) - _start(rows, extent)
    hashed = (rows.event % _MODULUS) * SCATTER % 2**32
    columns = ("event", "title_en", "title_ar", "date_start", "date_end", "date_precision")
    return (
        rows.select(*columns, "attestation", open_ends=open_ends, length=length, at=hashed)
        .order_by("open_ends", "length", "at", "event")
        .limit(MOST_SPANS)
    )


def uncertain_cells(tables: EngineTables, query: Query, extent: Extent, cells: int) -> ir.Table:
    """Uncertain events by the cells of the extent in which they begin and end, and whether inside."""
    rows = _uncertain(tables, query, extent)
    days = extent.last - extent.first + 1
    inside = (rows.last_day >= extent.first) & (rows.first_day <= extent.last)
    first = ((_start(rows, extent) - extent.first) * cells // days).cast("int32")
    last = ((_end(rows, extent) - extent.first) * cells // days).cast("int32")
    keyed = rows.select(inside=inside, first_cell=first, last_cell=last)
    return keyed.group_by("inside", "first_cell", "last_cell").agg(events=keyed.count())


def uncertain_intervals(tables: EngineTables, query: Query, extent: Extent) -> ir.Table:
    """Uncertain events by first and last day; days outside the extent are those beside its edges.

    At most one interval more than `MOST_INTERVALS`.
    """
    rows = _uncertain(tables, query, extent)
    before, after = extent.first - 1, extent.last + 1
    first = ibis.least(ibis.greatest(rows.first_day, before), after)
    last = ibis.least(ibis.greatest(rows.last_day, before), after)
    keyed = rows.select(first_day=first.cast("int32"), last_day=last.cast("int32"))
    counted = keyed.group_by("first_day", "last_day").agg(events=keyed.count())
    return counted.limit(MOST_INTERVALS + 1)


def _uncertain(tables: EngineTables, query: Query, extent: Extent) -> ir.Table:
    rows = events_left(tables, query, dates=False)
    return rows.filter(rows.dated & ~_exact(rows, extent))


def _exact(rows: ir.Table, extent: Extent) -> ir.BooleanValue:
    """Whether an event is known to a day within the extent."""
    day = rows.dated & (rows.first_day == rows.last_day)
    return day & rows.first_day.between(extent.first, extent.last)


def _start(rows: ir.Table, extent: Extent) -> ir.IntegerValue:
    return ibis.least(ibis.greatest(rows.first_day, extent.first), extent.last)


def _end(rows: ir.Table, extent: Extent) -> ir.IntegerValue:
    return ibis.greatest(ibis.least(rows.last_day, extent.last), extent.first)
