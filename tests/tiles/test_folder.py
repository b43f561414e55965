"""The folder of basemaps: adding, files that were copied there, changes, removing."""

import os
from pathlib import Path

import pytest

from dashboard.tiles.draw_data import TileWindow, is_vector, iter_pixels, iter_shapes, window_of
from dashboard.tiles.folder import BasemapError, BasemapFolder, is_picture
from dashboard.tiles.tile_file import TileSchema
from tests.tiles import make


def test_a_file_is_added_under_a_name_of_its_content(tmp_path: Path):
    folder = BasemapFolder(tmp_path / "basemaps")
    assert folder.basemaps() == {}
    source = make.raster_mbtiles(tmp_path / "upload", metadata={"name": ""})
    added = folder.add(source, "../../صور \u202e.mbtiles")
    assert added.file.title == "صور \u202e"
    assert added.name.endswith(".mbtiles")
    assert added.name.removesuffix(".mbtiles").isalnum()
    assert added.name.isascii()
    assert is_picture(added)
    assert added.tile(8, 155, 100) == make.picture((80, 90, 60))
    with pytest.raises(BasemapError, match="here already"):
        folder.add(source, "again.mbtiles")
    folder.remove(added.name)
    assert folder.basemaps() == {}
    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []
    with pytest.raises(BasemapError, match="no such basemap"):
        folder.remove(added.name)


def test_a_file_that_is_refused_leaves_nothing(tmp_path: Path):
    folder = BasemapFolder(tmp_path / "basemaps")
    source = tmp_path / "upload"
    source.write_bytes(b"PK\x03\x04")
    with pytest.raises(BasemapError, match=r"map\.pmtiles: expected a PMTiles file"):
        folder.add(source, "map.pmtiles")
    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []


def test_files_copied_to_the_folder_are_checked_once_and_after_each_change(tmp_path: Path):
    folder = BasemapFolder(tmp_path)
    path = make.raster_pmtiles(tmp_path / "scan 1.pmtiles")
    (tmp_path / "readme.txt").write_text("no tiles")
    (tmp_path / "bad.mbtiles").write_bytes(b"no")
    assert folder.has_new()
    folder.check_new()
    assert not folder.has_new()
    assert list(folder.basemaps()) == ["scan 1.pmtiles"]
    assert "expected a PMTiles file" in str(folder.refused()["bad.mbtiles"])
    before = folder.basemaps()["scan 1.pmtiles"].version
    make.raster_pmtiles(path, colour=(1, 2, 3))
    os.utime(path, ns=(1, 1))
    assert folder.has_new()
    assert folder.basemaps() == {}
    folder.check_new()
    changed = folder.basemaps()["scan 1.pmtiles"]
    assert changed.version != before
    assert changed.tile(7, 77, 50) == make.picture((1, 2, 3))
    folder.remove("bad.mbtiles")
    assert folder.refused() == {}


def test_a_name_that_no_link_can_have_is_refused(tmp_path: Path):
    make.raster_pmtiles(tmp_path / "a&b.pmtiles")
    folder = BasemapFolder(tmp_path)
    folder.check_new()
    assert "expected a name" in str(folder.refused()["a&b.pmtiles"])


def test_a_figure_gets_pixels_and_shapes(tmp_path: Path):
    make.raster_pmtiles(tmp_path / "scan.pmtiles", colour=(10, 20, 30))
    make.vector(tmp_path / "extract.mbtiles", make.OPENMAPTILES)
    folder = BasemapFolder(tmp_path)
    folder.check_new()
    scan, extract = (folder.basemaps()[name] for name in ("scan.pmtiles", "extract.mbtiles"))
    window = window_of(scan, make.BOUNDS, 10_000)
    assert window.zoom == scan.file.max_zoom == 8
    (tile,) = iter_pixels(scan, window)
    assert (tile.x, tile.y, tile.rgba[:4]) == (155, 100, bytes((10, 20, 30, 255)))
    assert window_of(scan, (-180, -85, 180, 85), 10) == TileWindow(6, 0, 0, 63, 63)
    assert extract.file.schema is TileSchema.OPENMAPTILES
    assert is_vector(extract)
    shapes = list(iter_shapes(extract, window_of(extract, make.BOUNDS, 800)))
    assert {("transportation", "motorway"), ("water", "lake")} <= {
        (shape.layer, shape.kind) for shape in shapes
    }
