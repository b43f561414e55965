"""From a pasted text to reviewed events: each decision is saved, is in the log, and can be undone."""

from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import Point

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole, Stance
from dashboard.model.message import message
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.model.records import Correction, StoredSuggestion, Table, Versioned
from dashboard.model.suggestion import Suggestion, SuggestionStatus
from dashboard.model.when import DatePrecision, When
from dashboard.review.actions import accept, accept_all, defer, edit_event, merge, reject
from dashboard.review.draft import as_event, draft
from dashboard.review.edit_session import EditSession
from dashboard.review.event_search import EventSearch, Likeness
from dashboard.review.naming import dismiss_unknown, edit_place, name_known, place_unknown
from dashboard.review.places import edited_place, new_place, place_record, with_name
from dashboard.review.rereading import (
    correct_mention,
    corrections_of,
    reader_of,
    reread,
    set_published,
)
from dashboard.review.suggestion_search import find_suggestions
from dashboard.store.merge import event_record, with_place, with_unreviewed, with_workspace
from dashboard.store.workspace import ConflictError
from tests.store.conftest import Open

TEXT = (
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري لحقوق الإنسان.\n"
    "وقال مصدر محلي إن اشتباكات اندلعت اليوم في قرية زنوبيا بين قوات سوريا الديمقراطية "
    "والجيش الوطني السوري.\n"
)


@pytest.fixture
def session(open_one: Open, corpus: Corpus) -> EditSession:
    """A workspace into which one article was read that states no date."""
    workspace = open_one()
    *_, report = ingest(workspace, corpus, [File("a.txt", TEXT.encode())], Workers(), "Rana")
    assert report.suggestions == 2
    return now(EditSession(workspace, corpus, "Rana"), corpus)


def now(session: EditSession, corpus: Corpus, who: str = "Rana") -> EditSession:
    """The session after the changes so far; `corpus` are the seeds."""
    return EditSession(session.workspace, with_workspace(corpus, session.workspace), who)


def pending(session: EditSession) -> list[StoredSuggestion]:
    stored = session.workspace.all(Table.SUGGESTION, status="pending").values()
    return [Versioned(item.value, item.version) for item in stored if item.value is not None]


def article_id(session: EditSession) -> str:
    return pending(session)[0].value.article_id


def accept_first(session: EditSession) -> str:
    stored = pending(session)[0]
    return accept(session, stored, draft(stored.value, session.corpus), why="plain")


def test_what_is_accepted_is_an_event_with_its_claim_place_and_party(session, corpus):
    event_id = accept_first(session)
    after = now(session, corpus)
    record = event_record(after.corpus, event_id)
    assert record.event.title_en == "Shelling: Turkish forces; Ain Issa"
    assert record.event.title_ar.startswith("قصف")
    (claim,) = record.claims
    article = after.corpus.articles[claim.article_id]
    assert article.text[claim.start : claim.end] == claim.quote
    assert claim.speaker_id == "sohr"
    assert [place.place_id for place in record.places] == ["ain_issa"]
    assert after.corpus.faults == corpus.faults
    assert len(pending(after)) == 1
    entry = after.workspace.log()[0]
    assert (entry.who, entry.why) == ("Rana", "plain")


def test_undo_brings_the_suggestion_back_and_it_may_be_accepted_again(session, corpus):
    event_id = accept_first(session)
    session.workspace.undo(session.workspace.version(), who="Rana", why="too soon")
    after = now(session, corpus)
    assert event_id not in after.corpus.events.events
    assert len(pending(after)) == 2
    assert accept_first(after) == event_id


