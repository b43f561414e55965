"""The windows of a playback: together they are all days, each once, and whole periods where not cut."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.timeline.playback import WINDOW_LABELS, PlayedWindow, playback_windows

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("window", "count", "second"),
    [
        ("day", 111, ("2020-11-11", "2020-11-11")),
        ("week", 16, ("2020-11-16", "2020-11-22")),
        ("month", 4, ("2020-12-01", "2020-12-31")),
        ("until", 16, ("2020-11-10", "2020-11-22")),
    ],
)
def test_windows_of_the_first_corpus(window: str, count: int, second: tuple[str, str]):
    windows = playback_windows(PlayedWindow(window), date(2020, 11, 10), date(2021, 2, 28))
    assert len(windows) == count
    assert tuple(day.isoformat() for day in windows[1]) == second


@given(DAYS, st.integers(0, 3000), st.sampled_from(PlayedWindow))
def test_all_days_are_shown_and_none_twice(first: date, days: int, window: PlayedWindow):
    last = first + timedelta(days=days)
    windows = playback_windows(window, first, last)
    assert windows[0][0] == first
    assert windows[-1][1] == last
    for (start, end), (next_start, next_end) in pairwise(windows):
        if window is PlayedWindow.UNTIL:
            assert start == next_start == first
            assert end < next_end
        else:
            assert next_start == end + timedelta(days=1)
            assert next_start <= next_end


def test_the_ends_of_the_calendar_and_a_single_day():
    for window in PlayedWindow:
        assert playback_windows(window, date.max, date.max) == [(date.max, date.max)]
        assert playback_windows(window, date(9999, 11, 1), date.max)[-1][1] == date.max
    assert set(WINDOW_LABELS) == set(PlayedWindow)
