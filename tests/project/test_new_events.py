"""New events of a saved view: those of the log that the view lists and the viewer sees."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.restriction import RestrictedKind
from dashboard.model.saved_view import SavedView
from dashboard.model.viewer import acting_as
from dashboard.project.new_events import MOST_NAMED, new_events
from dashboard.project.project import Project
from dashboard.query.link import from_params
from dashboard.review.actions import accept_all
from dashboard.review.edit_session import EditSession
from tests.project.without import INSIDER, OUTSIDER, hide, project_at
from tests.ui.conftest import TEXT

EVERYTHING = SavedView("All", "", {})
SHELLING = SavedView("Shelling", "", {"kind": ("shelling",)})
WITH_SUGGESTIONS = SavedView("All", "", {"unreviewed": ("shown",)})


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    on_server = request.param == "PostgreSQL"
    server = request.getfixturevalue("server") if on_server else None
    return project_at(tmp_path / "p", datasets=(), server=server)


def read(project: Project, text: str = TEXT) -> str:
    """Read an article with a shelling and a clash; returns its id."""
    corpus: Corpus = project.load().corpus
    file = File("a.txt", text.encode())
    *_, report = ingest(project.workspace, corpus, [file], Workers(), "spool")
    return str(report.article_ids[0])


def accept(project: Project) -> None:
    pending = project.workspace.all(Table.SUGGESTION, status="pending").values()
    stored = [item for item in pending if isinstance(item.value, SuggestionRecord)]
    accept_all(EditSession(project.workspace, project.load().corpus, "Rana"), stored, why="seen")


def kinds(project: Project, view: SavedView, since: int) -> list[str]:
    return sorted(event.kind for event in new_events(project, view, since).events.values())


def test_an_event_is_new_until_it_was_seen_and_only_where_the_view_lists_it(project: Project):
    read(project)
    before = project.workspace.version()
    assert new_events(project, EVERYTHING, 0).count == 0
    accept(project)
    assert kinds(project, EVERYTHING, before) == ["clash", "shelling"]
    assert kinds(project, SHELLING, before) == ["shelling"]
    new = new_events(project, SHELLING, before)
    assert (new.count, new.version) == (1, project.workspace.version())
    assert new_events(project, SHELLING, new.version).count == 0


def test_suggestions_are_new_where_the_view_shows_them(project: Project):
    read(project)
    assert kinds(project, WITH_SUGGESTIONS, 0) == ["clash", "shelling"]
    assert kinds(project, EVERYTHING, 0) == []


def test_a_change_of_an_event_and_an_undone_one_are_not_new(project: Project):
    read(project)
    accept(project)
    accepted = project.workspace.version()
    corpus = project.load().corpus
    event_id = project.workspace.created(Table.EVENT, 0, accepted)[0]
    stored = project.workspace.get(Table.EVENT, event_id)
    assert stored is not None
    session = EditSession(project.workspace, corpus, "Rana")
    after = replace(stored.value, event=replace(stored.value.event, title_en="Another"))
    session.commit([session.change(Table.EVENT, event_id, after)], "edited", "")
    assert new_events(project, EVERYTHING, accepted).count == 0
    project.workspace.undo(project.workspace.version(), who="Rana", why="")
    project.workspace.undo(accepted, who="Rana", why="")
    assert new_events(project, EVERYTHING, 0).count == 0


def test_the_link_of_an_event_has_the_view_and_the_event(project: Project):
    read(project)
    accept(project)
    new = new_events(project, SHELLING, 0)
    ((event_id, link),) = new.links.items()
    query, notices = from_params(link, project.catalog(project.load()).vocabulary)
    assert (query.kinds, query.event_id, query.tab) == (("shelling",), event_id, "evidence")
    assert notices == ()


def test_events_of_a_hidden_article_are_new_to_nobody_who_may_not_see_them(project: Project):
    article_id = read(project)
    accept(project)
    hide(project, RestrictedKind.ARTICLE, article_id)
    with acting_as(INSIDER):
        assert new_events(project, EVERYTHING, 0).count == 2
    with acting_as(OUTSIDER):
        assert new_events(project, EVERYTHING, 0).count == 0
        assert new_events(project, WITH_SUGGESTIONS, 0).count == 0


def test_of_many_the_last_are_named_and_all_are_counted(project: Project, monkeypatch):
    monkeypatch.setattr("dashboard.project.new_events.MOST_NAMED", 1)
    monkeypatch.setattr("dashboard.project.new_events._AT_ONCE", 1)
    read(project)
    accept(project)
    new = new_events(project, EVERYTHING, 0)
    assert MOST_NAMED > new.count == 2
    last = project.workspace.created(Table.EVENT, 0, new.version)[-1]
    assert list(new.events) == [last]
