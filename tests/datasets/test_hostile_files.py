"""Malicious files: each is refused with a reason or read as data; the server is not affected."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import geopandas as gpd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
import xlsxwriter

from dashboard.datasets import processes
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

HIDDEN = "content of a file of this machine"
POINT = {"type": "Point", "coordinates": [38.86, 36.38]}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A table of this machine that no imported file may include."""
    path = tmp_path / "secret.csv"
    path.write_text(f"id,lat,lon,notes\n1,36,38,{HIDDEN}\n", encoding="utf-8")
    return path


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of a server of this machine, which must hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server.getsockname()[1]
        with pytest.raises(TimeoutError):
            server.accept()


def features(*some: dict, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(some)})


def feature(number: int, **properties: object) -> dict:
    return {"type": "Feature", "properties": {"id": number, **properties}, "geometry": POINT}


def refused(importer: Importer, path: Path) -> str:
    with pytest.raises(TableError) as raised:
        read(importer, path)
    return str(raised.value)


@pytest.mark.parametrize("ending", [".geojson", ".json", ".gpkg", ".kml", ".parquet", ".xlsx"])
def test_a_file_that_names_another_file_brings_nothing_of_it(
    importer: Importer, datasets: Datasets, tmp_path: Path, secret: Path, ending: str
):
    path = tmp_path / f"a{ending}"
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        '<GeometryType>wkbPoint</GeometryType><GeometryField encoding="PointFromColumns" x="lon" '
        'y="lat"/></OGRVRTLayer></OGRVRTDataSource>',
        encoding="utf-8",
    )
    assert HIDDEN not in refused(importer, path)
    assert list(datasets) == []


@pytest.mark.parametrize(
    "content",
    [
        features(
            feature(1), crs={"type": "link", "properties": {"href": "{url}", "type": "proj4"}}
        ),
        features(feature(1), crs={"type": "url", "properties": {"url": "{url}"}}),
        features(feature(1), crs={"type": "name", "properties": {"name": "{url}"}}),
        (
            '{"type":"FeatureCollection","\\u0063rs":{"type":"link","properties":{"href":"{url}"}},'
            '"features":[]}'
        ),
        "<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>",
        (
            '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{url}</SrcDataSource>'
            "</OGRVRTLayer></OGRVRTDataSource>"
        ),
        '{"type":"Topology","objects":{},"href":"{url}"}',
        "{url}",
    ],
)
@pytest.mark.parametrize("ending", [".geojson", ".json", ".gpkg"])
def test_a_file_that_names_an_address_calls_nobody(
    importer: Importer, tmp_path: Path, listener: int, content: str, ending: str
):
    path = tmp_path / f"a{ending}"
    path.write_text(content.replace("{url}", f"http://127.0.0.1:{listener}/x"), encoding="utf-8")
    refused(importer, path)


def test_entities_of_kml_are_not_resolved(
    importer: Importer, datasets: Datasets, tmp_path: Path, secret: Path, listener: int
):
    mark = "<Placemark><name>{}</name><Point><coordinates>38,36</coordinates></Point></Placemark>"
    path = tmp_path / "a.kml"
    path.write_text(
        f'<!DOCTYPE kml [<!ENTITY file SYSTEM "file://{secret}">'
        f'<!ENTITY url SYSTEM "http://127.0.0.1:{listener}/x">]>'
        f"<kml><Document>{mark.format('&file;')}{mark.format('&url;')}</Document></kml>",
        encoding="utf-8",
    )
    read(importer, path)
    assert HIDDEN not in str(rows(datasets, "events"))


def test_entities_that_multiply_are_refused(importer: Importer, tmp_path: Path):
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    path = tmp_path / "a.kml"
    path.write_text(
        f'<!DOCTYPE kml [<!ENTITY e0 "lol">{entities}]><kml><Placemark><name>&e11;</name>'
        "<Point><coordinates>38,36</coordinates></Point></Placemark></kml>",
        encoding="utf-8",
    )
    began = time.monotonic()
    with suppress(TableError):
        read(importer, path)
    assert time.monotonic() - began < 20


