"""The timeline under the map: which days the events lie in, and the window that filters them."""

from dashboard.query.query import Query
from dashboard.query.select import Selection
from dashboard.ui import state
from dashboard.ui.cached import Loaded
from dashboard.ui.timeline_control import timeline_control
from dashboard.views.timeline import extent, timeline_data


def timeline_panel(loaded: Loaded, query: Query, selection: Selection) -> None:
    """Draw the events that match all filters but the dates, with the dates as the window."""
    first, last = extent(loaded.index.tables)
    timeline_control(
        timeline_data(loaded.index.tables, selection.any_date, first, last),
        start=query.start,
        end=query.end,
        key="timeline",
        on_change=lambda start, end: state.change(start=start, end=end),
    )
