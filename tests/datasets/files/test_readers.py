"""Each reader of a file format alone: columns, cells, row numbers, chunks, and what it refuses."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.datasets.files.chunks import Chunk
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.geojson import geojson
from dashboard.datasets.files.geopackage import geopackage
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_records import json_rows
from dashboard.datasets.files.kml import kml
from dashboard.datasets.files.parquet import parquet
from dashboard.datasets.files.read import CHUNK_ROWS, ENDINGS, read_chunks
from dashboard.datasets.files.sqlite_tables import damage_of, open_read_only, ordinary_tables
from dashboard.datasets.files.workbook import workbook
from dashboard.model.errors import Fault
from tests.datasets.formats import make

ROWS = [
    {"name": "عين عيسى", "lat": 36.38, "lon": 38.86},
    {"name": "تل السمن", "lat": 36.21, "lon": 38.94},
    {"name": "الرقة", "lat": 35.95, "lon": 39.01},
]
KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>A</name>{}</Folder>
</Document></kml>"""
PLACEMARK = """<Placemark><name>{name}</name><TimeStamp><when>2021-01</when></TimeStamp>
<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"""
Reader = Callable[..., Iterator[Chunk]]


def _chunks(reader: Reader, path: Path, size: int = 100, **options: str) -> list[Chunk]:
    faults: list[Fault] = []
    chunks = list(reader(InputFile(path, path.name), FileOptions(**options), faults.append, size))
    assert faults == []
    return chunks


def _geojson(path: Path) -> Path:
    return make.features(path / "a.geojson", ROWS, "GeoJSON")


def _geopackage(path: Path) -> Path:
    return make.features(path / "a.gpkg", ROWS, "GPKG")


def _parquet(path: Path) -> Path:
    return make.features(path / "a.parquet", ROWS, "GeoParquet")


def _workbook(path: Path) -> Path:
    return make.workbook(path / "a.xlsx", ROWS)


def _kml(path: Path) -> Path:
    file = path / "a.kml"
    file.write_text(KML.format("".join(PLACEMARK.format(**row) for row in ROWS)), encoding="utf-8")
    return file


FORMATS = [
    (geojson, _geojson),
    (geopackage, _geopackage),
    (parquet, _parquet),
    (workbook, _workbook),
    (kml, _kml),
]


def _point(row: dict) -> tuple[float, float]:
    """A workbook keeps its columns' names; the point of a geometry is in columns of ours."""
    lat, lon = row.get("latitude", row.get("lat")), row.get("longitude", row.get("lon"))
    return float(lat), float(lon)


@pytest.mark.parametrize(("reader", "written"), FORMATS, ids=lambda part: part.__name__)
@pytest.mark.parametrize("size", [100, 2])
def test_names_and_points_are_those_of_the_file(
    tmp_path: Path, reader: Reader, written: Callable[[Path], Path], size: int
):
    chunks = _chunks(reader, written(tmp_path), size)
    assert [len(chunk.frame) for chunk in chunks if len(chunk.frame)] == (
        [3] if size == 100 else [2, 1]
    )
    rows = [row for chunk in chunks for row in chunk.frame.to_dict("records")]
    assert [row["name"] for row in rows] == [row["name"] for row in ROWS]
    assert [_point(row) for row in rows] == [
        pytest.approx((row["lat"], row["lon"])) for row in ROWS
    ]
    numbers = [int(number) for chunk in chunks for number in chunk.numbers]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert chunks[-1].share == pytest.approx(1, abs=0.5)


@pytest.mark.parametrize("reader", [reader for reader, _ in FORMATS])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, reader: Reader):
    path = tmp_path / "a.any"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(TableError):
        _chunks(reader, path)


def test_the_ending_chooses_the_reader(tmp_path: Path):
    path = _geojson(tmp_path)
    by_ending = _chunks(read_chunks, path)
    assert by_ending[0].frame.equals(_chunks(json_rows, path)[0].frame)
    assert {".csv", ".xlsx", ".parquet", ".geojson", ".gpkg", ".kml"} <= set(ENDINGS)
    assert CHUNK_ROWS > 1_000
    with pytest.raises(TableError, match=r"\.gpkg"):
        _chunks(read_chunks, tmp_path / "a.exe")


def test_a_month_of_a_placemark_is_all_of_its_days(tmp_path: Path):
    (chunk,) = _chunks(kml, _kml(tmp_path))
    assert {"2021-01-01", "2021-01-31"} <= set(map(str, chunk.frame.iloc[0]))


