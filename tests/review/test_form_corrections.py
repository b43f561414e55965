"""Places that were corrected in a form only are proposed as names, as corrected mentions are."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.extraction.reader import Reading
from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, PlaceRole, Stance
from dashboard.model.learned import LearnedStatus
from dashboard.model.records import Table
from dashboard.model.when import When
from dashboard.review.actions import accept, edit_event
from dashboard.review.claims import ClaimDraft
from dashboard.review.draft import Draft, draft, event_draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.events import create_event
from dashboard.review.form_corrections import form_corrections
from dashboard.review.form_words import of_suggestion
from dashboard.review.learned_names import decide, proposals
from dashboard.review.notes import note_of
from dashboard.review.rereading import read_article, reader_of
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Workspace

KNOWN = "قصفت القوات التركية أمس بلدة تل تمر بقذائف المدفعية."
UNKNOWN = "قصفت القوات التركية أمس قرية الزنبقية بقذائف المدفعية."
UNLISTED = "هاجمت كتيبة 604 أمس نقاطا لقوات سوريا الديمقراطية في بلدة تل تمر."
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


def test_a_name_that_the_gazetteer_lacks_goes_before_the_area_around_it(
    tmp_path: Path, corpus: Corpus
):
    text = "قصفت القوات التركية أمس قرية الزنبقية شمالي الرقة بقذائف المدفعية."
    session, _event_id = _accept(_read(tmp_path, corpus, text), corpus, "saraqib")
    assert _proposed(session) == [("الزنبقية", "saraqib")]


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


def _by_hand(
    session: EditSession, corpus: Corpus, places: tuple[str, ...], actors: tuple[str, ...]
) -> EditSession:
    """An event by hand of the first sentence of the article that was read here."""
    (article_id,) = (key for key in session.corpus.articles if key not in corpus.articles)
    text = session.corpus.articles[article_id].text
    fields = Draft(
        "shelling",
        "By hand",
        "باليد",
        When(None, None, None),
        "",
        tuple((key, PlaceRole.AT) for key in places),
        tuple((key, ActorRole.PARTY) for key in actors),
    )
    claim = ClaimDraft(article_id, 0, text.index("."), Stance.ASSERTS)
    create_event(session, fields, [claim], why="seen")
    return replace(session, corpus=with_workspace(corpus, session.workspace))


def test_an_event_by_hand_proposes_the_name_in_its_words(tmp_path: Path, corpus: Corpus):
    session = _read(tmp_path, corpus, UNKNOWN)
    session = _by_hand(session, corpus, ("saraqib",), ("turkish_forces",))
    assert _proposed(session) == [("الزنبقية", "saraqib")]
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == []


def test_an_event_by_hand_whose_words_are_read_as_another_place_proposes_them(
    tmp_path: Path, corpus: Corpus
):
    session = _read(tmp_path, corpus, KNOWN)
    session = _by_hand(session, corpus, ("saraqib",), ("turkish_forces",))
    assert _proposed(session) == [("تل تمر", "saraqib")]


def test_an_event_by_hand_as_its_words_are_read_proposes_nothing(tmp_path: Path, corpus: Corpus):
    session = _read(tmp_path, corpus, KNOWN)

    def no_reading(_article_id: str) -> Reading:
        raise AssertionError("the words name all that the event has")

    session = _by_hand(session, corpus, ("tell_tamer",), ("turkish_forces",))
    assert list(form_corrections(session.workspace, session.corpus, no_reading)) == []


def test_a_note_of_an_analyst_proposes_nothing(tmp_path: Path, corpus: Corpus):
    session = EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")
    note = note_of(session, "قصفت أمس قرية الزنبقية.")
    fields = Draft(
        "shelling", "x", "x", When(None, None, None), "", (("saraqib", PlaceRole.AT),), ()
    )
    create_event(
        note.session, fields, [note.claim], why="x", sources=note.changes, texts=note.texts
    )
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert len(session.corpus.events.events) == len(corpus.events.events) + 1
    assert _proposed(session) == []


@pytest.mark.parametrize("by_hand", [False, True], ids=["suggestion", "by hand"])
def test_a_group_that_the_list_of_parties_lacks_is_proposed_as_the_party_that_was_entered(
    tmp_path: Path, corpus: Corpus, *, by_hand: bool
):
    session = _read(tmp_path, corpus, UNLISTED)
    parties = ("sdf", "sna")
    if by_hand:
        session = _by_hand(session, corpus, ("tell_tamer",), parties)
    else:
        (stored,) = session.workspace.all(Table.SUGGESTION).values()
        given = draft(stored.value, session.corpus)
        actors = tuple((key, ActorRole.PARTY) for key in parties)
        accept(session, stored, replace(given, actors=actors), why="its badge")
        session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == [("كتيبة 604", "sna")]
    (proposal,) = proposals(session.workspace, session.corpus)
    decide(session, proposal, LearnedStatus.ACCEPTED, wording="كتيبة 604", why="its badge")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    (suggestion,) = reader_of(session.corpus).read(UNLISTED).suggestions
    assert "sna" in {each.actor_id for each in suggestion.actors}


def test_a_known_party_in_place_of_another_is_no_name_of_it(tmp_path: Path, corpus: Corpus):
    session = _read(tmp_path, corpus, KNOWN)
    (stored,) = session.workspace.all(Table.SUGGESTION).values()
    given = draft(stored.value, session.corpus)
    accept(
        session, stored, replace(given, actors=(("sdf", ActorRole.INITIATOR),)), why="not Turkey"
    )
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == []


def test_a_corrected_seed_event_proposes_the_words_of_its_article(tmp_path: Path, corpus: Corpus):
    session = EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")
    event_id = "mediation_russian_officer"
    before = event_record(corpus, event_id)
    assert before is not None
    assert list(form_corrections(session.workspace, session.corpus)) == []
    (place,) = {row.place_id for row in before.places}
    fields = replace(event_draft(before), places=(("saraqib", PlaceRole.AT),))
    edit_event(session, before, with_draft(before, fields), version=0, why="the map")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    found = proposals(session.workspace, session.corpus)
    assert [each.meaning_id for each in found] == ["saraqib"]
    reading = read_article(session.corpus, session.workspace, found[0].article_ids[0])
    assert {m.place_id for m in reading.places if m.surface == found[0].wording} == {place}


def test_a_seed_event_whose_title_was_edited_proposes_nothing(tmp_path: Path, corpus: Corpus):
    session = EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")
    for event_id in corpus.events.events:
        before = event_record(corpus, event_id)
        assert before is not None
        fields = replace(event_draft(before), title_en="Another title")
        edit_event(session, before, with_draft(before, fields), version=0, why="shorter")
    session = replace(session, corpus=with_workspace(corpus, session.workspace))
    assert _proposed(session) == []
    workspace = session.workspace
    before_all = {key: workspace.at_version(Table.EVENT, key, 0) for key in corpus.events.events}
    assert workspace.before_changes(Table.EVENT) == before_all


def test_the_words_of_a_suggestion_are_in_its_sentences(tmp_path: Path, corpus: Corpus):
    session = _read(tmp_path, corpus, UNLISTED)
    (stored,) = session.workspace.all(Table.SUGGESTION).values()
    words = of_suggestion(stored.value, session.corpus, [(0, 3)])
    assert words.sentences == ((0, len(UNLISTED)),)
    assert words.unknown_places == [(0, 3)]
    ((start, end),) = words.places["tell_tamer"]
    assert UNLISTED[start:end] == "تل تمر"
    assert [UNLISTED[slice(*span)] for span in words.unlisted_parties] == ["كتيبة 604"]
