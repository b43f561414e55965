"""Containers: archives, empty geometries, choices of sheet, layer and header, the antimeridian."""

import json
import math
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import xlsxwriter
from python_calamine import CalamineWorkbook

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from tests.datasets.formats import make
from tests.datasets.layouts.reading_layouts import imported, write
from tests.datasets.reading import read, rows

ROWS = [
    {"id": "1", "date": "2021-01-18", "type": "clash", "lat": 36.38, "lon": 38.86},
    {"id": "2", "date": "2021-01-19", "type": "protest", "lat": 36.4, "lon": 38.9},
]
POINTS = {"1": (36.38, 38.86), "2": (36.4, 38.9)}


def _zipped(path: Path, *members: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, f"made up/{member.name}")
    return path


def _layer(path: Path, name: str, table: list[dict[str, object]]) -> Path:
    frame = pd.DataFrame(table)
    points = shapely.points(frame.pop("lon"), frame.pop("lat"))
    gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326").to_file(
        path, layer=name, driver="GPKG"
    )
    return path


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    match path.suffix:
        case ".gpkg":
            return _layer(path, "events", ROWS)
        case ".parquet":
            pd.DataFrame(ROWS).to_parquet(path)
        case ".geoparquet":
            make.features(path, ROWS, "GeoParquet")
    return path


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet", "a.geoparquet"])
def test_a_geopackage_and_parquet_in_an_archive_are_read(
    name: str, importer, datasets, tmp_path: Path
):
    path = _zipped(tmp_path / "a.zip", _file(tmp_path, name))
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    assert {key: event.point for key, event in events.items()} == POINTS


def test_a_geopackage_with_a_journal_is_read_from_an_archive(importer, datasets, tmp_path: Path):
    path = _file(tmp_path, "a.gpkg")
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    connection.close()
    _progress, events = imported(importer, datasets, _zipped(tmp_path / "a.zip", path))
    assert {key: event.point for key, event in events.items()} == POINTS


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_a_damaged_table_in_an_archive_is_refused(name: str, importer, tmp_path: Path):
    path = _file(tmp_path, name)
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(TableError):
        read(importer, _zipped(tmp_path / "a.zip", path))


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_a_table_in_an_archive_is_limited_in_memory(
    name: str, importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = _zipped(tmp_path / "a.zip", _file(tmp_path, name))
    monkeypatch.setattr("dashboard.datasets.files.archive._MOST_IN_MEMORY", 100)
    file = InputFile(path, path.name)
    with pytest.raises(TableError, match="unpacked"):
        list(read_chunks(file, FileOptions(), lambda _fault: None))


EMPTY = {
    "geojson": json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"type": "clash"}, "geometry": geometry} for geometry in (
            None, {"type": "Point", "coordinates": []}, {"type": "Polygon", "coordinates": []},
            {"type": "LineString", "coordinates": []}, {"type": "MultiPolygon", "coordinates": []},
            {"type": "GeometryCollection", "geometries": []}, {},
            {"type": "Point", "coordinates": [38.86, 36.38]},
        )]}),
    "kml": '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    + "".join(f"<Placemark><name>clash</name>{shape}</Placemark>" for shape in (
        "", "<Point/>", "<Point><coordinates/></Point>", "<LineString><coordinates/></LineString>",
        "<Polygon/>", "<MultiGeometry/>",
        "<Polygon><outerBoundaryIs><LinearRing><coordinates/></LinearRing></outerBoundaryIs></Polygon>",
        "<Point><coordinates>38.86,36.38</coordinates></Point>"))
    + "</Document></kml>",
    "csv": "type,geometry\n" + "".join(f'clash,"{shape}"\n' for shape in (
        "", "POINT EMPTY", "POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "POINT (38.86 36.38)")),
    "gpx": '<gpx xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt><name>clash</name></wpt><wpt lat="" lon=""><name>clash</name></wpt>'
    '<wpt lat="36.38" lon="38.86"><name>clash</name></wpt></gpx>',
}  # fmt: skip


@pytest.mark.parametrize("ending", EMPTY)
def test_an_empty_geometry_costs_its_row_at_most(ending: str, importer, datasets, tmp_path: Path):
    progress = read(importer, write(tmp_path / f"a.{ending}", EMPTY[ending]))
    assert progress.stopped is None
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (36.38, 38.86)


@pytest.mark.parametrize("driver", ["GPKG", "GeoParquet", "ESRI Shapefile"])
def test_an_empty_geometry_of_a_layer_costs_its_row_at_most(
    driver: str, importer, datasets, tmp_path: Path
):
    shapes = [None, shapely.Point(), shapely.Polygon(), shapely.Point(38.86, 36.38)]
    if driver == "ESRI Shapefile":  # it has one type of geometry
        shapes = [None, shapely.Point(38.86, 36.38)]
    frame = pd.DataFrame({"type": ["clash"] * len(shapes), "code": range(len(shapes))})
    layer = gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")
    folder = tmp_path / "layer"
    folder.mkdir()
    if driver == "GeoParquet":
        path = folder / "a.parquet"
        layer.to_parquet(path)
    elif driver == "GPKG":
        path = folder / "a.gpkg"
        layer.to_file(path, driver=driver)
    else:
        layer.to_file(folder / "a.shp", driver=driver)
        path = _zipped(tmp_path / "a.zip", *folder.iterdir())
    progress = read(importer, path)
    assert progress.stopped is None
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (36.38, 38.86)
    assert len(rows(datasets, "events")) == len(shapes) - progress.faults.total


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _ods(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook of OpenDocument with these sheets; source: ODF 1.3, office:spreadsheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                '<table:table-cell office:value-type="string">'
                f"<text:p>{cell}</text:p></table:table-cell>"
                if cell != "" else "<table:table-cell/>"
                for cell in row
            )
            + "</table:table-row>"
            for row in table
        )
        + "</table:table>"
        for name, table in sheets.items()
    )  # fmt: skip
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def _xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    return path


