"""Rows that are no sharper than their table says: precision of dates, areas as places, counts."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets.formats.cut_names import cut_names, full_names
from dashboard.datasets.formats.date_precisions import periods, precision_of_date
from dashboard.datasets.formats.form_columns import form_columns
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.formats.registry import recognise_format
from tests.datasets.formats import make
from tests.datasets.layouts.reading_layouts import imported, table, write

DAY, JANUARY = (date(2021, 1, 18),) * 2, (date(2021, 1, 1), date(2021, 1, 31))
WEEK, YEAR = (date(2021, 1, 15), date(2021, 1, 21)), (date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("column", "cell", "days"),
    [
        ("time_precision", "1", DAY), ("TIME_PRECISION", "2", WEEK), ("time_precision", "3", JANUARY),
        ("date_prec", "3", WEEK), ("date_prec", "4", JANUARY), ("date_prec", "5", YEAR),
        # A code of both: the wider one.
        ("Date precision", "3", JANUARY), ("Date precision", "month", JANUARY),
        ("دقة التاريخ", "أسبوع", WEEK), ("Date precision", "", DAY),
        ("Date precision", "unknown", JANUARY),
        ("Date precision", "roughly", JANUARY),
    ],
)  # fmt: skip
def test_a_date_is_as_wide_as_its_precision(column, cell, days, importer, datasets, tmp_path: Path):
    row = {"id": "1", "date": "2021-01-18", column: cell, "lat": "36.38", "lon": "38.86"}
    progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    assert [event.days for event in events.values()] == [days]
    assert progress.faults.unread.total() == (cell == "roughly")


def test_a_code_of_no_scale_is_no_precision():
    assert precision_of_date("9", "time_precision") is None
    assert precision_of_date("soon", "date precision") is None


def test_a_longer_interval_is_left_as_it_is(importer, datasets, tmp_path: Path):
    row = {"start": "2021-01-11", "end": "2021-01-17", "date_prec": "4", "lat": "36", "lon": "38"}
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    assert [event.days for event in events.values()] == [(date(2021, 1, 11), date(2021, 1, 17))]


def test_a_column_of_weeks_or_months_has_their_first_days():
    assert periods("Week of", [DAY, None]) == [(date(2021, 1, 18), date(2021, 1, 24)), None]
    assert periods("Month", [DAY]) == [JANUARY]
    assert periods("Date", [DAY]) == [DAY]


@pytest.mark.parametrize(
    ("cells", "precision"),
    [
        ({"place": "Ain Issa"}, "settlement"), ({"place": "Raqqa"}, "settlement"),
        ({"place": "Syria"}, None), ({"place": "سوريا"}, None),
        ({"place": "Zedland", "country": "Zedland"}, None),
        ({"place": "Raqqa governorate"}, "governorate"), ({"place": "محافظة الرقة"}, "governorate"),
    ],
)  # fmt: skip
def test_a_place_that_is_a_country_or_a_governorate_is_no_town(
    cells, precision, importer, datasets, tmp_path: Path
):
    row = {"date": "2021-01-18", "country": "Syria", "lat": "36.38", "lon": "38.86"} | cells
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    assert [event.precision for event in events.values()] == [precision]


# Source: ACLED, "Aggregated data", columns.
COUNTS = (
    "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,"
    "DISORDER_TYPE,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE"
)


def test_a_row_that_counts_events_is_said_to_be_no_event(importer, datasets, tmp_path: Path):
    row = {
        "WEEK": "2021-01-16", "COUNTRY": "Syria", "ADMIN1": "Ar Raqqa", "EVENT_TYPE": "Battles",
        "EVENTS": "14", "FATALITIES": "9", "ID": "3001", "CENTROID_LATITUDE": "35.9",
        "CENTROID_LONGITUDE": "38.9",
    }  # fmt: skip
    lines = [row, row | {"ID": "3002", "EVENTS": "1"}]
    progress, events = imported(importer, datasets, write(tmp_path / "a.csv", table(COUNTS, lines)))
    assert progress.notices["several_events", "EVENTS", "14", ""] == 1
    assert not progress.understood
    assert [kind for kind, *_ in progress.notices].count("several_events") == 1
    for event in events.values():
        assert event.days == (date(2021, 1, 16), date(2021, 1, 22))
        assert event.precision == "governorate"


def test_names_that_a_shapefile_cut_are_known():
    cut = cut_names(make.BATTLE)
    assert (cut["event_id_c"], cut["assoc_ac_1"]) == ("event_id_cnty", "assoc_actor_2")
    columns = [name[:10] if len(name) > 10 else name for name in make.BATTLE]
    assert recognise_format(list(dict.fromkeys(columns))) == "acled"
    assert full_names(["Sub_Event_", "x"], ["sub_event_type"]) == {"Sub_Event_": "sub_event_type"}


def test_rows_of_a_shapefile_of_acled_keep_id_kind_and_precision(
    importer, datasets, tmp_path: Path
):
    full = make.BATTLE | {"geo_precision": "3", "time_precision": "3"}
    short = {name: cut for cut, name in cut_names(full).items()}
    row = {short.get(name, name): cell for name, cell in full.items()}
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    ((id_, event),) = events.items()
    assert (id_, event.kind, event.precision) == ("SYR1", "clash", "governorate")
    assert event.days[0] != event.days[1]


def test_a_sub_type_of_acled_counts_beside_an_older_name_of_its_type(
    importer, datasets, tmp_path: Path
):
    row = make.BATTLE | {"event_type": "Remote violence", "sub_event_type": "Air/drone strike"}
    _progress, events = imported(importer, datasets, make.write(tmp_path / "a.csv", [row]))
    assert [event.kind for event in events.values()] == ["air_strike"]


@pytest.mark.parametrize(
    ("columns", "date_column"),
    [
        (["Post ID", "Post Date (UTC)", "Date of event", "lat", "lon"], "Date of event"),
        (
            ["start", "end", "Date of incident", "_submission_time", "lat", "lon"],
            "Date of incident",
        ),
        (["start", "end", "_submission_time", "lat", "lon"], None),
        (["start", "end", "lat", "lon"], "start"),
    ],
)
def test_the_date_of_the_event_is_not_that_of_the_form(columns: list[str], date_column: str | None):
    mapping = guess_columns(columns)
    assert mapping.get("date") == date_column
    assert ("date_end" in mapping) == (date_column == "start")


def test_the_accuracy_of_a_question_for_a_point_is_no_precision_of_a_place():
    columns = ["Where", "_Where_latitude", "_Where_altitude", "_Where_precision"]
    mapping = {"lat": "_Where_latitude", "place": "Where", "precision": "_Where_precision"}
    assert form_columns(mapping, columns, {}) == {"place", "precision"}
    assert form_columns(mapping, columns[:2], {}) == frozenset()


SWAPPED = [
    {"id": "1", "date": "2021-01-18", "place": "Ain Issa", "lat": "38.86", "lon": "36.38"},
    {"id": "2", "date": "2021-01-18", "place": "Raqqa", "lat": "39.01", "lon": "35.95"},
    {"id": "3", "date": "2021-01-18", "place": "Made-up place", "lat": "38.86", "lon": "36.38"},
]


def test_swapped_coordinates_are_said_by_the_names_of_places(importer, datasets, tmp_path: Path):
    path = write(tmp_path / "a.csv", table(list(SWAPPED[0]), SWAPPED))
    progress, events = imported(importer, datasets, path)
    assert progress.notices["swapped_coordinates", "lat", "", ""] == 2
    assert not progress.understood
    assert [event.point for event in events.values()] == [None, None, (38.86, 36.38)]
    assert events["1"].source["lat"] == "38.86"


OF_COUNTRY = [
    {"id": "1", "date": "2021-01-18", "country": "Syria", "lat": "38.86", "lon": "36.38"},
    {"id": "2", "date": "2021-01-18", "country": "سوريا", "lat": "40.74", "lon": "36.50"},
    {"id": "3", "date": "2021-01-18", "country": "Syria", "lat": "36.90", "lon": "36.40"},
    {"id": "4", "date": "2021-01-18", "country": "Atlantis", "lat": "36.90", "lon": "36.40"},
]


def test_swapped_coordinates_are_said_by_the_countries_of_rows(importer, datasets, tmp_path: Path):
    """Row 3 is in Syria both ways; its column is swapped, so it is not trusted either."""
    path = write(tmp_path / "a.csv", table(list(OF_COUNTRY[0]), OF_COUNTRY))
    progress, events = imported(importer, datasets, path)
    assert progress.notices["swapped_coordinates", "lat", "", ""] == 3
    assert [event.point for event in events.values()] == [None, None, None, (36.9, 36.4)]


def test_points_in_their_country_or_in_another_are_not_swapped(importer, datasets, tmp_path: Path):
    points = [("36.38", "38.86"), ("36.50", "40.74"), ("36.90", "36.40"), ("51.5", "0.1")]
    rows = [
        row | {"lat": lat, "lon": lon} for row, (lat, lon) in zip(OF_COUNTRY, points, strict=True)
    ]
    path = write(tmp_path / "a.csv", table(list(rows[0]), rows))
    progress, events = imported(importer, datasets, path)
    assert all(event.point for event in events.values())
    assert "swapped_coordinates" not in {kind for kind, *_ in progress.notices}


def test_a_blank_precision_is_no_sharper_than_the_area_of_the_row(
    importer, datasets, tmp_path: Path
):
    row = {"date": "2021-01-18", "country": "Syria", "lat": "34.81", "lon": "38.51", "town": ""}
    rows = [
        row | {"id": "1", "governorate": "", "precision": ""},
        row | {"id": "2", "governorate": "Raqqa", "precision": ""},
        row | {"id": "3", "governorate": "Raqqa", "precision": "village"},
    ]
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(rows[0]), rows))
    )
    precisions = [event.precision for event in events.values()]
    assert precisions == [None, "governorate", "settlement"]


def test_a_list_of_two_numbers_among_pairs_is_not_guessed(importer, datasets, tmp_path: Path):
    cells = ("36.38, 38.86", "36.39, 38.87", "[38.88, 36.40]")
    rows = [
        {"id": str(at), "date": "2021-01-18", "coordinates": cell} for at, cell in enumerate(cells)
    ]
    progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(rows[0]), rows, ";"))
    )
    assert [event.point for event in events.values()] == [(36.38, 38.86), (36.39, 38.87), None]
    assert progress.faults.unread.total() == 1


def test_a_place_far_from_that_of_its_name_is_not_swapped(importer, datasets, tmp_path: Path):
    far = [row | {"lat": "33.5", "lon": "36.3"} for row in SWAPPED]
    path = write(tmp_path / "a.csv", table(list(far[0]), far))
    progress, events = imported(importer, datasets, path)
    assert [event.point for event in events.values()] == [(33.5, 36.3)] * 3
    assert "swapped_coordinates" not in {kind for kind, *_ in progress.notices}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("القصف", "shelling"), ("الغارات الجوية", "air_strike"), ("Abduction/Kidnapping", "abduction"),
        ("Vehicle-borne IED (VBIED)", "explosion"), ("Looting & burning", "destruction"),
        ("Luftangriff", "air_strike"), ("Enlèvement", "abduction"), ("Çatışma", "clash"),
        ("Shelling (denied)", "unknown"), ("Not shelling", "unknown"),
        ("No clashes reported", "unknown"),
    ],
)  # fmt: skip
def test_a_kind_is_known_with_articles_and_in_parts(name, kind, importer, datasets, tmp_path: Path):
    row = {"date": "2021-01-18", "lat": "36.38", "lon": "38.86", "type": name}
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    assert [event.kind for event in events.values()] == [kind]


@pytest.mark.parametrize(
    ("kind", "sub_type", "read_as"),
    [
        ("Strategic developments", "Arrests", "arrest"),
        ("Strategic developments", "Other", "development"),
        ("Explosions/Remote violence", "Air/drone strike", "air_strike"), ("Clash", "Other", "clash"),
        ("Other", "", "unknown"), ("Clash", "Patrol", "clash"),
        ("Clash", "", "clash"), ("", "Abduction", "abduction"), ("Clash", "Zorgle", "clash"),
    ],
)  # fmt: skip
def test_a_sub_type_says_the_kind_more_exactly(
    kind, sub_type, read_as, importer, datasets, tmp_path: Path
):
    row = {"date": "2021-01-18", "lat": "36.38", "lon": "38.86", "Event Type": kind}
    row |= {"Sub-event type": sub_type}
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(row), [row]))
    )
    assert [event.kind for event in events.values()] == [read_as]


def test_a_column_of_times_is_that_of_the_dates_if_it_has_days():
    for cell, taken in (("2021-01-18 10:00", "Time"), ("1610964000", "Time"), ("10:30", None)):
        sample = pd.DataFrame({"Time": [cell], "lat": ["36"], "lon": ["38"]})
        assert guess_columns(list(sample), sample).get("date") == taken
