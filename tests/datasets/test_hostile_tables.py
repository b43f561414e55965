"""Tables as other programs and people write them: which rows are imported, and which are faults."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
import xlsxwriter

from dashboard.datasets import __main__ as command
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.datasets.saved_mappings import load_mappings, save_mapping
from dashboard.engine.datasets import Datasets
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows


def test_an_unclosed_quote_in_the_last_cell_costs_its_own_row_alone(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    lines = ["id,date,lat,lon,notes", '1,2021-01-01,36,38,"unclosed']
    lines += [f"{number},2021-01-01,36,38,good" for number in range(2, 50)]
    lines += ['50,2021-01-01,36,38,"closed, and good"']
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = read(importer, path)
    assert [fault.row for fault in done.faults.first] == [2]
    assert len(rows(datasets, "events")) == 49


@pytest.mark.parametrize("name", ["curated", "Profiles", "imports"])
def test_names_that_are_taken_are_refused(importer: Importer, tmp_path: Path, name: str):
    with pytest.raises(TableError, match="give it another"):
        read(importer, make.write(tmp_path / "a.csv", [OWN]), name=name)


def test_names_that_are_too_like_are_refused(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = make.write(tmp_path / "a.csv", [OWN])
    read(importer, path, name="My table")
    with pytest.raises(TableError, match="My table"):
        read(importer, path, name="my-table!")
    read(importer, path, name="my TABLE")
    assert len(rows(datasets, "events")) == 1


def test_mappings_of_similar_names_are_separate_files(datasets: Datasets):
    for name in ("؟؟؟", "a b", "a-b", "../x"):
        save_mapping(datasets.folder, ColumnMapping(name=name, columns={"lat": name, "lon": "lon"}))
    saved = load_mappings(datasets.folder)
    assert {name: mapping.columns["lat"] for name, mapping in saved.items()} == {
        name: name for name in saved
    }
    assert len(saved) == 4
    assert list(datasets) == []


@pytest.mark.parametrize("ending", ["parquet", "geojson"])
def test_rows_without_ids_are_distinguished_by_their_content(
    importer: Importer, datasets: Datasets, tmp_path: Path, ending: str
):
    frame = pd.DataFrame(
        {"date": ["2021-01-18"] * 3, "actor": [None, "X", None], "lat": 36.0, "lon": [38, 38, 39]}
    )
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        points = gpd.points_from_xy(frame["lon"], frame["lat"])
        layer = gpd.GeoDataFrame(frame[["date", "actor"]], geometry=points, crs="EPSG:4326")
        layer.to_file(path, driver="GeoJSON")
    for _time in range(2):
        assert read(importer, path).faults.total == 0
        assert len(rows(datasets, "events")) == 3


def test_whole_numbers_stay_whole(importer: Importer, datasets: Datasets, tmp_path: Path):
    columns = {name: [value, value] for name, value in make.BATTLE.items()} | {
        "event_id_cnty": ["A", "B"], "inter2": [3.0, None], "geo_precision": [1.0, 1.0],
        "time_precision": [1.0, 1.0],
    }  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert read(importer, tmp_path / "a.parquet").faults.total == 0
    large = 2**60 + 1
    for number, ids in enumerate(([1, large], [1, large, None])):
        table = {"id": ids, "lat": [36.0] * len(ids), "lon": [38.0] * len(ids)}
        path = tmp_path / f"own_{number}.parquet"
        pq.write_table(pa.table(table), path)
        assert read(importer, path, name="own").faults.total == 0
    ids = {row["event_id"] for row in rows(datasets, "events") if row["dataset"] == "own"}
    assert {"own:1", f"own:{large}"} < ids
    assert len(ids) == 3


def test_an_index_of_pandas_is_a_column(importer: Importer, datasets: Datasets, tmp_path: Path):
    frame = pd.DataFrame([make.BATTLE, make.SHELLING]).set_index("event_id_cnty")
    frame.to_parquet(tmp_path / "a.parquet")
    read(importer, tmp_path / "a.parquet")
    assert {row["event_id"] for row in rows(datasets, "events")} == {"acled:SYR1", "acled:SYR2"}


def test_columns_of_lists_are_text(importer: Importer, datasets: Datasets, tmp_path: Path):
    table = pa.table({"lat": [36.0], "lon": [38.0], "notes": [["a", "b"]], "extent_m": ["x"]})
    pq.write_table(table, tmp_path / "a.parquet")
    assert read(importer, tmp_path / "a.parquet").faults.total == 0
    assert "a" in rows(datasets, "events")[0]["notes"]


@pytest.mark.parametrize(
    "text",
    [
        "2021-06-30 to 2021-01-01",
        "15/6/1442 - 16/6/1442",
        "15/6/1442",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_a_text_that_is_no_day_is_a_fault(importer: Importer, tmp_path: Path, text: str):
    path = make.write(tmp_path / "a.csv", [OWN, OWN | {"id": "2", "date": text}])
    columns = {"event_id": "id", "date": "date", "lat": "lat", "lon": "lon"}
    profile = ColumnMapping(name="x", columns=columns, date_order=DateOrder.DAY_FIRST)
    done = read(importer, path, mapping=profile)
    assert [(fault.row, fault.field) for fault in done.faults.first] == [(3, "date")]
    acled = make.BATTLE | {"event_date": text, "time_precision": "3"}
    done = read(importer, make.write(tmp_path / "b.csv", [make.BATTLE, acled]))
    assert done.faults.unread.total() == 1
    assert done.undated == 1


def test_a_last_day_alone_is_open_at_its_start(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    table = [{"id": "1", "until": "13/2/2021", "lat": "36", "lon": "38"}]
    assert read(importer, make.write(tmp_path / "a.csv", table)).faults.total == 0
    (event,) = rows(datasets, "events")
    assert pd.isna(event["date_start"])
    assert event["date_end"].date() == date(2021, 2, 13)
    assert event["date_precision"] == "open"
    table[0]["until"] = "1/2/2021"
    done = read(importer, make.write(tmp_path / "b.csv", table))
    assert done.notices["unclear_date_order", "until", "1/2/2021", ""] == 1
    assert (done.undated, done.understood) == (1, False)


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><Placemark><name>Month</name><TimeStamp><when>2021-03</when></TimeStamp>
<Point><coordinates>38.9,36.4,0</coordinates></Point></Placemark></Folder>
<Placemark><name>Begun</name><TimeSpan><begin>2021-01-01T10:00:00Z</begin></TimeSpan>
<Point><coordinates>38.9,36.4</coordinates></Point></Placemark>
<Placemark><name>Year</name><TimeSpan><begin>2020</begin><end>2020</end></TimeSpan>
<Point><coordinates>38.9,36.4</coordinates></Point></Placemark>
<Placemark><name>Extended</name><ExtendedData><Data name="date"><value>2021-03-04</value></Data>
</ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>38,36 40,36 40,37 38,36
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Broken</name><Point><coordinates>north</coordinates></Point></Placemark>
</Document></kml>"""


