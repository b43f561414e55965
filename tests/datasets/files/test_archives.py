"""Tables in archives, shapefiles, waypoints, and workbooks of other programs; hostile ones too."""

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.errors import Fault
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

CSV = "code,date,lat,lon,label\na,2020-03-02,35.5,39.5,x\n"
KML = (
    "<kml><Placemark><name>a</name><Point><coordinates>39.5,35.5</coordinates></Point>"
    "</Placemark></kml>"
)


def archive(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def table(path: Path, **options: object) -> tuple[list[dict], list[Fault]]:
    faults: list[Fault] = []
    chunks = read_chunks(
        InputFile(path, path.name),
        FileOptions(**options),  # type: ignore[arg-type]
        faults.append,
    )
    return [row for chunk in chunks for row in chunk.frame.to_dict("records")], faults


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"readme.txt": "About", "codebook.pdf": "%PDF"},
        {"__MACOSX/._events.csv": "x", ".hidden.csv": "x"},
    ],
)
def test_the_only_table_of_an_archive_is_read(tmp_path: Path, others: dict[str, str]):
    path = archive(tmp_path / "a.zip", {"data/20200302.export.CSV": CSV, **others})
    (row,), faults = table(path)
    assert (row["code"], row["lat"], faults) == ("a", "35.5", [])


