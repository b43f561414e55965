"""Each file that somebody with an account takes is in the log of files, with its selection."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import REPORT_FORMATS, SINGLE_FILE
from dashboard.export.other_process import write_in_other_process
from dashboard.export.write import ExportError, ExportRequest, write_export
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.viewer import Viewer, acting_as
from dashboard.project.linked import Linked, open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.store.taken_files import TakenFile, taken_files
from dashboard.ui.components.logged_file import logged

LINK = "kind=release"
READER = Viewer("omar@example.org", "Omar (omar@example.org)", permissions_of(Role.READER))
REQUESTS = {
    "table": ExportRequest("csv"),
    "less precise table": ExportRequest("csv", coarseness=Coarseness.DISTRICT),
    "table of any size": ExportRequest("csv", bulk=True),
    "single file": ExportRequest(SINGLE_FILE),
    "report": ExportRequest(min(REPORT_FORMATS)),
    "playback": ExportRequest("gif"),
}


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linked:
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    return open_link(Project(read_settings()), LINK)


def lines(linked: Linked) -> list[TakenFile]:
    return taken_files(linked.loaded.workspace)


@pytest.mark.parametrize("name", REQUESTS)
def test_each_kind_of_file_is_a_line(linked: Linked, tmp_path: Path, name: str):
    with acting_as(READER):
        write_export(linked, LINK, REQUESTS[name], tmp_path / "file")
    (line,) = lines(linked)
    events = linked.catalog.totals(linked.query)[0].shown
    assert (line.account, line.who) == (READER.account, READER.author)
    assert (line.format, line.link, line.events) == (REQUESTS[name].format_, LINK, events)


def test_a_file_of_another_process_is_a_line_of_who_asked_for_it(linked: Linked, tmp_path: Path):
    events = linked.catalog.totals(linked.query)[0].shown
    with acting_as(READER):
        write_in_other_process(LINK, events, REQUESTS["table"], tmp_path / "file")
    assert [line.account for line in lines(linked)] == [READER.account]


def test_a_file_that_cannot_be_written_is_no_line(linked: Linked, tmp_path: Path):
    request = replace(REQUESTS["single file"], captures=True)
    with acting_as(READER), pytest.raises(ExportError):
        write_export(linked, LINK, request, tmp_path / "file")
    assert lines(linked) == []


def test_a_figure_is_a_line_when_it_is_taken(linked: Linked):
    with acting_as(READER):
        take = logged(lambda: b"figure", "figure pdf", LINK, 3)
    assert lines(linked) == []
    assert take() == b"figure"
    (line,) = lines(linked)
    assert (line.account, line.format, line.link, line.events) == (
        READER.account, "figure pdf", LINK, 3,
    )  # fmt: skip
