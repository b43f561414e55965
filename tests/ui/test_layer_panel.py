"""The Data page's layers: a file is added with its source, what was lost is said, and it is removed."""

from pathlib import Path
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from dashboard.layers.folder import Layer, LayerFolder
from dashboard.model.layer_style import ShownLayer
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.store.workspace import Workspace
from tests.layers import make
from tests.ui.running import click, panel, texts


def _panel() -> None:
    from dashboard.settings import read_settings
    from dashboard.ui.data.layer_panel import layer_panel
    from tests.ui.running import register_pages

    register_pages()
    layer_panel(read_settings())


def _choice() -> None:
    from collections import defaultdict

    import streamlit as st

    from dashboard.ui.explore.layer_choice import layer_choice, say_missing_layers
    from dashboard.ui.state import explore_query

    query = explore_query.read(defaultdict(tuple))
    say_missing_layers(query)
    layer_choice(query)
    for notice in explore_query.notices():
        st.warning(notice)
    st.text(" ".join(map(str, query.layers)))
    explore_query.write()


def _upload(app: AppTest, path: Path, name: str = "") -> AppTest:
    upload = (name or path.name, path.read_bytes(), "application/octet-stream")
    return app.file_uploader[0].set_value(upload).run()


def _type(app: AppTest, label: str, text: str) -> None:
    next(field for field in app.text_input if field.label == label).set_value(text).run()


def _layers() -> list[Layer]:
    return list(LayerFolder(read_settings().layers).layers().values())


def test_a_layer_is_added_with_its_source(workspace: Workspace, tmp_path: Path):
    rows = {**make.ROWS, "from": ["2021-01", "whenever", ""]}
    app = _upload(panel(_panel, "Rana"), make.geojson(tmp_path / "a.geojson", rows=rows))
    chosen = {field.label: field.value for field in app.selectbox}
    assert chosen == {
        "Column of labels": "name",
        "Column of dates, or of first days": "from",
        "Column of last days": "to",
    }
    click(app, "Add the layer")
    assert "Still needed" in texts(app)
    assert _layers() == []
    _type(app, "Source (needed)", "A <b>Mapping</b> Group")
    _type(app, "Date of the layer", "tomorrow or so")
    click(app, "Add the layer")
    assert "expected a day, month or year" in texts(app)
    _type(app, "Date of the layer", "January 2021")
    click(app, "Add the layer")
    (layer,) = _layers()
    shown = texts(app)
    assert "was added" in shown
    assert "1 area, 1 line, 1 point" in shown
    assert "January 2021" in shown
    assert "1 date not understood" in shown
    assert "whenever" in shown
    assert "<b>" not in shown.replace("\\<b>", "")
    assert layer.texts.source == "A <b>Mapping</b> Group"


def test_what_is_not_clear_is_asked(workspace: Workspace, tmp_path: Path):
    app = _upload(panel(_panel, "Rana"), make.shapefile(tmp_path / "areas.zip", prj=False))
    assert any("reference system" in info.value for info in app.info)
    system = next(it for it in app.selectbox if it.label == "Coordinate reference system")
    assert system.options == ["EPSG:4326", "EPSG:3857"]
    system.set_value("EPSG:4326").run()
    # The coordinates are metres of another system: refused, not drawn in the sea.
    assert any("expected longitudes from" in error.value for error in app.error)


def test_a_file_that_is_none_is_refused(workspace: Workspace, tmp_path: Path):
    path = tmp_path / "a.kml"
    path.write_bytes(b"no kml")
    app = _upload(panel(_panel, "Rana"), path, "<b>x</b>.kml")
    assert any("expected KML" in error.value for error in app.error)
    assert all("<b>" not in error.value.replace("\\<b>", "") for error in app.error)


def test_a_layer_is_edited_and_removed(workspace: Workspace, tmp_path: Path):
    make.added(LayerFolder(read_settings().layers), make.geojson(tmp_path / "a.geojson"))
    app = panel(_panel, "Rana")
    _type(app, "Title of the layer", "Another title")
    click(app, "Save the layer")
    assert [layer.texts.title for layer in _layers()] == ["Another title"]
    assert "Another title" in texts(app)
    click(app, "Remove the layer")
    assert _layers() == []