def test_of_several_tables_one_has_to_be_chosen(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    second = CSV.replace("a,2020", "b,2020")
    path = archive(tmp_path / "a.zip", {"one.csv": CSV, "deep/two.csv": second})
    with pytest.raises(UnclearError) as unclear:
        importer.preview(path, ImportOptions())
    assert (unclear.value.option, unclear.value.choices) == ("member", ("one.csv", "deep/two.csv"))
    assert read(importer, path, file=FileOptions(member="deep/two.csv")).good == 1
    assert [row["title_en"] for row in rows(datasets, "events")]
    with pytest.raises(TableError, match=r"one\.csv"):
        table(path, member="../secret.csv")


def test_a_workbook_in_an_archive_is_read(tmp_path: Path):
    book = make.workbook(tmp_path / "b.xlsx", [OWN])
    (row,), _faults = table(archive(tmp_path / "a.zip", {"b.xlsx": book.read_bytes()}))
    assert row["lat"] == OWN["lat"]


@pytest.mark.parametrize("members", [{"doc.kml": KML}, {"files/x.png": "", "map.kml": KML}])
def test_kmz_has_its_placemarks(
    importer: Importer, datasets: Datasets, tmp_path: Path, members: dict[str, str]
):
    path = archive(tmp_path / "a.kmz", members)
    assert read(importer, path).faults.total == 0
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (35.5, 39.5)


@pytest.mark.parametrize("name", ["a.zip", "a.kmz"])
@pytest.mark.parametrize(
    "members", [{}, {"a.exe": "x"}, {"inner.zip": "x"}, {"a.sqlite": "x"}, {"a/": ""}]
)
def test_an_archive_without_a_table_is_refused(tmp_path: Path, name: str, members: dict[str, str]):
    with pytest.raises(TableError, match="expected a table in it"):
        table(archive(tmp_path / name, members))


def test_names_that_lead_elsewhere_are_only_names(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = archive(tmp_path / "a.zip", {"../../../../etc/passwd.csv": CSV})
    before = {item.name for item in tmp_path.iterdir()}
    assert read(importer, path).good == 1
    assert {item.name for item in tmp_path.iterdir()} - before == {"datasets"}
    assert len(rows(datasets, "events")) == 1


def test_an_archive_that_unpacks_to_much_more_is_refused(importer: Importer, tmp_path: Path):
    path = archive(tmp_path / "a.zip", {"a.csv": b"id,lat,lon\n" + b"0" * 60_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(TableError, match="packed"):
        read(importer, path)


def test_an_archive_of_too_many_files_is_refused(importer: Importer, tmp_path: Path):
    path = archive(tmp_path / "a.zip", {f"{at}.csv": "" for at in range(1_001)})
    with pytest.raises(TableError, match="at most 1,000 files"):
        read(importer, path)


def test_a_size_that_is_not_true_ends_the_reading(importer: Importer, tmp_path: Path):
    """The file states 10 bytes: no more are unpacked."""
    path = archive(tmp_path / "a.zip", {"a.csv": CSV * 1000})
    content = path.read_bytes()
    size = len(CSV * 1000).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(TableError):
        read(importer, path)


def test_a_password_is_named(tmp_path: Path):
    path = archive(tmp_path / "a.zip", {"a.csv": CSV})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(TableError, match="password"):
        table(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing", b"PK\x05\x06" + b"\0" * 18])
@pytest.mark.parametrize("name", ["a.zip", "a.kmz"])
def test_what_is_no_archive_is_refused(
    importer: Importer, tmp_path: Path, name: str, content: bytes
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError):
        read(importer, tmp_path / name)


def shapefile(folder: Path, crs: str | None = "EPSG:32637") -> dict[str, bytes]:
    folder.mkdir()
    points = gpd.GeoSeries(gpd.points_from_xy([39.5, 39.6], [35.5, 35.6]), crs="EPSG:4326")
    layer = gpd.GeoDataFrame({"code": ["أ", "b"], "killed": [3, 0]}, geometry=points)
    layer = layer.to_crs("EPSG:32637")
    layer = (
        layer.set_crs(crs, allow_override=True) if crs else layer.set_crs(None, allow_override=True)
    )
    layer.to_file(folder / "points.shp", encoding="UTF-8")
    return {f"some/{item.name}": item.read_bytes() for item in folder.iterdir()}


def test_a_shapefile_in_an_archive_is_read_in_its_reference_system(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = archive(tmp_path / "a.zip", shapefile(tmp_path / "shp"))
    found, faults = table(path)
    assert faults == []
    assert [(row["code"], row["killed"]) for row in found] == [("أ", 3), ("b", 0)]
    assert read(importer, path).faults.total == 0
    places = rows(datasets, "event_places")
    assert sorted(round(row["lat"], 4) for row in places) == [35.5, 35.6]
    assert sorted(round(row["lon"], 4) for row in places) == [39.5, 39.6]


def test_a_shapefile_without_what_it_needs_asks_or_is_refused(tmp_path: Path):
    parts = shapefile(tmp_path / "shp")
    without = {name: part for name, part in parts.items() if not name.endswith(".prj")}
    with pytest.raises(UnclearError) as unclear:
        table(archive(tmp_path / "a.zip", without))
    assert unclear.value.option == "crs"
    without = {name: part for name, part in parts.items() if not name.endswith(".dbf")}
    with pytest.raises(TableError, match=r"\.dbf"):
        table(archive(tmp_path / "b.zip", without))
    (tmp_path / "c.shp").write_bytes(parts["some/points.shp"])
    with pytest.raises(TableError, match="ZIP archive"):
        table(tmp_path / "c.shp")


def test_a_shapefile_that_names_another_file_brings_nothing_of_it(tmp_path: Path):
    secret = tmp_path / "secret.csv"
    secret.write_text("id,lat,lon\nhidden,1,2\n")
    layer = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
    content = f"{layer}</OGRVRTLayer></OGRVRTDataSource>"
    with pytest.raises(TableError, match="another kind"):
        table(archive(tmp_path / "a.zip", {"a.shp": content, "a.dbf": content}))
    damaged = shapefile(tmp_path / "shp")
    damaged["some/points.shp"] = damaged["some/points.shp"][:4] + content.encode()
    damaged["some/points.shx"] = content.encode()
    with pytest.raises(TableError):
        table(archive(tmp_path / "b.zip", damaged))


GPX = (
    '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
    '<wpt lat="35.5" lon="39.5"><time>2020-03-02T10:00:00Z</time><name>a</name>'
    '<desc>Made up</desc><link href="https://example.org/a"/></wpt>'
    '<trk><name>road</name><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>'
)


def test_waypoints_are_rows_and_a_track_is_said_to_be_none(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = tmp_path / "a.gpx"
    path.write_text(GPX, encoding="utf-8")
    done = read(importer, path)
    assert (done.good, [str(fault.expected) for fault in done.faults.first]) == (1, ["a waypoint"])
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (35.5, 39.5)
    (event,) = rows(datasets, "events")
    assert (event["title_en"], event["notes"]) == ("a", "Made up")


def test_entities_of_gpx_are_not_resolved(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    path = tmp_path / "a.gpx"
    path.write_text(
        f'<!DOCTYPE gpx [<!ENTITY file SYSTEM "file://{secret}">]><gpx><wpt lat="1" lon="2">'
        "<name>&file;</name></wpt></gpx>",
        encoding="utf-8",
    )
    assert "hidden" not in str(table(path))


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="events">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def _ods_row(*cells: object) -> str:
    return "<table:table-row>{}</table:table-row>".format(
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str)
            else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            for cell in cells
        )
    )


def test_an_opendocument_sheet_is_read(importer: Importer, datasets: Datasets, tmp_path: Path):
    content = _ods_row("code", "date", "lat", "lon") + _ods_row("a", "2020-03-02", 35.5, 39.5)
    path = archive(
        tmp_path / "a.ods",
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format(content),
            "META-INF/manifest.xml": "<manifest/>",
        },
    )
    assert read(importer, path).faults.total == 0
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (35.5, 39.5)


@pytest.mark.parametrize("name", ["a.xls", "upload"])
def test_a_workbook_of_before_2007_is_read_below_its_title(
    importer: Importer, datasets: Datasets, tmp_path: Path, name: str
):
    path = tmp_path / name
    shutil.copy(Path(__file__).with_name("made_up.xls"), path)
    assert read(importer, path, file_name="a.xls").faults.total == 0
    places = {(row["lat"], row["lon"]) for row in rows(datasets, "event_places")}
    assert places == {(35.5, 39.5), (35.6, 39.6)}


@pytest.mark.parametrize("name", ["a.xls", "a.ods"])
def test_what_is_no_workbook_is_refused(importer: Importer, tmp_path: Path, name: str):
    for content in (b"", b"nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TableError):
            read(importer, tmp_path / name)


def test_empty_shapes_in_a_shapefile_are_events_without_a_place(tmp_path: Path):
    folder = tmp_path / "shp"
    folder.mkdir()
    layer = gpd.GeoDataFrame(
        {"code": ["a", "b"]}, geometry=[shapely.Point(39.5, 35.5), None], crs="EPSG:4326"
    )
    layer.to_file(folder / "p.shp")
    parts = {item.name: item.read_bytes() for item in folder.iterdir()}
    found, faults = table(archive(tmp_path / "a.zip", parts))
    assert faults == []
    assert found[0]["latitude"] == 35.5
    assert found[1]["latitude"] != found[1]["latitude"]  # NaN


@pytest.mark.parametrize("code", [0, 0x57])
def test_a_shapefile_in_arabic_that_names_no_encoding(tmp_path: Path, code: int):
    parts = shapefile(tmp_path / "shp")
    texts = gpd.GeoDataFrame(
        {"type": ["قصف مدفعي", "اشتباك"]}, geometry=gpd.points_from_xy([39.5, 39.6], [35.5, 35.6])
    )
    texts.set_crs("EPSG:4326").to_file(tmp_path / "b.shp", encoding="windows-1256")
    table_ = bytearray((tmp_path / "b.dbf").read_bytes())
    table_[29] = code
    parts = {
        name: (tmp_path / f"b{name[-4:]}").read_bytes()
        for name in parts
        if not name.endswith((".cpg", ".dbf"))
    }
    found, _faults = table(archive(tmp_path / "a.zip", {**parts, "some/points.dbf": bytes(table_)}))
    assert [row["type"] for row in found] == ["قصف مدفعي", "اشتباك"]
