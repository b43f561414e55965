"""The periods of a window, and pairs of periods that are compared."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.model.event_tables import day_number
from dashboard.model.trend import Period, Step
from dashboard.query.histogram import Extent
from dashboard.query.query import Query
from dashboard.trends.periods import (
    MOST_PERIODS,
    halves,
    periods,
    step_of,
    window,
    with_the_same_before,
    with_the_year_before,
)

WINDOWS = st.tuples(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 3000)).map(
    lambda it: Period(it[0], it[0] + timedelta(it[1]))
)
DAY = timedelta(1)


@given(window=WINDOWS, step=st.sampled_from(Step))
def test_periods_fill_the_window_and_begin_where_a_step_begins(window: Period, step: Step):
    parts = periods(window, step)
    assert parts[0].start == window.start
    assert parts[-1].end == window.end
    for before, after in pairwise(parts):
        assert before.end + DAY == after.start
        start = after.start
        assert {
            Step.DAY: True,
            Step.WEEK: start.isoweekday() == 1,
            Step.MONTH: start.day == 1,
            Step.YEAR: (start.month, start.day) == (1, 1),
        }[step]


@given(window=WINDOWS, chosen=st.none() | st.sampled_from(Step))
@example(window=Period(date(2000, 1, 1), date(2007, 9, 1)), chosen=Step.DAY)
def test_a_step_never_has_too_many_periods_and_is_never_shorter_than_chosen(
    window: Period, chosen: Step | None
):
    step = step_of(chosen, window)
    assert len(periods(window, step)) <= MOST_PERIODS
    if chosen:
        steps = list(Step)
        assert steps.index(step) >= steps.index(chosen)
        if len(periods(window, chosen)) <= MOST_PERIODS:
            assert step is chosen


def test_the_window_is_that_of_the_query_or_of_the_timeline():
    extent = Extent(day_number(date(2020, 11, 10)), day_number(date(2021, 2, 28)))
    assert window(Query(), extent) == Period(date(2020, 11, 10), date(2021, 2, 28))
    late = Query(start=date(2022, 1, 1))
    assert window(late, extent) == Period(date(2022, 1, 1), date(2022, 1, 1))
    early = Query(end=date(2019, 1, 1))
    assert window(early, extent) == Period(date(2019, 1, 1), date(2019, 1, 1))


@given(
    bounds=st.tuples(st.none() | st.dates(), st.none() | st.dates()),
    data=st.tuples(st.dates(), st.dates()),
    chosen=st.none() | st.sampled_from(Step),
)
@example(bounds=(date.min, date.max), data=(date.min, date.max), chosen=Step.YEAR)
def test_no_dates_of_a_link_or_of_a_file_are_too_far(
    bounds: tuple[date | None, date | None], data: tuple[date, date], chosen: Step | None
):
    start, end = bounds
    if start and end:
        start, end = min(start, end), max(start, end)
    first, last = sorted(map(day_number, data))
    days = window(Query(start=start, end=end), Extent(first, last))
    assert 1 <= len(periods(days, step_of(chosen, days))) <= MOST_PERIODS
    for pair in (halves(days), with_the_same_before(days), with_the_year_before(days)):
        assert pair[0].start <= pair[1].end


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (Period(date(2021, 1, 1), date(2021, 1, 4)), Period(date(2021, 1, 1), date(2021, 1, 2))),
        (Period(date(2021, 1, 1), date(2021, 1, 5)), Period(date(2021, 1, 1), date(2021, 1, 2))),
        (Period(date(2021, 1, 1), date(2021, 1, 1)), Period(date(2021, 1, 1), date(2021, 1, 1))),
    ],
)
def test_halves(days: Period, first: Period):
    earlier, later = halves(days)
    assert earlier == first
    assert later.end == days.end
    assert later.start == (earlier.end + DAY if days.days > 1 else days.start)


def test_pairs_with_the_window_as_the_later_one():
    days = Period(date(2024, 2, 29), date(2024, 3, 2))
    assert with_the_same_before(days) == (Period(date(2024, 2, 26), date(2024, 2, 28)), days)
    assert with_the_year_before(days) == (Period(date(2023, 2, 28), date(2023, 3, 2)), days)