def geopackage(path: Path, **properties: list) -> None:
    count = len(next(iter(properties.values())))
    points = gpd.points_from_xy([38.0] * count, [36.0] * count)
    layer = gpd.GeoDataFrame(properties, geometry=points, crs="EPSG:4326")
    # The triggers of an index need functions that SQLite alone lacks.
    layer.to_file(path, layer="events", SPATIAL_INDEX="NO")


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid FROM n"


def test_a_view_of_a_geopackage_is_not_run(importer: Importer, datasets: Datasets, tmp_path: Path):
    path = tmp_path / "a.gpkg"
    geopackage(path, id=["1"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE VIEW endless AS {ENDLESS}")
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('endless', 'attributes', 'endless', 4326)"
        )
    began = time.monotonic()
    read(importer, path)
    assert len(rows(datasets, "events")) == 1
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "table", ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"]
)
def test_a_geopackage_that_describes_itself_by_a_view_is_refused(
    importer: Importer, tmp_path: Path, table: str
):
    path = tmp_path / "a.gpkg"
    geopackage(path, id=["1"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute(f"ALTER TABLE {table} RENAME TO moved")
        connection.execute(f"CREATE VIEW {table} AS {ENDLESS}")
    assert "view" in refused(importer, path)


def test_a_property_by_the_name_of_the_geometry_is_a_property(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    (tmp_path / "a.geojson").write_text(features(feature(1, wkb_geometry="x", geometry="y")))
    read(importer, tmp_path / "a.geojson")
    geopackage(tmp_path / "b.gpkg", id=["2"], wkb_geometry=["x"])
    read(importer, tmp_path / "b.gpkg", name="b")
    assert len(rows(datasets, "events")) == 2


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 51)])
def test_a_workbook_with_a_distant_cell_is_refused_in_words(
    importer: Importer, tmp_path: Path, row: int, column: int
):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(OWN))
        sheet.write_row(1, 0, list(OWN.values()))
        sheet.write(row, column, "far out")
    before = psutil.Process().memory_info().rss
    message = refused(importer, path)
    assert "too large" in message or "at most" in message
    assert psutil.Process().memory_info().rss - before < 300 << 20


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(importer: Importer, tmp_path: Path):
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as file,
    ):
        for _ in range(1_500):
            file.write(b" " * 1_000_000)
    assert "unpacked" in refused(importer, path)


def test_a_small_parquet_of_many_gigabytes_takes_no_memory_of_the_server(
    importer: Importer, tmp_path: Path
):
    many = 4_000_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * many, pa.int32()), ["x" * 5_000])
    table = pa.table({"lat": [36.0] * many, "lon": [38.0] * many, "notes": text})
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, compression="zstd")
    assert path.stat().st_size < 200_000
    before = psutil.Process().memory_info().rss
    importer.preview(path, ImportOptions(name="x"))
    assert "too large" in refused(importer, path)
    assert psutil.Process().memory_info().rss - before < 700 << 20


