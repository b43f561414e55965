"""Imports of synthetic files in the real formats: rows, faults, and a second run."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets import __main__ as command
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.days import DateOrder, day, orders
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.options import ImportOptions
from dashboard.engine.datasets import Datasets
from dashboard.model.place import PlacePrecision
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows


@pytest.fixture
def datasets(tmp_path: Path) -> Datasets:
    return Datasets(tmp_path / "analyst's datasets")


def test_acled_keeps_its_words_outlets_and_origin(importer, datasets, tmp_path: Path):
    done = read(importer, make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING]))
    assert done.written is not None
    assert (done.written.added, done.faults.total) == (2, 0)
    battle, shelling = rows(datasets, "events")
    assert battle["event_id"] == "acled:SYR1"
    assert battle["kind"] == "clash"
    assert battle["notes"] == make.BATTLE["notes"]
    assert (shelling["date_start"].date(), shelling["date_end"].date()) == (
        date(2021, 1, 7),
        date(2021, 1, 13),
    )
    assert shelling["date_precision"] == "week"
    # Two outlets, but one origin: ACLED coded them.
    claims = [row for row in rows(datasets, "claims") if row["event"] == battle["event"]]
    assert {row["outlet"] for row in claims} == {"SOHR", "Made-up News"}
    assert {row["origin"] for row in claims} == {"ACLED"}
    assert battle["attestation"] == "single_source"
    actors = {(row["event"], row["actor"]): row["role"] for row in rows(datasets, "event_actors")}
    assert actors[battle["event"], "sdf"] == "party"
    # A generic name stays itself; ACLED's actor 1 is no initiator.
    assert actors[shelling["event"], "Civilians (Syria)"] == "target"
    assert actors[shelling["event"], "sdf"] == "party"
    places = {row["event"]: row for row in rows(datasets, "event_places")}
    assert places[battle["event"]]["sharp"]
    assert not places[shelling["event"]]["sharp"]
    areas = {row["place"] for row in rows(datasets, "containment")}
    assert {"syria", "raqqa_governorate"} & areas


def test_the_same_file_twice_changes_nothing_and_an_update_updates(
    importer, datasets, tmp_path: Path
):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING])
    read(importer, path)
    before = datasets.get("acled")
    again = read(importer, path)
    assert again.written is not None
    assert (again.written.added, again.written.changed, again.written.unchanged) == (0, 0, 2)
    assert datasets.get("acled") == before
    changed = make.BATTLE | {"notes": "Corrected.", "event_date": "2021-01-19"}
    third = make.BATTLE | {"event_id_cnty": "SYR9"}
    done = read(importer, make.write(tmp_path / "b.csv", [changed, third]))
    assert done.written is not None
    assert (done.written.added, done.written.changed) == (1, 1)
    by_id = {row["event_id"]: row for row in rows(datasets, "events")}
    assert set(by_id) == {"acled:SYR1", "acled:SYR2", "acled:SYR9"}
    assert by_id["acled:SYR1"]["notes"] == "Corrected."
    assert len(rows(datasets, "event_places")) == 3
    card = datasets.get("acled")
    assert card is not None
    assert card.files == ("a.csv", "b.csv")


def test_faults_name_file_row_field_expected_and_found(importer, datasets, tmp_path: Path):
    bad = [
        make.BATTLE,
        make.BATTLE | {"event_id_cnty": "SYR3", "sub_event_type": "Nonsense"},
        make.BATTLE | {"event_id_cnty": "SYR4", "latitude": "99"},
        make.BATTLE | {"event_id_cnty": "SYR5", "event_date": "soon"},
        make.BATTLE | {"event_id_cnty": "SYR6", "inter1": "Martians"},
    ]
    done = read(importer, make.write(tmp_path / "a.csv", bad))
    assert done.written is not None
    assert (done.written.added, done.faults.total, done.faults.unread.total()) == (5, 0, 3)
    assert done.notices["unknown_kind", "sub_event_type", "Nonsense", ""] == 1
    assert (done.undated, done.unplaced) == (1, 1)
    with done.faults.path.open(encoding="utf-8-sig") as file:
        fault_rows = list(csv.DictReader(file))
    assert {(row["row"], row["field"]) for row in fault_rows} == {
        ("4", "latitude"),
        ("5", "event_date"),
        ("6", "inter1"),
    }
    assert all(row["file"] == "a.csv" and row["expected"] and row["found"] for row in fault_rows)


def test_ucdp_intervals_and_countries(importer, datasets, tmp_path: Path):
    country = make.GED | {"id": "900002", "where_prec": "6"}
    read(importer, make.write(tmp_path / "ged.csv", [make.GED, country]))
    events = {row["event_id"]: row for row in rows(datasets, "events")}
    assert events["ucdp:900001"]["date_precision"] == "week"
    assert events["ucdp:900001"]["kind"] == "attack_on_civilians"
    assert events["ucdp:900001"]["located"]
    assert not events["ucdp:900002"]["located"]
    outlets = {row["outlet"] for row in rows(datasets, "claims")}
    assert outlets == {"Made-up Agency", "Another Agency"}


def test_gdelt_has_no_header_and_codes_nest(importer, datasets, tmp_path: Path):
    other = make.CAMEO | {"GLOBALEVENTID": "7", "EventCode": "0999"}
    path = make.write(tmp_path / "x.csv", [make.CAMEO, other], delimiter="\t", header=False)
    done = read(importer, path)
    assert done.faults.total == 0
    kinds = {row["event_id"]: row["kind"] for row in rows(datasets, "events")}
    assert kinds == {"gdelt:1000001": "shelling", "gdelt:7": "development"}
    assert {row["outlet"] for row in rows(datasets, "claims")} == {"example.org"}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.xlsx", lambda path: make.workbook(path, [OWN])),
        ("a.geojson", lambda path: make.features(path, [OWN], "GeoJSON")),
        ("a.gpkg", lambda path: make.features(path, [OWN], "GPKG")),
        ("a.parquet", lambda path: make.features(path, [OWN], "GeoParquet")),
        ("a.csv", lambda path: make.write(path, [OWN])),
    ],
)
def test_the_same_table_in_every_format(importer, datasets, tmp_path: Path, name: str, write):
    done = read(importer, write(tmp_path / name))
    assert done.faults.total == 0, done.faults.first
    (event,) = rows(datasets, "events")
    assert event["kind"] == "clash"
    assert event["date_start"].date() == date(2021, 1, 18)
    (place,) = rows(datasets, "event_places")
    assert (round(place["lat"], 4), round(place["lon"], 4)) == (36.38, 38.86)


def test_kml_has_names_and_points(importer, datasets, tmp_path: Path):
    path = make.features(
        tmp_path / "a.kml", [{"name": "عين عيسى", "lat": 36.38, "lon": 38.86}], "KML"
    )
    read(importer, path)
    (event,) = rows(datasets, "events")
    assert event["title_en"] == "عين عيسى"
    assert not event["dated"]


def test_order_of_dates_is_found_or_asked_for(importer, tmp_path: Path):
    clear = make.write(tmp_path / "clear.csv", [OWN | {"date": "18/01/2021"}])
    assert read(importer, clear).faults.total == 0
    unclear = make.write(tmp_path / "unclear.csv", [OWN | {"date": "02/01/2021"}])
    done = read(importer, unclear)
    assert done.notices["unclear_date_order", "date", "02/01/2021", ""] == 1
    assert (done.undated, done.understood) == (1, False)
    profile = ColumnMapping(
        name="x", columns=guess_columns(list(OWN)), date_order=DateOrder.MONTH_FIRST
    )
    assert read(importer, unclear, mapping=profile).faults.total == 0


def test_decimal_commas_and_semicolons_are_recognised(importer, datasets, tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [OWN | {"lat": "36,38", "lon": "38,86"}], delimiter=";")
    assert read(importer, path).faults.total == 0
    (place,) = rows(datasets, "event_places")
    assert round(place["lat"], 4) == 36.38


def test_encodings_are_proved_or_asked_for(importer, datasets, tmp_path: Path):
    arabic = make.write(
        tmp_path / "a.csv", [OWN | {"notes": "قصف على عين عيسى"}] * 3, encoding="windows-1256"
    )
    read(importer, arabic, name="arabic")
    assert rows(datasets, "events")[0]["notes"] == "قصف على عين عيسى"
    turkish = make.write(
        tmp_path / "t.csv",
        [{"date": "2021-01-18", "lat": "1", "lon": "2", "place": "İğneada"}],
        encoding="cp1254",
    )
    with pytest.raises(UnclearError) as raised:
        read(importer, turkish)
    assert raised.value.option == "encoding"
    read(importer, turkish, name="turkish", file=FileOptions(encoding="cp1254"))
    assert "İğneada" in {row["name_en"] for row in rows(datasets, "places")}


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(importer, datasets, tmp_path: Path):
    rows_ = [make.BATTLE | {"event_id_cnty": f"S{at}"} for at in range(30)]
    path = make.write(tmp_path / "a.csv", rows_)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[10] = lines[10].replace("Made-up Brigade", '"Made-up Brigade')
    path.write_text("".join(lines), encoding="utf-8")
    done = read(importer, path)
    assert done.written is not None
    assert [fault.row for fault in done.faults.first] == [11]
    assert "cells" in str(done.faults.first[0].expected)
    assert {row["event_id"] for row in rows(datasets, "events")} == {
        f"acled:S{at}" for at in range(30) if at != 9
    }


def test_cells_of_several_lines_are_complete(importer, datasets, tmp_path: Path):
    notes = 'First line.\nSecond "quoted" line.\n\nThird, with a comma.'
    path = make.write(tmp_path / "a.csv", [make.BATTLE | {"notes": notes}, make.SHELLING])
    assert read(importer, path).faults.total == 0
    assert rows(datasets, "events")[0]["notes"] == notes


def test_damaged_utf_8_costs_the_damaged_rows_alone(importer, datasets, tmp_path: Path):
    many = [OWN | {"id": str(at), "notes": "قصف على عين عيسى"} for at in range(200)]
    path = make.write(tmp_path / "a.csv", many)
    content = path.read_bytes()
    at = content.index("قصف".encode(), len(content) // 2)
    path.write_bytes(content[: at + 1] + b"\xff" + content[at + 2 :])
    done = read(importer, path)
    assert done.written is not None
    assert (done.written.added, done.faults.total) == (199, 1)
    assert done.faults.first[0].found.startswith("the byte 0x")


def test_columns_with_equal_or_empty_names_get_different_names(importer, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("lat,lon,note,note,\n36.4,38.9,first,second,third\n", encoding="utf-8")
    frame = importer.preview(path, ImportOptions()).frame
    assert list(frame.columns) == ["lat", "lon", "note", "note (2)", "column 5"]
    assert frame.iloc[0].tolist() == ["36.4", "38.9", "first", "second", "third"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_blank_rows_are_no_events(importer, datasets, tmp_path: Path, ending: str):
    table = [OWN, dict.fromkeys(OWN, ""), OWN | {"id": "2", "lat": "north"}]
    write = make.workbook if ending == "xlsx" else make.write
    done = read(importer, write(tmp_path / f"a.{ending}", table))
    assert len(rows(datasets, "events")) == 2
    assert [fault.row for fault in done.faults.first] == [4]


def test_sheets_and_layers_are_asked_for(importer, datasets, tmp_path: Path):
    import geopandas as gpd
    import shapely
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("readme", "events", "empty"):
            sheet = book.add_worksheet(name)
            if name == "events":
                sheet.write_row(0, 0, list(OWN))
                sheet.write_row(1, 0, list(OWN.values()))
            elif name == "readme":
                sheet.write(0, 0, "See the other sheet.")
    layer = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(38.9, 36.4)], crs="EPSG:4326")
    for name in ("attacks", "protests"):
        layer.to_file(tmp_path / "a.gpkg", layer=name, driver="GPKG")
    for file, choices in (("a.xlsx", ("readme", "events")), ("a.gpkg", ("attacks", "protests"))):
        with pytest.raises(UnclearError) as raised:
            read(importer, tmp_path / file)
        assert (raised.value.option, raised.value.choices) == ("layer", choices)
        done = read(importer, tmp_path / file, file=FileOptions(layer=choices[1]), name=file)
        assert done.written is not None
        assert done.written.added == 1
    with pytest.raises(TableError):
        read(importer, tmp_path / "a.gpkg", file=FileOptions(layer="none"))


def test_folders_and_times_of_kml_are_read(importer, datasets, tmp_path: Path):
    import simplekml

    kml = simplekml.Kml()
    for number in range(2):
        folder = kml.newfolder(name=f"Folder {number}")
        point = folder.newpoint(name=f"Event {number}", coords=[(38.9, 36.4)])
        if number:
            point.timespan.begin, point.timespan.end = "2021-01-18", "2021-01-20"
        else:
            point.timestamp.when = "2021-01-18"
    kml.save(str(tmp_path / "a.kml"))
    read(importer, tmp_path / "a.kml")
    by_title = {row["title_en"]: row for row in rows(datasets, "events")}
    assert set(by_title) == {"Event 0", "Event 1"}
    assert by_title["Event 0"]["date_precision"] == "day"
    assert by_title["Event 1"]["date_end"].date() == date(2021, 1, 20)


@pytest.mark.parametrize("ending", ["parquet", "gpkg"])
def test_geometry_of_any_name_and_reference_system(importer, datasets, tmp_path: Path, ending: str):
    import geopandas as gpd
    import shapely

    layer = gpd.GeoDataFrame(
        {"id": [1, 2], "name": ["a", "b"]},
        geometry=[shapely.Point(38.86, 36.38), shapely.Point(38.9, 36.4).buffer(0.3)],
        crs="EPSG:4326",
    ).to_crs("EPSG:32637")
    path = tmp_path / f"a.{ending}"
    layer = layer.rename_geometry("shape")
    layer.to_parquet(path) if ending == "parquet" else layer.to_file(path, driver="GPKG")
    assert read(importer, path).faults.total == 0
    point, outline = rows(datasets, "event_places")
    assert (round(point["lat"], 4), round(point["lon"], 4)) == (36.38, 38.86)
    places = {row["place_id"]: row for row in rows(datasets, "places")}
    assert places[point["place_id"]]["precision"] == "settlement"
    assert places[outline["place_id"]]["precision"] == "governorate"
    assert 30_000 < places[outline["place_id"]]["uncertainty_m"] < 60_000


def test_precision_is_that_of_a_column_or_of_the_mapping(importer, datasets, tmp_path: Path):
    table = [
        OWN | {"precision": "District"},
        OWN | {"id": "2", "precision": ""},
        OWN | {"id": "3", "precision": "roughly"},
    ]
    path = make.write(tmp_path / "a.csv", table)
    columns = guess_columns(list(table[0]))
    profile = ColumnMapping(name="x", columns=columns, precision=PlacePrecision.EXACT)
    done = read(importer, path, mapping=profile)
    assert done.faults.total == 0
    assert done.notices["unknown_precision", "precision", "roughly", ""] == 1
    assert {row["precision"] for row in rows(datasets, "places")} >= {"district", "exact", "region"}


def test_licence_and_credit_of_a_custom_table_are_saved(importer, datasets, tmp_path: Path):
    path = make.write(tmp_path / "mine.csv", [OWN])
    read(importer, path, licence="CC BY 4.0", credit="The archive")
    card = datasets.get("mine")
    assert card is not None
    assert (card.licence, card.credit) == ("CC BY 4.0", "The archive")


def test_what_is_no_table_is_refused(importer, tmp_path: Path):
    for name, content in (
        ("a.parquet", b"nonsense"),
        ("a.xlsx", b"nonsense"),
        ("a.pdf", b"%PDF"),
        ("a.csv", b""),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises((TableError, UnclearError)):
            read(importer, path)


def test_closing_an_import_leaves_everything_as_it_was(importer, datasets, tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE])
    steps = importer.read(path, ImportOptions())
    next(steps)
    steps.close()
    assert datasets.get("acled") is None
    assert read(importer, path).written is not None


def test_the_file_on_disk_is_geoparquet_sorted_and_parted_by_year(
    importer, datasets, tmp_path: Path
):
    import geopandas as gpd

    two = [make.BATTLE, make.BATTLE | {"event_id_cnty": "B", "event_date": "2019-03-01"}]
    read(importer, make.write(tmp_path / "a.csv", two))
    card = datasets.get("acled")
    assert card is not None
    folder = datasets.tables(card) / "event_places"
    assert sorted(path.name for path in folder.iterdir()) == ["year=2019", "year=2021"]
    frame = gpd.read_parquet(folder / "year=2021" / "part.parquet")
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (38.8629, 36.3837)
    assert b"geo" in pq.read_metadata(folder / "year=2021" / "part.parquet").metadata


def test_the_command_line_prints_the_counts_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    good = make.write(tmp_path / "a.csv", [make.BATTLE])
    bad = make.write(tmp_path / "b.csv", [make.BATTLE | {"latitude": "x", "event_id_cnty": "Z"}])
    assert command.main([str(good)]) == 0
    assert "1 new" in capsys.readouterr().out
    assert command.main([str(bad), "--json"]) == 1
    outcome = msgspec.json.decode(capsys.readouterr().out.splitlines()[-1])
    assert (outcome["faults"], outcome["unread"], outcome["unplaced"]) == (0, 1, 1)
    assert command.main([str(tmp_path / "none.csv")]) == 2


def test_a_long_file_is_read_in_several_processes(importer, datasets, tmp_path, monkeypatch):
    from dashboard.datasets import processes

    monkeypatch.setattr(processes, "CHUNK_ROWS", 40)
    monkeypatch.setattr(processes, "_SMALL", 0)
    many = [make.BATTLE | {"event_id_cnty": f"S{at}"} for at in range(100)]
    many[57] = many[57] | {"latitude": "x"}
    done = read(importer, make.write(tmp_path / "a.csv", many))
    assert done.written is not None
    assert (done.written.added, done.unplaced) == (100, 1)
    assert [fault.row for fault in done.faults.first] == [59]
    assert len({row["event"] for row in rows(datasets, "events")}) == 100


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2021/1/18", None),
        ("2021.01.18 14:05", None),
        ("18-Jan-21", None),
        ("January 18, 2021", None),
        ("18 كانون الثاني 2021", None),
        ("١٨ يناير ٢٠٢١", None),
        ("18.1.21", DateOrder.DAY_FIRST),
        ("1-18-21", DateOrder.MONTH_FIRST),
        ("21-1-18", DateOrder.YEAR_FIRST),
    ],
)
def test_days_are_parsed_in_the_notations_of_tables(text: str, order: DateOrder | None):
    assert day(text, order) == date(2021, 1, 18)


def test_of_three_short_numbers_each_may_be_the_year():
    assert orders(["1-2-03"]) == set(DateOrder)
    assert orders(["1-2-03", "31-2-03"]) == {DateOrder.DAY_FIRST, DateOrder.YEAR_FIRST}
    assert orders(["1/2/2003"]) == {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
    assert day("1-2-69", DateOrder.DAY_FIRST) == date(1969, 2, 1)
    assert day("1-2-68", DateOrder.DAY_FIRST) == date(2068, 2, 1)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_is_read_as_it_was_written(value: date):
    assert day(value.isoformat(), None) == value
    assert day(value.strftime("%Y%m%d"), None) == value
    assert day(f"{value.day} {value.strftime('%B %Y')}", None) == value
    assert day(value.strftime("%d/%m/%Y"), DateOrder.DAY_FIRST) == value
    assert day(value.strftime("%m/%d/%Y"), DateOrder.MONTH_FIRST) == value
    assert DateOrder.DAY_FIRST in orders([value.strftime("%d/%m/%Y")])


@given(st.text(max_size=30))
def test_other_texts_are_none_or_a_value_error(text: str):
    try:
        parsed = day(text, DateOrder.DAY_FIRST)
    except ValueError:
        return
    assert parsed is None or isinstance(parsed, date)


def test_of_columns_with_similar_names_the_first_is_guessed():
    assert guess_columns(["id", "Lat", "lon", "iD", "LAT"]) == {
        "event_id": "id",
        "lat": "Lat",
        "lon": "lon",
    }


def test_the_command_line_chooses_a_table_and_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    from dashboard.datasets import __main__ as command

    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    text = "one,two,three\nid,lat,lon\na,35.5,39.5\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.csv", text)
        archive.writestr("c.csv", text)
    path = str(tmp_path / "a.zip")
    assert command.main([path]) == 2
    assert "member = b.csv or c.csv" in capsys.readouterr().err
    assert command.main([path, "--member", "c.csv", "--header-row", "2"]) == 0
    assert "1 new" in capsys.readouterr().out
