"""Counts of periods against a plain reading of each event."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.event_tables import day_number
from dashboard.model.trend import Period, Step
from dashboard.trends.count import Bounds, change, in_period, in_periods, outside
from dashboard.trends.periods import periods

FIRST = day_number(date(2020, 11, 1))
EVENTS = st.lists(
    st.tuples(st.integers(-40, 140), st.integers(0, 60), st.integers(0, 9), st.booleans()),
    max_size=30,
)
WINDOWS = st.tuples(st.integers(0, 60), st.integers(0, 90)).map(
    lambda it: Period(date(2020, 11, 1) + timedelta(it[0]), date(2020, 11, 1) + timedelta(sum(it)))
)


def _rows(events: list[tuple[int, int, int, bool]], *, figures: bool = False) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            (FIRST + at, FIRST + at + length, 1, low, 2 * low, int(more))
            for at, length, low, more in events
        ],
        columns=["first_day", "last_day", "events", "low", "high", "open_events"],
    ).astype("int64")
    return rows if figures else rows[["first_day", "last_day", "events"]]


@given(events=EVENTS, window=WINDOWS, step=st.sampled_from(Step), figures=st.booleans())
def test_each_period_has_its_certain_and_its_possible_events(
    events: list[tuple[int, int, int, bool]], window: Period, step: Step, figures: bool
):
    rows = _rows(events, figures=figures)
    parts = periods(window, step)
    for period, count in zip(parts, in_periods(rows, parts), strict=True):
        start, end = day_number(period.start), day_number(period.end)
        possible = rows[(rows["last_day"] >= start) & (rows["first_day"] <= end)]
        certain = possible[(possible["first_day"] >= start) & (possible["last_day"] <= end)]
        low, high = ("low", "high") if figures else ("events", "events")
        more = figures and bool(possible["open_events"].sum())
        assert count == Bounds(certain[low].sum(), possible[high].sum(), open=more)


@given(events=EVENTS, window=WINDOWS)
def test_events_without_a_day_in_the_window_are_counted(
    events: list[tuple[int, int, int, bool]], window: Period
):
    rows = _rows(events)
    inside = in_period(rows, window)
    assert inside.high + outside(rows, window) == len(events)


@pytest.mark.parametrize(
    ("earlier", "later", "difference", "ratio"),
    [
        (Bounds(4, 4), Bounds(6, 6), Bounds(2, 2), (1.5, 1.5)),
        (Bounds(2, 4), Bounds(1, 6), Bounds(-3, 4), (0.25, 3.0)),
        (Bounds(0, 4), Bounds(1, 6), Bounds(-3, 6), None),
        (Bounds(2, 2, open=True), Bounds(1, 1), Bounds(-1, -1, open=True), (0.5, 0.5)),
    ],
)
def test_a_change_is_as_sure_as_its_counts(
    earlier: Bounds, later: Bounds, difference: Bounds, ratio: tuple[float, float] | None
):
    found = change(earlier, later)
    assert found.difference == difference
    assert found.ratio == ratio
