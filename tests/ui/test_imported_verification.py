"""Verifying an event of an imported dataset through AppTest: its form, its changes, and at rest."""

from pathlib import Path

import pytest

from dashboard.browser import resting
from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from dashboard.model.verification import ImportedVerification, Verification, VerifiedPart
from dashboard.review.judging import verification_of
from dashboard.store.workspace import Workspace
from dashboard.ui.project import catalog, load, project
from dashboard.ui.review import history_panel, imported_panel
from tests.acled_file import write_acled
from tests.ui.running import click, html, panel, texts

_MODULES = (resting, history_panel, imported_panel)
EVENT = "acled:SYR90001"
GROUND = "<script>alert(1)</script> صورة"


def _event_page() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    edit_event_panel(load(), "acled:SYR90001")


@pytest.fixture
def workspace_with_acled(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    monkeypatch.setenv("EVENT_MAP_DATASETS", str(tmp_path / "datasets"))
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK
    return workspace


def test_it_is_verified_in_the_form_of_other_events_and_rests_without_its_dataset(
    workspace_with_acled: Workspace,
):
    app = panel(_event_page, "Rana")
    assert "nobody has checked it" in html(app)
    state = next(field for field in app.radio if str(field.key).endswith("_event_state"))
    state.set_value(Verification.CONFIRMED).run()
    click(app, "Save the verification")
    assert "Still needed: a ground" in texts(app)
    ground = next(field for field in app.text_area if str(field.key).endswith("_event_ground"))
    ground.set_value(GROUND).run()
    click(app, "Save the verification")
    table, key = verification_of(EVENT, VerifiedPart.EVENT, "acled")
    found = workspace_with_acled.get(table, key)
    assert found is not None
    assert isinstance(found.value, ImportedVerification)
    assert (found.value.record.state, found.value.record.who) == ("confirmed", "Rana")
    assert found.value.record.ground == GROUND
    shown = html(app)
    assert "✓ Confirmed" in shown
    assert "<script>" not in shown
    assert "صورة" in shown
    project().library.remove("acled")
    app = panel(_event_page, "Rana")
    assert "Its verifications rest" in texts(app)
    listed = resting.resting_html(catalog(load()).verified.resting)
    assert listed in html(app)
    assert EVENT in listed
    assert "<script>" not in listed


def test_an_engine_that_does_not_answer_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EVENT_MAP_ENGINE", "no://engine")
    app = panel(_event_page, "Rana")
    assert not app.exception
    assert [element.value for element in app.error] == [
        "The data cannot be shown because of these faults."
    ]