HEADER = list(ROWS[0])
SHEETS: dict[str, list[list[object]]] = {
    "Notes": [["about", "the table", "", "", ""], ["x", "y", "", "", ""]],
    # Above the header a row that looks like one.
    "Events": [
        ["Code", "Day", "Kind", "North", "East"],
        HEADER,
        *(list(row.values()) for row in ROWS),
    ],
}


@pytest.mark.parametrize("write_book", [_ods, _xlsx], ids=["ods", "xlsx"])
def test_sheet_and_header_row_of_a_workbook_are_chosen(
    write_book, importer, datasets, tmp_path: Path
):
    path = write_book(tmp_path / f"a.{write_book.__name__[1:]}", SHEETS)
    with pytest.raises(UnclearError) as unclear:
        read(importer, path)
    assert (unclear.value.option, unclear.value.choices) == ("layer", ("Notes", "Events"))
    options = FileOptions(layer="Events", header_row=2)
    progress, events = imported(importer, datasets, path, file=options)
    assert progress.faults.total == 0
    assert {key: event.point for key, event in events.items()} == POINTS
    with pytest.raises(TableError, match="expected the sheet Other"):
        read(importer, path, file=FileOptions(layer="Other"))
    with pytest.raises(TableError, match="row 9"):
        read(importer, path, file=FileOptions(layer="Events", header_row=9))


def test_sheet_and_header_row_of_a_workbook_of_before_2007_are_chosen():
    path = Path(__file__).parents[1] / "files" / "made_up.xls"
    file = InputFile(path, path.name)
    (found,) = read_chunks(file, FileOptions(), lambda _fault: None)
    options = FileOptions(layer=_only_sheet(path), header_row=int(found.numbers[0]) - 1)
    (chosen,) = read_chunks(file, options, lambda _fault: None)
    assert list(chosen.frame) == list(found.frame)
    with pytest.raises(TableError, match="expected the sheet Other"):
        list(read_chunks(file, FileOptions(layer="Other"), lambda _fault: None))
    with pytest.raises(TableError, match="row 40"):
        list(read_chunks(file, FileOptions(header_row=40), lambda _fault: None))


def _only_sheet(path: Path) -> str:
    with CalamineWorkbook.from_path(path) as book:
        (name,) = book.sheet_names
    return name


