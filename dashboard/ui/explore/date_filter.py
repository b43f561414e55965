"""The filter by dates, typed or chosen from a list; the handles of the timeline set the same dates."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.language.messages import _
from dashboard.query.date_presets import PRESETS, preset_dates
from dashboard.query.histogram import Extent
from dashboard.query.query import Query
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field, field


def date_filter(extent: Extent, query: Query) -> None:
    """Show the list and both dates, which may be empty; `extent` are the days of the data."""
    st.selectbox(
        _("Dates"),
        list(PRESETS),
        format_func=lambda name: _(PRESETS[name]),
        placeholder=_("Often chosen dates"),
        label_visibility="collapsed",
        **choice_field("date_preset", None, partial(_choose_preset, extent), PRESETS),
    )
    columns = st.columns(2, gap="small")
    for column, name, label in zip(columns, ("start", "end"), (_("From"), _("To")), strict=True):
        column.date_input(
            label,
            min_value=date.min,
            max_value=date.max,
            format="YYYY-MM-DD",
            **field(f"date_{name}", getattr(query, name), partial(_change, name)),
        )


def _choose_preset(extent: Extent, name: str | None) -> None:
    if name:
        start, end = preset_dates(name, extent)
        explore_query.change(start=start, end=end)


def _change(name: str, chosen: date | None) -> None:
    """Set a date; if the two are then in the wrong order, the other one moves to the same day."""
    other = "end" if name == "start" else "start"
    fixed = getattr(explore_query.current(), other)
    changes = {name: chosen}
    if chosen and fixed and (chosen > fixed if name == "start" else chosen < fixed):
        changes[other] = chosen
    explore_query.change(**changes)