def test_times_of_kml_have_the_precision_of_the_file(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = tmp_path / "a.kml"
    path.write_text(KML, encoding="utf-8")
    done = read(importer, path)
    assert [(fault.row, fault.field) for fault in done.faults.first] == [(5, "coordinates")]
    by_title = {row["title_en"]: row for row in rows(datasets, "events")}
    precisions = {name: row["date_precision"] for name, row in by_title.items()}
    assert precisions == {"Month": "month", "Begun": "open", "Year": "year", "Extended": "day"}
    assert by_title["Month"]["date_end"].date() == date(2021, 3, 31)
    assert pd.isna(by_title["Begun"]["date_end"])
    path.write_text("<kml", encoding="utf-8")
    with pytest.raises(TableError):
        read(importer, path)


@pytest.mark.parametrize("column", ["lat=Latitud", "latt=lat"])
def test_unknown_columns_and_roles_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, column: str
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    path = make.write(tmp_path / "a.csv", [OWN])
    assert command.main([str(path), "--column", column]) == 2
    assert "expected" in capsys.readouterr().err


def test_outlines_are_no_finer_than_stated_and_lie_within_their_circle(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    layer = gpd.GeoDataFrame(
        {"id": [1, 2, 3], "precision": ["region", "", "exact"]},
        geometry=[
            shapely.box(36, 34, 41, 37),
            shapely.MultiPoint([(38, 36), (40, 36)]),
            shapely.Point(38, 36),
        ],
        crs="EPSG:4326",
    )
    layer.to_file(tmp_path / "a.geojson", driver="GeoJSON")
    assert read(importer, tmp_path / "a.geojson").faults.total == 0
    places = {row["place_id"]: row for row in rows(datasets, "places")}
    large, two, point = (
        places[row["place_id"]]
        for row in sorted(rows(datasets, "event_places"), key=lambda row: row["event"])
    )
    assert large["precision"] == "region"
    assert two["precision"] == "region"
    assert two["uncertainty_m"] > 170_000
    assert (point["precision"], point["uncertainty_m"]) == ("exact", 250)


def test_areas_lie_in_the_middle_of_all_their_events(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    here = make.BATTLE | {"admin2": "Madeupshire", "latitude": "36", "longitude": "38"}
    there = here | {"event_id_cnty": "B", "latitude": "37", "longitude": "39", "location": "X"}

    def area() -> dict:
        (area_row,) = (row for row in rows(datasets, "places") if row["name_en"] == "Madeupshire")
        return area_row

    read(importer, make.write(tmp_path / "a.csv", [here]))
    assert (area()["lat"], area()["uncertainty_m"]) == (36, 0)
    read(importer, make.write(tmp_path / "b.csv", [there]))
    assert (area()["lat"], area()["lon"]) == (36.5, 38.5)
    assert area()["uncertainty_m"] > 70_000
    moved = here | {"latitude": "37", "longitude": "39", "location": "X"}
    read(importer, make.write(tmp_path / "c.csv", [moved]))
    assert (area()["lat"], area()["uncertainty_m"]) == (37, 0)
    assert "Ain Issa" not in {row["name_en"] for row in rows(datasets, "places")}


def test_codes_that_lost_their_zeros_are_faults(importer: Importer, tmp_path: Path):
    frame = pd.DataFrame([make.CAMEO]).assign(EventCode=[20])
    frame.to_parquet(tmp_path / "a.parquet")
    done = read(importer, tmp_path / "a.parquet")
    assert done.notices["unknown_kind", "EventCode", "20", ""] == 1
    assert (done.good, done.understood) == (1, False)


def test_invalid_geometry_is_a_fault_and_invalid_metadata_are_an_error(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    layer = gpd.GeoDataFrame({"id": ["1", "2"]}, geometry=gpd.points_from_xy([38, 39], [36, 36]))
    layer.to_parquet(tmp_path / "unknown.parquet")
    with pytest.raises(UnclearError) as raised:
        read(importer, tmp_path / "unknown.parquet")
    assert raised.value.option == "crs"
    read(importer, tmp_path / "unknown.parquet", file=FileOptions(crs="EPSG:4326"))
    assert {row["lon"] for row in rows(datasets, "event_places")} == {38, 39}
    table = pq.read_table(tmp_path / "unknown.parquet")
    wkb = [table.column("geometry")[0].as_py(), b"nonsense"]
    broken = table.set_column(1, "geometry", pa.array(wkb))
    pq.write_table(broken, tmp_path / "broken.parquet")
    done = read(
        importer, tmp_path / "broken.parquet", file=FileOptions(crs="EPSG:4326"), name="broken"
    )
    assert [(fault.row, fault.field) for fault in done.faults.first] == [(2, "geometry")]
    assert done.good == 1
    for geo in (b"nonsense", b"{}", b'{"primary_column": "x", "columns": {}}'):
        pq.write_table(table.replace_schema_metadata({b"geo": geo}), tmp_path / "bad.parquet")
        with pytest.raises(TableError):
            read(importer, tmp_path / "bad.parquet")


def test_known_formats_from_another_program(importer: Importer, datasets: Datasets, tmp_path: Path):
    """As a spreadsheet of another country writes an export: semicolons, commas, day before month."""
    row = make.BATTLE | {
        "event_date": "18/01/2021", "latitude": "36,3837", "longitude": "38,8629",
    }  # fmt: skip
    path = make.write(tmp_path / "a.csv", [row], delimiter=";")
    assert read(importer, path).faults.total == 0
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (36.3837, 38.8629)
    unclear = make.write(tmp_path / "b.csv", [row | {"event_date": "02/01/2021"}], delimiter=";")
    assert not read(importer, unclear).understood
    assert read(importer, unclear, date_order=DateOrder.DAY_FIRST).faults.total == 0
    assert rows(datasets, "events")[0]["date_start"].date() == date(2021, 1, 2)


def test_times_of_several_zones_keep_the_day_that_was_written(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    features = ",".join(
        f'{{"type":"Feature","properties":{{"id":"{zone}","date":"2021-01-18T01:00:00+0{zone}:00"}},'
        f'"geometry":{{"type":"Point","coordinates":[38,36]}}}}'
        for zone in (2, 3)
    )
    path = tmp_path / "a.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}', encoding="utf-8")
    assert read(importer, path).faults.total == 0
    assert {row["date_start"].date() for row in rows(datasets, "events")} == {date(2021, 1, 18)}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-be"])
def test_wide_encodings_without_a_mark_are_asked_for(
    importer: Importer, datasets: Datasets, tmp_path: Path, encoding: str
):
    path = make.write(tmp_path / "a.csv", [OWN], encoding=encoding)
    with pytest.raises(UnclearError) as raised:
        read(importer, path)
    assert encoding in raised.value.choices
    assert read(importer, path, file=FileOptions(encoding=encoding)).faults.total == 0


def test_the_list_of_faults_runs_no_formula(importer: Importer, tmp_path: Path):
    path = make.write(tmp_path / "=cmd.csv", [OWN | {"lat": '=HYPERLINK("http://x")'}])
    done = read(importer, path, name="x")
    with done.faults.path.open(encoding="utf-8-sig") as file:
        cells = [cell for row in list(csv.reader(file))[1:] for cell in row]
    assert cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_an_empty_or_incomplete_table_is_refused_in_words(importer: Importer, tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(TableError, match="empty"):
        importer.preview(tmp_path / "a.csv", ImportOptions())
    (tmp_path / "b.csv").write_text("lat,lon,place\n1\n2\n", encoding="utf-8")
    with pytest.raises(TableError, match="row 2"):
        importer.preview(tmp_path / "b.csv", ImportOptions())


def test_rows_of_a_sheet_are_numbered_as_the_program_shows_them(importer: Importer, tmp_path: Path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 1, list(OWN))
        sheet.write_row(4, 1, list(OWN.values()))
        sheet.write_row(5, 1, list((OWN | {"id": "2", "lat": "north"}).values()))
    done = read(importer, tmp_path / "a.xlsx")
    assert [fault.row for fault in done.faults.first] == [6]
    assert (done.good, done.unplaced) == (2, 1)


def _workers(pid: int) -> list[psutil.Process]:
    """The processes below that of an import, once there are two: the second starts after the first."""
    for _ in range(100):
        workers = psutil.Process(pid).children(recursive=True)
        if len(workers) >= 2:
            return workers
        time.sleep(0.1)
    return workers


def test_workers_end_with_an_import_that_is_killed(tmp_path: Path):
    many = [make.BATTLE | {"event_id_cnty": f"K{number}"} for number in range(160_000)]
    path = make.write(tmp_path / "a.csv", many)
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.datasets", str(path), "--json"],
        env={**os.environ, "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline()
        workers = _workers(process.pid)
        assert len(workers) >= 2
        process.send_signal(signal.SIGKILL)
    _gone, alive = psutil.wait_procs(workers, timeout=20)
    assert [worker for worker in alive if worker.status() != psutil.STATUS_ZOMBIE] == []
    assert Datasets(tmp_path / "w_datasets").get("acled") is None


@pytest.mark.parametrize("blank", ["", "-", "unknown"])
def test_rows_beside_a_blank_geometry_are_imported(
    importer: Importer, datasets: Datasets, tmp_path: Path, blank: str
):
    path = tmp_path / "a.csv"
    path.write_text(f"id;date;wkt\n1;2021-01-18;POINT (38 36)\n2;2021-01-19;{blank}\n")
    done = read(importer, path)
    assert (done.faults.total, done.good, done.unplaced) == (0, 2, 1)
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (36, 38)


def test_words_for_unknown_are_no_ids(importer: Importer, datasets: Datasets, tmp_path: Path):
    lines = [
        f"{event_id},2021-01-1{at},36,38" for at, event_id in enumerate(("n/a", "غير معروف", "-"))
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id,date,lat,lon", *lines]), encoding="utf-8")
    done = read(importer, path)
    assert done.written is not None
    assert (done.written.added, done.written.repeated_ids) == (3, 0)
    assert all(len(row["event_id"]) == len("a:") + 12 for row in rows(datasets, "events"))
