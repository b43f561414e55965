"""Values as people write them: coordinates, precision in words, partial dates, names of kinds."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.formats import date_ranges
from dashboard.datasets.formats.cameo import _with_zero
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.geometry_cells import geometries, is_geometry
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.formats.partial_dates import interval, part_interval
from dashboard.datasets.formats.points import angle, pair
from dashboard.datasets.formats.precision_values import precision_of
from dashboard.datasets.formats.registry import recognise_format
from dashboard.datasets.formats.unknown_words import is_unknown
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

QUARTER = (date(2020, 1, 1), date(2020, 3, 31))
JANUARY = (date(2020, 1, 1), date(2020, 1, 31))


@pytest.mark.parametrize(
    ("text", "letters", "value"),
    [
        ("33°30'36\"N", "NS", 33.51), ("33.51 S", "NS", -33.51), ("٣٣٫٥١", "NS", 33.51),
        ("\u200e33.51\u200f", "NS", 33.51), ("−36.25", "EW", -36.25), ("36° 15′ شرقا", "EW", 36.25),
        ("36.25W", "EW", -36.25), ("36.25N", "EW", None), ("36.25-", "EW", None),
        ("91", "NS", None), ("here", "NS", None),
    ],
)  # fmt: skip
def test_a_coordinate_as_people_write_it(text: str, letters: str, value: float | None):
    limit = 90 if letters == "NS" else 180
    assert angle(text, letters, limit) == (None if value is None else pytest.approx(value))


@given(st.floats(-90, 90, allow_nan=False))
def test_every_number_of_degrees_is_read_as_itself(value: float):
    assert angle(f"{value:.6f}", "NS", 90) == pytest.approx(value, abs=1e-6)
    assert angle(f"{abs(value):.6f}" + "NS"[value < 0], "NS", 90) == pytest.approx(value, abs=1e-6)


def test_both_coordinates_in_one_cell():
    assert pair("33.51, 36.25") == pytest.approx((33.51, 36.25))
    assert pair("33.51N 36.25E") == pytest.approx((33.51, 36.25))
    assert pair("33.51") is None
    assert pair("33.51 36.25 350.0 4.5") == pytest.approx((33.51, 36.25))
    assert pair("33.51, 36.25 (approx.)") == pytest.approx((33.51, 36.25))


@pytest.mark.parametrize(
    "text",
    [
        "POINT(36.25 33.51)", "SRID=4326;POINT (36.25 33.51)",
        '{"type": "Point", "coordinates": [36.25, 33.51]}',
        # As PostGIS writes a point with its SRID.
        "0101000020E61000000000000000204240E17A14AE47C14040",
    ],
)  # fmt: skip
def test_a_geometry_has_its_longitude_first(text: str):
    assert is_geometry(text)
    (shape,) = geometries([text])
    assert (shape.y, shape.x) == pytest.approx((33.51, 36.25))
    assert pair(text) == pytest.approx((33.51, 36.25))


def test_a_geometry_in_metres_is_none():
    assert list(geometries(["SRID=32637;POINT(487989 4026497)", "POINT(1", None])) == [None] * 3


def test_of_a_column_with_the_longitude_first_letters_still_say_which_is_which():
    assert pair("36.25, 33.51", lon_first=True) == pytest.approx((33.51, 36.25))
    assert pair("33.51N, 36.25E", lon_first=True) == pytest.approx((33.51, 36.25))


@pytest.mark.parametrize(
    ("text", "column", "precision"),
    [
        ("(6) Country", "precision", ""), ("1", "where_prec", "settlement"),
        ("قرية", "دقة", "settlement"),
        ("District centroid", "precision", "district"), ("5", "specificity", ""),
        ("3", "geo_precision", "governorate"), ("6", "LOCNUM", "governorate"), ("hm", "precision", None),
        ("9", "where_prec", None), ("(2) Within 25 km", "Geo Precision", "vicinity"),
        ("500 m", "accuracy", "settlement"), ("5 km", "accuracy", "vicinity"),
        ("900 km", "accuracy", ""),
        ("على مستوى المحافظة", "دقة", "governorate"), ("Provinz", "Genauigkeit", "governorate"),
        ("köy", "precision", "settlement"),
    ],
)  # fmt: skip
def test_precision_by_words_and_codes(text: str, column: str, precision: str | None):
    assert precision_of(text, column) == precision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01", JANUARY), ("January 2020", JANUARY), ("كانون الثاني 2020", JANUARY),
        ("2020-01-00", JANUARY), ("01/2020", JANUARY), ("janvier 2020", JANUARY),
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("Tuesday, 7th January 2020 09:30", (date(2020, 1, 7),) * 2),
        ("7 ocak 2020", (date(2020, 1, 7),) * 2), ("7 de enero de 2020", (date(2020, 1, 7),) * 2),
        ("2020-01-07 09:30:00+00", (date(2020, 1, 7),) * 2),
        ("1578355200", None), ("43837", None), ("Jan-20", None),
        ("early January 2020", JANUARY), ("منتصف كانون الثاني 2020", JANUARY), ("2020-01-XX", JANUARY),
        ("??/01/2020", JANUARY), ("7 يناير/كانون الثاني 2020", (date(2020, 1, 7),) * 2),
        ("7/كانون الثاني/2020", (date(2020, 1, 7),) * 2), ("2020-Jan-07", (date(2020, 1, 7),) * 2),
        ("07jan2020", (date(2020, 1, 7),) * 2), ("20200107T093000Z", (date(2020, 1, 7),) * 2),
        ("Tue Jan 07 09:30:00 +0000 2020", (date(2020, 1, 7),) * 2),
        ("09:30 2020-01-07", (date(2020, 1, 7),) * 2),
        ("7 January 2020 - 09:30", (date(2020, 1, 7),) * 2),
        ("7 January 2020 at 09:30 (local time)", (date(2020, 1, 7),) * 2),
        ("7 يناير 2020، 09:30 ص", (date(2020, 1, 7),) * 2),
        ("2020-W02", (date(2020, 1, 6), date(2020, 1, 12))),
        ("Q4 2020", (date(2020, 10, 1), date(2020, 12, 31))),
        ("1-3 Jan 2020", (date(2020, 1, 1), date(2020, 1, 3))),
        ("Jan 1-3, 2020", (date(2020, 1, 1), date(2020, 1, 3))),
        ("من 1 إلى 3 كانون الثاني 2020", (date(2020, 1, 1), date(2020, 1, 3))),
        ("30 Jan - 2 Feb 2020", (date(2020, 1, 30), date(2020, 2, 2))),
        ("2020-01-01/2020-01-03", (date(2020, 1, 1), date(2020, 1, 3))),
        ("2020-01-01 to 2020-01-03", (date(2020, 1, 1), date(2020, 1, 3))),
        ("2020-01-03 to 2020-01-01", None), ("5/6/1441 - 7/6/1441", None),
        ("January/February 2020", (date(2020, 1, 1), date(2020, 2, 29))),
        ("Jan-Mar 2020", QUARTER), ("Nov-Jan 2020", None), ("first quarter of 2020", QUARTER),
        ("1er trimestre 2020", QUARTER), ("2020, Q1", QUARTER), ("الربع الأول من عام 2020", QUARTER),
        ("H2 2020", (date(2020, 7, 1), date(2020, 12, 31))), ("H3 2020", None),
        ("first half of 2020", (date(2020, 1, 1), date(2020, 6, 30))),
        ("first half of January 2020", JANUARY), ("2nd week of January 2020", JANUARY),
        ("نهاية عام 2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("1.-3. Januar 2020", (date(2020, 1, 1), date(2020, 1, 3))), ("1-3/1/2020", None),
        ("7 Jan '20", (date(2020, 1, 7),) * 2), ("7 stycznia 2020", (date(2020, 1, 7),) * 2),
        ("7 січня 2020", (date(2020, 1, 7),) * 2), ("٧ی کانوونی دووەم ٢٠٢٠", (date(2020, 1, 7),) * 2),
        ("Winter 2020", None), ("شتاء 2020", None), ("week 3 of 2020", None),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_written(text: str, expected: tuple[date, date] | None):
    assert interval(text, None) == expected


@pytest.mark.parametrize(
    "text", ["1-3/1/2020", "1.-3.1.2020", "1/1 - 3/1/2020", "01.01. - 03.01.2020"]
)
def test_days_of_numbers_need_an_order(text: str):
    assert interval(text, DateOrder.DAY_FIRST) == (date(2020, 1, 1), date(2020, 1, 3))
    assert interval(text, None) is None


@given(
    st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.dates(date(1901, 1, 1), date(2099, 12, 31))
)
def test_two_days_are_all_days_between_them(one: date, other: date):
    first, last = sorted((one, other))
    for text in (f"{first} to {last}", f"{first}/{last}", f"{first:%d %B %Y} - {last:%d %B %Y}"):
        assert interval(text, None) == ((first, last) if first != last else None)


def test_a_day_and_a_period_have_modules_of_their_own():
    assert date_ranges.period("2020-w53") == (date(2020, 12, 28), date(2021, 1, 3))
    assert date_ranges.part_of_month("late may 2020") == "may 2020"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_parts_of_a_day_are_that_day(day: date):
    assert part_interval(str(day.year), str(day.month), str(day.day)) == (day, day)
    first, last = part_interval(str(day.year), str(day.month), "0") or (None, None)
    assert first is not None
    assert last is not None
    assert first <= day <= last
    assert (first.day, first.month, last.month) == (1, day.month, day.month)
    assert part_interval(day.isoformat()[:4], "", "") == (
        date(day.year, 1, 1),
        date(day.year, 12, 31),
    )


def test_words_for_what_is_not_known():
    assert all(map(is_unknown, ("", "N/A", "n.d.", "Unknown", "غير معروف", "مجهولة", "-")))
    assert not is_unknown("soon")


@pytest.mark.parametrize(
    ("code", "root", "expected"),
    [
        ("20", "2", "020"), ("20", "20", "20"), ("190", "19", "190"), ("231", "2", "0231"),
        ("20", "", None), ("43", "", "043"), ("231", "", "0231"), ("190", "", "190"), ("14", "3", None),
    ],
)  # fmt: skip
def test_a_leading_zero_is_restored_where_it_is_certain(code: str, root: str, expected: str | None):
    assert _with_zero(code, root, intact=False, lost=False) == expected


def test_columns_are_guessed_in_both_languages():
    assert guess_columns(["Date of Incident", "Incident Type", "LAT", "Long"]) == {
        "date": "Date of Incident", "kind": "Incident Type", "lat": "LAT", "lon": "Long",
    }  # fmt: skip
    assert guess_columns(["رقم الحادثة", "تاريخ الحادثة", "نوع الحدث"]) == {
        "event_id": "رقم الحادثة", "date": "تاريخ الحادثة", "kind": "نوع الحدث",
    }  # fmt: skip
    assert guess_columns(["Year", "Month", "Day"]) == {
        "year": "Year",
        "month": "Month",
        "day": "Day",
    }
    assert guess_columns(["day"]) == {"date": "day"}


def test_one_wrong_cell_does_not_hide_a_column_of_pairs():
    cells = ["36°30'N 36°52'E", "36.47, 37.09", "", "95.0, 40.1"]
    table = pd.DataFrame({"id": range(4), "location": cells})
    assert guess_columns(list(table), table)["latlon"] == "location"
    table["location"] = ["Ain Issa", "Suluk", "", "36.47, 37.09"]
    assert guess_columns(list(table), table)["place"] == "location"


def test_formats_are_recognised_in_capitals_and_without_a_precision(
    importer, datasets, tmp_path: Path
):
    table = {
        name.upper(): cell
        for name, cell in reversed(make.BATTLE.items())
        if name not in ("geo_precision", "time_precision")
    }
    assert recognise_format(list(table)) == "acled"
    done = read(importer, make.write(tmp_path / "a.csv", [table]))
    assert (done.good, done.faults.total) == (1, 0)
    assert {kind for kind, *_ in done.notices} == {
        "kind", "no_precision_column", "no_date_precision_column",
    }  # fmt: skip
    (event,) = rows(datasets, "events")
    assert event["kind"] == "clash"
    (place,) = rows(datasets, "event_places")
    assert not place["sharp"]


def test_rows_without_a_place_a_date_or_a_known_kind_are_taken_and_listed(
    importer, datasets, tmp_path: Path
):
    table = [
        OWN | {"id": "1", "type": "غارة جوية", "date": "كانون الثاني 2020"},
        OWN | {"id": "2", "lat": "0", "lon": "0"},
        OWN | {"id": "3", "lat": "unknown", "lon": "", "date": "n.d.", "place": ""},
        OWN | {"id": "4", "type": "Gizmo"},
    ]
    done = read(importer, make.write(tmp_path / "a.csv", table))
    assert (done.good, done.faults.total) == (4, 0)
    assert done.notices == {
        ("kind", "type", "غارة جوية", "air_strike"): 1,
        ("kind", "type", "اشتباك", "clash"): 2,
        ("zero_coordinates", "lat", "0", ""): 1,
        ("no_coordinates", "lat", "unknown", ""): 1,
        ("undated", "date", "n.d.", ""): 1,
        ("unknown_kind", "type", "Gizmo", ""): 1,
    }
    events = rows(datasets, "events")
    assert [event["kind"] for event in events] == ["air_strike", "clash", "clash", "unknown"]
    assert [event["group"] for event in events][-1] == "unknown"
    assert [event["located"] for event in events] == [True, False, False, True]
    assert [event["dated"] for event in events] == [True, True, False, True]
    assert events[0]["date_precision"] == "month"


@pytest.mark.parametrize("names", [("From", "To"), ("من", "إلى")])
@pytest.mark.parametrize(
    ("first", "last", "are_days"),
    [
        ("2021-01-18", "2021-01-20", True),
        ("18/01/2021", "", False),
        ("Ain Issa", "Tal Samen", False),
        ("2021-01-18", "Tal Samen", False),
        ("", "", False),
    ],
)
def test_from_and_to_are_days_only_if_all_their_cells_are(
    names: tuple[str, str], first: str, last: str, are_days: bool
):
    sample = pd.DataFrame({"place": ["x", "y"], names[0]: [first, ""], names[1]: [last, ""]})
    found = guess_columns(list(sample), sample)
    assert (found.get("date"), found.get("date_end")) == (names if are_days else (None, None))


def test_from_and_to_beside_a_date_are_left_alone():
    sample = pd.DataFrame({"date": ["2021-01-18"], "from": ["2021-01-18"], "to": ["2021-01-20"]})
    found = guess_columns(list(sample), sample)
    assert "date_end" not in found
