"""Files that are named and not uploaded: only below one folder, and never on a shared server."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.data.import_file import file_below


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "imports"
    (below / "2021").mkdir(parents=True)
    (below / "2021" / "events.csv").write_text("id,lat,lon\n1,36,38\n")
    (tmp_path / "outside.csv").write_text("id,lat,lon\n1,36,38\n")
    (below / "link.csv").symlink_to(tmp_path / "outside.csv")
    (below / "inside.csv").symlink_to(below / "2021" / "events.csv")
    return below


def test_a_file_below_the_folder_is_found(folder: Path):
    events = folder / "2021" / "events.csv"
    assert file_below(folder, "2021/events.csv") == events
    assert file_below(folder, "inside.csv") == events
    assert file_below(folder, str(events)) == events


@pytest.mark.parametrize(
    "name",
    ["", ".", "2021", "../outside.csv", "2021/../../outside.csv", "/etc/passwd", "link.csv", "none.csv",
     "x" * 5000, "\0", "~/x", "/vsizip/a.zip", "2021/events.csv\0.csv"],
)  # fmt: skip
def test_no_other_file_is_found(folder: Path, name: str):
    assert file_below(folder, name) is None


@pytest.mark.parametrize(
    ("environment", "offered"),
    [
        ({}, False),
        ({"EVENT_MAP_IMPORT_FOLDER": "/data"}, True),
        ({"EVENT_MAP_IMPORT_FOLDER": "/data", "EVENT_MAP_HOSTS": "map.example.org"}, False),
        (
            {"EVENT_MAP_IMPORT_FOLDER": "/data", "EVENT_MAP_ORIGINS": "https://map.example.org"},
            False,
        ),
    ],
)
def test_the_page_offers_it_where_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, offered: bool
):
    def script() -> None:
        from dashboard.settings import read_settings
        from dashboard.ui.data.import_file import chosen_file

        chosen_file(read_settings())

    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception
    assert bool(app.text_input) == offered