def test_more_columns_than_a_table_has_are_refused_at_once(importer: Importer, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(",".join(["x"] * 20_000) + "\n1,2\n", encoding="utf-8")
    began = time.monotonic()
    assert "at most 2,000 columns" in refused(importer, path)
    assert time.monotonic() - began < 10


def test_columns_of_the_same_name_get_different_names(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    table = pa.table([["1"], [36.0], [38.0], ["a"], ["b"]], names=["id", "lat", "lon", "x", "x"])
    pq.write_table(table, tmp_path / "a.parquet")
    assert read(importer, tmp_path / "a.parquet").faults.total == 0
    same = make.write(tmp_path / "b.csv", [OWN | {"other": "x"}])
    same.write_text(same.read_text(encoding="utf-8").replace("other", "type"), encoding="utf-8")
    assert read(importer, same, name="b").faults.total == 0
    assert len(rows(datasets, "events")) == 2


KML = (
    "<kml><Document><Placemark><name>Good</name><Point><coordinates>38,36</coordinates></Point>"
    "</Placemark><Placemark><name>No ring</name><Polygon></Polygon></Placemark>"
    "<Placemark><name>Late</name><TimeStamp><when>9999-12</when></TimeStamp><Point>"
    "<coordinates>38,36</coordinates></Point></Placemark></Document></kml>"
)


def test_a_polygon_without_a_ring_and_a_last_month_are_taken_without_them(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    (tmp_path / "a.kml").write_text(KML, encoding="utf-8")
    done = read(importer, tmp_path / "a.kml")
    assert {fault.row for fault in done.faults.first} == {2, 3}
    assert [row["title_en"] for row in rows(datasets, "events")] == ["Good", "Late"]


@pytest.mark.parametrize(
    "day", ["99999-01-01", "9999-12-31", "0000-00-00", "1e400", "-1", "2021-13-45"]
)
def test_days_beyond_the_calendar_are_reported(importer: Importer, tmp_path: Path, day: str):
    (tmp_path / "a.geojson").write_text(
        features(feature(1, date="2021-01-01"), feature(2, date=day)), encoding="utf-8"
    )
    done = read(importer, tmp_path / "a.geojson")
    assert [(fault.row, fault.field) for fault in done.faults.first] == [(2, "date")]
    assert (done.good, done.undated, done.understood) == (2, 1, False)


@pytest.mark.parametrize(
    "geometry",
    [
        '{"type":"Point","coordinates":[]}',
        '{"type":"Point","coordinates":["38","36"]}',
        '{"type":"Point","coordinates":[1e999,36]}',
        '{"type":"Polygon","coordinates":[[[38,36],[39,36]]]}',
        '{"type":"Nothing"}',
        '{"type":"GeometryCollection","geometries":[' * 300 + "]}" * 300,
        "[" * 20_000 + "]" * 20_000,
        '"POINT (38 36)"',
    ],
)
def test_a_geometry_that_is_none_costs_its_row_at_most(
    importer: Importer, datasets: Datasets, tmp_path: Path, geometry: str
):
    good = json.dumps(feature(1))
    bad = f'{{"type":"Feature","properties":{{"id":2}},"geometry":{geometry}}}'
    path = tmp_path / "a.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{good},{bad},{good}]}}')
    read(importer, path)
    found = {row["event_id"]: row["located"] for row in rows(datasets, "events")}
    # What has no point is an event without a place.
    assert found in ({"a:1": True}, {"a:1": True, "a:2": False})


def test_damaged_letters_cost_their_row_and_not_the_others(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    some = [feature(number, notes=f"note {number} é") for number in range(1500)]
    content = features(*some).encode().replace(b"note 700 ", b"note \xff\xfe ")
    (tmp_path / "a.geojson").write_bytes(content)
    done = read(importer, tmp_path / "a.geojson")
    assert done.stopped is None
    assert [fault.row for fault in done.faults.first] == [701]
    assert len(rows(datasets, "events")) == 1499


@pytest.mark.parametrize("ending", [".geojson", ".kml", ".csv"])
def test_rows_before_the_damage_are_imported(
    importer: Importer, datasets: Datasets, tmp_path: Path, ending: str
):
    if ending == ".geojson":
        content = features(*(feature(number) for number in range(1000)))
    elif ending == ".csv":
        path = make.write(tmp_path / "full.csv", [OWN | {"id": str(n)} for n in range(1000)])
        content = path.read_text(encoding="utf-8")
    else:
        mark = (
            "<Placemark><name>{}</name><Point><coordinates>38,36</coordinates></Point></Placemark>"
        )
        content = f"<kml>{''.join(map(mark.format, range(1000)))}</kml>"
    path = tmp_path / f"a{ending}"
    path.write_text(content[: len(content) // 2], encoding="utf-8")
    done = read(importer, path)
    assert 480 < done.good < 520
    assert len(rows(datasets, "events")) == done.good
    if ending != ".csv":  # where a line that is cut is a row like others
        assert done.stopped is not None
        assert done.faults.total == 1


def test_a_reader_that_is_ended_leaves_what_was_read_before(
    importer: Importer,
    datasets: Datasets,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    readers: list[int],
):
    monkeypatch.setattr(processes, "CHUNK_ROWS", 500)
    monkeypatch.setattr(processes, "_SMALL", 0)
    path = make.write(tmp_path / "a.csv", [OWN | {"id": str(n)} for n in range(20_000)])
    done, ended = None, False
    for done in importer.read(path, ImportOptions()):
        if not ended and done.rows >= 1000:
            ended = True
            for reader in readers[-2:]:
                os.kill(reader, signal.SIGKILL)
    assert done is not None
    assert done.stopped is not None
    assert "SIGKILL" in str(done.stopped) or "ended" in str(done.stopped)
    assert 1000 <= done.good < 20_000
    assert len(rows(datasets, "events")) == done.good
    # Numbers of the rows that were lost are not given again.
    again = read(importer, path)
    assert again.written is not None
    assert again.written.added == 20_000 - done.good
    assert len({row["event"] for row in rows(datasets, "events")}) == 20_000


def _command(tmp_path: Path, path: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard.datasets", str(path), "--name", "x"],
        env={**os.environ, "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def test_the_exit_status_distinguishes_an_incomplete_file_from_one_with_faults(tmp_path: Path):
    whole = features(*(feature(number) for number in range(1000)))
    (tmp_path / "cut.geojson").write_text(whole[:-5000], encoding="utf-8")
    ended = _command(tmp_path, tmp_path / "cut.geojson")
    assert ended.returncode == 3
    assert "stopped" in ended.stderr
    card = Datasets(tmp_path / "w_datasets").get("x")
    assert card is not None
    assert 900 < card.events < 1000
    bad = features(feature(1), feature(2, date="never"))
    (tmp_path / "bad.geojson").write_text(bad, encoding="utf-8")
    assert _command(tmp_path, tmp_path / "bad.geojson").returncode == 1
    (tmp_path / "none.geojson").write_text("{", encoding="utf-8")
    assert _command(tmp_path, tmp_path / "none.geojson").returncode == 2


def test_an_error_of_the_program_has_another_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    from dashboard.datasets import __main__ as command

    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    monkeypatch.setattr(command, "to_import_options", lambda *_: 1 / 0)
    assert command.main([str(make.write(tmp_path / "a.csv", [OWN]))]) == 70
    assert "internal error: ZeroDivisionError" in capsys.readouterr().err


def test_a_full_disk_ends_with_an_error(tmp_path: Path):
    import resource

    path = make.write(tmp_path / "a.csv", [OWN | {"id": str(n)} for n in range(60_000)])

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    ended = _command(tmp_path, path, preexec_fn=small_files)
    assert ended.returncode not in {0, 1}
    assert ended.stderr
    assert Datasets(tmp_path / "w_datasets").get("x") is None


def test_a_row_with_an_unexpected_error_is_a_fault(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    """Cells that a library cannot take: half a surrogate pair, which Arrow refuses as text."""
    some = [json.dumps(feature(number)) for number in range(100)]
    some[57] = some[57].replace('"id": 57', '"id": 57, "notes": "\\ud800"')
    (tmp_path / "a.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[{",".join(some)}]}}', encoding="utf-8"
    )
    done = read(importer, tmp_path / "a.geojson")
    assert len(rows(datasets, "events")) == done.good >= 99
    assert done.stopped is None


def test_shapes_at_the_edge_of_the_world_are_read(importer: Importer, tmp_path: Path):
    layer = gpd.GeoDataFrame(
        {"id": [1, 2]},
        geometry=[shapely.box(-180, -90, 180, 90), shapely.Point(180, 90)],
        crs="EPSG:4326",
    )
    layer.to_file(tmp_path / "a.geojson", driver="GeoJSON")
    assert read(importer, tmp_path / "a.geojson").good == 2


def test_a_damaged_geopackage_loses_no_row_in_silence(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = tmp_path / "a.gpkg"
    geopackage(path, id=[str(number) for number in range(5_000)])
    content = bytearray(path.read_bytes())
    for page in range(40, len(content) // 4096, 7):
        content[page * 4096 : page * 4096 + 8] = b"\0" * 8
    path.write_bytes(content)
    done = read(importer, path)
    assert done.stopped is not None
    assert 0 < done.good < 5_000
    assert len(rows(datasets, "events")) == done.good


def test_a_computed_column_is_not_run(importer: Importer, datasets: Datasets, tmp_path: Path):
    path = tmp_path / "a.gpkg"
    geopackage(path, id=[str(number) for number in range(100)])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "ALTER TABLE events ADD COLUMN bomb TEXT GENERATED ALWAYS AS "
            "(CASE WHEN fid = 50 THEN hex(zeroblob(600000000)) END) VIRTUAL"
        )
    done = read(importer, path)
    assert [(fault.field, fault.found) for fault in done.faults.first] == [
        ("bomb", "one that is computed")
    ]
    assert len(rows(datasets, "events")) == 100


def test_bytes_in_a_geopackage_that_are_no_text_cost_their_row(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = tmp_path / "a.gpkg"
    geopackage(path, id=["1", "2", "3"], notes=["a", "b", "c"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET notes = CAST(x'ff41' AS TEXT) WHERE id = '2'")
        connection.execute("UPDATE events SET notes = x'00ff' WHERE id = '3'")
    done = read(importer, path)
    assert [(fault.row, fault.field) for fault in done.faults.first] == [(2, "notes")]
    assert {row["event_id"]: row["notes"] for row in rows(datasets, "events")} == {
        "a:1": "a",
        "a:3": "2 bytes",
    }


NOWHERE = [shapely.Point(float("inf"), 36), shapely.Point(float("nan"), 3), shapely.Point(38, 36)]


@pytest.mark.parametrize("ending", ["gpkg", "parquet", "kml"])
def test_coordinates_without_end_are_no_place(
    importer: Importer, datasets: Datasets, tmp_path: Path, ending: str
):
    path = tmp_path / f"a.{ending}"
    layer = gpd.GeoDataFrame({"id": ["1", "2", "3"]}, geometry=NOWHERE, crs="EPSG:4326")
    if ending == "gpkg":
        layer.to_file(path)
    elif ending == "parquet":
        layer.to_parquet(path)
    else:
        points = ("inf,36", "nan,3", "38,36")
        marks = "".join(
            f"<Placemark><name>{at}</name><Point><coordinates>{point}</coordinates></Point></Placemark>"
            for at, point in enumerate(points)
        )
        path.write_text(f"<kml>{marks}</kml>", encoding="utf-8")
    done = read(importer, path)
    assert [fault.row for fault in done.faults.first] == [1, 2]
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (36, 38)


def test_a_point_that_no_projection_reaches_is_no_place(importer: Importer, tmp_path: Path):
    layer = gpd.GeoDataFrame(
        {"id": ["1", "2"]}, geometry=gpd.points_from_xy([4e5, 1e30], [4e6, 1e30]), crs="EPSG:32637"
    )
    layer.to_parquet(tmp_path / "a.parquet")
    assert read(importer, tmp_path / "a.parquet").good == 1


def test_numbers_beyond_64_bits_are_cells_like_others(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    large = 12345678901234567890123
    some = [feature(number, case=large, size=1e300) for number in range(100)]
    content = features(*some).replace("1e+300", "1e400")
    (tmp_path / "a.geojson").write_text(content, encoding="utf-8")
    done = read(importer, tmp_path / "a.geojson")
    assert (done.good, done.faults.total, done.stopped) == (100, 0, None)


def test_a_row_with_a_value_that_python_cannot_represent_is_a_fault(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    late = pa.array([18_000, 100_000_000, 18_001], pa.int32()).cast(pa.date32())
    buffers = pa.array(["a", "b", "cc"]).buffers()
    damaged = pa.Array.from_buffers(pa.string(), 3, [None, buffers[1], pa.py_buffer(b"ab\xff\xfe")])
    for name, column, bad in (("late", late, 2), ("notes", damaged, 3)):
        table = pa.table(
            {"id": ["1", "2", "3"], "lat": [36.0] * 3, "lon": [38.0] * 3, name: column}
        )
        pq.write_table(table, tmp_path / f"{name}.parquet")
        done = read(importer, tmp_path / f"{name}.parquet", name=name)
        assert [(fault.row, fault.field) for fault in done.faults.first] == [(bad, name)]
        assert done.good == 2


def test_text_of_kml_is_complete(importer: Importer, datasets: Datasets, tmp_path: Path):
    names = ("Kill<!-- x -->ed 40", "a <b>bold</b> name", "before<?x y?> after", "&amp;&lt;")
    marks = "".join(
        f"<Placemark><name>{name}</name><Point><coordinates>38,<!-- x -->36</coordinates></Point>"
        "</Placemark>"
        for name in names
    )
    (tmp_path / "a.kml").write_text(f"<kml>{marks}</kml>", encoding="utf-8")
    assert read(importer, tmp_path / "a.kml").faults.total == 0
    titles = {row["title_en"] for row in rows(datasets, "events")}
    assert titles == {"Killed 40", "a bold name", "before after", "&<"}
    assert {row["lat"] for row in rows(datasets, "event_places")} == {36}


def test_columns_with_names_of_ours_are_columns_of_the_file(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    extent = "extent of the geometry (m)"
    path = make.write(tmp_path / "a.csv", [OWN | {extent: "9000000"}])
    assert read(importer, path).faults.total == 0
    mark = feature(1, **{extent: "x", "latitude": 5, "longitude": 6})
    (tmp_path / "b.geojson").write_text(features(mark), encoding="utf-8")
    assert read(importer, tmp_path / "b.geojson", name="b").faults.total == 0
    assert {row["uncertainty_m"] for row in rows(datasets, "places")} == {1_500}
    assert {row["lat"] for row in rows(datasets, "event_places")} == {36.38}


def test_quotes_that_are_never_closed_cost_little_time(importer: Importer, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("id,lat,lon,notes\n" + 'a","\n' * 200_000, encoding="utf-8")
    began = time.monotonic()
    assert "quotes" in refused(importer, path) or "expected rows" in refused(importer, path)
    assert time.monotonic() - began < 30


def test_what_is_no_file_on_a_disk_is_refused_at_once(importer: Importer, tmp_path: Path):
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").symlink_to("/dev/zero")
    for name in ("a.csv", "b.csv"):
        assert "another kind" in refused(importer, tmp_path / name)


def test_the_first_rows_of_a_table_of_long_texts_are_few(importer: Importer, tmp_path: Path):
    columns = {f"c{at}": ["😀" * 5_000] * 1_000 for at in range(4)}
    table = pa.table({"lat": [36.0] * 1_000, "lon": [38.0] * 1_000, **columns})
    pq.write_table(table, tmp_path / "a.parquet")
    before = psutil.Process().memory_info().rss
    preview = importer.preview(tmp_path / "a.parquet", ImportOptions())
    assert 0 < len(preview.frame) <= 1_000
    assert psutil.Process().memory_info().rss - before < 60 << 20
