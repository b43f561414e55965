"""Figures of the events at a mark, summed: 3 to 5 killed in 8 of 12 events, and 4 as the mark's size.

The size of an event is its best figure, else its lowest. Events are rows of `event_places`, so that
the figure of an event at several marks counts at each of them, as the event does.
"""

import ibis
import ibis.expr.types as ir

from dashboard.query.tables import EngineTables

# The columns of the sums: events with a figure; their sizes; their lowest and highest figures (an open
# end counts as the lowest); and events with an open end.
FIGURE_COLUMNS = ("figure_events", "figure_size", "figure_low", "figure_high", "open_events")


def with_figures(tables: EngineTables, rows: ir.Table, measure: str | None) -> ir.Table:
    """The rows with the columns of `FIGURE_COLUMNS` of one measure, null for an event without a figure.

    With a measure of `None` the rows as they are: no table is joined.
    """
    if measure is None:
        return rows
    figures = tables.event_estimates.filter(tables.event_estimates.measure == measure)
    figures = figures.select(
        "event",
        figure_events=ibis.literal(1, "int32"),
        figure_size=ibis.coalesce(figures.best, figures.low),
        figure_low=figures.low,
        figure_high=ibis.coalesce(figures.high, figures.low),
        open_events=figures.high.isnull().cast("int32"),
    )
    return rows.left_join(figures, "event")


def figure_sums_of(rows: ir.Table, measure: str | None) -> dict[str, ir.Value]:
    """The sums of `FIGURE_COLUMNS` over the rows that are the first of their event at a site."""
    if measure is None:
        return {}
    return {
        name: ibis.ifelse(rows.first_site, ibis.coalesce(rows[name], 0), 0).cast("int64").sum()
        for name in FIGURE_COLUMNS
    }
