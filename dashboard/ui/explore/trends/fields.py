"""What all views of trends have: their columns, and what they count."""

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field


def change_trend(**changes: Any) -> None:
    """Change what the tab shows; for callbacks, which run before the page does."""
    explore_query.change(trend=replace(explore_query.current().trend, **changes))


def split_field(catalog: Catalog, name: str, title: str, value: str) -> None:
    """A choice of the column; `name` is the field of `Trend` that has it."""
    splits = [key for key in SPLITS if key != "dataset" or len(catalog.datasets) > 1]
    st.selectbox(
        title,
        splits,
        format_func=lambda key: _(SPLITS[key].label),
        **choice_field(
            f"trend_{name}", value, lambda key: change_trend(**{name: key}), list(SPLITS)
        ),
    )


def figures_field(query: Query) -> None:
    """A choice between the number of events and the figures of the chosen measure."""
    choices = {False: _("Number of events"), True: sentence_case(label(query.measure))}
    st.selectbox(
        _("Counted"),
        list(choices),
        format_func=lambda figures: choices[figures],
        **choice_field(
            "trend_figures", query.trend.figures, lambda it: change_trend(figures=it), list(choices)
        ),
    )


def several_note() -> str:
    """What an event in several categories means for their counts."""
    return _("An event with several values counts in each of their categories.")


def nothing(query: Query) -> str:
    """Why there is no chart or table."""
    if query.trend.figures:
        return _(
            "No dated event of the selection has a figure: {measure}. Count the events "
            "instead, or choose another measure in the sidebar."
        ).format(measure=label(query.measure))
    return _(
        "No event of the selection has a date in these days. Widen the dates, or remove a filter."
    )
