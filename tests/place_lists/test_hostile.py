"""Files of strangers: archives, workbooks and databases that would use too much, or run something."""

import io
import sqlite3
import struct
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.datasets.files.input_file import InputFile
from dashboard.place_lists.read import ListError, list_messages, read_list
from dashboard.place_lists.recognise import list_rows
from dashboard.place_lists.rows import Rows
from tests.place_lists.samples import geonames_row, geopackage, names_row, workbook

ROW = ("27", "Sarjah", "village", "", 36.55, 35.71)


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return path


def test_a_zip_bomb_is_refused_unread(tmp_path: Path):
    path = archive(tmp_path / "SY.zip", **{"SY.txt": b"0" * 300_000_000})
    start = time.monotonic()
    with pytest.raises(ListError, match="packed to a 200th"):
        read_list(path, path.name)
    assert time.monotonic() - start < 20


def test_ten_declared_gigabytes_are_refused(tmp_path: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        file.writestr("SY.txt", geonames_row(1, "Sarjah"))
    content = bytearray(buffer.getvalue())
    at = content.rindex(b"PK\x01\x02")
    # The unpacked size in the central directory: more than 4 GB are beyond these four bytes.
    struct.pack_into("<I", content, at + 24, 0xFFFFFFFE)
    path = tmp_path / "SY.zip"
    path.write_bytes(content)
    with pytest.raises(ListError, match=r"packed to a 200th|unpacked"):
        read_list(path, path.name)


def test_names_in_an_archive_are_no_paths(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("../outside/SY.txt", geonames_row(1, "Sarjah"))
    assert read_list(path, path.name).key == ["geonames_1"]
    assert list(outside.iterdir()) == []


def test_an_archive_of_two_lists_is_refused(tmp_path: Path):
    row = geonames_row(1, "Sarjah").encode()
    path = archive(tmp_path / "two.zip", **{"SY.txt": row, "LB.txt": row})
    with pytest.raises(
        ListError, match=r"expected one list of places in it, found SY\.txt, LB\.txt"
    ):
        read_list(path, path.name)


def test_a_view_and_a_trigger_are_never_run(tmp_path: Path):
    path = geopackage(tmp_path / "a.gpkg", [ROW])
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            "CREATE TRIGGER t AFTER INSERT ON points BEGIN DELETE FROM points; END;"
            "CREATE VIEW forever AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
            "SELECT x AS fid, 'village' AS place, 'x' AS name, '1' AS osm_id FROM n;"
            "INSERT INTO gpkg_contents VALUES ('forever', 'features', 'f', '', '', 0, 0, 1, 1, 4326);"
        )
    assert read_list(path, path.name).key == ["osm_node_27"]


def test_a_layer_that_is_a_view_alone_is_refused(tmp_path: Path):
    path = geopackage(tmp_path / "a.gpkg", [ROW])
    with closing(sqlite3.connect(path)) as db:
        db.executescript("ALTER TABLE points RENAME TO p; CREATE VIEW points AS SELECT * FROM p;")
    with pytest.raises(ListError, match=r"a\.gpkg"):
        read_list(path, path.name)


def test_external_links_of_a_workbook_are_not_followed(tmp_path: Path):
    header = ["ADM0_EN", "ADM0_PCODE", "ADM1_EN", "ADM1_PCODE"]
    path = workbook(tmp_path / "a.xlsx", {"ADM1": [header, ["Syria", "SY", "Idleb", "SY07"]]})
    linked = tmp_path / "linked.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(linked, "w") as target:
        for item in source.infolist():
            target.writestr(item.filename, source.read(item))
        target.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>'
            "</Relationships>",
        )
    listed = read_list(linked, linked.name)
    assert listed.key == ["pcode_SY", "pcode_SY07"]
    assert "root" not in str(listed.names)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.csv", "a.zip", "a.xlsx", "a.geojson", "a.gpkg", "a.exe"]
)
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 500, b"PK\x03\x04broken", b"{" * 100_000])
def test_damaged_files_are_refused_in_one_line(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ListError, match=rf"^{name}: [^\n]+$"):
        read_list(path, name)


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path):
    path = tmp_path / "SY.txt"
    path.write_bytes(geonames_row(1, "Sarjah").encode() + b"x" * 50_000_000)
    listed = read_list(path, path.name)
    assert listed.key == ["geonames_1"]


def test_the_reading_process_sends_rows_and_then_the_end(tmp_path: Path):
    path = tmp_path / "SY.txt"
    path.write_text(names_row(1, 2, "ar", "سرجة"), encoding="utf-8")
    file = InputFile(path, path.name)
    rows, end = list_messages(file)
    assert [place.key for place in rows.places] == ["geonames_2"]
    assert end.error == ""
    assert [format_ for format_, _place in list_rows(file, Rows())] == ["geonames_names"]
