"""Counts for a shaded map: events by governorate, district or square, and those that are in none.

As on the map of marks, the events match all filters except dates, and are counted by the bins of days
in which they begin and end, so that the browser sums them within any window.
"""

import ibis.expr.types as ir

from dashboard.model.grid import Box
from dashboard.query.colouring import Colouring
from dashboard.query.conditions import events_left, marks_left, rows_left
from dashboard.query.map_counts import Bins, in_box, keys_of
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

_BY_GROUP = Colouring("group")


def counts_by_area(tables: EngineTables, query: Query, days: Bins, *, level: str) -> ir.Table:
    """Events by area (`place_id`) of a class of places, e.g. "governorate"; each of its areas."""
    rows = _in_areas(tables, query, level)
    return rows.group_by(place_id=rows.place, **keys_of(rows, days, _BY_GROUP)).agg(
        events=rows.count()
    )


def in_several_areas(tables: EngineTables, query: Query, days: Bins, *, level: str) -> ir.Table:
    """One row per event and area (`place_id`), of the events that are in several of the class."""
    rows = _in_areas(tables, query, level)
    areas = rows.group_by("event").agg(areas=rows.count())
    several = areas.filter(areas.areas > 1)
    rows = rows.semi_join(several, "event")
    return rows.select("event", place_id=rows.place, **keys_of(rows, days, _BY_GROUP))


def area_ids(tables: EngineTables, *, level: str) -> ir.Table:
    """The ids of the areas of a class that any dataset has."""
    areas = tables.places.filter(tables.places.feature_class == level)
    return areas.select("place_id").distinct()


def without_area(tables: EngineTables, query: Query, days: Bins, *, level: str) -> ir.Table:
    """Events that are in no area of the class: known less precisely, or without a place."""
    events = events_left(tables, query, dates=False)
    return _counted(events.anti_join(_in_areas(tables, query, level), "event"), days)


def counts_by_cell(tables: EngineTables, query: Query, box: Box, days: Bins) -> ir.Table:
    """Events by square of the grid in the box, each once in a square.

    Only by points that are known to a settlement or better: a district's events are not all at its
    middle.
    """
    rows = in_box(marks_left(tables, query, dates=False), box)
    rows = rows.filter(rows.sharp)
    column, row = (
        ((offset // box.cell).cast("int32")) for offset in (rows.x - box.left, rows.y - box.top)
    )
    keys = keys_of(rows, days, _BY_GROUP)
    each = rows.select("event", column=column, row=row, **keys).distinct()
    return each.group_by("column", "row", *keys).agg(events=each.count())


def without_point(tables: EngineTables, query: Query, days: Bins) -> ir.Table:
    """Events, of the whole map, that have no point known to a settlement or better."""
    events = events_left(tables, query, dates=False)
    places = tables.event_places
    return _counted(events.anti_join(places.filter(places.sharp), "event"), days)


def _in_areas(tables: EngineTables, query: Query, level: str) -> ir.Table:
    rows = rows_left(tables, "containment", query, dates=False)
    # The same place may be in two datasets.
    areas = tables.places.filter(tables.places.feature_class == level)
    return rows.semi_join(areas, rows.place == areas.place_id)


def _counted(events: ir.Table, days: Bins) -> ir.Table:
    return events.group_by(**keys_of(events, days, _BY_GROUP)).agg(events=events.count())
