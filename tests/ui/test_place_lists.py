"""The Gazetteer page's lists: what is in a file is shown before it is added, and it can be removed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.store.workspace import Workspace
from dashboard.ui.gazetteer import lists_panel
from tests.place_lists.samples import geonames_row, geonames_zip
from tests.ui.running import click, panel, texts

SHOWN = "In the gazetteer already: 0 places; they get 0 further names"


def _lists() -> None:
    from dashboard.ui import project
    from dashboard.ui.gazetteer.lists_panel import add_list, added_lists

    loaded = project.project().load()
    added_lists(loaded)
    add_list(loaded)


@pytest.fixture
def archive(tmp_path: Path) -> bytes:
    row = geonames_row(1, "Made Up", "قرية مصنوعة")
    return geonames_zip(tmp_path / "SY.zip", row).read_bytes()


def _upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/zip")).run()
    assert not app.exception, app.exception
    return app


def test_a_list_is_shown_then_added_then_removed(workspace: Workspace, archive: bytes):
    app = panel(_lists, "Rana")
    assert "No list of places was added yet." in texts(app)
    _upload(app, "SY.zip", archive)
    assert "New: 1 place, 1 with an Arabic name" in texts(app)
    assert SHOWN in texts(app)
    folder = read_settings().place_lists
    assert list(folder.glob("*.parquet")) == []

    click(app, "Add to the gazetteer")
    assert "was added." in texts(app)
    assert [path.name for path in folder.glob("*.parquet")] == ["geonames_sy.parquet"]
    assert "geonames_1" in Project(read_settings()).load().corpus.gazetteer.places

    click(app, "Remove the list")
    assert "No list of places was added yet." in texts(app)
    assert "geonames_1" not in Project(read_settings()).load().corpus.gazetteer.places


def test_without_a_name_nothing_can_be_added(workspace: Workspace, archive: bytes):
    app = _upload(panel(_lists), "SY.zip", archive)
    (button,) = [each for each in app.button if each.label == "Add to the gazetteer"]
    assert button.disabled


def test_a_file_that_is_no_list_says_why(workspace: Workspace):
    app = _upload(panel(_lists, "Rana"), "SY.zip", b"no archive")
    (error,) = app.error
    assert "expected a ZIP archive" in error.value.replace("\\", "")
    assert lists_panel.added_lists is not None
