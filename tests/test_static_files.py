"""Scripts, font and basemap are copied where the page serves them from, and only if they changed."""

import filecmp
from pathlib import Path

import pytest

from dashboard.settings import Settings
from dashboard.static_files import AssetError, prepare


def test_everything_that_the_page_asks_for_is_there(tmp_path: Path, settings: Settings):
    prepare(tmp_path, settings.basemap)
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {"vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css"} <= names
    assert {"map/event_map.js", "map/event_map.css"} <= names
    assert "vendor/fonts/NotoSansArabic.ttf" in names
    assert any(name.startswith("vendor/leaflet/images/") for name in names)
    assert {"map/event_map.js", "map/event_map.css"} <= names
    for source in settings.basemap.glob("*.geojson"):
        assert filecmp.cmp(source, tmp_path / "basemap" / source.name, shallow=False)


def test_only_what_differs_is_written_again(tmp_path: Path, settings: Settings):
    prepare(tmp_path, settings.basemap)
    script, font = tmp_path / "vendor/leaflet/leaflet.js", next(tmp_path.rglob("*.ttf"))
    script.write_text("other", encoding="utf-8")
    before = font.stat().st_mtime_ns
    prepare(tmp_path, settings.basemap)
    assert script.stat().st_size > 100_000
    assert font.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, settings: Settings):
    (tmp_path / "static").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(AssetError, match="static"):
        prepare(tmp_path / "static", settings.basemap)


def test_a_file_that_a_crash_left_half_written_is_written_again(tmp_path: Path, settings: Settings):
    script = tmp_path / "map" / "event_map.js"
    script.parent.mkdir()
    script.write_bytes("// ق".encode()[:-1])
    prepare(tmp_path, settings.basemap)
    assert "use strict" in script.read_text(encoding="utf-8")
