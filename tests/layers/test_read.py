"""Files of shapes are read in the process with limits, and what was left out is counted."""

import zipfile
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, Point, Polygon

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.formats.days import DateOrder
from dashboard.layers import check
from dashboard.layers.check import LayerError, describe, read
from dashboard.layers.layer_file import LayerColumns, LayerCounts, LayerFeature
from dashboard.layers.read import MOST_FEATURES, MOST_LABEL, describe_answers, read_answers
from dashboard.layers.shapes import KINDS, kind_of, parts_by_kind
from tests.layers import make

# 2021-01-01, 2021-01-20 and 2021-02-01 as days from 1970-01-01.
JANUARY, TWENTIETH, FEBRUARY = 18628, 18647, 18659


def _file(path: Path) -> InputFile:
    return InputFile(path, path.name)


def _read(path: Path, **options: str) -> tuple[list[LayerFeature], LayerCounts]:
    file = _file(path)
    chosen = FileOptions(**options)  # type: ignore[arg-type]
    return read(file, chosen, describe(file, chosen).proposed)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_labels_and_days_are_those_of_the_proposed_columns(tmp_path: Path):
    file = _file(make.geojson(tmp_path / "a.geojson"))
    description = describe(file, FileOptions())
    assert description.features == 3
    assert [column.name for column in description.columns] == ["name", "from", "to"]
    assert description.proposed == LayerColumns("name", "from", "to")
    features, counts = read(file, FileOptions(), description.proposed)
    assert [feature.label for feature in features] == [f"Area {make.HTML}", "Front line", "Camp"]
    days = [(feature.dated, feature.first, feature.last) for feature in features]
    assert days == [(True, JANUARY, TWENTIETH), (True, FEBRUARY, None), (False, None, None)]
    assert counts.kinds == {"polygon": 1, "line": 1, "point": 1}
    assert (counts.dated, counts.undated, counts.unread_dates) == (2, 1, 0)
    assert counts.columns == ("name", "from", "to")


def test_one_column_of_dates_has_whole_months_and_years(tmp_path: Path):
    rows = {"date": ["January 2021", "2020", "around then"]}
    file = _file(make.geojson(tmp_path / "a.geojson", rows=rows))
    columns = describe(file, FileOptions()).proposed
    assert columns == LayerColumns("", "date", "")
    features, counts = read(file, FileOptions(), columns)
    assert (features[0].first, features[0].last) == (JANUARY, JANUARY + 30)
    assert (features[1].first, features[1].last) == (JANUARY - 366, JANUARY - 1)
    assert not features[2].dated
    assert (counts.unread_dates, counts.unread_samples) == (1, ("around then",))


def test_an_unclear_order_of_day_and_month_is_a_question(tmp_path: Path):
    rows = {"date": ["1/2/2021", "3/4/2021", ""]}
    file = _file(make.geojson(tmp_path / "a.geojson", rows=rows))
    with pytest.raises(UnclearError) as caught:
        read(file, FileOptions(), LayerColumns("", "date"))
    assert caught.value.option == "date_order"
    chosen = LayerColumns("", "date", "", DateOrder.DAY_FIRST)
    features, _counts = read(file, FileOptions(), chosen)
    assert (features[0].first, features[0].last) == (FEBRUARY, FEBRUARY)


def test_a_zipped_shapefile_is_taken_to_degrees(tmp_path: Path):
    features, counts = _read(make.shapefile(tmp_path / "areas.zip"))
    assert (
        shapely.from_wkb(features[0].wkb).equals_exact(make.AREA, 1e-4)
        or shapely.from_wkb(features[0].wkb).symmetric_difference(make.AREA).area < 1e-4
    )
    assert counts.features == 1


def test_a_missing_reference_system_is_asked_about(tmp_path: Path):
    path = make.shapefile(tmp_path / "areas.zip", prj=False)
    with pytest.raises(UnclearError) as caught:
        describe(_file(path), FileOptions())
    assert caught.value.option == "crs"
    # The wrong one is refused: no place on earth has the longitude 410,000.
    with pytest.raises(LayerError, match="expected longitudes from -180 to 180"):
        describe(_file(path), FileOptions(crs="EPSG:4326"))


def test_each_layer_of_several_can_be_chosen(tmp_path: Path):
    path = make.geopackage(tmp_path / "a.gpkg", ("areas", "camps"))
    with pytest.raises(UnclearError) as caught:
        describe(_file(path), FileOptions())
    assert (caught.value.option, caught.value.choices) == ("layer", ("areas", "camps"))
    assert _read(path, layer="camps")[1].features == 1


def test_kml_and_kmz(tmp_path: Path):
    kml = tmp_path / "doc.kml"
    make.frame().to_file(kml, driver="KML")
    assert _read(kml)[1].kinds == {"polygon": 1, "line": 1, "point": 1}
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(kml, "doc.kml")
    assert _read(tmp_path / "a.kmz")[1].features == 3


def test_heights_of_a_kml_are_counted_unless_they_are_all_0(tmp_path: Path):
    place = "<Placemark><name>x</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    marks = "".join(map(place.format, ("38,36,0", "38,36,412.5", "38,36", "38,36,")))
    path = tmp_path / "a.kml"
    path.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
    )
    features, counts = _read(path)
    assert (counts.features, counts.heights, counts.faulty) == (4, 1, 0)
    assert not any(shapely.from_wkb(feature.wkb).has_z for feature in features)


