"""Dates that are chosen from a list end with the data, not with today."""

from datetime import date

import pytest

from dashboard.model.event_tables import day_number
from dashboard.query.date_presets import PRESETS, preset_dates
from dashboard.query.histogram import Extent


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("week", date(2021, 1, 8), date(2021, 1, 14)),
        ("days", date(2020, 12, 16), date(2021, 1, 14)),
        ("month", date(2021, 1, 1), date(2021, 1, 14)),
        ("month_before", date(2020, 12, 1), date(2020, 12, 31)),
        ("year", date(2021, 1, 1), date(2021, 1, 14)),
    ],
)
def test_presets_are_counted_from_the_last_day(name: str, start: date, end: date):
    extent = Extent(day_number(date(2020, 11, 1)), day_number(date(2021, 1, 14)))
    assert preset_dates(name, extent) == (start, end)
    assert set(PRESETS) == {"week", "days", "month", "month_before", "year"}
