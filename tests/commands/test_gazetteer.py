"""`event-map gazetteer`: looking names up, and adding, listing, downloading and removing lists."""

from pathlib import Path

import pytest

from dashboard.commands import gazetteer
from dashboard.commands.main import main
from dashboard.place_lists import download
from tests.place_lists.samples import geonames_row, geonames_zip


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "w.sqlite"
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(path))
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    rows = [geonames_row(1, "Made Up", "قرية مصنوعة"), geonames_row(2, "River", code="STM")]
    return geonames_zip(tmp_path / "SY.zip", *rows)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["gazetteer", *map(str, arguments)])
    return int(ended.value.code or 0)


def test_a_list_is_looked_at_added_shown_and_removed(
    archive: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
):
    folder = workspace.with_name("w_places")
    assert run("add", "--dry-run", archive) == 0
    shown = capsys.readouterr().out
    assert "GeoNames, places, 1 place, 1 with an Arabic name, Syria: 1" in shown
    assert "New: 1 place" in shown
    assert "1 × another kind of feature" in shown
    assert not folder.exists()
    assert run("قرية مصنوعة") == 1

    assert run("add", archive) == 0
    assert "Added as geonames_sy." in capsys.readouterr().out
    assert run("list") == 0
    assert "geonames_sy\tSY.zip\t" in capsys.readouterr().out
    assert run("قرية مصنوعة") == 0
    assert capsys.readouterr().out.startswith("geonames_1\tMade Up\tقرية مصنوعة\tvillage")

    assert run("remove", "geonames_sy") == 0
    assert run("find", "قرية مصنوعة") == 1
    assert run("remove", "geonames_sy") == 2


def test_what_is_no_list_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("add", path) == 2
    error = capsys.readouterr().err
    assert error.startswith("gazetteer: a.csv: expected places of GeoNames")
    assert error.count("\n") == 1


def test_without_a_network_one_line_says_which_file_to_bring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    closed = lambda code, folder: download.download_country(code, folder, "http://127.0.0.1:9")  # noqa: E731
    monkeypatch.setattr(gazetteer, "download_country", closed)
    assert run("download", "SY", "--folder", tmp_path) == 2
    error = capsys.readouterr().err
    assert "bring this file" in error
    assert error.count("\n") == 1


def test_a_damaged_list_is_reported(workspace: Path, capsys: pytest.CaptureFixture[str]):
    folder = workspace.with_name("w_places")
    folder.mkdir()
    (folder / "osm_bad.parquet").write_bytes(b"no")
    assert run("list") == 1
    assert "osm_bad.parquet: expected a list of places" in capsys.readouterr().err