def test_what_is_left_out_is_counted(tmp_path: Path):
    shapes = [
        Polygon([(38, 36, 5), (39, 36, 5), (39, 37, 5)]),
        GeometryCollection([Point(38, 36), LineString([(38, 36), (39, 36)]), Point(39, 36)]),
        None,
    ]
    features, counts = _read(make.geojson(tmp_path / "a.geojson", shapes=shapes))
    assert (counts.heights, counts.collections, counts.no_shape) == (1, 1, 1)
    drawn = [shapely.from_wkb(feature.wkb) for feature in features]
    assert [shape.geom_type for shape in drawn] == ["Polygon", "MultiPoint", "LineString"]
    assert not any(shape.has_z for shape in drawn)
    assert features[1].label == features[2].label == "Front line"


def test_a_file_within_the_limits_of_bytes_features_and_vertices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    point = make.feature({"type": "Point", "coordinates": [38, 36]})
    path = _written(tmp_path / "a.geojson", make.collection(*[point] * (MOST_FEATURES + 1)))
    with pytest.raises(LayerError, match="expected at most 20,000 features, found 20,001"):
        describe(_file(path), FileOptions())
    line = make.feature({"type": "LineString", "coordinates": [[38, 36]] * 250_001})
    path = _written(tmp_path / "b.geojson", make.collection(line, line))
    with pytest.raises(LayerError, match="expected at most 500,000 vertices, found 500,002"):
        describe(_file(path), FileOptions())
    monkeypatch.setattr(check, "MOST_BYTES", 1_000_000)
    with pytest.raises(LayerError, match=r"b\.geojson: expected at most 1 MB, found"):
        describe(_file(path), FileOptions())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "expected"),
        ("a.geojson", b"[" * 10_000_000, "reader stopped"),
        (
            "a.geojson",
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
            + b'{"type":"GeometryCollection","geometries":[' * 1_000_000,
            "expected|reader",
        ),
        ("a.geojson", b"<kml></kml>", "expected"),
        ("a.json", b'[{"name": "x"}]', "expected shapes in GeoJSON"),
        ("a.gpkg", b"SQLite format 3\x00" + bytes(200), "expected"),
        ("a.csv", b"name\nx\n", "expected one of .geojson"),
        ("a.zip", b"PK\x03\x04 no archive", "expected a ZIP archive"),
        ("a.kmz", b"", "expected a ZIP archive"),
        (
            "a.kml",
            b"<kml><NetworkLink><Link><href>https://example.org/all.kml</href></Link></NetworkLink></kml>",
            "nothing is fetched",
        ),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, name: str, content: bytes, reason: str):
    with pytest.raises(LayerError, match=reason):
        describe(_file(_written(tmp_path / name, content)), FileOptions())


def test_entities_of_a_kml_are_not_expanded(tmp_path: Path):
    entities = "".join(
        f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "x" * 10}">' for at in range(10)
    )
    point = "<Point><coordinates>38,36</coordinates></Point>"
    placemark = f"<Placemark><name>a &a9; b</name>{point}</Placemark>"
    kml = f"<!DOCTYPE kml [{entities}]><kml>{placemark}</kml>"
    path = _written(tmp_path / "a.kml", kml.encode())
    try:
        features, _counts = _read(path)
    except LayerError as error:
        assert "entit" in str(error).lower()  # noqa: PT017 either is safe
    else:
        assert len(features[0].label) <= MOST_LABEL


def test_a_zip_bomb_and_names_that_are_paths(tmp_path: Path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * 50_000_000)
    with pytest.raises(LayerError, match="expected a file packed to a"):
        describe(_file(bomb), FileOptions())
    path = make.shapefile(tmp_path / "areas.zip", folder="../../outside/")
    features, _counts = _read(path)
    assert len(features) == 1
    assert not (tmp_path.parent.parent / "outside").exists()


def test_a_reference_system_that_is_a_link_is_not_followed(tmp_path: Path):
    link = {"type": "link", "properties": {"href": "https://example.org/crs", "type": "proj4"}}
    point = make.feature({"type": "Point", "coordinates": [38, 36]})
    path = _written(tmp_path / "a.geojson", make.collection(point, crs=link))
    with pytest.raises(LayerError, match="expected a reference system by its name"):
        describe(_file(path), FileOptions())


def test_a_label_is_one_line_without_controls(tmp_path: Path):
    point = {"type": "Point", "coordinates": [38, 36]}
    name = "a\n\u202eb\x00" + "c" * 500
    path = _written(tmp_path / "a.geojson", make.collection(make.feature(point, name=name)))
    (feature,), _counts = _read(path)
    assert "\n" not in feature.label
    assert "\x00" not in feature.label
    assert len(feature.label) == MOST_LABEL


def test_the_functions_of_the_process_give_questions_and_refusals_as_answers(tmp_path: Path):
    path = make.shapefile(tmp_path / "areas.zip", prj=False)
    (question,) = describe_answers(_file(path), FileOptions())
    assert type(question).__name__ == "Question"
    (refused,) = read_answers(InputFile(path, "a.csv"), FileOptions(), LayerColumns())
    assert type(refused).__name__ == "Refused"


_COORDINATES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
_SIMPLE = st.one_of(
    _COORDINATES.map(Point),
    st.lists(_COORDINATES, min_size=2, max_size=5).map(LineString),
    st.lists(_COORDINATES, min_size=3, max_size=5).map(Polygon),
)
_NESTED = st.recursive(_SIMPLE, lambda inner: st.lists(inner, max_size=4).map(GeometryCollection))


@given(_NESTED)
def test_a_collection_is_divided_by_kind_and_nothing_is_lost(shape: shapely.Geometry):
    parts = list(parts_by_kind(shape))
    assert sum(map(shapely.get_num_coordinates, parts)) == shapely.get_num_coordinates(shape)
    assert all(part.geom_type != "GeometryCollection" for part in parts)
    kinds = [kind_of(part) for part in parts]
    assert kinds == [kind for kind in KINDS if kind in kinds]
