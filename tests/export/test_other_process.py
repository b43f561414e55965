"""Large exports are written in another process, which must write the same file."""

import csv
import io
from pathlib import Path

import msgspec
import pytest

from dashboard.datasets.event_map.layouts import Layout
from dashboard.exit_status import ExitStatus
from dashboard.export import child, other_process
from dashboard.export.child import Order
from dashboard.export.coarsen import Coarseness
from dashboard.export.options import ExportOptions
from dashboard.export.other_process import write_in_other_process
from dashboard.export.progress import STEPS
from dashboard.export.write import ExportError, ExportRequest, write_export
from dashboard.language.language import Language, using_language
from dashboard.model.viewer import viewer
from dashboard.project.linked import Linked, open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings

LINK = "kind=release&kind=clash"


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linked:
    """The link in a workspace that the other process opens too."""
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    return open_link(Project(read_settings()), LINK)


def _events(linked: Linked) -> int:
    events = linked.catalog.totals(linked.query)[0].shown
    assert events > 1
    return events


@pytest.mark.parametrize("request_", [ExportRequest("csv"), ExportRequest("csv", bulk=True)])
def test_the_other_process_writes_the_same_file(
    linked: Linked, tmp_path: Path, request_: ExportRequest
):
    here, there = tmp_path / "here", tmp_path / "there"
    with using_language(Language("ar")):
        write_export(linked, LINK, request_, here)
        write_in_other_process(LINK, _events(linked), request_, there)
    assert here.read_bytes() == there.read_bytes()


@pytest.mark.parametrize(
    ("link", "message"), [(LINK, "reload the page"), ("colour=blue&nothing=1", "found nothing")]
)
def test_what_is_not_as_the_page_said_is_not_written(
    linked: Linked, tmp_path: Path, link: str, message: str
):
    path = tmp_path / "there"
    with pytest.raises(ExportError, match=message):
        write_in_other_process(link, _events(linked) + 1, ExportRequest("csv"), path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("request_", "parts"),
    [
        (ExportRequest("xlsx"), [(0, STEPS), (1, STEPS)]),
        (ExportRequest("report-pdf"), [(0, STEPS), (1, STEPS)]),
        (ExportRequest("html"), [(0, STEPS), (1, STEPS)]),
    ],
)
def test_a_file_says_which_step_it_is_at(
    linked: Linked, tmp_path: Path, request_: ExportRequest, parts: list[tuple[int, int]]
):
    steps: list[tuple[int, int]] = []
    write_export(linked, LINK, request_, tmp_path / "a", lambda *part: steps.append(part))
    assert steps == parts


@pytest.mark.parametrize("layout", [Layout.EVENT, Layout.PLACE])
def test_a_large_table_counts_its_events(linked: Linked, tmp_path: Path, layout: Layout):
    steps: list[tuple[int, int]] = []
    request = ExportRequest("csv", bulk=True, options=ExportOptions(layout))
    write_export(linked, LINK, request, tmp_path / "a", lambda *part: steps.append(part))
    assert steps[-1] == (_events(linked),) * 2


def test_a_process_that_ends_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(other_process, "_COMMAND", ["sh", "-c", "kill -9 $$"])
    with pytest.raises(ExportError, match="its process ended"):
        write_in_other_process(LINK, 1, ExportRequest("csv"), tmp_path / "there")


def test_a_process_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(other_process, "_COMMAND", ["sleep", "60"])
    monkeypatch.setattr(other_process, "_LIMIT_S", 0.2)
    with pytest.raises(ExportError, match="took too long"):
        write_in_other_process(LINK, 1, ExportRequest("csv"), tmp_path / "there")


def test_an_order_is_carried_out(linked: Linked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What the process does, in this one."""
    out = tmp_path / "a.csv"
    order = Order(LINK, _events(linked), ExportRequest("csv"), str(out), Language(), viewer())
    monkeypatch.setattr(child.os, "nice", lambda _steps: 0)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(msgspec.json.encode(order))))
    assert child.main() == ExitStatus.OK
    assert out.stat().st_size > 0


@pytest.mark.parametrize("coarseness", list(Coarseness))
def test_with_coarser_places_a_file_names_no_filter_by_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coarseness: Coarseness
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    link = "kind=statement&kind=demand&place=ain_issa&q=Issa&map=36.3837,38.8629,13"
    linked = open_link(Project(read_settings()), link)
    path = tmp_path / "events.csv"
    write_export(linked, link, ExportRequest("csv", coarseness=coarseness), path)
    row = next(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    said = f"{row['file_link']} {row['file_selection']}"
    assert "kind=statement" in said
    for part in ("ain_issa", "Ain Issa", "Issa", "36.38"):
        assert (part in said) is (coarseness is Coarseness.ORIGINAL), said
