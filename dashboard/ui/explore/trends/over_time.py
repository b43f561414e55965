"""Events by period and category, as a chart and as a table."""

from collections.abc import Mapping

import streamlit as st

from dashboard.browser.trend_chart import AT, CATEGORY, PICKED, key_html, trend_chart
from dashboard.browser.trend_tables import time_rows, time_table
from dashboard.language.messages import N_, _, plural
from dashboard.model.trend import Step
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.trends.labels import counted_words
from dashboard.trends.over_time import OverTime, over_time
from dashboard.ui.components.appearance import is_dark
from dashboard.ui.explore.trends.fields import (
    change_trend,
    figures_field,
    nothing,
    several_note,
    split_field,
)
from dashboard.ui.explore.trends.figure import figure_buttons
from dashboard.ui.explore.trends.picking import (
    download,
    filter_dates,
    filter_value,
    picked_in,
    picking_table,
)
from dashboard.ui.state.session import choice_field

# Streamlit shows `None` as no choice.
_AUTOMATIC = "automatic"
_STEPS: Mapping[str, str] = {
    _AUTOMATIC: N_("Automatic"),
    Step.DAY: N_("Day"),
    Step.WEEK: N_("Week"),
    Step.MONTH: N_("Month"),
    Step.YEAR: N_("Year"),
}


def over_time_view(catalog: Catalog, query: Query) -> None:
    """Show the fields, the chart and the table."""
    split, step, figures = st.columns([3, 2, 3])
    with split:
        split_field(catalog, "split", _("By"), query.trend.split)
    with step:
        st.selectbox(
            _("Period"),
            list(_STEPS),
            format_func=lambda each: _(_STEPS[each]),
            **choice_field("trend_step", query.trend.step or _AUTOMATIC, _change_step, _STEPS),
        )
    with figures:
        figures_field(query)
    data = over_time(catalog, query)
    counted = counted_words(query)
    if not any(count.high for count in data.everything):
        st.info(nothing(query))
        return
    dark = is_dark()
    st.altair_chart(
        trend_chart(data, counted, dark=dark),
        width="stretch",
        on_select=lambda: _pick_bar(catalog, query, data, _chart_key(query)),
        selection_mode=PICKED,
        key=_chart_key(query),
    )
    st.html(key_html(data, dark=dark))
    notes = _about(query, data)
    st.caption(" ".join([*notes, _("A bar that is clicked becomes a filter.")]))
    with st.expander(_("Table")):
        picking_table(
            time_table(data),
            f"{_chart_key(query)}_table",
            lambda row: filter_dates(data.periods[row]),
        )
    with st.container(horizontal=True):
        download(query, "trend", time_rows(data))
        figure_buttons(catalog, query, data, notes)


def _change_step(step: str) -> None:
    change_trend(step=None if step == _AUTOMATIC else Step(step))


def _chart_key(query: Query) -> str:
    """A chart of its own for each query, so that a bar that became a filter is not picked again."""
    return f"trend_{hash(query)}"


def _pick_bar(catalog: Catalog, query: Query, data: OverTime, key: str) -> None:
    for picked in picked_in(key, PICKED):
        at, category = int(picked[AT]), int(picked[CATEGORY])
        if at in range(len(data.periods)) and category in range(len(data.series)):
            filter_dates(data.periods[at])
            filter_value(catalog, query.trend.split, data.series[category].id)


def _about(query: Query, data: OverTime) -> list[str]:
    """What the chart does not show by itself."""
    notes = []
    if data.shortened:
        notes.append(_("These are too many periods for one chart: longer ones are shown."))
    if not data.certain:
        notes.append(_("Paler: events that may have been in the period, and may be in others too."))
    if SPLITS[query.trend.split].several:
        notes.append(several_note())
    if query.trend.figures:
        notes.append(_("Figures: the lowest, and lighter up to the highest."))
    if data.outside:
        notes.append(
            plural(
                "{n} event is outside of these days.",
                "{n} events are outside of these days.",
                data.outside,
            )
        )
    return notes
