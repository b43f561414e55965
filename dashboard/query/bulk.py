"""All matching events as one flat table for exports of any size: one row per event and place."""

import ibis.expr.types as ir

from dashboard.query.conditions import events_left
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

_BETWEEN = "; "
_EVENT = (
    "event_id", "dataset", "kind", "group", "attestation", "reviewed", "date_start", "date_end",
    "date_precision", "title_en", "title_ar", "notes", "url",
)  # fmt: skip


def flat(tables: EngineTables, query: Query) -> ir.Table:
    """The matching events with all actors and outlets in one cell each, ordered by number."""
    events = events_left(tables, query).select("event", *_EVENT)
    rows = tables.event_places
    placed = rows.filter(rows.first_place).select("event", "place_id", "role", "lat", "lon")
    # The same place may be in two datasets.
    places = tables.places
    named = places.group_by("place_id").agg(
        place_en=places.name_en.min(),
        place_ar=places.name_ar.min(),
        place_precision=places.precision.min(),
        uncertainty_m=places.uncertainty_m.max(),
    )
    placed = placed.join(named, "place_id", how="left").drop("place_id", "place_id_right")
    whole = events.left_join(placed, "event").drop("event_right")
    whole = whole.left_join(_joined(tables.event_actors, "actor", "first_actor"), "event")
    whole = whole.drop("event_right")
    whole = whole.left_join(_joined(tables.claims, "outlet", "first_outlet"), "event")
    return whole.drop("event_right").order_by("event").drop("event")


def _joined(rows: ir.Table, column: str, first: str) -> ir.Table:
    """Each event's distinct values of a column, concatenated; `first` marks the first row of each."""
    distinct = rows.filter(rows[first])
    values = distinct[column].group_concat(_BETWEEN)
    return distinct.group_by("event").agg(values.name(f"{column}s"))