def test_of_several_layers_one_has_to_be_chosen(tmp_path: Path):
    path = _geopackage(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE second AS SELECT * FROM a")
        connection.execute(
            "INSERT INTO gpkg_contents SELECT 'second', data_type, 'second', description,"
            " last_change, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents"
        )
        connection.execute(
            "INSERT INTO gpkg_geometry_columns SELECT 'second', column_name,"
            " geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns"
        )
    connection.close()
    with pytest.raises(UnclearError) as unclear:
        _chunks(geopackage, path)
    assert set(unclear.value.choices) == {"a", "second"}
    assert len(_chunks(geopackage, path, layer="second")[0].frame) == 3


def test_views_of_a_geopackage_are_no_tables(tmp_path: Path):
    path = _geopackage(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIEW trap AS SELECT load_extension('x')")
    connection.close()
    file = InputFile(path, path.name)
    assert "a" in ordinary_tables(file)
    assert "trap" not in ordinary_tables(file)
    connection = open_read_only(file)
    try:
        assert damage_of(connection, "a") is None
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute("DELETE FROM a")
    finally:
        connection.close()


def test_a_cut_geojson_gives_the_features_before_the_cut(tmp_path: Path):
    text = json.loads(_geojson(tmp_path).read_text(encoding="utf-8"))
    path = tmp_path / "cut.geojson"
    path.write_text(json.dumps(text)[:-120], encoding="utf-8")
    chunks = geojson(InputFile(path, "cut.geojson"), FileOptions(), list[Fault]().append, 1)
    assert len(next(chunks).frame) == 1
    with pytest.raises(TableError):
        list(chunks)


@pytest.mark.parametrize(
    ("second", "skipped"),
    [
        ("#event+id,#geo+lat,#geo+lon", True),
        ("#event +id,,#geo +lon", True),
        ("#event,36.1,38.2", False),
        ("#1 event,36.1,", False),
        (",,", False),
    ],
)
@pytest.mark.parametrize("size", [100, 1])
def test_a_row_of_hxl_tags_is_no_row_of_the_table(
    tmp_path: Path, second: str, skipped: bool, size: int
):
    path = tmp_path / "a.csv"
    path.write_text(f"id,lat,lon\n{second}\nx,36.5,38.5\n#event,36.6,\n", encoding="utf-8")
    chunks = _chunks(read_chunks, path, size)
    rows = {
        int(number): row
        for chunk in chunks
        for number, row in zip(chunk.numbers, chunk.frame.to_dict("records"), strict=True)
    }
    assert (2 in rows) == (not skipped and second != ",,")
    assert rows[3]["id"] == "x"
    assert rows[4]["id"] == "#event"


@pytest.mark.parametrize(("row", "options"), [(0, {}), (3, {}), (3, {"header_row": 4})])
def test_the_header_of_a_sheet_is_found_below_a_title(tmp_path: Path, row: int, options: dict):
    """The sheet's rows begin at its first filled row; numbers are those of the sheet."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        if row:
            sheet.write(1, 0, "Made-up incidents")
        sheet.write_row(row, 0, ["code", "lat", "lon", "label"])
        sheet.write_row(row + 1, 0, ["a", 35.5, 39.5, "x"])
        sheet.write(row + 3, 0, "Source: made up")
    faults: list[Fault] = []
    file = InputFile(path, path.name)
    (chunk,) = read_chunks(file, FileOptions(**options), faults.append)
    assert chunk.frame.to_dict("records") == [{"code": "a", "lat": 35.5, "lon": 39.5, "label": "x"}]
    assert chunk.numbers.tolist() == [row + 2]
    assert [fault.row for fault in faults] == [row + 4]


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_text_with_the_name_of_a_workbook_is_read_as_text(
    name: str, delimiter: str, tmp_path: Path
):
    path = tmp_path / name
    rows = [["code", "lat", "lon"], ["a", "36.38", "38.86"]]
    path.write_text("".join(delimiter.join(row) + "\n" for row in rows), encoding="utf-8-sig")
    (chunk,) = _chunks(read_chunks, path)
    assert chunk.frame.to_dict("records") == [{"code": "a", "lat": "36.38", "lon": "38.86"}]


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.txt"])
def test_a_web_page_with_the_name_of_a_table_is_said_to_be_one(name: str, tmp_path: Path):
    path = tmp_path / name
    path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(TableError, match="expected a table, found a web page"):
        _chunks(read_chunks, path)
