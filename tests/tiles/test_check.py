"""What the check of a file of tiles finds, and why it refuses one."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sandbox.limits import Limits
from dashboard.tiles.check import check, check_messages
from dashboard.tiles.mbtiles_file import convert
from dashboard.tiles.pmtiles_file import TileFileError, tile_at
from dashboard.tiles.tile_file import TileFile, TileKind, TileSchema
from tests.tiles import make


def _checked(path: Path) -> TileFile:
    return check(path, path.parent / "converted" / "x.pmtiles", path.stem)


def _tile(path: Path, z: int, x: int, y: int) -> bytes | None:
    about = path.stat()
    return tile_at(path, (about.st_size, about.st_mtime_ns), z, x, y)


def test_pictures_of_a_pmtiles_file(tmp_path: Path):
    path = make.raster_pmtiles(tmp_path / "scan.pmtiles")
    file = _checked(path)
    assert file == TileFile(
        "Scanned map", "Example & Co", TileKind.RASTER, TileSchema.NONE, (), "image/png", 6, 8,
        make.BOUNDS, 3,
    )  # fmt: skip
    assert _tile(path, 7, 77, 50) == make.picture((200, 40, 40))
    assert _tile(path, 7, 78, 50) is None
    assert _tile(path, 7, 1 << 40, 50) is None


@pytest.mark.parametrize(("kind", "ending", "media_type"), [
    ("PNG", "png", "image/png"),
    ("JPEG", "jpg", "image/jpeg"),
    ("JPEG", "jpeg", "image/jpeg"),
    ("WEBP", "webp", "image/webp"),
])  # fmt: skip
def test_pictures_of_an_mbtiles_file_have_their_place(
    tmp_path: Path, kind: str, ending: str, media_type: str
):
    path = make.raster_mbtiles(tmp_path / "satellite.mbtiles", kind, ending)
    file = _checked(path)
    assert (file.title, file.media_type, file.tiles) == ("Satellite", media_type, 3)
    assert file.bounds == make.BOUNDS
    converted = tmp_path / "converted" / "x.pmtiles"
    # Rows of MBTiles are counted from the south.
    assert _tile(converted, 8, 155, 100) == make.picture((80, 90, 60), kind)


@pytest.mark.parametrize("ending", ["pmtiles", "mbtiles"])
@pytest.mark.parametrize(("layers", "schema"), [
    (make.PROTOMAPS, TileSchema.PROTOMAPS),
    (make.OPENMAPTILES, TileSchema.OPENMAPTILES),
    ({"roads": make.PROTOMAPS["roads"]}, TileSchema.OTHER),
])  # fmt: skip
def test_the_schema_of_vector_tiles_is_known_by_its_layers(
    tmp_path: Path, ending: str, layers: dict, schema: TileSchema
):
    file = _checked(make.vector(tmp_path / f"extract.{ending}", layers))
    assert (file.kind, file.schema) == (TileKind.VECTOR, schema)
    assert (file.min_zoom, file.max_zoom, file.credit) == (4, 9, "© OpenStreetMap")


def _refused(path: Path) -> str:
    with pytest.raises(TileFileError) as caught:
        _checked(path)
    return str(caught.value)


def test_what_is_no_file_of_tiles_is_refused(tmp_path: Path):
    path = tmp_path / "x.pmtiles"
    path.write_bytes(b"PK\x03\x04 a zip")
    assert "expected a PMTiles file of version 3, or an MBTiles file" in _refused(path)
    path.write_bytes(b"PMTiles\x02" + bytes(300))
    assert "version 3" in _refused(path)
    whole = make.raster_pmtiles(tmp_path / "whole.pmtiles").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in _refused(path)
    path.write_bytes(whole.replace(b"\x89PNG\r\n\x1a\n", b"<script>"))
    assert "expected tiles of the type image/png" in _refused(path)


def test_an_mbtiles_file_of_another_shape_is_refused(tmp_path: Path):
    path = make.raster_mbtiles(tmp_path / "a.mbtiles", ending="exe")
    assert "found exe" in _refused(path)
    other = tmp_path / "b.mbtiles"
    with closing(sqlite3.connect(other)) as database, database:
        database.execute("CREATE TABLE metadata (name text, value text)")
    assert "expected the format" in _refused(other)
    make.raster_mbtiles(tmp_path / "c.mbtiles")
    with closing(sqlite3.connect(tmp_path / "c.mbtiles")) as database, database:
        database.execute("UPDATE tiles SET tile_column = 999999")
    assert "column 999999" in _refused(tmp_path / "c.mbtiles")


def test_metadata_are_plain_words(tmp_path: Path):
    name = "<img src=x onerror=alert(1)>Map \x07<b>two</b>"
    path = make.raster_mbtiles(tmp_path / "a.mbtiles", metadata={"name": name, "bounds": "x"})
    file = _checked(path)
    assert file.title == "Map \ufffdtwo"
    assert file.bounds == (-180.0, -85.0511, 180.0, 85.0511)


@given(st.data())
def test_damage_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    folder = tmp_path_factory.mktemp("damage")
    make_file = data.draw(st.sampled_from([make.raster_pmtiles, make.raster_mbtiles]))
    path = make_file(folder / "x.tiles")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        # Header, directories and SQLite's first pages.
        content[data.draw(st.integers(0, min(len(content), 4_200) - 1))] = data.draw(
            st.integers(0, 255)
        )
    path.write_bytes(content)
    (folder / "converted").mkdir()
    # In this process: an error that is no TileFileError fails the test.
    messages = list(check_messages(path, folder / "converted" / "x.pmtiles", "x"))
    assert messages


def test_a_view_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = make.raster_mbtiles(tmp_path / "a.mbtiles")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE tiles")
        database.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT 0 FROM n)"
            " SELECT i zoom_level, i tile_column, i tile_row, i tile_data FROM n"
        )
    monkeypatch.setattr("dashboard.tiles.check._LIMITS", Limits(cpu_s=2))
    assert "processor time" in _refused(path)


def test_progress_is_reported_while_tiles_are_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("dashboard.tiles.mbtiles_file._STEP", 1)
    path = make.raster_mbtiles(tmp_path / "a.mbtiles")
    before = tempfile.gettempdir()
    assert list(convert(path, tmp_path / "b.pmtiles")) == [1, 2, 3, 3]
    assert tempfile.gettempdir() == before