def test_the_layer_of_a_geopackage_is_chosen(importer, datasets, tmp_path: Path):
    path = _layer(tmp_path / "a.gpkg", "other", ROWS[:1])
    _layer(path, "events", ROWS)
    with pytest.raises(UnclearError) as unclear:
        read(importer, path)
    assert unclear.value.option == "layer"
    assert set(unclear.value.choices) == {"other", "events"}
    _progress, events = imported(importer, datasets, path, file=FileOptions(layer="events"))
    assert {key: event.point for key, event in events.items()} == POINTS


def _square(west: float, east: float) -> list[list[list[float]]]:
    return [[[west, -17], [east, -17], [east, -16], [west, -16], [west, -17]]]


CROSSING = {
    "cut as RFC 7946 says": {
        "type": "MultiPolygon", "coordinates": [_square(179, 180), _square(-180, -179)]},
    "drawn around the earth": {"type": "Polygon", "coordinates": _square(179, -179)},
    "beyond 180": {"type": "Polygon", "coordinates": _square(179, 181)},
    "beyond -180": {"type": "Polygon", "coordinates": _square(-181, -179)},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        *((name, "geojson") for name in CROSSING),
        # Well-known text of a table is in degrees from -180 to 180.
        *((name, "csv") for name in CROSSING if not name.startswith("beyond")),
    ],
)
def test_an_area_across_the_antimeridian_is_as_wide_as_it_is(
    name: str, ending: str, importer, datasets, tmp_path: Path
):
    shape = CROSSING[name]
    if ending == "geojson":
        feature = {"type": "Feature", "properties": {"id": "1", "type": "clash"}, "geometry": shape}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    else:
        text = f'id,type,wkt\n1,clash,"{shapely.from_geojson(json.dumps(shape)).wkt}"\n'
    progress = read(importer, write(tmp_path / f"a.{ending}", text))
    assert progress.faults.total == 0
    (placed,) = rows(datasets, "event_places")
    (place,) = [row for row in rows(datasets, "places") if row["place_id"] == placed["place_id"]]
    assert math.isclose(abs(placed["lon"]), 180, abs_tol=0.01)
    assert placed["lat"] == pytest.approx(-16.5)
    # One degree of longitude there, and half a degree of latitude.
    assert place["uncertainty_m"] == pytest.approx(120_000, rel=0.02)


def test_an_area_of_half_the_earth_stays_wide(importer, datasets, tmp_path: Path):
    south = [[lon, -17] for lon in (-120, -10, 100)]
    ring = [*south, [100, -16], [-10, -16], [-120, -16], [-120, -17]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"id": "1", "type": "clash"}, "geometry": shape}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    read(importer, write(tmp_path / "a.geojson", text))
    (placed,) = rows(datasets, "event_places")
    assert placed["lon"] == pytest.approx(-10)


@pytest.mark.parametrize("timed", ["TimeStamp", "TimeSpan", "gx:Track"])
def test_the_time_of_a_placemark_is_found_whichever_row_it_begins_in(
    timed: str, importer, datasets, tmp_path: Path
):
    """The first thousand rows, by which the columns are guessed, have none."""
    early = (
        "<Placemark><name>clash</name><Point><coordinates>38,36</coordinates></Point></Placemark>"
    )
    point = "<Point><coordinates>39,36</coordinates></Point>"
    late = {
        "TimeStamp": f"{point}<TimeStamp><when>2021-01-18</when></TimeStamp>",
        "TimeSpan": f"{point}<TimeSpan><begin>2021-01-18</begin><end>2021-01-18</end></TimeSpan>",
        "gx:Track": "<gx:Track><when>2021-01-18T10:00:00Z</when><gx:coord>39 36 0</gx:coord></gx:Track>",
    }[timed]  # fmt: skip
    text = (
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">'
        f"<Document>{early * 1200}<Placemark><name>protest</name>{late}</Placemark></Document></kml>"
    )
    read(importer, write(tmp_path / "a.kml", text))
    dated = [row for row in rows(datasets, "events") if row["dated"]]
    assert [(row["title_en"], str(row["date_start"].date())) for row in dated] == [
        ("protest", "2021-01-18")
    ]
