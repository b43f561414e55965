"""What became of a suggestion after its article was read again."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.records import Correction, SuggestionRecord, Table
from dashboard.review.actions import accept
from dashboard.review.draft import draft
from dashboard.review.edit_session import EditSession
from dashboard.review.replaced_suggestion import replaced_suggestion
from dashboard.review.rereading import correct_mention
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import replayed, stored

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى بالمدفعية."


@pytest.fixture
def session(tmp_path: Path, corpus: Corpus) -> EditSession:
    workspace = Workspace(tmp_path / "w.sqlite")
    *_, _report = ingest(workspace, corpus, [File("a.txt", TEXT.encode())], Workers(), "Rana")
    return EditSession(workspace, with_workspace(corpus, workspace), "Rana")


def the_suggestion(session: EditSession) -> tuple[str, SuggestionRecord]:
    ((key, item),) = session.workspace.all(Table.SUGGESTION, status="pending").items()
    assert isinstance(item.value, SuggestionRecord)
    return key, item.value


def correct(session: EditSession, words: str, kind: str, value: str | None) -> None:
    _key, record = the_suggestion(session)
    start = TEXT.index(words)
    correction = Correction(record.article_id, start, start + len(words), kind, value)
    correct_mention(session, correction, surface=words, why="checked")


def test_the_new_reading_of_the_same_words_is_its_successor(session: EditSession):
    key, before = the_suggestion(session)
    assert replaced_suggestion(session.workspace, key) is None
    assert replaced_suggestion(session.workspace, "never here") is None
    correct(session, "عين عيسى", "place", "qamishli")
    new_key, _record = the_suggestion(session)
    replaced = replaced_suggestion(session.workspace, key)
    assert replaced is not None
    assert replaced.before.value == before
    assert replaced.entry.seq == session.workspace.version()
    assert replaced.successor is not None
    assert replaced.successor.value is not None
    assert replaced.successor.value.suggestion_id == new_key != key


def test_one_that_is_gone_can_still_be_accepted_as_it_was(session: EditSession, corpus: Corpus):
    key, record = the_suggestion(session)
    current = session.workspace.get(Table.SUGGESTION, key)
    assert current is not None
    session.commit([session.change(Table.SUGGESTION, key, None)], "removed", "no event")
    replaced = replaced_suggestion(session.workspace, key)
    assert replaced is not None
    assert replaced.successor is None
    given = replace(draft(record, session.corpus), title_en="Shelling after all")
    event_id = accept(session, replaced.before, given, why="it is one")
    after = with_workspace(corpus, session.workspace)
    assert after.events.events[event_id].title_en == "Shelling after all"
    session.workspace.undo(session.workspace.version(), who="Rana", why="no")
    assert replaced_suggestion(session.workspace, key) is None or event_id not in (
        with_workspace(corpus, session.workspace).events.events
    )
    assert replayed(session.workspace) == stored(session.workspace)
