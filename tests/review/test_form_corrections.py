"""Places that were corrected in a form only are proposed as names, as corrected mentions are."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole
from dashboard.model.learned import LearnedStatus
from dashboard.model.records import Table
from dashboard.review.actions import accept, edit_event
from dashboard.review.draft import draft, event_draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.form_corrections import form_corrections
from dashboard.review.learned_names import decide, proposals
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Workspace

KNOWN = "قصفت القوات التركية أمس بلدة تل تمر بقذائف المدفعية."
UNKNOWN = "قصفت القوات التركية أمس قرية الزنبقية بقذائف المدفعية."
IN_AN_AREA = "قصفت القوات التركية أمس ريف الرقة بقذائف المدفعية."


def _read(tmp_path: Path, corpus: Corpus, text: str) -> EditSession:
    workspace = Workspace(tmp_path / "w.sqlite")
    list(ingest(workspace, corpus, [File("a.txt", text.encode())], Workers(), "Rana"))
    return EditSession(workspace, with_workspace(corpus, workspace), "Rana")


def _accept(session: EditSession, corpus: Corpus, *places: str) -> tuple[EditSession, str]:
    """Accept the one suggestion at these places."""
    (stored,) = session.workspace.all(Table.SUGGESTION).values()
    given = draft(stored.value, session.corpus)
    fields = replace(given, places=tuple((place_id, PlaceRole.AT) for place_id in places))
    event_id = accept(session, stored, fields, why="the map shows it")
    return replace(session, corpus=with_workspace(corpus, session.workspace)), event_id


def _proposed(session: EditSession) -> list[tuple[str, str]]:
    found = proposals(session.workspace, session.corpus)
    return [(each.wording, each.meaning_id) for each in found]


def test_a_place_that_was_replaced_proposes_the_words_that_were_read(
    tmp_path: Path, corpus: Corpus
):
    session, _event_id = _accept(_read(tmp_path, corpus, KNOWN), corpus, "saraqib")
    assert _proposed(session) == [("تل تمر", "saraqib")]
    # It is proposed, and the article is read as before.
    assert session.workspace.count(Table.CORRECTION) == 0
    (proposal,) = proposals(session.workspace, session.corpus)
    decide(session, proposal, LearnedStatus.DECLINED, wording=proposal.wording, why="no")
    assert _proposed(session) == []


def test_nothing_is_proposed_where_the_place_is_as_it_was_read(tmp_path: Path, corpus: Corpus):
    session, _event_id = _accept(_read(tmp_path, corpus, KNOWN), corpus, "tell_tamer")
    assert list(form_corrections(session.workspace, session.corpus)) == []


def test_an_undone_acceptance_proposes_nothing(tmp_path: Path, corpus: Corpus):
    session, _event_id = _accept(_read(tmp_path, corpus, KNOWN), corpus, "saraqib")
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == []


def test_a_place_that_is_corrected_when_the_event_is_edited_is_proposed_too(
    tmp_path: Path, corpus: Corpus
):
    session, event_id = _accept(_read(tmp_path, corpus, KNOWN), corpus, "tell_tamer")
    before = event_record(session.corpus, event_id)
    assert before is not None
    fields = replace(event_draft(before), places=(("saraqib", PlaceRole.AT),))
    version = session.version(Table.EVENT, event_id)
    edit_event(session, before, with_draft(before, fields), version=version, why="the map")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == [("تل تمر", "saraqib")]


def test_a_name_that_the_gazetteer_lacks_is_proposed_for_the_place_that_was_entered(
    tmp_path: Path, corpus: Corpus
):
    session = _read(tmp_path, corpus, UNKNOWN)
    (unknown,) = session.workspace.all(Table.UNKNOWN_PLACE).values()
    session, _event_id = _accept(session, corpus, "saraqib")
    assert _proposed(session) == [(unknown.value.name, "saraqib")]


@pytest.mark.parametrize("places", [(), ("saraqib", "manbij")], ids=["none", "two"])
def test_words_are_proposed_for_one_place_only(
    tmp_path: Path, corpus: Corpus, places: tuple[str, ...]
):
    session, _event_id = _accept(_read(tmp_path, corpus, KNOWN), corpus, *places)
    assert _proposed(session) == []


def test_a_town_in_place_of_the_area_around_it_is_no_other_reading(tmp_path: Path, corpus: Corpus):
    session = _read(tmp_path, corpus, IN_AN_AREA)
    (stored,) = session.workspace.all(Table.SUGGESTION).values()
    (area,) = (place.place_id for place in stored.value.suggestion.places)
    assert area in session.corpus.gazetteer.containers("raqqa")
    session, _event_id = _accept(session, corpus, "raqqa")
    assert _proposed(session) == []
