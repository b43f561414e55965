"""Saved views: a name, a note and a link each, in the log, one of a name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.model.saved_view import MOST_NAME, MOST_NOTE, SavedView
from dashboard.review.edit_session import EditSession
from dashboard.review.saved_views import SavedViewError, remove_view, save_view, saved_views
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import replayed, stored

ARRESTS = SavedView("Arrests", "To be checked.", {"kind": ("arrest",), "tab": ("table",)})


@pytest.fixture
def session(tmp_path: Path, corpus: Corpus) -> EditSession:
    return EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")


def test_a_view_is_saved_changed_removed_and_brought_back(session: EditSession):
    view_id = save_view(session, ARRESTS)
    changed = SavedView("اعتقالات", "", {"kind": ("arrest",)})
    assert save_view(session, changed, view_id) == view_id
    assert saved_views(session.workspace) == {view_id: changed}
    remove_view(session, view_id, changed.name)
    assert not saved_views(session.workspace)
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assert saved_views(session.workspace) == {view_id: changed}
    said = [str(entry.what) for entry in session.workspace.log(record=(Table.SAVED_VIEW, view_id))]
    assert said[1:] == [
        "removed the view “اعتقالات”", "changed the view “اعتقالات”", "saved the view “Arrests”"
    ]  # fmt: skip
    assert replayed(session.workspace) == stored(session.workspace)


@pytest.mark.parametrize("name", ["", " \n", "x" * (MOST_NAME + 1), "ARRESTS"])
def test_a_name_that_says_nothing_or_is_taken_is_refused(session: EditSession, name: str):
    save_view(session, ARRESTS)
    with pytest.raises(SavedViewError):
        save_view(session, SavedView(name, "", {}))
    with pytest.raises(SavedViewError):
        save_view(session, SavedView("Other", "x" * (MOST_NOTE + 1), {}))
    assert list(saved_views(session.workspace).values()) == [ARRESTS]


def test_views_are_in_the_order_of_their_names(session: EditSession):
    for name in ("b", "A", "c"):
        save_view(session, SavedView(name, "", {}))
    assert [view.name for view in saved_views(session.workspace).values()] == ["A", "b", "c"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(name=st.text(max_size=90), note=st.text(max_size=90), text=st.text(max_size=90))
def test_any_text_is_saved_as_it_is_or_refused(
    session: EditSession, name: str, note: str, text: str
):
    view = SavedView(f"{session.workspace.version()} {name}", note, {"q": (text,)})
    try:
        view_id = save_view(session, view)
    except (SavedViewError, ValueError):
        return
    (saved,) = (each for key, each in saved_views(session.workspace).items() if key == view_id)
    assert saved.name == " ".join(view.name.split())
    assert saved.note == note.strip()
    assert saved.link == view.link
