"""A verification of an imported event: it lapses, rests and comes back with the event, and is undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.datasets.__main__ import main
from dashboard.engine.verified import ImportedVerifications, imported_events
from dashboard.exit_status import ExitStatus
from dashboard.model.errors import DashboardError
from dashboard.model.records import Table
from dashboard.model.verification import ENTERED, Verification, VerifiedPart
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query import pages
from dashboard.query.query import Query
from dashboard.review.edit_session import EditSession
from dashboard.review.history import imported_entries
from dashboard.review.judging import (
    JudgementError,
    VerificationDraft,
    verification_of,
    verify_event,
)
from dashboard.settings import read_settings
from dashboard.store.backup import Reason, make_backup
from dashboard.store.workspace import ConflictError, Workspace
from tests.acled_file import HEAD, ROWS, write_acled
from tests.store.sample_workspaces import replayed, stored

EVENT = "acled:SYR90001"
CONFIRMED = VerificationDraft(VerifiedPart.EVENT, Verification.CONFIRMED, "a photo of the site")
PLACE = VerificationDraft(VerifiedPart.PLACE, Verification.LOCATED, "the mosque is in the photo")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A workspace, and two events of ACLED beside the curated ones."""
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    monkeypatch.setenv("EVENT_MAP_DATASETS", str(tmp_path / "datasets"))
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK
    return Project(read_settings())


def catalog(project: Project) -> Catalog:
    return project.catalog(project.load())


def verify(project: Project, draft: VerificationDraft, who: str = "Rana", **options: int) -> None:
    known = catalog(project)
    imported = imported_events(known.engine, [EVENT])[EVENT]
    corpus = known.loader.load(known.engine.ask(pages.numbers_of, (EVENT,))).corpus
    session = EditSession(project.workspace, corpus, who)
    key = verification_of(EVENT, draft.part, imported.dataset)
    version = options.get("version", session.version(*key))
    verify_event(session, EVENT, draft, version=version, imported=imported)


def confirmed(project: Project) -> list[str]:
    known = catalog(project)
    keys = known.engine.ask(pages.all_numbers, Query(verifications=("confirmed",)), most=9)
    return [event.event_id for event in known.loader.load(keys).events]


def verified(project: Project) -> ImportedVerifications:
    return catalog(project).verified


