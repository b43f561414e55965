"""JSON of interfaces and programs: lists of objects, objects in lines, GeoJSON in lines."""

import json
from pathlib import Path

import pytest

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.errors import Fault
from tests.datasets.formats.make import BATTLE, GED
from tests.datasets.reading import read, rows

ROW = {"code": "a", "lat": 35.5, "lon": 39.5}
TIMEMAP = {
    "id": "INV1",
    "date": "3/22/2020",
    "latitude": "35.5",
    "longitude": "39.5",
    "description": "Made up",
    "sources": [{"path": "https://example.org/1"}, {"path": "https://example.org/2"}],
    "filters": [{"key": "Area", "value": "Homes"}, {"key": "Weapon", "value": "Unknown"}],
    "where": {"name": "Made-up village", "box": {"top": 1}},
    "tags": ["one", "two"],
    "seen": [],
}


def table(path: Path, text: str) -> tuple[list[dict], list[Fault]]:
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    chunks = read_chunks(InputFile(path, path.name), FileOptions(), faults.append)
    return [row for chunk in chunks for row in chunk.frame.to_dict("records")], faults


@pytest.mark.parametrize(
    "around",
    [
        "[{}, {}]",
        '{{"status": 200, "success": true, "messages": [], "data": [{}, {}]}}',
        '{{"TotalCount": 2, "Result": [{}, {}], "NextPageUrl": ""}}',
        '{{"incidents": [{}, {}], "made": {{"by": [1]}}}}',
        '{{"links": ["x"], "rows": [{}, {}]}}',
        "{}\n{}\n",
    ],
)
def test_the_list_of_objects_is_the_table(tmp_path: Path, around: str):
    second = ROW | {"code": "b", "note": "x"}
    found, faults = table(tmp_path / "a.json", around.format(json.dumps(ROW), json.dumps(second)))
    assert [(row["code"], row["lat"], row["lon"]) for row in found] == [
        ("a", 35.5, 39.5),
        ("b", 35.5, 39.5),
    ]
    assert found[1]["note"] == "x"
    assert faults == []


@pytest.mark.parametrize("ending", ["ndjson", "jsonl"])
def test_one_object_in_a_line_is_one_row(tmp_path: Path, ending: str):
    found, _faults = table(tmp_path / f"a.{ending}", json.dumps(ROW | {"data": [{"x": 1}]}))
    assert found == [ROW | {"data.x": "1"}]


@pytest.mark.parametrize("mark", ["", "\x1e"])
@pytest.mark.parametrize("ending", ["geojsonl", "json", "ndjson"])
def test_features_in_lines_have_their_points(tmp_path: Path, mark: str, ending: str):
    feature = {
        "type": "Feature",
        "properties": {"code": "a"},
        "geometry": {"type": "Point", "coordinates": [39.5, 35.5]},
    }
    found, _faults = table(tmp_path / f"a.{ending}", f"{mark}{json.dumps(feature)}\n" * 2)
    assert [(row["code"], row["latitude"], row["longitude"]) for row in found] == [
        ("a", 35.5, 39.5)
    ] * 2


def test_members_of_members_are_columns(tmp_path: Path):
    (row,), _faults = table(tmp_path / "a.json", json.dumps([TIMEMAP]))
    assert row["sources.path"] == "https://example.org/1; https://example.org/2"
    assert (row["filters.Area"], row["filters.Weapon"]) == ("Homes", "Unknown")
    assert (row["where.name"], row["where.box.top"]) == ("Made-up village", 1)
    assert row["tags"] == "one; two"


def test_a_geometry_and_a_pair_of_numbers_stay_one_cell(tmp_path: Path):
    point = {"type": "Point", "coordinates": [39.5, 35.5]}
    value = {"where": point, "pair": [39.5, 35.5], "date": {"$date": "2021-01-18T00:00:00Z"}}
    (row,), _faults = table(tmp_path / "a.json", json.dumps([value]))
    assert json.loads(row["where"]) == point
    assert row["pair"] == "[39.5, 35.5]"
    assert row["date"] == "2021-01-18T00:00:00Z"