def test_what_is_corrected_is_what_is_accepted(session, corpus):
    stored = pending(session)[0]
    mine = replace(
        draft(stored.value, session.corpus),
        title_en="Artillery fire on Ain Issa",
        when=When(date(2021, 1, 9), date(2021, 1, 9), DatePrecision.DAY),
        places=(("ain_issa", PlaceRole.NEAR), ("m4", PlaceRole.AT)),
        stances=(Stance.DOUBTS,),
    )
    event_id = accept(session, stored, mine, why="")
    record = event_record(now(session, corpus).corpus, event_id)
    assert record.event.title_en == "Artillery fire on Ain Issa"
    assert {row.place_id: row.note for row in record.places} == {
        "ain_issa": None,
        "m4": message("placed by an analyst, not by a name in the text"),
    }
    assert record.claims[0].stance is Stance.DOUBTS


def test_two_browsers_accept_one_suggestion_and_the_second_gets_a_conflict(session, corpus):
    stored = pending(session)[0]
    accept(now(session, corpus, "Omar"), stored, draft(stored.value, session.corpus), why="")
    with pytest.raises(ConflictError, match="Omar"):
        reject(session, stored, title="x", why="not an event")
    assert pending(session)[0].value.suggestion_id != stored.value.suggestion_id


def test_rejecting_keeps_the_reason(session):
    stored = pending(session)[0]
    reject(session, stored, title="x", why="reported as background only")
    record = session.workspace.get(Table.SUGGESTION, stored.value.suggestion_id).value
    assert (record.status, record.why) == (SuggestionStatus.REJECTED, "reported as background only")


def test_a_similar_event_is_offered_and_gets_a_further_claim(session, corpus):
    first = accept_first(session)
    other = TEXT.partition("\n")[0].replace("بقذائف المدفعية", "وأصيب مدنيان")
    after = now(session, corpus)
    *_, report = ingest(
        after.workspace, after.corpus, [File("b.txt", other.encode())], Workers(), "R"
    )
    assert report.articles == 1
    after = now(session, corpus)
    stored = next(i for i in pending(after) if i.value.article_id == report.article_ids[0])
    assert first in EventSearch(after.corpus).find(like=likeness(stored.value.suggestion))
    version = after.workspace.get(Table.EVENT, first).version
    merge(after, stored, draft(stored.value, after.corpus), first, version=version, why="the same")
    record = event_record(now(session, corpus).corpus, first)
    assert [claim.event_id for claim in record.claims] == [first, first]
    assert len({claim.article_id for claim in record.claims}) == 2


def likeness(suggestion: Suggestion) -> Likeness:
    places = frozenset(place.place_id for place in suggestion.places)
    return Likeness(suggestion.kind, suggestion.when, places)


def test_an_event_of_another_day_or_place_is_not_offered(session, corpus):
    suggestion = pending(session)[0].value.suggestion
    accept_first(session)
    after = now(session, corpus).corpus
    search = EventSearch(after)
    day = When(date(2015, 1, 1), date(2015, 1, 1), DatePrecision.DAY)
    offered = search.find(like=likeness(replace(suggestion, when=day)))
    dates = [after.events.events[key].when for key in offered]
    assert all(when.undated or when.overlaps(day.start, day.end) for when in dates)
    assert search.find(like=likeness(replace(suggestion, places=()))) == ()


def test_suggestions_still_to_review_are_found_as_events_are(session, corpus):
    records = [stored.value for stored in pending(session)]
    shelling = next(record for record in records if record.suggestion.kind == "shelling")
    like = likeness(shelling.suggestion)
    assert shelling in find_suggestions(session.corpus, records, "", like)
    itself = replace(like, without=frozenset({shelling.suggestion_id}))
    assert shelling not in find_suggestions(session.corpus, records, "", itself)
    elsewhere = replace(like, place_ids=frozenset({"hasakah_city"}))
    assert find_suggestions(session.corpus, records, "", elsewhere) == ()
    for words in ("ain issa", "عين عيسى المدفعية", "Turkish"):
        assert shelling in find_suggestions(session.corpus, records, words, Likeness()), words
    assert find_suggestions(session.corpus, records, "ain issa zebra", Likeness()) == ()


