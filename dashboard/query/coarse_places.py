"""Events that are in an area, or in a unit of the list, only by a point that stands for a larger area.

E.g. of 40 events within 10 km of a town 3 are known only to its district: the district's point is
inside, and nobody knows whether the events were.
"""

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.model.place import PlacePrecision
from dashboard.query.area_points import in_areas
from dashboard.query.conditions import at_selected_places, events_left, rows_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

_LEVELS = tuple(PlacePrecision)


def coarse_in_areas(tables: EngineTables, query: Query) -> ir.Table:
    """Level (position in `PlacePrecision`) and events, of those without an exact point in the areas.

    An event with several such points counts at the most exact of them.
    """
    # Not by `rows_left` with the areas: the rows inside are of events that match.
    rows = rows_left(tables, "event_places", replace(query, areas=()))
    inside = in_areas(at_selected_places(tables, rows, query), query)
    coarse = inside.filter(~inside.sharp).anti_join(inside.filter(inside.sharp), "event")
    # The same place may be in two datasets.
    levels = tables.places.group_by("place_id").agg(level=_level(tables.places.precision).min())
    ranked = coarse.inner_join(levels, "place_id").group_by("event").agg(level=ibis._.level.min())
    return ranked.group_by("level").agg(events=ranked.count())


def only_at_units(tables: EngineTables, query: Query) -> ir.Table:
    """One number: the events whose only places are the chosen units themselves, e.g. a district."""
    events = at_selected_places(tables, events_left(tables, query), query)
    rows = tables.event_places
    chosen = rows.place_id.isin(list(query.places))
    units = events.semi_join(rows.filter(chosen & ~rows.sharp), "event")
    return units.anti_join(rows.filter(~chosen), "event").agg(events=ibis._.count())


def as_levels(frame: pd.DataFrame) -> Mapping[PlacePrecision, int]:
    """The rows of `coarse_in_areas` by precision, the most exact first."""
    counted = dict(zip(frame["level"], frame["events"], strict=True))
    return {level: int(counted[at]) for at, level in enumerate(_LEVELS) if counted.get(at)}


def _level(precision: ir.StringValue) -> ir.IntegerValue:
    cases = [(level.value, at) for at, level in enumerate(_LEVELS)]
    level: ir.IntegerValue = precision.cases(*cases, else_=len(_LEVELS) - 1)
    return level
