"""Claims and events put right by hand: nothing is lost, each action has its reason and its undo."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dashboard.language.language import ARABIC, using_language
from dashboard.language.stored_text import translate
from dashboard.model.corpus import Corpus
from dashboard.model.event import (
    Attestation,
    ClaimField,
    EventRelation,
    PlaceRole,
    RelationKind,
    Stance,
)
from dashboard.model.records import Table
from dashboard.model.when import DatePrecision, When
from dashboard.review.claims import (
    ClaimDraft,
    ClaimError,
    Opened,
    add_claim,
    claim_draft,
    edit_claim,
    move_claims,
    new_speaker,
    remove_claim,
)
from dashboard.review.draft import Draft, event_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.event_search import EventSearch, Likeness
from dashboard.review.events import (
    create_event,
    merge_events,
    relate_events,
    split_event,
    tell_apart,
    unrelate_events,
    withdraw_event,
)
from dashboard.review.history import event_entries
from dashboard.review.notes import OUTLET, note_of
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import ConflictError, Workspace
from tests.store.conftest import Open
from tests.store.sample_workspaces import replayed, stored

DAY = date(2020, 12, 30)
DRAFT = Draft(
    kind="shelling",
    title_en="Shelling seen on a video",
    title_ar="قصف يظهر في فيديو",
    when=When(DAY, DAY, DatePrecision.DAY),
    date_reason="the video's title",
    places=(("ain_issa", PlaceRole.AT),),
    actors=(),
)


@pytest.fixture
def session(open_one: Open, corpus: Corpus) -> EditSession:
    return EditSession(open_one(), corpus, "Rana")


def again(session: EditSession, corpus: Corpus) -> EditSession:
    """The session after the changes so far; `corpus` are the seeds."""
    return replace(session, corpus=with_workspace(corpus, session.workspace))


def opened(session: EditSession, event_id: str) -> Opened:
    record = event_record(session.corpus, event_id)
    assert record is not None
    return Opened(record, session.version(Table.EVENT, event_id))


def undo_last(session: EditSession) -> None:
    session.workspace.undo(session.workspace.version(), who="Rana", why="")


def several(corpus: Corpus, least: int = 2) -> list[str]:
    """Ids of seed events with at least so many claims."""
    return [
        key
        for key in corpus.events.events
        if sum(claim.event_id == key for claim in corpus.events.claims) >= least
    ]


def claims(session: EditSession) -> set[str]:
    return {claim.claim_id for claim in session.corpus.events.claims}


def test_a_claim_is_removed_and_comes_back_by_undo(session, corpus):
    event_id = several(corpus)[0]
    before = opened(session, event_id)
    gone = before.record.claims[0]
    remove_claim(session, before, gone.claim_id, why="it speaks of another village")
    after = again(session, corpus)
    assert gone.claim_id not in claims(after)
    assert after.workspace.log()[0].why == "it speaks of another village"
    undo_last(after)
    assert event_record(again(session, corpus).corpus, event_id) == before.record


def test_the_only_claim_is_not_removed(session, corpus):
    event_id = next(key for key in corpus.events.events if key not in several(corpus))
    event = opened(session, event_id)
    with pytest.raises(ClaimError, match="withdraw the event"):
        remove_claim(session, event, event.record.claims[0].claim_id, why="wrong")
    assert session.workspace.version() == 0


def test_a_claim_gets_other_words_speaker_stance_and_disputed_field(session, corpus):
    event = opened(session, several(corpus)[0])
    claim = event.record.claims[0]
    speaker = new_speaker("شاهد عيان", "sdf", claim.article_id)
    agency = new_speaker("وكالة محلية", None, claim.article_id)
    draft = replace(
        claim_draft(corpus, claim),
        end=claim.start + 20,
        speaker=speaker,
        via=agency,
        stance=Stance.DENIES,
        disputes=ClaimField.PLACE,
    )
    edit_claim(session, event, claim.claim_id, draft, why="the denial is of the place")
    changed = opened(again(session, corpus), event.event_id).record.claims[0]
    article = corpus.articles[claim.article_id]
    assert changed.quote == article.text[claim.start : claim.start + 20]
    assert (changed.stance, changed.disputes) == (Stance.DENIES, ClaimField.PLACE)
    assert (changed.speaker_id, changed.via_id) == (speaker.speaker_id, agency.speaker_id)
    assert changed.gloss_en == ""
    assert changed.claim_id == claim.claim_id
    after = again(session, corpus).corpus
    assert after.lexicon.speakers[speaker.speaker_id].affiliation == "sdf"
    assert after.faults == corpus.faults


@pytest.mark.parametrize("span", [(-5, 10), (10, 10), (0, 10_000_000), (40, 30)])
def test_words_that_no_article_has_are_refused(session, corpus, span):
    event = opened(session, several(corpus)[0])
    draft = replace(claim_draft(corpus, event.record.claims[0]), start=span[0], end=span[1])
    with pytest.raises(ClaimError, match="expected words of an article"):
        add_claim(session, event, draft, why="x")


def test_a_claim_is_added_once(session, corpus):
    event = opened(session, several(corpus)[0])
    draft = ClaimDraft(event.record.claims[0].article_id, 0, 25, Stance.DOUBTS)
    claim_id = add_claim(session, event, draft, why="it doubts the number")
    now = opened(again(session, corpus), event.event_id)
    assert now.record.claims[-1].claim_id == claim_id
    with pytest.raises(ClaimError, match="already"):
        add_claim(again(session, corpus), now, draft, why="again")


def test_a_claim_moves_with_its_id_to_another_event(session, corpus):
    first, second = several(corpus)[:2]
    claim = opened(session, first).record.claims[0]
    move_claims(session, opened(session, first), [claim.claim_id], opened(session, second), why="w")
    after = again(session, corpus)
    moved = next(c for c in after.corpus.events.claims if c.claim_id == claim.claim_id)
    assert moved.event_id == second
    assert claims(after) == claims(session)
    assert after.corpus.faults == corpus.faults


def test_a_change_from_an_old_version_is_a_conflict(session, corpus):
    event = opened(session, several(corpus, 3)[0])
    first, second, *_ = event.record.claims
    remove_claim(session, event, first.claim_id, why="a")
    with pytest.raises(ConflictError, match="Rana"):
        remove_claim(again(session, corpus), event, second.claim_id, why="b")


def test_an_event_by_hand_has_a_note_as_its_claim(session, corpus):
    note = note_of(session, "يظهر في الفيديو قصف عين عيسى")
    event_id = create_event(
        note.session, DRAFT, [note.claim], why="seen", sources=note.changes, texts=note.texts
    )
    after = again(session, corpus).corpus
    record = event_record(after, event_id)
    assert record is not None
    assert record.claims[0].quote == "يظهر في الفيديو قصف عين عيسى"
    assert after.articles[note.article.article_id].outlet_id == OUTLET.outlet_id
    assert after.faults == corpus.faults
    # A second note of the same words is the same article, and needs no second record.
    assert note_of(again(session, corpus), note.article.text).changes == ()
    undo_last(session)
    back = again(session, corpus).corpus
    assert event_id not in back.events.events
    assert note.article.article_id not in back.articles


def test_notes_of_analysts_are_one_origin(session, corpus):
    first = note_of(session, "Seen on a video.")
    event_id = create_event(
        first.session, DRAFT, [first.claim], why="w", sources=first.changes, texts=first.texts
    )
    session = again(session, corpus)
    second = note_of(session, "Another video shows it too.")
    add_claim(
        second.session,
        opened(session, event_id),
        second.claim,
        why="w",
        sources=second.changes,
        texts=second.texts,
    )
    after = again(session, corpus).corpus
    assert after.attestations()[event_id] is Attestation.SINGLE_SOURCE
    assert after.faults == corpus.faults


def test_an_event_without_a_claim_is_refused(session):
    with pytest.raises(ClaimError, match="words of an article, or a note"):
        create_event(session, DRAFT, [], why="x")
    with pytest.raises(ClaimError, match="a note with words"):
        note_of(session, " \n")


def test_two_events_become_one_and_both_ids_lead_to_it(session, corpus):
    first, second = several(corpus)[:2]
    third = several(corpus)[2]
    relate_events(session, EventRelation(second, third, RelationKind.FOLLOWS), why="the next day")
    session = again(session, corpus)
    into, other = opened(session, first), opened(session, second)
    merge_events(session, into, other, event_draft(into.record), why="one shelling")
    after = again(session, corpus).corpus
    assert after.current_id(second) == first
    assert after.current_id(first) == first
    assert second not in after.events.events
    assert claims(again(session, corpus)) == claims(session)
    assert after.relations == (EventRelation(first, third, RelationKind.FOLLOWS),)
    assert after.faults == corpus.faults
    undo_last(session)
    back = again(session, corpus).corpus
    assert event_record(back, second) == other.record
    assert back.current_id(second) == second


def test_places_of_a_merged_event_keep_their_words(session, corpus):
    first, second = several(corpus)[:2]
    into, other = opened(session, first), opened(session, second)
    row = other.record.places[0]
    fields = event_draft(into.record)
    fields = replace(fields, places=tuple({**dict(fields.places), row.place_id: row.role}.items()))
    merge_events(session, into, other, fields, why="one")
    record = opened(again(session, corpus), first).record
    kept = next(place for place in record.places if place.place_id == row.place_id)
    if row.place_id not in {place.place_id for place in into.record.places}:
        assert (kept.article_id, kept.surface) == (row.article_id, row.surface)


def test_an_event_is_split(session, corpus):
    event = opened(session, several(corpus, 3)[0])
    moved = {claim.claim_id for claim in event.record.claims[:2]}
    fields = replace(event_draft(event.record), title_en="The second half")
    new_id = split_event(session, event, moved, fields, why="two days")
    after = again(session, corpus)
    assert {c.claim_id for c in opened(after, new_id).record.claims} == moved
    assert claims(after) == claims(session)
    rest = opened(after, event.event_id)
    every = {claim.claim_id for claim in rest.record.claims}
    with pytest.raises(ClaimError, match="needs a claim"):
        split_event(after, rest, every, fields, why="x")


def test_a_withdrawn_event_is_in_the_log_with_its_reason(session, corpus):
    first, second = several(corpus)[:2]
    relation = EventRelation(first, second, RelationKind.PART_OF)
    relate_events(session, relation, why="one attack")
    withdraw_event(again(session, corpus), opened(session, first), why="a hoax")
    after = again(session, corpus)
    assert first not in after.corpus.events.events
    assert after.corpus.relations == ()
    assert after.corpus.faults == corpus.faults
    entry = after.workspace.log(record=(Table.EVENT, first))[0]
    assert (entry.who, entry.why) == ("Rana", "a hoax")


def test_a_relation_is_recorded_once_and_removed(session, corpus):
    first, second = several(corpus)[:2]
    relation = EventRelation(first, second, RelationKind.RESPONDS_TO)
    relate_events(session, relation, why="by its own words")
    after = again(session, corpus)
    with pytest.raises(ClaimError, match="already"):
        relate_events(after, relation, why="again")
    with pytest.raises(ClaimError, match="another event"):
        relate_events(after, replace(relation, related_id=first), why="itself")
    unrelate_events(after, relation, why="no")
    assert again(session, corpus).corpus.relations == ()


def test_the_history_of_each_event_has_its_relations_and_those_that_were_removed(session, corpus):
    first, second, third = several(corpus)[:3]
    relation = EventRelation(first, second, RelationKind.FOLLOWS)
    relate_events(session, relation, why="by its own words")
    unrelate_events(again(session, corpus), relation, why="no")
    tell_apart(session, second, third, why="two hours apart")
    of_each = [
        [entry.seq for entry in event_entries(session.workspace, corpus, event_id)]
        for event_id in (first, second, third)
    ]
    assert of_each == [[2, 1], [3, 2, 1], [3]]


def test_the_log_has_titles_in_both_languages(session, corpus):
    event_id = several(corpus)[0]
    withdraw_event(session, opened(session, event_id), why="a hoax")
    (entry,) = session.workspace.log()
    event = corpus.events.events[event_id]
    assert str(entry.what) == f"withdrew {event.title_en}"
    with using_language(ARABIC):
        assert event.title_ar in translate(entry.what)


def test_an_event_is_found_by_any_of_its_words(corpus):
    search = EventSearch(corpus)
    event = next(iter(corpus.events.events.values()))
    assert event.event_id in search.find(event.title_en)
    assert event.event_id in search.find(event.title_ar)
    quote = next(c.quote for c in corpus.events.claims if c.event_id == event.event_id)
    assert event.event_id in search.find(quote[:40])
    assert search.find("no such words anywhere") == ()


def test_the_likely_events_come_first(corpus):
    search = EventSearch(corpus)
    row = corpus.events.places[0]
    event = corpus.events.events[row.event_id]
    like = Likeness(event.kind, event.when, frozenset({row.place_id}))
    found = search.find(like=like)
    assert row.event_id in found
    assert row.event_id not in search.find(like=replace(like, without=frozenset({row.event_id})))


class AnyActions(RuleBasedStateMachine):
    """Random actions: the log replayed is the state, no claim is lost, no event is without one."""

    seeds: Corpus
    folder: Path
    number = 0

    @initialize()
    def start(self) -> None:
        type(self).number += 1
        path = self.folder / f"{self.number}.sqlite"
        self.session = EditSession(Workspace(path), self.seeds, "Rana")
        self.claims = claims(self.session)

    def pick(self, data: st.DataObject) -> Opened:
        return opened(
            self.session, data.draw(st.sampled_from(sorted(self.session.corpus.events.events)))
        )

    def done(self) -> None:
        self.session = again(self.session, self.seeds)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        event = self.pick(data)
        claim = data.draw(st.sampled_from(event.record.claims)).claim_id
        try:
            remove_claim(self.session, event, claim, why="w")
        except ClaimError:
            assert len(event.record.claims) == 1
        else:
            self.claims = self.claims - {claim}
        self.done()

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        event, other = self.pick(data), self.pick(data)
        ids = {claim.claim_id for claim in event.record.claims[: data.draw(st.integers(1, 3))]}
        try:
            move_claims(self.session, event, ids, other, why="w")
        except ClaimError:
            assert event == other or len(event.record.claims) == len(ids)
        self.done()

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        event, other = self.pick(data), self.pick(data)
        if event != other:
            merge_events(self.session, event, other, event_draft(event.record), why="w")
        self.done()

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        event = self.pick(data)
        if len(event.record.claims) > 1:
            ids = {event.record.claims[0].claim_id}
            split_event(self.session, event, ids, event_draft(event.record), why="w")
        self.done()

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        event = self.pick(data)
        withdraw_event(self.session, event, why="w")
        self.claims = self.claims - {claim.claim_id for claim in event.record.claims}
        self.done()

    @rule()
    def undo(self) -> None:
        last = self.session.workspace.log(limit=1)
        if last and last[0].undoes is None:
            undo_last(self.session)
            self.done()
            self.claims = claims(self.session)

    @invariant()
    def the_log_gives_the_state(self) -> None:
        assert replayed(self.session.workspace) == stored(self.session.workspace)

    @invariant()
    def no_claim_is_lost_and_no_event_is_without_one(self) -> None:
        corpus = self.session.corpus
        assert claims(self.session) == self.claims
        assert {claim.event_id for claim in corpus.events.claims} == set(corpus.events.events)
        assert corpus.faults == self.seeds.faults


def test_any_sequence_of_actions(tmp_path: Path, corpus: Corpus):
    AnyActions.seeds, AnyActions.folder = corpus, tmp_path
    few = settings(
        max_examples=12,
        stateful_step_count=10,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(AnyActions, settings=few)


def test_without_words_an_event_is_near_if_its_place_is_that_one_or_next_above_or_below(
    corpus: Corpus,
):
    """Only events near are looked at: those are all that comparing each pair of events gives."""
    search, events, places = EventSearch(corpus), corpus.events, corpus.gazetteer.places
    at: dict[str, set[str]] = {key: set() for key in events.events}
    for row in events.places:
        at[row.event_id].add(row.place_id)
    above = {key: {up for it in ids for up in places[it].within[:1]} for key, ids in at.items()}
    for key in events.events:
        others = frozenset(
            other
            for other in events.events
            if at[key] & at[other] or at[key] & above[other] or at[other] & above[key]
        )
        like = Likeness(place_ids=frozenset(at[key]))
        found: set[str] = set()
        while further := set(search.find(like=replace(like, without=frozenset(found)))):
            found |= further
        assert found == others, key