def reimport(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "again.csv"
    path.write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    assert main([str(path)]) == ExitStatus.OK


def test_it_is_a_record_of_the_log_with_who_when_and_ground_and_is_undone(project: Project):
    version = catalog(project).version
    verify(project, CONFIRMED)
    verify(project, PLACE)
    assert confirmed(project) == [EVENT]
    assert catalog(project).version != version, "the browser asks for the map again"
    (second, first) = imported_entries(project.workspace, "acled", EVENT)
    assert (first.who, first.why) == ("Rana", "a photo of the site")
    record = verified(project).judgements.verification(EVENT, VerifiedPart.EVENT)
    assert record is not None
    assert (record.who, record.ground) == ("Rana", "a photo of the site")
    project.workspace.undo(first.seq, who="Omar", why="another site")
    assert confirmed(project) == []
    place = verified(project).judgements.state(EVENT, VerifiedPart.PLACE)
    assert place is Verification.LOCATED
    assert second.seq > first.seq


def test_the_same_rows_imported_again_leave_it_and_changed_ones_let_it_lapse(
    project: Project, tmp_path: Path
):
    verify(project, CONFIRMED)
    verify(project, PLACE)
    reimport(tmp_path, ROWS.replace("A clash,2", "A longer note,3"))
    assert confirmed(project) == [EVENT], "notes and figures are not what was verified"
    reimport(tmp_path, ROWS.replace("2021-01-19", "2021-01-20"))
    assert confirmed(project) == []
    assert list(verified(project).judgements.lapsed) == [(EVENT, "event")]
    assert verified(project).judgements.state(EVENT, VerifiedPart.PLACE) == "located"
    reimport(tmp_path, ROWS.replace("36.38,38.85", "36.40,38.85"))
    assert set(verified(project).judgements.lapsed) == {(EVENT, "event"), (EVENT, "place")}
    reimport(tmp_path, ROWS)
    assert confirmed(project) == [EVENT]
    assert not verified(project).judgements.lapsed


def test_without_its_dataset_it_rests_and_counts_again_when_that_is_back(
    project: Project, tmp_path: Path
):
    verify(project, CONFIRMED)
    assert confirmed(project) == [EVENT]
    project.library.show("acled", shown=False)
    assert [row.title for row in verified(project).resting] != []
    project.library.show("acled", shown=True)
    assert verified(project).resting == ()
    project.library.remove("acled")
    (row,) = verified(project).resting
    assert (row.dataset, row.record.event_id, row.record.who) == ("acled", EVENT, "Rana")
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK
    assert confirmed(project) == [EVENT]
    assert verified(project).resting == ()


def test_what_is_refused_is_not_written(project: Project):
    verify(project, CONFIRMED)
    before = project.workspace.version()
    with pytest.raises(ConflictError, match="Rana"):
        verify(project, replace(CONFIRMED, state=Verification.REFUTED), "Omar", version=0)
    with pytest.raises(JudgementError, match="needs a ground"):
        verify(project, replace(PLACE, ground=" "))
    with pytest.raises(JudgementError, match="has no claim"):
        verify(project, replace(PLACE, claim_id="no such claim"))
    assert project.workspace.version() == before


def test_a_backup_has_it(project: Project, tmp_path: Path):
    verify(project, CONFIRMED)
    backup = make_backup(project.workspace.path, tmp_path / "backups", Reason.MIGRATION)
    copied = Workspace(backup.path)
    table, key = verification_of(EVENT, VerifiedPart.EVENT, "acled")
    assert copied.get(table, key) == project.workspace.get(table, key)


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(list(VerifiedPart)), st.sampled_from(ENTERED)),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(_STEPS)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_replaying_the_log_gives_the_state_after_any_steps(
    project: Project, steps: list[tuple[VerifiedPart, Verification] | int]
):
    for step in steps:
        if isinstance(step, int):
            try:
                seq = max(1, project.workspace.version() - step)
                project.workspace.undo(seq, who="Omar", why="a mistake")
            except (DashboardError, LookupError):
                continue
        else:
            verify(project, VerificationDraft(*step, "what was checked"))
    assert stored(project.workspace) == replayed(project.workspace)
    rows = project.workspace.all(Table.IMPORTED_VERIFICATION).values()
    states = {(row.value.record.part, row.value.record.state) for row in rows if row.value}
    counting = verified(project).judgements.verifications.values()
    assert {(row.part, row.state) for row in counting} == states
    assert (confirmed(project) == [EVENT]) == (("event", "confirmed") in states)


def test_it_is_found_if_another_dataset_has_the_id_first_and_the_event_is_renamed(
    project: Project, tmp_path: Path
):
    verify(project, CONFIRMED)
    project.library.remove("acled")
    other = write_acled(tmp_path / "other.csv")
    assert main([str(other), "--name", "Other"]) == ExitStatus.OK
    assert confirmed(project) == [], "an event of that id, but of another dataset"
    assert len(verified(project).resting) == 1
    reimport(tmp_path, ROWS)
    renamed = f"acled:{EVENT}"
    assert confirmed(project) == [renamed]
    assert not verified(project).resting
    # It is one record under both ids: with one history, and the second author sees the first.
    (entry,) = imported_entries(project.workspace, "acled", renamed)
    assert entry.who == "Rana"
    kinds = verification_of(EVENT, VerifiedPart.EVENT, "acled")
    assert verification_of(renamed, VerifiedPart.EVENT, "acled") == kinds
