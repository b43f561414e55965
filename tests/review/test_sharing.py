"""Comments and assignments: in the log, withdrawn and undone, on what an item has become."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import MergedEvent, SuggestionRecord, Table
from dashboard.model.shared_work import (
    MOST_COMMENT,
    MOST_PERSON,
    Comment,
    Item,
    ItemKind,
    SharedWork,
    Withdrawal,
)
from dashboard.model.viewer import NotPermittedError, Viewer, acting_as
from dashboard.review.actions import accept, reject
from dashboard.review.draft import draft
from dashboard.review.edit_session import EditSession
from dashboard.review.history import event_entries
from dashboard.review.people import mentioned, not_mentioned
from dashboard.review.sharing import (
    SharingError,
    add_comment,
    assign,
    item_title,
    mark_seen,
    shared_work,
    withdraw_comment,
)
from dashboard.store.merge import with_workspace
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, Workspace
from tests.store.conftest import Open
from tests.store.sample_workspaces import replayed, stored

EVENT = Item(ItemKind.EVENT, "agreement_observation_points")
OTHER = Item(ItemKind.EVENT, "sdf_accuses_russia")
PEOPLE = ("Rana", "Omar", "Omar Said")
TEXT = "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري.\n"


@pytest.fixture
def session(open_one: Open, corpus: Corpus) -> EditSession:
    return EditSession(open_one(), corpus, "Rana")


def by(session: EditSession, who: str) -> EditSession:
    return replace(session, who=who)


def now(session: EditSession) -> SharedWork:
    return shared_work(session.workspace, with_workspace(session.corpus, session.workspace))


def comments(session: EditSession, item: Item = EVENT) -> list[Comment]:
    return list(now(session).comments.get(item, {}).values())


def comment_id(session: EditSession, item: Item = EVENT) -> str:
    return list(now(session).comments[item])[-1]


def suggestion(session: EditSession) -> Item:
    """A suggestion that waits, of an article that Omar read."""
    files = [File("a.txt", TEXT.encode())]
    list(ingest(session.workspace, session.corpus, files, Workers(), "Omar"))
    (key,) = session.workspace.all(Table.SUGGESTION)
    return Item(ItemKind.SUGGESTION, key)


def complete(session: EditSession) -> EditSession:
    """The session with the corpus as it is now."""
    return replace(session, corpus=with_workspace(session.corpus, session.workspace))


def test_a_comment_is_written_withdrawn_and_brought_back(session: EditSession):
    add_comment(session, EVENT, " Is this the bridge, @omar? ", PEOPLE)
    add_comment(by(session, "Omar"), EVENT, "It is.", PEOPLE)
    first, second = comments(session)
    assert (first.text, first.who, first.mentions) == (
        "Is this the bridge, @omar?", "Rana", ("Omar",)
    )  # fmt: skip
    assert second.mentions == ()
    withdraw_comment(by(session, "Omar"), comment_id(session), why="another bridge")
    withdrawn = comments(session)[1].withdrawn
    assert withdrawn
    assert (withdrawn.who, withdrawn.why) == ("Omar", "another bridge")
    assert comments(session)[1].text == "It is.", "it is not deleted"
    entry = session.workspace.log()[0]
    assert str(entry.what).startswith("withdrew a comment on ")
    session.workspace.undo(entry.seq, who="Omar", why="")
    assert comments(session)[1].withdrawn is None
    assert replayed(session.workspace) == stored(session.workspace)
    assert verify(session.workspace.source) == []


@pytest.mark.parametrize("text", ["", " \n", "x" * (MOST_COMMENT + 1)])
def test_a_comment_without_words_or_too_long_is_refused(session: EditSession, text: str):
    with pytest.raises(SharingError):
        add_comment(session, EVENT, text, PEOPLE)
    with pytest.raises(SharingError):
        add_comment(session, Item(ItemKind.EVENT, "no_such_event"), "a", PEOPLE)
    assert session.workspace.version() == 0


def test_a_withdrawal_needs_a_reason_and_a_comment(session: EditSession):
    add_comment(session, EVENT, "a", PEOPLE)
    with pytest.raises(SharingError):
        withdraw_comment(session, comment_id(session), why=" ")
    withdraw_comment(session, comment_id(session), why="b")
    for wrong in (comment_id(session), "event:none:0"):
        with pytest.raises(SharingError):
            withdraw_comment(session, wrong, why="b")


def test_an_item_is_assigned_to_one_to_another_and_to_nobody(session: EditSession):
    assign(session, EVENT, "Omar")
    assign(by(session, "Omar"), EVENT, " Ada  Byron ")
    assert now(session).person(EVENT) == "Ada Byron"
    assert not now(session).waiting_for("Omar").number
    assert list(now(session).waiting_for("Ada Byron").assigned) == [EVENT]
    assign(session, EVENT, "")
    assert now(session).person(EVENT) == ""
    said = [str(entry.what).split(":")[0] for entry in session.workspace.log()]
    assert said == ["assigned to nobody", "assigned to Ada Byron", "assigned to Omar"]
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assert now(session).person(EVENT) == "Ada Byron"
    with pytest.raises(SharingError):
        assign(session, EVENT, "x" * (MOST_PERSON + 1))
    assert replayed(session.workspace) == stored(session.workspace)


def test_a_mention_waits_until_it_is_answered_seen_or_withdrawn(session: EditSession):
    def waits() -> list[str]:
        found = now(session).waiting_for("Omar").mentions.values()
        return [comment.text for item, comment in found if item == EVENT]

    for text in ("one @Omar", "two @Omar", "three @Rana"):
        add_comment(session, EVENT, text, PEOPLE)
    assert waits() == ["one @Omar", "two @Omar"]
    assert not now(session).waiting_for("Rana").mentions, "nobody waits for oneself"
    mark_seen(by(session, "Omar"), list(now(session).waiting_for("Omar").mentions))
    assert waits() == []
    before = session.workspace.version()
    mark_seen(by(session, "Omar"), list(now(session).comments[EVENT])[:2])
    assert session.workspace.version() == before, "seen once is seen"
    add_comment(session, EVENT, "four @Omar", PEOPLE)
    assert waits() == ["four @Omar"]
    add_comment(by(session, "Omar"), EVENT, "yes", PEOPLE)
    assert waits() == []
    add_comment(session, EVENT, "five @Omar", PEOPLE)
    withdraw_comment(session, comment_id(session), why="found it")
    assert waits() == []
    assert not now(session).waiting_for("").number


def test_comments_on_a_suggestion_are_on_the_event_that_it_becomes(session: EditSession):
    item = suggestion(session)
    session = complete(session)
    add_comment(session, item, "@Omar which one?", PEOPLE)
    assign(session, item, "Omar")
    assert now(session).waiting_for("Omar").number == 2
    record = session.workspace.get(Table.SUGGESTION, item.item_id)
    assert record is not None
    assert isinstance(record.value, SuggestionRecord)
    accepting = draft(record.value, session.corpus)
    assert item_title(session.workspace, session.corpus, item) == accepting.titles
    event_id = accept(session, record, accepting, why="")
    session = complete(session)
    event = Item(ItemKind.EVENT, event_id)
    assert [each.text for each in comments(session, event)] == ["@Omar which one?"]
    assert next(iter(now(session).waiting_for("Omar").mentions.values()))[0] == event
    assert not now(session).assignments, "who decided on it has seen to it"
    said = [str(each.what) for each in event_entries(session.workspace, session.corpus, event_id)]
    assert any(what.startswith("commented on ") for what in said)
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assert now(session).person(item) == "Omar"
    assert comments(session, item)


def test_nothing_waits_of_a_suggestion_that_was_rejected(session: EditSession):
    item = suggestion(session)
    session = complete(session)
    add_comment(session, item, "@Omar which one?", PEOPLE)
    assign(session, item, "Omar")
    record = session.workspace.get(Table.SUGGESTION, item.item_id)
    assert record is not None
    reject(session, record, title=("a", "b"), why="no")  # type: ignore[arg-type]
    assert not now(session).waiting_for("Omar").number


def test_comments_and_assignments_move_with_a_merged_event(session: EditSession):
    add_comment(session, OTHER, "here", PEOPLE)
    assign(session, OTHER, "Omar")
    merged = Change(Table.MERGED_EVENT, OTHER.item_id, MergedEvent(EVENT.item_id))
    session.workspace.commit([merged], who="Rana", what="merged", why="")
    session = complete(session)
    assert [each.text for each in comments(session)] == ["here"]
    assert now(session).person(EVENT) == "Omar"
    history = event_entries(session.workspace, session.corpus, EVENT.item_id)
    assert {str(each.what).split(" ")[0] for each in history} >= {"commented", "assigned"}
    assign(session, EVENT, "")
    assert now(session).person(EVENT) == ""
    assert EVENT not in now(session).assignments


def test_the_history_of_an_event_has_removed_assignments_and_undone_comments(session: EditSession):
    add_comment(session, EVENT, "here", PEOPLE)
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assign(session, EVENT, "Omar")
    assign(session, EVENT, "")
    history = event_entries(session.workspace, session.corpus, EVENT.item_id)
    assert [entry.seq for entry in history] == [4, 3, 2, 1]
    assert event_entries(session.workspace, session.corpus, OTHER.item_id) == []


def test_only_editors_withdraw_what_others_wrote(tmp_path: Path, corpus: Corpus):
    def somebody(name: str, role: Role) -> Viewer:
        return Viewer(f"{name}@example.org", name, permissions_of(role))

    session = EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Somebody else")
    with acting_as(somebody("Rana", Role.READER)), pytest.raises(NotPermittedError):
        add_comment(session, EVENT, "a", PEOPLE)
    with acting_as(somebody("Rana", Role.ANALYST)):
        for text in ("a @Omar", "b", "c"):
            add_comment(session, EVENT, text, PEOPLE)
        first, second, third = now(session).comments[EVENT]
        assert comments(session)[0].who == "Rana"
        withdraw_comment(session, second, why="mine")
    with acting_as(somebody("Omar", Role.ANALYST)):
        mark_seen(session, [first])
        assert comments(session)[0].seen_by == ("Omar",)
        with pytest.raises(NotPermittedError):
            withdraw_comment(session, first, why="not mine")
        with pytest.raises(NotPermittedError):
            session.commit([session.change(Table.COMMENT, first, None)], "deleted", "")
    with acting_as(somebody("Omar", Role.EDITOR)):
        withdraw_comment(session, third, why="an editor may")
    assert [bool(each.withdrawn) for each in comments(session)] == [False, True, True]


def test_who_is_mentioned():
    people = ("Rana", "Rana Haddad", "رنا", "Ada Byron (ada@example.org)", "a.*b")
    assert mentioned("@rana haddad and @RANA, @Ranaa", people) == ("Rana Haddad", "Rana")
    assert mentioned("اسأل @رنا، و@Rana", people) == ("رنا", "Rana")
    ada = ("Ada Byron (ada@example.org)",)
    for text in ("@Ada Byron", "@ada@example.org?", "@Ada Byron (ada@example.org)"):
        assert mentioned(text, people) == ada
    assert mentioned("write to desk@rana.org, @axxb", people) == ()
    assert mentioned("@a.*b", people) == ("a.*b",)
    two = ("Ada (a@x.org)", "Ada (b@x.org)")
    assert mentioned("@Ada", two) == two
    assert mentioned("@Rana", ()) == mentioned("@", ("", " ")) == ()


def test_names_of_nobody_are_found():
    people = ("Rana", "Ada Byron (ada@example.org)")
    text = "@Ranna, @Rana, a@b.org, @Ranna and @ada@example.org, @رنا"
    assert not_mentioned(text, people) == ["@Ranna", "@رنا"]
    assert not_mentioned("", people) == []


@given(text=st.text(), name=st.text(min_size=1))
def test_any_text_and_any_name_are_read(text: str, name: str):
    assert set(mentioned(f"{text}@{name}", [name])) <= {name}


def test_a_comment_stays_with_the_suggestion_of_a_new_reading(session: EditSession):
    item = suggestion(session)
    session = complete(session)
    add_comment(session, item, "which one?", PEOPLE)
    assign(session, item, "Omar")
    before = session.workspace.get(Table.SUGGESTION, item.item_id)
    assert before is not None
    assert isinstance(before.value, SuggestionRecord)
    new = Item(ItemKind.SUGGESTION, "read_again")
    session.commit(
        [
            session.change(Table.SUGGESTION, item.item_id, None),
            session.change(
                Table.SUGGESTION, new.item_id, replace(before.value, suggestion_id=new.item_id)
            ),
        ],
        "read again",
        "",
    )
    assert [each.text for each in comments(session, new)] == ["which one?"]
    assert now(session).person(new) == "Omar"
    withdraw_comment(session, comment_id(session, new), why="found it")
    assert comments(session, new)[0].withdrawn
    assign(session, new, "")
    assert now(session).person(new) == ""


def test_an_answer_that_is_withdrawn_is_none_and_the_oldest_mention_is_first():
    early, late = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    mention = Comment(EVENT, "", "@Omar", "Rana", early, ("Omar",))
    answer = Comment(EVENT, "", "yes", "Omar", late, (), (), Withdrawal("Omar", late, "no"))
    later = replace(mention, item=OTHER, at=late)
    work = SharedWork({}, {OTHER: {"c": later}, EVENT: {"b": mention, "a": answer}})
    assert list(work.waiting_for("Omar").mentions) == ["b", "c"]


def test_any_order_of_comments_is_that_of_time():
    early, late = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    mention = Comment(EVENT, "", "@Omar", "Rana", early, ("Omar",))
    answer = Comment(EVENT, "", "yes", "Omar", late)
    work = SharedWork({}, {EVENT: {"b": mention, "a": answer}})
    assert not work.waiting_for("Omar").number
    work = SharedWork({}, {EVENT: {"b": replace(mention, at=late), "a": replace(answer, at=early)}})
    assert list(work.waiting_for("Omar").mentions) == ["b"]
