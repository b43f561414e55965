"""Sums of the events' figures by measure, e.g. 12 to 19 killed in 16 events.

A row of `event_estimates` is the range of one event over all its claims, so no rival claims are added.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pandas as pd

from dashboard.model.estimate import FigureSum, Measure
from dashboard.query.conditions import at_selected_places, rows_left
from dashboard.query.pages import on_shelf
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables


def figure_sums(tables: EngineTables, query: Query) -> ir.Table:
    """Measure, events, low, high and open_events of the matching events; selected places count.

    Events with an open end add their lowest figure to `high`.
    """
    return _summed(at_selected_places(tables, rows_left(tables, "event_estimates", query), query))


def shelf_sums(tables: EngineTables, query: Query, *, undated: bool) -> ir.Table:
    """The same of the events on the shelf that lack a date, or that have one and lack a place."""
    events = on_shelf(tables, query, undated=undated)
    return _summed(tables.event_estimates.semi_join(events, "event"))


def _summed(rows: ir.Table) -> ir.Table:
    return rows.group_by("measure").agg(
        events=rows.count(),
        low=rows.low.sum(),
        high=ibis.coalesce(rows.high, rows.low).sum(),
        open_events=rows.high.isnull().cast("int32").sum(),  # noqa: PD003
    )


def as_sums(frame: pd.DataFrame) -> Mapping[Measure, FigureSum]:
    """The rows of `figure_sums` by measure."""
    columns = ("events", "low", "high", "open_events")
    sums = {
        row["measure"]: FigureSum(*(int(row[column]) for column in columns))
        for row in frame.to_dict(orient="records")
    }
    return {measure: sums[measure] for measure in Measure if measure.value in sums}
