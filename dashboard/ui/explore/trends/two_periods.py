"""Two periods compared by category."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard.browser.compared_chart import (
    CATEGORY,
    MOST_BARS,
    PICKED,
    compared_chart,
    compared_key,
)
from dashboard.browser.trend_tables import compared_rows, compared_table
from dashboard.language.messages import _, plural
from dashboard.model.trend import Period
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.trends.compared import Compared, compared
from dashboard.trends.labels import counted_words, period_days
from dashboard.trends.periods import (
    halves,
    window,
    with_the_same_before,
    with_the_year_before,
)
from dashboard.ui.components.appearance import is_dark
from dashboard.ui.explore.trends.fields import (
    change_trend,
    figures_field,
    nothing,
    several_note,
    split_field,
)
from dashboard.ui.explore.trends.picking import (
    download,
    filter_value,
    picked_in,
    picking_table,
)
from dashboard.ui.state.session import field


def two_periods_view(catalog: Catalog, query: Query) -> None:
    """Show the fields and the table."""
    split, figures = st.columns(2)
    with split:
        split_field(catalog, "split", _("By"), query.trend.split)
    with figures:
        figures_field(query)
    days = window(query, catalog.extent)
    data = compared(catalog, query, _("All events"))
    _period_fields(days, data.periods)
    for name, period in zip((_("Earlier"), _("Later")), data.periods, strict=True):
        length = plural("{n} day", "{n} days", period.days)
        st.caption(f"{name}: {period_days(period)} ({length})")
    if data.periods[0].days != data.periods[1].days:
        st.caption(_("The periods have different lengths: the counts are not by day."))
    if not (data.everything.earlier.high or data.everything.later.high):
        st.info(nothing(query))
        return
    _chart(catalog, query, data)
    values = [None, *(row.id for row in data.rows)]
    picking_table(
        compared_table(data, _(SPLITS[query.trend.split].label)),
        f"compared_{hash((query, data.periods))}",
        lambda row: filter_value(catalog, query.trend.split, values[row]),
    )
    st.caption(
        _(
            "A range, such as 3 to 5: so many events are in the period for certain, and so many at "
            "most. A row that is selected becomes a filter."
        )
    )
    if SPLITS[query.trend.split].several:
        st.caption(several_note())
    download(query, "periods", compared_rows(data))


def _chart(catalog: Catalog, query: Query, data: Compared) -> None:
    """The categories that changed most as bars; one that is clicked becomes a filter."""
    key, dark = f"compared_chart_{hash((query, data.periods))}", is_dark()

    def picked() -> None:
        for each in picked_in(key, PICKED):
            if int(each[CATEGORY]) in range(len(data.rows)):
                filter_value(catalog, query.trend.split, data.rows[int(each[CATEGORY])].id)

    st.html(compared_key(dark=dark))
    st.altair_chart(
        compared_chart(data, counted_words(query), dark=dark),
        width="stretch",
        on_select=picked,
        selection_mode=PICKED,
        key=key,
    )
    notes = [_("Paler: events that may have been in the period, and may be in others too.")]
    if len(data.rows) > MOST_BARS:
        most = plural(
            "The bars are of the {n} category that changed most.",
            "The bars are of the {n} categories that changed most.",
            MOST_BARS,
        )
        notes.append(most)
    st.caption(" ".join([*notes, _("A bar that is clicked becomes a filter.")]))


def _period_fields(days: Period, pair: tuple[Period, Period]) -> None:
    """The two periods as dates, and buttons for pairs that are often compared."""
    left, right = st.columns(2)
    with left:
        _period_field("earlier", _("Earlier"), pair, 0)
    with right:
        _period_field("later", _("Later"), pair, 1)
    with st.container(horizontal=True, key="period_presets", vertical_alignment="bottom"):
        for key, title, make in (
            ("halves", _("Two halves"), halves),
            ("same", _("As many days before"), with_the_same_before),
            ("year", _("The year before"), with_the_year_before),
        ):
            st.button(title, key=f"periods_{key}", on_click=_choose_pair, args=(make, days))


def _period_field(name: str, title: str, pair: tuple[Period, Period], at: int) -> None:
    st.date_input(
        title,
        min_value=date.min,
        max_value=date.max,
        format="YYYY-MM-DD",
        **field(
            f"trend_{name}",
            (pair[at].start, pair[at].end),
            lambda chosen: _choose_period(pair, at, chosen),
        ),
    )


def _choose_pair(make: Callable[[Period], tuple[Period, Period]], days: Period) -> None:
    change_trend(periods=make(days))


def _choose_period(pair: tuple[Period, Period], at: int, chosen: Sequence[date]) -> None:
    """Take a period once both of its days are chosen."""
    if len(chosen) == 2:
        period = Period(chosen[0], chosen[1])
        change_trend(periods=(period, pair[1]) if at == 0 else (pair[0], period))
