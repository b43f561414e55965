"""The timeline under the map: the days of the events, and the window that filters them."""

from dataclasses import replace

from dashboard.language.language import current
from dashboard.project.catalog import Catalog
from dashboard.query.answers import days_from_engine
from dashboard.query.counts import Totals
from dashboard.query.query import Query
from dashboard.timeline.timeline import timeline_of
from dashboard.ui.components.timeline_control import timeline_control
from dashboard.ui.state import explore_query


def timeline_panel(catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show the events that match all filters except dates, with the dates as the window."""
    filters, uncertain = catalog.only_filters(query), bool(totals.uncertain)
    timeline = catalog.answers.get(
        ("timeline", replace(filters, start=None, end=None), current()),
        lambda: timeline_of(
            days_from_engine(catalog.engine, filters, catalog.extent, uncertain=uncertain)
        ),
    )
    timeline_control(
        timeline,
        start=query.start,
        end=query.end,
        key="timeline",
        on_change=lambda start, end: explore_query.change(start=start, end=end),
    )
