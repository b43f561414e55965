"""What the map's scripts get of a basemap of a file: nothing of it is HTML or part of a path."""

from pathlib import Path

from dashboard.browser.tile_options import tile_options
from dashboard.language.language import ARABIC, using_language
from dashboard.static_files import TILE_SCRIPT
from dashboard.tiles.folder import Basemap, BasemapFolder
from tests.tiles import make


def _basemap(path: Path) -> Basemap:
    folder = BasemapFolder(path.parent)
    folder.check_new()
    return folder.basemaps()[path.name]


def test_pictures(tmp_path: Path):
    attribution = "&lt;img src=x onerror=alert(1)&gt; & Co"
    path = make.raster_mbtiles(tmp_path / "a (1).mbtiles", metadata={"attribution": attribution})
    options = tile_options(_basemap(path), tmp_path)
    assert options["credit"] == "&lt;img src=x onerror=alert(1)&gt; &amp; Co"
    assert options["address"] == "../../basemap-tiles/a%20%281%29.mbtiles"
    assert (options["kind"], options["min_zoom"], options["max_zoom"]) == ("raster", 6, 8)
    assert options["script"] == ""


def test_vectors_need_the_script_that_draws_them(tmp_path: Path):
    basemap = _basemap(make.vector(tmp_path / "extract.pmtiles", make.OPENMAPTILES))
    with using_language(ARABIC):
        options = tile_options(basemap, tmp_path)
    assert options["schema"] == "openmaptiles"
    assert set(options["layers"]) == set(make.OPENMAPTILES)
    assert options["language"] == "ar"
    assert "npm" in str(options["missing"])
    script = tmp_path / TILE_SCRIPT
    script.parent.mkdir(parents=True)
    script.touch()
    assert TILE_SCRIPT in str(tile_options(basemap, tmp_path)["script"])
