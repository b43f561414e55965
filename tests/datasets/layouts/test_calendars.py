"""Dates of the Hijri calendar, and dates without a year beside a column of years."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.formats import guessed_dates, year_columns
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.hijri_dates import hijri_interval, is_hijri_column
from dashboard.datasets.formats.partial_dates import interval
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

# 7 Jumada I 1441 is 2 January 2020 by Umm al-Qura and 3 January by arithmetic.
DAYS = (date(2020, 1, 2), date(2020, 1, 3))


def _dates(datasets: Datasets) -> list[tuple[str, str]]:
    """The first and the last day of each event, in the order of ids."""
    found = sorted(rows(datasets, "events"), key=lambda row: row["event_id"])
    return [(str(row["date_start"])[:10], str(row["date_end"])[:10]) for row in found]


@pytest.mark.parametrize(
    "text",
    [
        "7 جمادى الأولى 1441", "٧ جمادى الأولى ١٤٤١ هـ", "7 جمادى الأول 1441هـ", "1441/05/07 هـ",
        "7 Jumada I 1441", "7 Jumada al-Ula, 1441 AH", "7th Jumada al-Awwal 1441",
    ],
)  # fmt: skip
def test_a_hijri_day_is_from_one_calendar_to_the_other(text: str):
    assert interval(text, None) == DAYS


@pytest.mark.parametrize("text", ["1441-05-07", "29/10/1399", "7/5/1441", "1399/10/29 ه.ش", "1441"])
def test_numbers_without_a_sign_may_be_of_another_calendar(text: str):
    assert hijri_interval(text, None) is None


def test_in_a_column_of_hijri_dates_numbers_are_such_days():
    assert is_hijri_column("التاريخ الهجري")
    assert is_hijri_column("Hijri date")
    assert not is_hijri_column("تاريخ هجري شمسي")
    assert hijri_interval("1441-05-07", None, of_column=True) == DAYS
    assert hijri_interval("7/5/1441", None, of_column=True) is None
    assert hijri_interval("7/5/1441", DateOrder.DAY_FIRST, of_column=True) == DAYS
    assert hijri_interval("5/7/1441", DateOrder.MONTH_FIRST, of_column=True) == DAYS
    first, last = hijri_interval("1441", None, of_column=True) or (None, None)
    assert first <= date(2019, 9, 1) <= date(2020, 8, 18) <= last


@given(st.dates(date(1930, 1, 1), date(2070, 1, 1)))
def test_both_calendars_are_near(day: date):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    first, last = hijri_interval(f"{hijri.year}/{hijri.month}/{hijri.day}", None, of_column=True)
    assert first <= day <= last
    assert last - first <= timedelta(days=2)


@pytest.mark.parametrize(
    "text",
    [
        "2 كانون الثاني 2020 الموافق 7 جمادى الأولى 1441", "7/5/1441هـ - 2/1/2020",
        "2 January 2020 (7 Jumada I 1441)", "2020-01-02 / 1441-05-07", "2 يناير 2020م",
    ],
)  # fmt: skip
def test_a_day_in_two_calendars_is_the_gregorian_one(text: str):
    assert interval(text, DateOrder.DAY_FIRST) == (DAYS[0], DAYS[0])


def test_two_days_that_are_not_the_same_are_none():
    assert interval("2 January 2020 (9 Rajab 1441)", None) is None


def test_a_hijri_date_is_noted(importer: Importer, datasets: Datasets, tmp_path: Path):
    row = {"التاريخ الهجري": "1441/05/07"} | {key: OWN[key] for key in ("id", "lat", "lon", "type")}
    done = read(importer, make.write(tmp_path / "a.csv", [row]))
    assert _dates(datasets) == [("2020-01-02", "2020-01-03")]
    assert "hijri_date" in {kind for kind, *_ in done.notices}


@pytest.mark.parametrize(
    ("text", "year", "days"),
    [
        ("5-Mar", "2019", ("2019-03-05", "2019-03-05")), ("Mar 5", "2019", ("2019-03-05",) * 2),
        ("5 آذار", "2019", ("2019-03-05",) * 2), ("25/03", "2019", ("2019-03-25",) * 2),
        ("March", "2019", ("2019-03-01", "2019-03-31")),
        ("5-7 Mar", "2019", ("2019-03-05", "2019-03-07")),
        ("Mar-19", "2019", ("2019-03-01", "2019-03-31")), ("2019-03-05", "2019", ("2019-03-05",) * 2),
        ("5-Mar", "", ("NaT", "NaT")), ("29-Feb", "2019", ("NaT", "NaT")),
        ("03/04", "2019", ("NaT", "NaT")),
        ("2021-03-05", "2019", ("NaT", "NaT")),
    ],
)  # fmt: skip
def test_the_year_of_a_date_is_in_its_column(
    importer: Importer,
    datasets: Datasets,
    tmp_path: Path,
    text: str,
    year: str,
    days: tuple[str, str],
):
    row = {
        "id": "1",
        "Date": text,
        "Year": year,
        "lat": "36.3812",
        "lon": "38.8613",
        "type": "clash",
    }
    done = read(importer, make.write(tmp_path / "a.csv", [row]))
    assert _dates(datasets) == [days]
    assert done.undated == ("NaT" in days)
    assert done.understood == ("NaT" not in days)


def test_days_of_many_numbers_are_no_years(importer: Importer, datasets: Datasets, tmp_path: Path):
    base = {"Year": "2021", "lat": "36.3812", "lon": "38.8613", "type": "clash"}
    table = [base | {"id": str(at), "Date": text} for at, text in enumerate(["21-Jan", "22-Jan"])]
    read(importer, make.write(tmp_path / "a.csv", table))
    assert _dates(datasets) == [("2021-01-21",) * 2, ("2021-01-22",) * 2]
    assert year_columns.NoticeKind.OTHER_YEAR == "other_year"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2020-12-30", "2021-01-02", ("2020-12-30", "2021-01-02")),
        ("5-Mar", "7-Mar", ("2021-03-05", "2021-03-07")),
        ("2020-12-30", "2020-12-31", ("NaT", "NaT")),
        ("5-Mar", "ongoing", ("2021-03-05", "NaT")),
    ],
)
def test_the_year_may_be_that_of_the_last_day(
    importer: Importer,
    datasets: Datasets,
    tmp_path: Path,
    first: str,
    last: str,
    days: tuple[str, str],
):
    row = {"Start date": first, "End date": last, "Year": "2021", "type": "clash"}
    read(importer, make.write(tmp_path / "a.csv", [row | {"lat": "36.3812", "lon": "38.8613"}]))
    assert _dates(datasets) == [days]


def test_a_column_of_years_stays_beside_dates():
    mapping = {"date": "Date", "year": "Year", "month": "Month"}
    guessed_dates.choose_date_columns(mapping)
    assert mapping == {"date": "Date", "year": "Year"}