def test_on_the_map_adds_the_layer_to_the_link(workspace: Workspace, tmp_path: Path):
    folder = LayerFolder(read_settings().layers)
    first = make.added(folder, make.geojson(tmp_path / "a.geojson")).layer_id
    second = make.added(folder, make.shapefile(tmp_path / "b.zip")).layer_id
    app = AppTest.from_function(_panel, default_timeout=60)
    shown = (ShownLayer(first, "teal", 40),)
    app.session_state["query"] = Query(kinds=("arrest",), layers=shown)
    links = [parse_qs(link.proto.query_string) for link in app.run().get("page_link")]
    assert all(link["kind"] == ["arrest"] for link in links)
    both = [f"{first},teal,40,2,20", f"{second},brown,80,2,20"]
    assert sorted(link["layer"] for link in links) == [both[:1], both]


def test_another_column_of_labels_is_chosen(workspace: Workspace, tmp_path: Path):
    rows = {**make.ROWS, "side": ["A", "B", "A"]}
    folder = LayerFolder(read_settings().layers)
    make.added(folder, make.geojson(tmp_path / "a.geojson", rows=rows))
    app = panel(_panel, "Rana")
    next(it for it in app.selectbox if it.label == "Column of labels").set_value("side").run()
    click(app, "Save the layer")
    (layer,) = _layers()
    assert layer.record.counts.labels == ("A", "B")
    assert layer.texts == make.TEXTS


def test_a_layer_without_its_file_says_that_it_must_be_added_again(
    workspace: Workspace, tmp_path: Path
):
    folder = LayerFolder(read_settings().layers)
    make.added(folder, make.geojson(tmp_path / "a.geojson"))
    for source in folder.folder.glob("*.source"):
        source.unlink()
    assert "add the file again" in texts(panel(_panel, "Rana"))


def test_layers_are_chosen_styled_and_ordered_in_the_link(workspace: Workspace, tmp_path: Path):
    folder = LayerFolder(read_settings().layers)
    first = make.added(folder, make.geojson(tmp_path / "a.geojson")).layer_id
    second = make.added(folder, make.shapefile(tmp_path / "b.zip")).layer_id
    app = panel(_choice)
    assert app.text[0].value == ""
    app.multiselect[0].set_value([first]).run()
    app.multiselect[0].set_value([first, second]).run()
    assert app.query_params["layer"] == [f"{first},teal,80,2,20", f"{second},brown,80,2,20"]
    # The topmost layer is first.
    assert next(it.key for it in app.slider) == f"layer_opacity_{second}"
    app.slider(key=f"layer_opacity_{first}").set_value(40).run()
    app.selectbox(key=f"layer_colour_{first}").set_value("rose").run()
    app.button(key=f"layer_up_{first}").click().run()
    assert app.query_params["layer"] == [f"{second},brown,80,2,20", f"{first},rose,40,2,20"]
    app.multiselect[0].set_value([first]).run()
    assert app.query_params["layer"] in (f"{first},rose,40,2,20", [f"{first},rose,40,2,20"])


def test_a_link_to_a_missing_layer_says_so(workspace: Workspace):
    app = AppTest.from_function(_choice)
    app.query_params["layer"] = ["0" * 16, "<b>no layer</b>"]
    app.run(timeout=30)
    shown = " ".join(warning.value for warning in app.warning)
    assert "0" * 16 in shown
    assert "layer=" in shown


def test_the_form_has_a_field_for_a_file_of_shapes(workspace: Workspace):
    def form() -> None:
        from dashboard.layers.folder import LayerFolder
        from dashboard.settings import read_settings
        from dashboard.ui.data.layer_form import add_layer

        add_layer(LayerFolder(read_settings().layers))

    app = panel(form)
    assert [field.label for field in app.file_uploader] == ["File of shapes"]
    assert not app.button