def test_a_seed_event_is_edited_and_given_back_by_undo(session, corpus):
    event_id = next(iter(corpus.events.events))
    before = event_record(session.corpus, event_id)
    after = replace(before, event=replace(before.event, title_en="Another title"))
    edit_event(session, before, after, version=0, why="clearer")
    assert now(session, corpus).corpus.events.events[event_id].title_en == "Another title"
    with pytest.raises(ConflictError):
        edit_event(now(session, corpus, "Omar"), before, after, version=0, why="mine")
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assert event_record(now(session, corpus).corpus, event_id) == before


def test_entering_the_publication_date_resolves_relative_dates_in_one_entry(session, corpus):
    suggestion = pending(session)[0].value.suggestion
    assert suggestion.when.undated
    key = article_id(session)
    set_published(session, session.corpus.articles[key], date(2021, 1, 10), why="the printed page")
    after = now(session, corpus)
    assert after.corpus.articles[key].published.date() == date(2021, 1, 10)
    assert "the printed page" in after.corpus.articles[key].published_reason.parameters.values()
    assert pending(after)[0].value.suggestion.when.start == date(2021, 1, 9)
    after.workspace.undo(after.workspace.version(), who="Rana", why="")
    back = now(session, corpus)
    assert back.corpus.articles[key].published is None
    assert pending(back)[0].value.suggestion.when.undated


def zenobia() -> Place:
    return Place(
        place_id="",
        name_en="Zenobia",
        name_ar="زنوبيا",
        feature_class=FeatureClass.VILLAGE,
        within=("ain_issa_subdistrict",),
        geometry=Point(38.91, 36.41),
        lat=36.41,
        lon=38.91,
        uncertainty_m=1000,
        precision=PlacePrecision.SETTLEMENT,
        sources="a resident",
        doubt=None,
    )


def unknown(session: EditSession):
    return session.workspace.all(Table.UNKNOWN_PLACE, status="queued")


def test_an_unknown_place_is_queued_placed_and_known_from_then_on(session, corpus):
    (stored,) = unknown(session).values()
    assert (stored.value.name, stored.value.kind_word) == ("زنوبيا", "قريه")
    assert "زنوبيا" in stored.value.sentence
    place = new_place(zenobia(), "زنوبيا")
    place_unknown(session, unknown(session), place, why="a resident")
    after = now(session, corpus)
    assert unknown(after) == {}
    placed = after.corpus.gazetteer.places[place.place.place_id]
    assert (placed.geometry.x, placed.geometry.y) == (38.91, 36.41)
    clash = next(i.value.suggestion for i in pending(after) if i.value.suggestion.kind == "clash")
    assert [p.place_id for p in clash.places] == [placed.place_id]
    assert len(after.workspace.log()) == 2
    after.workspace.undo(after.workspace.version(), who="Rana", why="")
    back = now(session, corpus)
    assert len(unknown(back)) == 1
    assert placed.place_id not in back.corpus.gazetteer.places
    assert len(pending(back)) == 2


def test_an_unknown_name_may_be_one_of_a_known_place(session, corpus):
    before = place_record(session.corpus.gazetteer, "jahbal")
    after_place = with_name(before, "زنوبيا", "a resident")
    name_known(session, unknown(session), before, after_place, version=0, why="a resident")
    clash = next(
        i.value.suggestion
        for i in pending(now(session, corpus))
        if i.value.suggestion.kind == "clash"
    )
    assert [p.place_id for p in clash.places] == ["jahbal"]


def test_a_name_of_no_place_is_removed_from_the_list(session):
    dismiss_unknown(session, unknown(session), name="زنوبيا", why="no place")
    assert unknown(session) == {}
    reread(session, article_id(session), why="asked for")
    assert unknown(session) == {}, "what was set aside does not come back"


