"""KML of other programs: folders, tracks, undeclared prefixes, blanks, descriptions, links."""

from pathlib import Path

import pytest

from dashboard.datasets.files.chunks import Chunk
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.kml import kml
from dashboard.datasets.files.xml_prefixes import undeclared_prefixes
from dashboard.model.errors import Fault

POINT = "<Point><coordinates>39.5,35.5</coordinates></Point>"


def table(path: Path, content: str, root: str = "kml") -> tuple[list[dict], list[Fault]]:
    path.write_text(f'<?xml version="1.0"?><{root}>{content}</kml>', encoding="utf-8")
    faults: list[Fault] = []
    chunks: list[Chunk] = list(kml(InputFile(path, path.name), FileOptions(), faults.append, 10))
    return [row for chunk in chunks for row in chunk.frame.to_dict("records")], faults


def test_folders_are_columns_from_the_outermost(tmp_path: Path):
    mark = f"<Placemark><name>{{}}</name>{POINT}</Placemark>"
    inner = f"<Folder><name>March</name>{mark.format('a')}</Folder>"
    text = (
        f"<Document><name>map</name><Folder><name>Raids</name>{inner}{mark.format('b')}</Folder>"
        f"<Folder>{mark.format('c')}</Folder>{mark.format('d')}</Document>"
    )
    found, _faults = table(tmp_path / "a.kml", text)
    folders = {row["name"]: (row["folder"], row["folder 2"]) for row in found}
    assert folders["a"] == ("Raids", "March")
    assert folders["b"][0] == "Raids"
    assert [type(folders[name][0]) for name in "cd"] == [float, float]


def test_a_track_has_its_place_and_its_days(tmp_path: Path):
    text = (
        "<Placemark><name>a</name><gx:MultiTrack><gx:Track>"
        "<when>2020-03-02T22:00:00Z</when><when>2020-03-03T01:00:00Z</when>"
        "<gx:coord>39.5 35.5 0</gx:coord><gx:coord>39.7 35.5 0</gx:coord>"
        "</gx:Track></gx:MultiTrack></Placemark>"
    )
    root = 'kml xmlns:gx="http://www.google.com/kml/ext/2.2"'
    (row,), faults = table(tmp_path / "a.kml", text, root)
    assert faults == []
    assert row["latitude"] == pytest.approx(35.5)
    assert 39.5 <= row["longitude"] <= 39.7
    assert (row["date"][:10], row["date_end"][:10]) == ("2020-03-02", "2020-03-03")


@pytest.mark.parametrize(
    "extra", ["<gx:x>1</gx:x>", '<a xsi:type="b"/>', "<mwm:c><mwm:d/></mwm:c>"]
)
def test_a_prefix_without_a_declaration_is_forgiven(tmp_path: Path, extra: str):
    text = f"<Document><Placemark><name>a</name>{extra}{POINT}</Placemark></Document>"
    (row,), faults = table(tmp_path / "a.kml", text)
    assert (row["name"], row["latitude"], faults) == ("a", 35.5, [])
    assert len(undeclared_prefixes(InputFile(tmp_path / "a.kml", "a.kml"))) == 1


@pytest.mark.parametrize(
    "text", ["39.5, 35.5", " 39.5 ,35.5 , 0 ", "\n39.5,35.5,\n", "39.5,\t35.5,0"]
)
def test_blanks_in_coordinates_are_forgiven(tmp_path: Path, text: str):
    mark = f"<Placemark><Point><coordinates>{text}</coordinates></Point></Placemark>"
    (row,), faults = table(tmp_path / "a.kml", mark)
    assert (row["longitude"], row["latitude"], faults) == (39.5, 35.5, [])


HTML = "<![CDATA[<b>When:</b> March<br>Two &amp; three<img src='https://example.org/x'/>]]>"


def test_extended_data_count_before_the_description(tmp_path: Path):
    data = '<ExtendedData><Data name="description"><value>Whole</value></Data></ExtendedData>'
    mark = f"<Placemark><description>{HTML}</description>{{}}{POINT}</Placemark>"
    found, _faults = table(tmp_path / "a.kml", mark.format(data) + mark.format(""))
    assert [row["description"] for row in found] == ["Whole", "When: March\nTwo & three"]


def test_a_day_of_extended_data_beside_that_of_the_placemark_stays(tmp_path: Path):
    data = '<ExtendedData><Data name="date"><value>1/2/2020</value></Data></ExtendedData>'
    mark = f"<TimeStamp><when>2020-03-02</when></TimeStamp>{data}{POINT}"
    (row,), _faults = table(tmp_path / "a.kml", f"<Placemark>{mark}</Placemark>")
    assert (row["date"], row["date (2)"]) == ("2020-03-02", "1/2/2020")


LINK = "<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink>"


def test_a_file_that_only_links_says_so(tmp_path: Path):
    with pytest.raises(TableError, match=r"only links to https://example.org/a.kml; nothing"):
        table(tmp_path / "a.kml", f"<Document>{LINK}</Document>")
    found, faults = table(tmp_path / "a.kml", f"{LINK}<Placemark>{POINT}</Placemark>")
    assert len(found) == 1
    assert [fault.field for fault in faults] == ["NetworkLink"]
