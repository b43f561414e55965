"""Basemaps of files: pictures and vectors below the events, from this server alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.settings import read_settings
from dashboard.static_files import TILE_SCRIPT
from tests.e2e import app
from tests.e2e.conftest import Open
from tests.tiles import make

VIEW = "map=36.4,38.9,8"


@pytest.fixture(scope="module", autouse=True)
def basemaps() -> Iterator[Path]:
    """A file of pictures and one of vectors in the folder of the tests' workspace."""
    folder = read_settings().basemaps
    folder.mkdir(parents=True)
    make.raster_mbtiles(folder / "satellite.mbtiles")
    make.vector(folder / "extract.pmtiles", make.PROTOMAPS)
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_pictures_are_below_the_events(open_app: Open):
    with open_app(f"/?{VIEW}&basemap=satellite.mbtiles") as visit:
        page = visit.page
        app.ready(page)
        tile = app.the_map(page).locator("img.leaflet-tile-loaded[src*='basemap-tiles']")
        expect(tile.first).to_be_attached(timeout=app.SLOW_MS)
        credit = app.the_map(page).locator(".leaflet-control-attribution")
        expect(credit).to_contain_text("Example & Co")
        # The picture stays when a filter changes, and leaves with another basemap.
        app.filter_row(page, "Contested").click()
        expect(app.caption(page)).to_contain_text("4 of 46", timeout=app.SLOW_MS)
        expect(tile.first).to_be_attached()
        app.choose(page, page.get_by_role("combobox", name="Basemap"), "Land and water")
        expect(tile).to_have_count(0, timeout=app.SLOW_MS)
        expect(credit).not_to_contain_text("Example")
        assert visit.outside == []
        assert visit.errors == []


def test_vectors_are_drawn_where_their_renderer_is_installed(open_app: Open):
    with open_app(f"/?{VIEW}&basemap=extract.pmtiles&lang=ar") as visit:
        app.ready(visit.page)
        if (read_settings().static / TILE_SCRIPT).is_file():
            drawn = app.the_map(visit.page).locator("canvas.leaflet-tile")
            expect(drawn.first).to_be_attached(timeout=app.SLOW_MS)
            assert any("extract.pmtiles/file.pmtiles" in url for url in visit.requests)
        else:
            note = app.the_map(visit.page).locator(".tile-note")
            expect(note).to_contain_text("npm", timeout=app.SLOW_MS)
        assert visit.outside == []
        assert visit.errors == []
