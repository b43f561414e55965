from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.words import when as words
from dashboard.model.when import DatePrecision, When

DAYS = st.dates(date(2010, 1, 1), date(2030, 1, 1))


def test_a_month_stays_a_month():
    month = When(date(2020, 12, 1), date(2020, 12, 31), DatePrecision.MONTH)
    assert month.overlaps(date(2020, 12, 31), date(2021, 1, 5))
    assert not month.overlaps(date(2021, 1, 1), None)
    assert words(month) == "December 2020"


def test_an_undated_event_overlaps_no_window():
    assert When().overlaps(None, None)
    assert not When().overlaps(date(2020, 1, 1), None)
    assert words(When()) == "undated"


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (date(2021, 1, 2), date(2021, 1, 1), DatePrecision.OPEN),
        (None, None, DatePrecision.DAY),
        (date(2021, 1, 1), date(2021, 1, 1), None),
        (date(2021, 1, 1), date(2021, 1, 2), DatePrecision.DAY),
    ],
)
def test_impossible_intervals_are_refused(start, end, precision):
    with pytest.raises(ValueError, match=r"\w+"):
        When(start, end, precision)


@given(DAYS, st.integers(0, 400), DAYS, st.integers(0, 400))
def test_overlap_is_the_same_as_sharing_a_day(start, length, low, width):
    end, high = start + timedelta(length), low + timedelta(width)
    event = When(start, end, DatePrecision.OPEN)
    assert event.overlaps(low, high) == (max(start, low) <= min(end, high))
    assert event.lies_in(low, high) == (low <= start and end <= high)
    assert event.lies_in(None, high) == (end <= high)


def test_an_open_end_lies_in_no_window_with_a_bound_there():
    since = When(date(2020, 12, 1), None, DatePrecision.OPEN)
    assert since.lies_in(date(2020, 11, 1), None)
    assert not since.lies_in(date(2020, 11, 1), date(2021, 12, 31))
    assert not When().lies_in(None, date(2021, 1, 1))