@pytest.mark.parametrize(
    ("answer", "id_"),
    [({"data": [BATTLE]}, "acled:SYR1"), ({"Result": [GED]}, "ucdp:900001")],
    ids=["acled", "ucdp"],
)
def test_answers_of_interfaces_are_known(
    importer: Importer, datasets: Datasets, tmp_path: Path, answer: dict, id_: str
):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    assert read(importer, path).faults.total == 0
    assert [row["event_id"] for row in rows(datasets, "events")] == [id_]


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Topology", "objects": {}}',
        '{"type": "Point", "coordinates": [1, 2]}',
        '{"type": "FeatureCollection"}',
        "3",
        "",
        "nonsense",
        '{"data": [{"a": 1}, ',
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str):
    with pytest.raises(TableError):
        table(tmp_path / "a.json", text)


def test_what_is_no_object_costs_its_row(tmp_path: Path):
    found, faults = table(tmp_path / "a.json", json.dumps([ROW, 3, [ROW], ROW]))
    assert len(found) == 2
    assert [fault.row for fault in faults] == [2, 3]


@pytest.mark.parametrize("coordinates", ["[]", "[[]]", "null"])
@pytest.mark.parametrize("kind", ["Point", "Polygon", "MultiPoint", "LineString"])
def test_an_empty_geometry_is_an_event_without_a_place_at_most(
    importer: Importer, datasets: Datasets, tmp_path: Path, kind: str, coordinates: str
):
    geometry = f'{{"type": "{kind}", "coordinates": {coordinates}}}'
    point = '{"type": "Point", "coordinates": [39.5, 35.5]}'
    features = ",".join(
        f'{{"type": "Feature", "properties": {{"id": {at}}}, "geometry": {shape}}}'
        for at, shape in enumerate((geometry, point))
    )
    path = tmp_path / "a.geojson"
    path.write_text(f'{{"type": "FeatureCollection", "features": [{features}]}}')
    assert read(importer, path).stopped is None
    located = {row["event_id"]: row["located"] for row in rows(datasets, "events")}
    assert located["a:1"]
    assert not located.get("a:0", False)


def test_a_column_that_comes_after_the_first_thousand_rows_is_listed(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    early = [{"id": at, "date": "2021-01-18", "lat": 36.0, "lon": 38.0} for at in range(1_200)]
    late = [row | {"killed": 3, "extra": "x", "id": row["id"] + 2_000} for row in early[:2]]
    path = tmp_path / "a.json"
    path.write_text(json.dumps([*early, *late]), encoding="utf-8")
    done = read(importer, path)
    assert done.good == 1_202
    assert done.notices["late_column", "killed", "", ""] == 2
    assert not any(column == "extra" for _kind, column, *_rest in done.notices)
    assert not done.understood
    sources = [json.loads(row["source_columns"]) for row in rows(datasets, "events")]
    assert sum(source.get("killed") == "3" for source in sources) == 2
    path.write_text(json.dumps([*late, *early]), encoding="utf-8")
    done = read(importer, path, name="first")
    assert not any(kind == "late_column" for kind, *_rest in done.notices)


def test_a_list_in_a_member_of_a_member_is_the_table(tmp_path: Path):
    text = '{"meta": {"n": 1}, "result": {"events": [{"id": 1, "sources": [{"url": "u"}]}, {"id": 2}]}}'
    found, faults = table(tmp_path / "a.json", text)
    assert [row["id"] for row in found] == [1, 2]
    assert faults == []


def test_a_list_in_one_event_is_no_table(tmp_path: Path):
    text = '{"id": 1, "place": {"aliases": [{"name": "A"}, {"name": "B"}]}}'
    found, _faults = table(tmp_path / "a.json", text)
    assert [row["id"] for row in found] == [1]
