"""Exports of map programs: Ushahidi, TimeMap, uMap and Google My Maps."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from dashboard.datasets.files.errors import TableError
from tests.datasets.layouts.reading_layouts import imported, table, write
from tests.datasets.reading import read

DAY = (date(2021, 1, 18), date(2021, 1, 18))
POINT = (36.38, 38.86)

# Source: Ushahidi 2.7, download_csv of its reports helper; without form number and persons: 2.1.
_REPORT = "INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,LONGITUDE"
USHAHIDI = [
    f"#,{_REPORT},APPROVED,VERIFIED",
    f"#,FORM #,{_REPORT},FIRST NAME, LAST NAME, EMAIL,APPROVED,VERIFIED",
]


@pytest.mark.parametrize("header", USHAHIDI)
def test_ushahidi(header: str, importer, datasets, tmp_path: Path):
    row = {
        "#": "71", "INCIDENT TITLE": "A made-up report", "INCIDENT DATE": "2021-01-18 10:05:00",
        "LOCATION": "Ain Issa", "DESCRIPTION": "Shells, it says.", "CATEGORY": "TRUSTED, SHELLING, ",
        "LATITUDE": "36.38", "LONGITUDE": "38.86", "APPROVED": "YES", "VERIFIED": "NO",
    }  # fmt: skip
    path = write(tmp_path / "Download.csv", table(header, [row]))
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    event = events["71"]
    assert (event.kind, event.title, event.days) == ("shelling", "A made-up report", DAY)
    assert (event.point, event.place, event.notes) == (POINT, "Ain Issa", "Shells, it says.")
    assert event.source["VERIFIED"] == "NO"


# Source: ushahidi/platform, FormAttributeRepository and Formatter/Post/CSV of version 4: the columns of
# every post, then those of the survey, of which a point has two; below them a row of HXL tags, each of
# which may be blank.
USHAHIDI_4 = (
    "Post ID,Survey,Post Status,Created (UTC),Updated (UTC),Post Date (UTC),Contact ID,Contact,"
    "Unstructured Description,Title,Description,Categories,{0}.lat,{0}.lon,Sources"
)


@pytest.mark.parametrize("place", ["Location", "Where did it happen?"])
@pytest.mark.parametrize("tagged", [False, True])
def test_ushahidi_4(place: str, tagged: bool, importer, datasets, tmp_path: Path):
    row = {
        "Post ID": "71", "Survey": "Made-up survey", "Post Status": "published",
        "Created (UTC)": "2021-02-03 10:00:00", "Updated (UTC)": "2021-02-04 11:00:00",
        "Post Date (UTC)": "2021-01-18 10:05:00", "Contact ID": "9", "Contact": "made up",
        "Title": "A made-up report", "Description": "Shells, it says.", "Categories": "Shelling",
        f"{place}.lat": "36.38", f"{place}.lon": "38.86", "Sources": "Made-up News",
    }  # fmt: skip
    tags = {f"{place}.lat": "#geo +lat", f"{place}.lon": "#geo +lon"} if tagged else {}
    text = table(USHAHIDI_4.format(place), [tags, row])
    progress, events = imported(importer, datasets, write(tmp_path / "export.csv", text))
    assert progress.faults.total == 0
    assert list(events) == ["71"]
    event = events["71"]
    assert (event.title, event.days, event.point) == ("A made-up report", DAY, POINT)
    assert (event.notes, event.outlets) == ("Shells, it says.", ("Made-up News",))
    assert event.source["Created (UTC)"] == "2021-02-03 10:00:00"
    assert event.kind == "shelling"


# Source: forensic-architecture/timemap, eventSchema.js; in its exports all members are texts.
TIMEMAP = {
    "id": "12", "description": "A made-up shelling.", "date": "2021-01-18", "time": "10:05",
    "time_precision": "", "location": "Ain Issa", "latitude": "36.38", "longitude": "38.86",
    "type": "", "category": "Shelling", "category_full": "", "associations": ["a1", "a2"],
    "sources": ["src1", "src2"], "comments": "", "time_display": "",
}  # fmt: skip
CATEGORIES = [{"id": "Shelling", "desc": "", "title": "Shelling"}]


@pytest.mark.parametrize(
    "content",
    [
        [TIMEMAP],
        {"events": [TIMEMAP], "categories": CATEGORIES},
        {"categories": CATEGORIES, "events": [TIMEMAP]},
        {"categories": CATEGORIES, "sources": [{"id": "src1"}], "events": [TIMEMAP], "sites": []},
    ],
    ids=["list", "events first", "categories first", "among others"],
)
def test_timemap(content: object, importer, datasets, tmp_path: Path):
    _progress, events = imported(
        importer, datasets, write(tmp_path / "events.json", json.dumps(content))
    )
    (event,) = events.values()
    assert (event.kind, event.days, event.point) == ("shelling", DAY, POINT)
    assert (event.place, event.notes) == ("Ain Issa", "A made-up shelling.")
    assert event.source["associations"] == "a1; a2"


def _feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _map(*layers: tuple[str, list[object]]) -> dict[str, object]:
    """Source: umap-project, export of a whole map."""
    return {
        "type": "umap", "uri": "https://umap.example.org/1", "properties": {"name": "made up"},
        "geometry": {"type": "Point", "coordinates": [9, 47]},
        "layers": [
            {"type": "FeatureCollection", "features": features,
             "_umap_options": {"displayOnLoad": True, "name": name}}
            for name, features in layers
        ],
    }  # fmt: skip


AT = {"type": "Point", "coordinates": [38.86, 36.38]}
SHELL = _feature(AT, name="A shell", date="2021-01-18", _umap_options={"color": "Red"})
PROTEST = _feature(AT, name="A march", date="2021-01-18")


@pytest.mark.parametrize("name", ["map.umap", "map.json"])
def test_the_layers_of_umap_are_the_kinds(name: str, importer, datasets, tmp_path: Path):
    empty = _feature({"type": "Point", "coordinates": []}, name="Nowhere", date="2021-01-18")
    content = _map(("Shelling", [SHELL, empty]), ("Protests", [PROTEST, 7]))
    progress, events = imported(importer, datasets, write(tmp_path / name, json.dumps(content)))
    by_title = {event.title: event for event in events.values()}
    assert {title: event.kind for title, event in by_title.items()} == {
        "A shell": "shelling", "Nowhere": "shelling", "A march": "protest",
    }  # fmt: skip
    assert (by_title["A shell"].point, by_title["A shell"].days) == (POINT, DAY)
    assert by_title["Nowhere"].point is None
    assert progress.faults.total == 1


def test_a_layer_of_umap_can_be_chosen(importer, datasets, tmp_path: Path):
    content = json.dumps(_map(("Shelling", [SHELL]), ("Protests", [PROTEST])))
    path = write(tmp_path / "map.umap", content)
    from_layer = read_layer(importer, datasets, path, "Protests")
    assert [event.title for event in from_layer.values()] == ["A march"]
    with pytest.raises(TableError, match="expected the layer Other"):
        read_layer(importer, datasets, path, "Other")


def read_layer(importer, datasets, path: Path, layer: str):
    from dashboard.datasets.files.input_file import FileOptions

    return imported(importer, datasets, path, file=FileOptions(layer=layer))[1]


@pytest.mark.parametrize(
    "text", ["{", '{"type": "umap"}', '{"type": "umap", "layers": 3}', "[]", ""]
)
def test_what_is_no_map_is_refused(text: str, importer, tmp_path: Path):
    with pytest.raises(TableError):
        read(importer, write(tmp_path / "map.umap", text))


# Source: Google My Maps, "Export to KML/KMZ": a folder for each layer, the columns of a layer as Data,
# and the same once more as HTML in the description.
MY_MAPS = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Made up</name>
<Style id="icon-1899-0288D1-normal"><IconStyle><scale>1</scale></IconStyle></Style>
<Folder><name>Shelling</name>
<Placemark><name>A shell</name>
<description><![CDATA[description: It fell.<br>date: 2021-01-18]]></description>
<styleUrl>#icon-1899-0288D1</styleUrl>
<ExtendedData><Data name="description"><value>It fell.</value></Data>
<Data name="date"><value>2021-01-18</value></Data><Data name="killed"><value>3</value></Data>
</ExtendedData><Point><coordinates>
            38.86,36.38,0
          </coordinates></Point></Placemark>
<Placemark><name>No point</name><address>Ain Issa</address>
<ExtendedData><Data name="date"><value>2021-01-18</value></Data></ExtendedData></Placemark>
</Folder>
<Folder><name>Protests</name>
<Placemark><name>A line</name><LineString><coordinates>
38.86,36.38,0 38.87,36.38,0</coordinates></LineString></Placemark>
<Placemark><name>Empty</name><Point><coordinates></coordinates></Point></Placemark>
</Folder></Document></kml>"""


@pytest.mark.parametrize("name", ["map.kml", "map.kmz"])
def test_my_maps(name: str, importer, datasets, tmp_path: Path):
    path = tmp_path / name
    if name == "map.kmz":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("images/icon-1.png", b"png")
            archive.writestr("doc.kml", MY_MAPS)
    else:
        write(path, MY_MAPS)
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    by_title = {event.title: event for event in events.values()}
    assert {title: event.kind for title, event in by_title.items()} == {
        "A shell": "shelling", "No point": "shelling", "A line": "protest", "Empty": "protest",
    }  # fmt: skip
    shell = by_title["A shell"]
    assert (shell.days, shell.point, shell.notes) == (DAY, POINT, "It fell.")
    assert shell.figures == {"killed": (None, 3, None)}
    assert by_title["No point"].point is None
    assert by_title["No point"].source["address"] == "Ain Issa"
    assert by_title["Empty"].point is None
    assert by_title["A line"].precision == "settlement"
    assert by_title["A line"].days == (None, None)
