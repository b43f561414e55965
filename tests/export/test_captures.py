"""Captured files in exports: left out and said so, or in an archive that sha256sum checks."""

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.commands.export import export_selection
from dashboard.datasets.event_map.layouts import Layout
from dashboard.exit_status import ExitStatus
from dashboard.export import captures
from dashboard.export.authors import ABOUT, CAPTURE_TEXT
from dashboard.export.captures import ArchiveError, captures_of, with_captures, write_archive
from dashboard.export.coarsen import Coarseness
from dashboard.export.geojson import to_geojson
from dashboard.export.options import ExportOptions
from dashboard.export.selection import export_of
from dashboard.export.tables import to_csv
from dashboard.export.write import ExportRequest
from dashboard.model.capture import SourceLinks
from dashboard.model.corpus import Corpus
from dashboard.model.selected import SelectedEvents
from dashboard.project.project import Loaded, Project
from dashboard.query.query import Query
from dashboard.review.captures import set_links
from dashboard.review.edit_session import EditSession
from dashboard.settings import read_settings
from dashboard.store.workspace import Workspace
from tests.store.capture_samples import HTML, added, claim_of, png

HOSTILE = "=cmd|' /C calc'!A0\n../../x"
ORIGINAL, ARCHIVED = "https://a.example/1", "https://web.archive.org/1"


@pytest.fixture
def loaded(tmp_path: Path, corpus: Corpus) -> Loaded:
    """A page, a picture that is lost, and links, of one claim."""
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))
    workspace = project.workspace
    added(workspace, corpus, HTML, name=HOSTILE, note="ملاحظة")
    lost = added(workspace, corpus, png(), graphic=True)
    workspace.captures.path(lost.sha256).unlink()
    claim = claim_of(corpus)
    links = SourceLinks(claim.article_id, claim.claim_id, ORIGINAL, ARCHIVED)
    set_links(EditSession(workspace, corpus, "Rana"), links, version=0, why="found")
    workspace.daily.wait()
    return project.load()


@pytest.fixture
def selected(loaded: Loaded, tmp_path: Path) -> SelectedEvents:
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))
    found = project.catalog(project.load()).select(Query())
    assert found is not None
    return found


def archive(path: Path, loaded: Loaded, selected: SelectedEvents) -> dict[str, bytes]:
    files = loaded.workspace.captures
    rows = captures_of(selected, loaded.proof, files)
    write_archive(path, "events.csv", b"event_id\r\n", rows, files)
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_an_archive_has_files_manifest_and_what_is_lost(
    loaded: Loaded, selected: SelectedEvents, tmp_path: Path
):
    members = archive(tmp_path / "a.zip", loaded, selected)
    page = loaded.workspace.captures.describe(HTML)
    assert set(members) == {
        "events.csv",
        "captures.csv",
        "SHA256SUMS",
        f"captures/{page.sha256}.html",
    }
    assert members[f"captures/{page.sha256}.html"] == HTML
    rows = list(csv.DictReader(io.StringIO(members["captures.csv"].decode(), newline="")))
    assert {(row["file"], row["state"]) for row in rows} == {
        (f"captures/{page.sha256}.html", "sound"),
        ("", "missing"),
    }
    (sound,) = (row for row in rows if row["state"] == "sound")
    assert sound["name"].startswith("'="), "no formula"
    # Those that an export without names is to be looked at for.
    assert set(CAPTURE_TEXT) <= sound.keys()
    assert all(name in ABOUT["authors"] for name in CAPTURE_TEXT)
    assert (sound["day"], sound["time"], sound["taken_by"]) == ("2026-11-20", "09:05:00", "Rana")
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        opened.extractall(folder)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=True
    )
    assert checked.stdout.count(b": OK") == 3


