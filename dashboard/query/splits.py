"""The columns by which events are divided into categories, e.g. kinds, actors, governorates.

An event is in several categories of a column of which it has several values: two actors, two outlets.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from dashboard.language.messages import N_
from dashboard.model.place import FeatureClass
from dashboard.query.conditions import at_selected_places, rows_left
from dashboard.query.facets import TableName
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# The category of all values that are not among the first ones.
OTHERS = ""


@dataclass(frozen=True, slots=True)
class Split:
    """One column; `field` is the filter of its values in Query, "" if there is none.

    `feature_class` is the class of the places that are categories. `first` is the column that marks an
    event's first row with a value; "" where no event has two rows with the same value.
    """

    table: TableName
    column: str
    field: str
    label: str
    feature_class: str = ""
    first: str = ""

    @property
    def several(self) -> bool:
        """Whether an event may be in several categories."""
        return self.table != "events"


SPLITS: Mapping[str, Split] = {
    "group": Split("events", "group", "", N_("Group of kinds")),
    "kind": Split("events", "kind", "kinds", N_("Kind of event")),
    "attestation": Split("events", "attestation", "attestations", N_("Attestation")),
    "verification": Split(
        "events", "verification", "verifications", N_("Verification of the event")
    ),
    "actor": Split("event_actors", "actor", "actors", N_("Actor"), first="first_actor"),
    "outlet": Split("claims", "outlet", "outlets", N_("Outlet"), first="first_outlet"),
    "speaker": Split("claims", "speaker", "speakers", N_("Speaker cited"), first="first_speaker"),
    "country": Split("containment", "place", "places", N_("Country"), FeatureClass.COUNTRY),
    "governorate": Split(
        "containment", "place", "places", N_("Governorate"), FeatureClass.GOVERNORATE
    ),
    "district": Split("containment", "place", "places", N_("District"), FeatureClass.DISTRICT),
    "dataset": Split("events", "dataset", "datasets", N_("Dataset")),
}


def categories(
    tables: EngineTables, query: Query, *, split: str, most: int, dates: bool = False
) -> ir.Table:
    """The categories of most matching events: value and events, most frequent first.

    Without `dates` the dates of the query count nothing, and events without a date are counted too.
    """
    rows = _values(tables, query, SPLITS[split], dates=dates)
    counted = rows.group_by("value").agg(events=rows.count())
    return counted.order_by(ibis.desc("events"), "value").limit(most)


def by_days(
    tables: EngineTables, query: Query, first: tuple[str, ...], *, split: str, measure: str | None
) -> ir.Table:
    """Dated events, dates of the query apart, by category and by the days that bound their interval.

    Columns category, first_day, last_day, events. With a `measure` also low and high, the sums of its
    figures, and open_events, those with an open end, whose lowest figure is added to `high`; `events`
    are then those with a figure. `first` are the values that are categories; all others are `OTHERS`, in
    which an event is counted once.
    """
    rows = _categorised(tables, query, first, SPLITS[split])
    return _summed(tables, rows, ["category", "first_day", "last_day"], measure)


def all_by_days(tables: EngineTables, query: Query, *, measure: str | None) -> ir.Table:
    """The same without categories: each event is counted once."""
    rows = at_selected_places(tables, rows_left(tables, "events", query, dates=False), query)
    rows = rows.filter(rows.dated).select("event", "first_day", "last_day")
    return _summed(tables, rows, ["first_day", "last_day"], measure)


def crossed(
    tables: EngineTables,
    query: Query,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    split: str,
    cross: str,
) -> ir.Table:
    """Events that match the whole query, by the categories of two splits: row, column, events."""
    down = _categorised(tables, query, rows, SPLITS[split], dates=True)
    across = _categorised(tables, query, columns, SPLITS[cross], dates=True)
    down = down.select("event", row="category")
    across = across.select(other="event", column="category")
    both = down.join(across, down["event"] == across["other"])
    return both.group_by("row", "column").agg(events=both.count())


def _categorised(
    tables: EngineTables, query: Query, first: tuple[str, ...], split: Split, *, dates: bool = False
) -> ir.Table:
    """Distinct event, category, first_day, last_day; without `dates` the dated events, of all days."""
    rows = _values(tables, query, split, dates=dates)
    if not dates:
        rows = rows.filter(rows.dated)
    category = ibis.ifelse(rows["value"].isin(first), rows["value"], OTHERS)
    rows = rows.select("event", "first_day", "last_day", category=category)
    return rows.distinct() if split.several else rows


def _values(tables: EngineTables, query: Query, split: Split, *, dates: bool = False) -> ir.Table:
    """Distinct events with each of their values: event, value, dated, first_day, last_day."""
    rows = rows_left(tables, split.table, query, dates=dates)
    rows = at_selected_places(tables, rows, query)
    rows = rows.filter(rows[split.column].notnull())
    if split.feature_class:
        # The same place may be in two datasets; a row of each would count an event twice.
        places = tables.places.filter(tables.places.feature_class == split.feature_class)
        rows = rows.semi_join(places, rows[split.column] == places.place_id)
    if split.first:
        rows = rows.filter(rows[split.first])
    return rows.select("event", "dated", "first_day", "last_day", value=split.column)


def _summed(tables: EngineTables, rows: ir.Table, keys: list[str], measure: str | None) -> ir.Table:
    if measure is None:
        return rows.group_by(keys).agg(events=rows.count())
    figures = tables.event_estimates
    figures = figures.filter(figures.measure == measure).select("event", "low", "high")
    rows = rows.join(figures, "event")
    return rows.group_by(keys).agg(
        events=rows.count(),
        low=rows.low.sum(),
        high=ibis.coalesce(rows.high, rows.low).sum(),
        open_events=rows.high.isnull().cast("int32").sum(),
    )
