"""All matching events as one flat table for exports of any size: a row per event, or per place of it."""

import ibis
import ibis.expr.types as ir

from dashboard.model.estimate import Measure
from dashboard.model.event import BEST_ROLES
from dashboard.model.event_tables import VERIFIED
from dashboard.model.place import PlacePrecision
from dashboard.query.conditions import at_selected_places, events_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# Between the values of one cell.
BETWEEN = "; "
_EVENT = (
    "event_id", "dataset", "kind", "group", "attestation", "reviewed", "date_start", "date_end",
    "date_precision", "title_en", "title_ar", "notes", "url", "source_columns", "verification",
    "place_verification", *VERIFIED,
)  # fmt: skip


def flat(
    tables: EngineTables, query: Query, *, every_place: bool = False, records: bool = False
) -> ir.Table:
    """The matching events with all actors and outlets in one cell each, ordered by number.

    An event has one row with its best known place, or a row for `every_place`. If places are selected,
    only events there. With `records` there is the column of whole events that this program exported.
    """
    events = at_selected_places(tables, events_left(tables, query), query)
    events = events.select("event", *_EVENT, *(("record",) if records else ()))
    placed = _places(tables)
    if not every_place:
        placed = _best(placed)
    whole = events.left_join(placed, "event").drop("event_right")
    whole = whole.left_join(_joined(tables.event_actors, "actor", "first_actor"), "event")
    whole = whole.drop("event_right")
    whole = whole.left_join(_joined(tables.claims, "outlet", "first_outlet"), "event")
    whole = whole.drop("event_right").left_join(_figures(tables), "event")
    return whole.drop("event_right").order_by("event").drop("event")


def _figures(tables: EngineTables) -> ir.Table:
    """Each event's figures in columns, e.g. killed_low, killed_best, killed_high."""
    rows = tables.event_estimates
    return rows.group_by("event").agg(
        **{
            f"{measure.value}_{bound}": rows[bound].max(where=rows.measure == measure.value)
            for measure in Measure
            for bound in ("low", "best", "high")
        }
    )


def _places(tables: EngineTables) -> ir.Table:
    rows = tables.event_places
    placed = rows.filter(rows.first_place).select(
        "event", "place_id", "role", latitude=rows.lat, longitude=rows.lon
    )
    # The same place may be in two datasets.
    places = tables.places
    named = places.group_by("place_id").agg(
        place_en=places.name_en.min(),
        place_ar=places.name_ar.min(),
        place_precision=places.precision.min(),
        uncertainty_m=places.uncertainty_m.max(),
        place_sources=places.source.min(),
    )
    return placed.join(named, "place_id", how="left").drop("place_id_right")


def _best(placed: ir.Table) -> ir.Table:
    """One row per event: the best known place by precision, then by role."""
    order = [
        _rank(placed.place_precision, tuple(PlacePrecision)),
        _rank(placed.role, BEST_ROLES),
        placed.place_id,
    ]
    ranked = placed.mutate(rank=ibis.row_number().over(group_by="event", order_by=order))
    return ranked.filter(ranked.rank == 0).drop("rank")


def _rank(column: ir.Column, values: tuple[str, ...]) -> ir.Column:
    """The position of each value in `values`; a number beyond them for others."""
    positions = [(str(value), at) for at, value in enumerate(values)]
    return column.cases(*positions, else_=len(positions))


def _joined(rows: ir.Table, column: str, first: str) -> ir.Table:
    """Each event's distinct values of a column, concatenated; `first` marks the first row of each."""
    distinct = rows.filter(rows[first])
    values = distinct[column].group_concat(BETWEEN)
    return distinct.group_by("event").agg(values.name(f"{column}s"))
