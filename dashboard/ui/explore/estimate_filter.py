"""The filter by a number of people or vehicles: measure, bounds, and the sums of the selection."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.language.figures import range_words, sum_in_events
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.model.estimate import Measure
from dashboard.query.counts import Totals
from dashboard.query.query import EstimateRange, Query
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field, field

Bounds = tuple[int | None, int | None]
# As many digits as a link has for a bound.
_MOST = 999_999_999


def estimate_filter(query: Query, totals: Totals) -> None:
    """Show the measure, its two bounds, and a line with the sum of each measure."""
    st.selectbox(
        _("Number of people or vehicles"),
        list(Measure),
        format_func=lambda measure: sentence_case(label(measure)),
        **choice_field(
            "measure", query.measure, lambda measure: _change_measure(query, measure), list(Measure)
        ),
    )
    bounds = explore_query.UNORDERED.get() or bounds_of(query)
    for at, (column, name) in enumerate(zip(st.columns(2), _names(), strict=True)):
        column.number_input(
            name,
            min_value=0,
            max_value=_MOST,
            value=None,
            step=1,
            placeholder="—",
            **field(f"estimate_{at}", bounds[at], partial(_change, query, at)),
        )
    _say_what_is_unusual(query, bounds)
    for measure, total in totals.figures.items():
        st.caption(sum_in_events(measure, total))


def bounds_of(query: Query) -> Bounds:
    """The lowest and the highest number of the query's measure; `None` is no bound.

    A link may filter by another measure; its bounds would look like those of the selected one.
    """
    if query.estimate is None or query.estimate.measure is not query.measure:
        return (None, None)
    return (query.estimate.low, query.estimate.high)


def _names() -> tuple[str, str]:
    return _("At least"), _("At most")


def _change_measure(query: Query, measure: Measure) -> None:
    estimate = query.estimate and replace(query.estimate, measure=measure)
    explore_query.change(measure=measure, estimate=estimate)


def _change(query: Query, at: int, value: int | None) -> None:
    """Filter by the bounds with one of them changed; bounds in the wrong order filter nothing."""
    bounds = explore_query.UNORDERED.get() or bounds_of(query)
    low, high = (value, bounds[1]) if at == 0 else (bounds[0], value)
    explore_query.UNORDERED.clear()
    estimate = None if low is None and high is None else EstimateRange(query.measure, low, high)
    if low is not None and high is not None and low > high:
        explore_query.UNORDERED.set((low, high))
        estimate = None
    explore_query.change(estimate=estimate)


def _say_what_is_unusual(query: Query, bounds: Bounds) -> None:
    """Say that the bounds are in the wrong order, or that a link filters by another measure."""
    if explore_query.UNORDERED.get():
        message = _("{low} is more than {high}: events are not filtered by this number.")
        low, high = (number(bound or 0) for bound in bounds)
        st.warning(message.format(low=low, high=high))
    elif query.estimate and query.estimate.measure is not query.measure:
        filtered = range_words(query.estimate.measure, query.estimate.low, query.estimate.high)
        st.caption(_("The link filters by another number: {filter}.").format(filter=filtered))
