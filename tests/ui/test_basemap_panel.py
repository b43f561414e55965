"""The Data page's basemaps: a file is added, shown with what it has, and removed."""

from pathlib import Path
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.store.workspace import Workspace
from tests.tiles import make
from tests.ui.running import click, panel, texts


def _panel() -> None:
    from dashboard.settings import read_settings
    from dashboard.ui.data.basemap_panel import basemap_panel
    from tests.ui.running import register_pages

    register_pages()
    basemap_panel(read_settings())


def _arabic_panel() -> None:
    from dashboard.language.language import Language, using_language
    from dashboard.settings import read_settings
    from dashboard.ui.data.basemap_panel import basemap_panel
    from tests.ui.running import register_pages

    register_pages()
    with using_language(Language("ar")):
        basemap_panel(read_settings())


def _choice() -> None:
    from collections import defaultdict

    import streamlit as st

    from dashboard.ui.explore.basemap_choice import basemap_choice, say_missing_basemap, tiles_of
    from dashboard.ui.state import explore_query

    query = explore_query.read(defaultdict(tuple))
    say_missing_basemap(query)
    basemap_choice(query)
    st.text(repr((tiles_of(query.basemap) or {}).get("credit")))
    explore_query.write()


def _upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    return click(app, "Add the basemap")


def test_a_basemap_is_added_and_removed(workspace: Workspace, tmp_path: Path):
    app = panel(_panel, "Rana")
    content = make.raster_mbtiles(tmp_path / "x.mbtiles").read_bytes()
    _upload(app, "حلب.mbtiles", content)
    shown = texts(app)
    assert "Satellite" in shown
    assert "pictures, zoom 6 to 8, 3 tiles" in shown
    assert "Example" in shown
    assert "was added" in shown
    click(app, "Remove the basemap")
    assert "Satellite" not in texts(app)
    assert list(read_settings().basemaps.glob("*.mbtiles")) == []


def test_a_file_that_is_none_is_refused_with_the_reason(workspace: Workspace):
    app = _upload(panel(_panel, "Rana"), "<b>x</b>.pmtiles", b"PK\x03\x04")
    assert any("expected a PMTiles file" in error.value for error in app.error)
    assert all("<b>" not in error.value for error in app.error)


def test_a_file_in_the_folder_can_be_chosen(workspace: Workspace):
    folder = read_settings().basemaps
    folder.mkdir(parents=True)
    make.raster_pmtiles(folder / "scan.pmtiles")
    app = panel(_choice)
    assert app.selectbox[0].options == ["Land and water", "Scanned map", "OpenStreetMap, online"]
    assert app.text[0].value == "None"
    app.selectbox[0].set_value("scan.pmtiles").run()
    assert "scan.pmtiles" in app.query_params["basemap"]
    app.run()
    assert app.text[0].value == "'Example &amp; Co'"


def test_on_the_map_keeps_the_rest_of_the_link(workspace: Workspace):
    folder = read_settings().basemaps
    folder.mkdir(parents=True)
    make.raster_pmtiles(folder / "scan.pmtiles")
    app = AppTest.from_function(_panel, default_timeout=60)
    app.session_state["query"] = Query(kinds=("arrest",), text="Qamishli")
    (link,) = app.run().get("page_link")
    assert parse_qs(link.proto.query_string) == {
        "kind": ["arrest"],
        "q": ["Qamishli"],
        "basemap": ["scan.pmtiles"],
    }


def test_basemaps_of_one_title_are_told_apart_by_their_files(workspace: Workspace):
    folder = read_settings().basemaps
    folder.mkdir(parents=True)
    for name in ("one.pmtiles", "two.pmtiles"):
        make.raster_pmtiles(folder / name)
    options = panel(_choice).selectbox[0].options
    assert options[1:3] == ["Scanned map (one.pmtiles)", "Scanned map (two.pmtiles)"]


def test_the_reason_of_a_refusal_is_in_the_language_of_the_reader(workspace: Workspace):
    folder = read_settings().basemaps
    folder.mkdir(parents=True)
    (folder / "bad.pmtiles").write_bytes(b"PK\x03\x04")
    app = AppTest.from_function(_arabic_panel, default_timeout=60).run()
    (warning,) = app.warning
    assert "expected" not in warning.value
    assert "PMTiles" in warning.value


def test_a_link_to_a_missing_basemap_says_so(workspace: Workspace):
    app = AppTest.from_function(_choice)
    app.query_params["basemap"] = "gone.pmtiles"
    app.run(timeout=30)
    assert any("gone" in warning.value for warning in app.warning)