def test_a_place_is_edited_without_losing_its_area(session, corpus):
    area = next(
        key for key, p in corpus.gazetteer.places.items() if p.geometry.geom_type == "Polygon"
    )
    record = place_record(corpus.gazetteer, area)
    given = record.place
    changed = replace(given, name_en="New name", geometry=Point(given.lon, given.lat))
    edit_place(session, record, edited_place(record, changed, record.names), version=0, why="x")
    place = now(session, corpus).corpus.gazetteer.places[area]
    assert place.name_en == "New name"
    assert place.geometry.equals(given.geometry)


def test_a_corrected_mention_reaches_the_suggestions(session, corpus):
    key = article_id(session)
    start = TEXT.index("عين عيسى")
    correction = Correction(key, start, start + len("عين عيسى"), "place", "qamishli")
    correct_mention(session, correction, surface="عين عيسى", why="the letter says so")
    first = pending(now(session, corpus))[0].value.suggestion
    assert [place.place_id for place in first.places] == ["qamishli"]


def test_a_correction_in_a_seed_is_saved_and_suggests_nothing(session, corpus):
    before = len(pending(session))
    article = next(iter(corpus.articles.values()))
    correction = Correction(article.article_id, 0, 4, "place", "qamishli")
    correct_mention(session, correction, surface=article.text[:4], why="x")
    after = now(session, corpus)
    assert len(pending(after)) == before
    assert corrections_of(after.workspace, article.article_id) == (correction,)


def test_reading_again_leaves_what_was_decided(session, corpus):
    accept_first(session)
    after = now(session, corpus)
    left = [item.value.suggestion for item in pending(after)]
    reread(after, article_id(after), why="asked for")
    assert [item.value.suggestion for item in pending(after)] == left


def test_unreviewed_events_are_marked(session):
    events = [as_event(item.value, draft(item.value, session.corpus)) for item in pending(session)]
    shown = with_unreviewed(
        session.corpus,
        [event for event, _ in events],
        [s for _, speakers in events for s in speakers],
    )
    assert shown.unreviewed == {event.event.event_id for event, _ in events}
    assert len(shown.events.events) == len(session.corpus.events.events) + 2
    assert shown.faults == session.corpus.faults


def test_a_record_with_a_missing_reference_is_a_fault_and_the_rest_is_shown(session, corpus):
    event_id = accept_first(session)
    after = now(session, corpus)
    record = event_record(after.corpus, event_id)
    broken = replace(record, places=(replace(record.places[0], place_id="nowhere"),))
    version = after.workspace.get(Table.EVENT, event_id).version
    edit_event(after, record, broken, version=version, why="by mistake")
    stored = with_workspace(corpus, after.workspace)
    assert event_id not in stored.events.events
    assert set(corpus.events.events) <= set(stored.events.events)
    assert any("nowhere" in fault.found for fault in stored.faults)


def test_the_reader_is_made_again_only_for_another_gazetteer(session, corpus):
    reader = reader_of(session.corpus)
    accept_first(session)
    assert reader_of(now(session, corpus).corpus) is reader
    place = new_place(zenobia(), "زنوبيا")
    assert reader_of(with_place(session.corpus, place)) is not reader


def test_many_suggestions_are_accepted_by_one_entry_and_one_undo(session, corpus):
    assert accept_all(session, pending(session), why="certain") == 2
    after = now(session, corpus)
    assert len(after.corpus.events.events) == len(corpus.events.events) + 2
    assert pending(after) == []
    assert after.workspace.version() == session.workspace.log()[0].seq
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    back = now(session, corpus)
    assert len(pending(back)) == 2
    assert back.corpus.events.events.keys() == corpus.events.events.keys()


def test_a_deferred_suggestion_leaves_the_queue_and_can_still_be_accepted(session, corpus):
    stored = pending(session)[0]
    defer(session, stored, title="x", why="wait for a second source")
    assert stored.value.suggestion_id not in {item.value.suggestion_id for item in pending(session)}
    (later,) = session.workspace.all(Table.SUGGESTION, status="deferred").values()
    assert later.value.why == "wait for a second source"
    event_id = accept(session, later, draft(later.value, session.corpus), why="")
    assert event_id in now(session, corpus).corpus.events.events
