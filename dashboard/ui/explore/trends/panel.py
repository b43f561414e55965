"""The tab of trends."""

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.model.trend import TrendView
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.ui.explore.trends.cross import cross_view
from dashboard.ui.explore.trends.fields import change_trend
from dashboard.ui.explore.trends.over_time import over_time_view
from dashboard.ui.explore.trends.two_periods import two_periods_view
from dashboard.ui.state.session import choice_field

_VIEWS = {
    TrendView.TIME: N_("Over time"),
    TrendView.PERIODS: N_("Two periods"),
    TrendView.CROSS: N_("Cross table"),
}


def trends_panel(catalog: Catalog, query: Query) -> None:
    """Show what was chosen, for the events of the selection."""
    trend = query.trend
    st.segmented_control(
        _("Trends"),
        list(_VIEWS),
        format_func=lambda view: _(_VIEWS[view]),
        label_visibility="collapsed",
        **choice_field(
            "trend_view",
            trend.view,
            lambda view: change_trend(view=view or TrendView.TIME),
            list(TrendView),
        ),
    )
    with st.container(key="trends"):
        if trend.view is TrendView.PERIODS:
            two_periods_view(catalog, query)
        elif trend.view is TrendView.CROSS:
            cross_view(catalog, query)
        else:
            over_time_view(catalog, query)
