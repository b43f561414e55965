"""Two changes of one record, field by field: what is merged, what is asked, whose change it was."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole, Stance
from dashboard.model.records import Table
from dashboard.model.when import DatePrecision, When
from dashboard.review.actions import edit_event
from dashboard.review.claims import ClaimDraft, Opened, claim_draft, edit_claim, remove_claim
from dashboard.review.draft import Draft, event_draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.field_merge import (
    EVENT_FIELDS,
    Side,
    claim_changes,
    event_changes,
    last_claim_entries,
    last_entries,
    merged,
    opened_at,
)
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Workspace
from tests.store.conftest import Open

BEFORE = Draft("shelling", "Shelling", "قصف", When(None, None, None), "unknown", (), ())
DAY = When(date(2021, 1, 9), date(2021, 1, 9), DatePrecision.DAY)
EVENT = "agreement_observation_points"


def test_what_one_side_changed_is_taken_from_it():
    theirs, mine = replace(BEFORE, title_en="Artillery fire"), replace(BEFORE, when=DAY)
    changes = event_changes(BEFORE, theirs, mine)
    assert {change.name: (change.theirs, change.mine) for change in changes} == {
        "title_en": (True, False),
        "when": (False, True),
    }
    assert merged(theirs, mine, changes, {}) == replace(theirs, when=DAY)


def test_a_field_that_both_changed_waits_for_a_choice():
    theirs, mine = replace(BEFORE, title_en="Theirs"), replace(BEFORE, title_en="Mine", when=DAY)
    changes = event_changes(BEFORE, theirs, mine)
    assert merged(theirs, mine, changes, {}) is None
    assert merged(theirs, mine, changes, {"title_en": Side.MINE}) == mine
    chosen = merged(theirs, mine, changes, {"title_en": Side.THEIRS})
    assert chosen == replace(mine, title_en="Theirs")


def test_the_same_change_of_both_is_no_conflict_and_an_order_of_places_is_no_change():
    pairs = (("ain_issa", PlaceRole.AT), ("raqqa", PlaceRole.TO))
    before = replace(BEFORE, places=pairs)
    both = replace(before, title_en="Artillery fire")
    mine = replace(both, places=pairs[::-1])
    changes = event_changes(before, both, mine)
    assert [(change.name, change.conflict) for change in changes] == [("title_en", False)]


def test_the_words_of_a_claim_are_one_field():
    before = ClaimDraft("a1", 0, 10, Stance.ASSERTS)
    theirs, mine = replace(before, start=2), replace(before, end=12, stance=Stance.DOUBTS)
    changes = claim_changes(before, theirs, mine)
    assert [(change.name, change.conflict) for change in changes] == [
        ("start", True),
        ("stance", False),
    ]
    chosen = merged(theirs, mine, changes, {"start": Side.MINE})
    assert chosen == mine


drafts = st.builds(
    Draft,
    st.sampled_from(["shelling", "clash"]),
    st.sampled_from("ab"),
    st.sampled_from("ab"),
    st.sampled_from([When(None, None, None), DAY]),
    st.sampled_from("ab"),
    st.lists(st.sampled_from([("p", PlaceRole.AT), ("q", PlaceRole.TO)]), unique=True).map(tuple),
    st.just(()),
)


@given(drafts, drafts, drafts, st.sampled_from(Side))
def test_nothing_is_lost_and_nothing_is_invented(
    before: Draft, theirs: Draft, mine: Draft, side: Side
):
    changes = event_changes(before, theirs, mine)
    choices = {change.name: side for change in changes if change.conflict}
    done = merged(theirs, mine, changes, choices)
    assert done is not None
    for (name,) in EVENT_FIELDS:
        values = [getattr(each, name) for each in (before, theirs, mine, done)]
        if name == "places":
            values = [frozenset(value) for value in values]
        base, other, own, result = values
        if other == base:
            assert result == own
        elif own in (base, other):
            assert result == other
        else:
            assert result == (own if side is Side.MINE else other)


@pytest.fixture
def workspace(open_one: Open) -> Workspace:
    return open_one()


def test_each_field_has_the_entry_that_set_it(workspace: Workspace, corpus: Corpus):
    record = event_record(corpus, EVENT)
    assert record is not None
    opened = Opened(record, 0)
    version, current = 0, record
    steps = (("Rana", {"title_en": "A"}), ("Omar", {"when": DAY}), ("Sara", {"title_en": "B"}))
    for who, fields in steps:
        after = with_draft(current, replace(event_draft(current), **fields))  # type: ignore[arg-type]
        session = EditSession(workspace, with_workspace(corpus, workspace), who)
        edit_event(session, current, after, version=version, why="checked")
        version, current = workspace.version(), after
    last, setting = last_entries(workspace, opened)
    assert last is not None
    assert last.who == "Sara"
    assert {name: entry.who for name, entry in setting.items()} == {
        "title_en": "Sara",
        "when": "Omar",
    }
    now = Opened(current, version)
    first = opened_at(workspace, now, 0)
    assert (first.record, first.version) == (record, 0)
    assert opened_at(workspace, now, version) is now
    assert opened_at(workspace, now, 12345) is now


def test_a_claim_has_its_own_last_entry_and_not_that_of_its_event(
    workspace: Workspace, corpus: Corpus
):
    record = event_record(corpus, EVENT)
    assert record is not None
    claim, other = record.claims[:2]
    first = Opened(record, 0)

    def edit(who: str, claim_id: str, **fields: object) -> None:
        session = EditSession(workspace, with_workspace(corpus, workspace), who)
        now = event_record(session.corpus, EVENT)
        assert now is not None
        found = next(each for each in now.claims if each.claim_id == claim_id)
        draft = replace(claim_draft(session.corpus, found), **fields)  # type: ignore[arg-type]
        opened = Opened(now, session.version(Table.EVENT, EVENT))
        edit_claim(session, opened, claim_id, draft, why="checked")

    sohr = corpus.lexicon.speakers["sohr"]
    edit("Rana", claim.claim_id, note="seen")
    edit("Sara", claim.claim_id, speaker=sohr)
    edit("Omar", other.claim_id, note="another")
    last, setting = last_claim_entries(workspace, first, claim.claim_id)
    assert last is not None
    assert last.who == "Sara"
    assert {name: entry.who for name, entry in setting.items()} == {
        "note": "Rana",
        "speaker": "Sara",
    }
    session = EditSession(workspace, with_workspace(corpus, workspace), "Lina")
    now = event_record(session.corpus, EVENT)
    assert now is not None
    opened = Opened(now, session.version(Table.EVENT, EVENT))
    remove_claim(session, opened, claim.claim_id, why="a double")
    last, _setting = last_claim_entries(workspace, first, claim.claim_id)
    assert last is not None
    assert last.who == "Lina"
