"""Verifications and ratings: each has who, when and why, lapses with what it is of, and is undone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole
from dashboard.model.records import Table
from dashboard.model.verification import (
    Credibility,
    Reliability,
    Verification,
    VerifiedPart,
    without_grounds,
)
from dashboard.review.actions import edit_event
from dashboard.review.claims import Opened, claim_draft, edit_claim
from dashboard.review.draft import event_draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.events import merge_events, split_event, withdraw_event
from dashboard.review.judging import (
    MAX_GROUND,
    JudgementError,
    VerificationDraft,
    rate_claim,
    rate_source,
    verification_key,
    verify_event,
)
from dashboard.store import schema
from dashboard.store.backup import Reason, backups_of
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import ConflictError, Workspace
from tests.store.sample_workspaces import replayed, stored

EVENT = "agreement_observation_points"
CONFIRMED = VerificationDraft(VerifiedPart.EVENT, Verification.CONFIRMED, "a video of the signing")
LOCATED = VerificationDraft(VerifiedPart.PLACE, Verification.LOCATED, "the silo is in the picture")


@pytest.fixture
def session(tmp_path: Path, corpus: Corpus) -> EditSession:
    return EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")


def again(session: EditSession, corpus: Corpus) -> EditSession:
    """The session after the changes so far; `corpus` are the seeds."""
    return replace(session, corpus=with_workspace(corpus, session.workspace))


def opened(session: EditSession, event_id: str = EVENT) -> Opened:
    record = event_record(session.corpus, event_id)
    assert record is not None
    return Opened(record, session.version(Table.EVENT, event_id))


def verify(session: EditSession, draft: VerificationDraft, event_id: str = EVENT) -> None:
    version = session.version(Table.VERIFICATION, verification_key(event_id, draft.part))
    verify_event(session, event_id, draft, version=version)


def state(session: EditSession, part: VerifiedPart = VerifiedPart.EVENT) -> Verification:
    return session.corpus.judgements.state(EVENT, part)


def undo_last(session: EditSession) -> None:
    session.workspace.undo(session.workspace.version(), who="Omar", why="a mistake")


def test_all_events_are_unverified_at_first(corpus):
    parts = [(key, part) for key in corpus.events.events for part in VerifiedPart]
    assert {corpus.judgements.state(*one) for one in parts} == {Verification.UNVERIFIED}


def test_an_event_and_its_place_are_verified_apart_as_one_entry_each(session, corpus):
    before = datetime.now(UTC)
    verify(session, CONFIRMED)
    after = again(session, corpus)
    assert (state(after), state(after, VerifiedPart.PLACE)) == ("confirmed", "unverified")
    record = after.corpus.judgements.verification(EVENT, VerifiedPart.EVENT)
    assert (record.who, record.ground) == ("Rana", "a video of the signing")
    assert before <= record.at <= datetime.now(UTC)
    (entry,) = session.workspace.log()
    assert (entry.who, entry.why) == ("Rana", "a video of the signing")
    verify(after, LOCATED)
    both = again(session, corpus)
    assert (state(both), state(both, VerifiedPart.PLACE)) == ("confirmed", "located")
    undo_last(session)
    assert state(again(session, corpus), VerifiedPart.PLACE) == "unverified"
    assert state(again(session, corpus)) == "confirmed"


def test_undoing_a_verification_brings_the_one_before_back_with_who_and_when(session, corpus):
    verify(session, CONFIRMED)
    first = again(session, corpus).corpus.judgements
    omar = replace(again(session, corpus), who="Omar")
    verify(omar, VerificationDraft(VerifiedPart.EVENT, Verification.REFUTED, "it is of 2018"))
    assert state(again(session, corpus)) == "refuted"
    undo_last(session)
    assert again(session, corpus).corpus.judgements == first


def test_a_ground_is_required_except_for_unverified(session):
    for ground in ("", " \n "):
        with pytest.raises(JudgementError, match="needs a ground"):
            verify(session, replace(CONFIRMED, ground=ground))
    with pytest.raises(JudgementError, match="at most"):
        verify(session, replace(CONFIRMED, ground="x" * (MAX_GROUND + 1)))
    assert session.workspace.log() == []
    verify(session, VerificationDraft(VerifiedPart.EVENT, Verification.UNVERIFIED))


def test_only_what_is_there_is_verified(session, corpus):
    other = next(c.claim_id for c in corpus.events.claims if c.event_id != EVENT)
    with pytest.raises(JudgementError, match="has no claim"):
        verify(session, replace(CONFIRMED, claim_id=other))
    with pytest.raises(JudgementError, match="reviewed event"):
        verify(session, CONFIRMED, "no such event")
    unreviewed = replace(corpus, unreviewed=frozenset({EVENT}))
    with pytest.raises(JudgementError, match="reviewed event"):
        verify(replace(session, corpus=unreviewed), CONFIRMED)
    placed = {row.event_id for row in corpus.events.places}
    nowhere = next(key for key in corpus.events.events if key not in placed)
    with pytest.raises(JudgementError, match="no place"):
        verify(session, LOCATED, nowhere)


def test_two_people_who_verify_at_once_see_the_conflict(session):
    verify_event(session, EVENT, CONFIRMED, version=0)
    refuted = replace(CONFIRMED, state=Verification.REFUTED)
    with pytest.raises(ConflictError, match="Rana"):
        verify_event(replace(session, who="Omar"), EVENT, refuted, version=0)


def test_a_verification_lapses_if_what_was_verified_changes_and_comes_back_with_an_undo(
    session, corpus
):
    verify(session, CONFIRMED)
    verify(session, LOCATED)
    here = again(session, corpus)
    record = opened(here).record
    moved = replace(event_draft(record), places=(("tal_saman", PlaceRole.AT),))
    edit_event(here, record, with_draft(record, moved), version=0, why="it was at Tal Saman")
    after = again(session, corpus)
    assert (state(after), state(after, VerifiedPart.PLACE)) == ("lapsed", "lapsed")
    assert set(after.corpus.judgements.lapsed) == {(EVENT, part) for part in VerifiedPart}
    undo_last(session)
    back = again(session, corpus)
    assert (state(back), state(back, VerifiedPart.PLACE)) == ("confirmed", "located")


def test_other_titles_leave_a_verification_and_other_parties_only_that_of_the_place(
    session, corpus
):
    verify(session, CONFIRMED)
    verify(session, LOCATED)
    record = opened(session).record
    titled = replace(event_draft(record), title_en="Another title")
    edit_event(again(session, corpus), record, with_draft(record, titled), version=0, why="shorter")
    after = again(session, corpus)
    assert (state(after), state(after, VerifiedPart.PLACE)) == ("confirmed", "located")
    record, version = opened(after).record, opened(after).version
    alone = replace(event_draft(record), actors=())
    edit_event(after, record, with_draft(record, alone), version=version, why="nobody is known")
    after = again(session, corpus)
    assert (state(after), state(after, VerifiedPart.PLACE)) == ("lapsed", "located")


def test_a_merged_split_or_withdrawn_event_passes_no_verification_on(session, corpus):
    others = [c.event_id for c in corpus.events.claims if c.event_id != EVENT]
    into = opened(session, others[0])
    verify(session, CONFIRMED)
    here = again(session, corpus)
    merge_events(here, into, opened(here), event_draft(into.record), why="one event")
    judgements = again(session, corpus).corpus.judgements
    assert judgements.state(others[0], VerifiedPart.EVENT) == "unverified"
    undo_last(session)
    here = again(session, corpus)
    first = opened(here).record.claims[0].claim_id
    fields = replace(event_draft(opened(here).record), title_en="The second")
    new_id = split_event(here, opened(here), {first}, fields, why="two")
    after = again(session, corpus)
    assert after.corpus.judgements.state(new_id, VerifiedPart.EVENT) == "unverified"
    assert state(after) == "confirmed"
    withdraw_event(after, opened(after), why="a hoax")
    assert state(again(session, corpus)) == "unverified"


def test_sources_and_claims_are_rated_with_a_reason(session, corpus):
    claim = opened(session).record.claims[0]
    outlet = corpus.articles[claim.article_id].outlet_id
    with pytest.raises(JudgementError, match="needs a ground"):
        rate_claim(session, claim, Credibility.TWO, why=" ")
    rate_source(session, outlet, Reliability.B, why="corrects its errors")
    rate_claim(again(session, corpus), claim, Credibility.TWO, why="fits with the video")
    rated = again(session, corpus).corpus.judgements
    assert (rated.sources[outlet].grade, rated.claims[claim.claim_id].grade) == ("B", "2")
    assert [entry.why for entry in session.workspace.log()] == [
        "fits with the video",
        "corrects its errors",
    ]
    rate_source(session, outlet, None, why="too few reports")
    assert outlet not in again(session, corpus).corpus.judgements.sources
    with pytest.raises(JudgementError, match="expected an outlet"):
        rate_source(session, "no such outlet", Reliability.A, why="x")
    hidden = without_grounds(rated)
    assert {row.why + row.who for row in (*hidden.sources.values(), *hidden.claims.values())} == {
        ""
    }


def test_the_credibility_of_a_claim_lapses_with_its_words(session, corpus):
    event = opened(session)
    claim = event.record.claims[0]
    rate_claim(session, claim, Credibility.TWO, why="fits")
    draft = claim_draft(corpus, claim)
    edit_claim(session, event, claim.claim_id, replace(draft, end=draft.end - 1), why="too long")
    assert again(session, corpus).corpus.judgements.claims == {}
    undo_last(session)
    assert claim.claim_id in again(session, corpus).corpus.judgements.claims


GROUNDS = st.text(max_size=200)
ACTIONS = st.lists(
    st.tuples(st.sampled_from(VerifiedPart), st.sampled_from(Verification), GROUNDS, st.booleans()),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(actions=ACTIONS)
def test_any_verifications_and_undos_replayed_from_the_log_are_the_state(
    tmp_path_factory, corpus: Corpus, actions
):
    folder = tmp_path_factory.mktemp("judging")
    session = EditSession(Workspace(folder / "w.sqlite"), corpus, "Rana")
    expected = dict.fromkeys(VerifiedPart, Verification.UNVERIFIED)
    for part, verified, ground, undone in actions:
        before = dict(expected)
        try:
            verify(session, VerificationDraft(part, verified, ground))
        except JudgementError:
            assert verified is not Verification.UNVERIFIED
            assert not ground.strip() or verified is Verification.LAPSED
            continue
        expected[part] = verified
        if undone:
            undo_last(session)
            expected = before
    assert stored(session.workspace) == replayed(session.workspace)
    after = again(session, corpus)
    assert {part: state(after, part) for part in VerifiedPart} == expected


def test_a_workspace_of_version_5_is_migrated_with_a_backup_and_verified(tmp_path: Path, corpus):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        schema._add_functions(connection)
        for step in schema._STEPS[:5]:
            connection.executescript(step)
        connection.execute(
            "INSERT INTO entry VALUES (1, '2026-01-01T00:00:00+00:00', 'w', '\"x\"', '\"\"', NULL)"
        )
        connection.execute("PRAGMA user_version = 5")
        connection.commit()
    workspace = Workspace(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert [it.reason for it in backups_of(path, workspace.backups)] == [Reason.MIGRATION]
    session = EditSession(workspace, corpus, "Rana")
    verify(session, CONFIRMED)
    assert state(again(session, corpus)) == "confirmed"
    assert [entry.seq for entry in workspace.log()] == [2, 1]