def test_an_archive_that_is_too_large_is_refused(
    loaded: Loaded, selected: SelectedEvents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(captures, "MOST_GIGABYTES", 0)
    with pytest.raises(ArchiveError, match="at most 0 GB"):
        archive(tmp_path / "a.zip", loaded, selected)


def test_an_export_says_whether_the_files_go_with_it(loaded: Loaded, selected: SelectedEvents):
    rows = captures_of(selected, loaded.proof, loaded.workspace.captures)
    export = export_of(selected, Coarseness.ORIGINAL, {})
    left_out = with_captures(export, rows, included=False).about["captures"]
    assert left_out.startswith("left out on purpose: 2 captured files")
    included = with_captures(export, rows, included=True).about["captures"]
    assert included == "included: 1 captured files in captures/; 1 missing, 0 altered"
    assert "captures" not in with_captures(export, (), included=False).about


def test_tables_have_links_and_hashes_and_no_names_of_who_took_them(
    loaded: Loaded, selected: SelectedEvents, corpus: Corpus
):
    export = export_of(selected, Coarseness.ORIGINAL, {})
    content = to_csv(export, ExportOptions(Layout.CLAIM))
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    (row,) = (row for row in rows if row["claim_id"] == claim_of(corpus).claim_id)
    page = loaded.workspace.captures.describe(HTML)
    assert (row["original_url"], row["archived_url"]) == (ORIGINAL, ARCHIVED)
    assert page.sha256 in row["capture_sha256"].split("; ")
    features = json.loads(to_geojson(export))["features"]
    claims = [claim for each in features for claim in each["properties"]["claims"]]
    assert {claim["archived_url"] for claim in claims} == {None, ARCHIVED}
    assert b"Rana" not in content
    assert "ملاحظة".encode() not in content


def _export() -> None:
    from dashboard.query.query import Query
    from dashboard.ui.explore.export_panel import export_panel
    from dashboard.ui.project import catalog, load

    loaded = load()
    export_panel(loaded, catalog(loaded), Query(tab="table"))


def test_the_page_leaves_them_out_unless_they_are_chosen(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "page.sqlite"
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(path))
    label = "With the captured files, in a ZIP archive"
    app = AppTest.from_function(_export, default_timeout=90).run()
    assert label not in [box.label for box in app.checkbox]
    added(Workspace(path), corpus, HTML)
    app = AppTest.from_function(_export, default_timeout=90).run()
    (box,) = (box for box in app.checkbox if box.label == label)
    assert box.value is False
    assert any(text.value == "File: events.xlsx" for text in app.text)
    box.check().run()
    assert any(text.value == "File: events.zip" for text in app.text)
    next(box for box in app.selectbox if box.key == "export_coarseness").select_index(1).run()
    assert not app.exception
    assert label not in [box.label for box in app.checkbox]
    assert any("Captured files are left out" in text.value for text in app.caption)


def test_the_command_says_what_it_leaves_out_and_writes_the_archive_if_asked(
    loaded: Loaded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(loaded.workspace.path))
    plain, zipped = tmp_path / "a.csv", tmp_path / "a.zip"
    assert export_selection("", ExportRequest("csv"), plain) == ExitStatus.OK
    error = capsys.readouterr().err
    assert "left out on purpose: 2 captured files" in error
    assert "--captures" in error
    assert (
        export_selection("", ExportRequest("csv", captures=True, authors=False), zipped)
        == ExitStatus.OK
    )
    assert "left out" not in capsys.readouterr().err
    with zipfile.ZipFile(zipped) as file:
        names = set(file.namelist())
        listed = list(csv.DictReader(io.StringIO(file.read("captures.csv").decode())))
        file.extractall(tmp_path / "unpacked")
    assert {"events.csv", "captures.csv", "SHA256SUMS"} <= names
    assert len([name for name in names if name.startswith("captures/")]) == 1
    assert {row["taken_by"] for row in listed} == {""}
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "unpacked", check=True)
    out = tmp_path / "a.parquet"
    assert export_selection("", ExportRequest("parquet", captures=True), out) == ExitStatus.NOTHING
    assert "captured files go with" in capsys.readouterr().err
    assert export_selection("", ExportRequest("parquet"), out) == ExitStatus.OK
    table = pq.read_table(out)
    assert sum(bool(cell) for cell in table["capture_sha256"].to_pylist()) >= 1
    nothing = tmp_path / "none.parquet"
    assert (
        export_selection("q=no+such+words+anywhere", ExportRequest("parquet"), nothing)
        == ExitStatus.NOTHING
    )
    assert "expected events" in capsys.readouterr().err
    assert not nothing.exists()
