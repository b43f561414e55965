"""The log, records and changes of somebody who may not see an article or a dataset."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.ingest.originals import Originals
from dashboard.model.capture import Capture
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.message import message
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import EventRecord, MergedEvent, Table
from dashboard.model.restriction import (
    Hidden,
    RestrictedKind,
    Restriction,
    RestrictionError,
    hidden_from,
    read_seen_by,
)
from dashboard.model.saved_view import SavedView
from dashboard.model.shared_work import Comment, Item, ItemKind
from dashboard.model.viewer import NOBODY, SINGLE_ANALYST, NotPermittedError, Viewer, acting_as
from dashboard.project.project import Project
from dashboard.project.seen import seen_corpus
from dashboard.review.captures import add_capture
from dashboard.review.edit_session import EditSession
from dashboard.review.restricting import restrict, restrictions_in
from dashboard.review.sharing import add_comment, assign
from dashboard.store.hidden_records import hidden_part, hidden_records, with_part
from dashboard.store.merge import event_record
from dashboard.store.seen_workspace import SeenWorkspace
from dashboard.store.workspace import Change, NoEntryError
from tests.project.without import INSIDER, OUTSIDER, SECRET, SEEN_BY, hide, project_at
from tests.store.capture_samples import capture, png

ARTICLE = "a003_orient_net"
# Another article reports of it too.
EVENT = "agreement_observation_points"
ROOT = Viewer("root@example.org", "Root", permissions_of(Role.ADMINISTRATOR))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    on_server = request.param == "PostgreSQL"
    server = request.getfixturevalue("server") if on_server else None
    project = project_at(tmp_path / "p", datasets=(), server=server)
    hide(project, RestrictedKind.ARTICLE, ARTICLE)
    hide(project, RestrictedKind.DATASET, SECRET)
    return project


def record_of(project: Project, event_id: str = EVENT) -> EventRecord:
    found = event_record(project.load().corpus, event_id)
    assert found is not None
    return found


def articles_of(record: EventRecord) -> set[str]:
    return {claim.article_id for claim in record.claims}


def retitle(project: Project, title: str) -> int:
    record = record_of(project)
    after = replace(record, event=replace(record.event, title_en=title))
    session = EditSession(project.load().workspace, project.load().corpus, "")
    change = session.change(Table.EVENT, EVENT, after)
    change = replace(change, base=None if change.version else record)
    session.commit([change], message("edited {title}", title=title), "")
    return project.workspace.version()


@pytest.mark.parametrize(
    ("someone", "sees"),
    [(INSIDER, True), (OUTSIDER, False), (NOBODY, False), (SINGLE_ANALYST, True), (ROOT, False)],
)
def test_only_those_who_are_named_see_it(project: Project, someone: Viewer, sees: bool):
    with acting_as(someone):
        corpus = project.load().corpus
        assert (ARTICLE in corpus.articles) is sees
        assert (ARTICLE in articles_of(record_of(project))) is sees


def test_an_account_is_named_without_case():
    named = Restriction(RestrictedKind.ARTICLE, "a", "A", read_seen_by("account:Eve@Example.org"))
    assert named.allows(OUTSIDER)
    assert not named.allows(replace(INSIDER, groups=frozenset({"account:eve@example.org"})))


@pytest.mark.parametrize("text", ["everybody", "group:", "map-sources", "group:a, b"])
def test_other_names_are_refused(text: str):
    with pytest.raises(RestrictionError):
        read_seen_by(text)


def test_who_does_not_see_a_claim_does_not_delete_it(project: Project):
    before = record_of(project)
    with acting_as(OUTSIDER):
        assert articles_of(record_of(project)) == articles_of(before) - {ARTICLE}
        retitle(project, "Another title")
    after = record_of(project)
    assert after.event.title_en == "Another title"
    assert set(after.claims) == set(before.claims)
    assert set(after.places) == set(before.places)


def test_who_withdraws_an_event_leaves_the_claims_of_others(project: Project):
    with acting_as(OUTSIDER):
        record = record_of(project)
        workspace = project.load().workspace
        workspace.commit(
            [Change(Table.EVENT, EVENT, None, 0, record)], who="", what="withdrew", why=""
        )
        assert EVENT not in project.load().corpus.events.events
    assert articles_of(record_of(project)) == {ARTICLE}


def test_the_hidden_claims_of_a_merged_event_go_with_it(project: Project):
    hidden = {claim.claim_id for claim in record_of(project).claims if claim.article_id == ARTICLE}
    with acting_as(OUTSIDER):
        corpus = project.load().corpus
        other = next(key for key in corpus.events.events if key != EVENT)
        into = event_record(corpus, other)
        changes = [
            Change(Table.EVENT, other, into, 0, into),
            Change(Table.EVENT, EVENT, None, 0, record_of(project)),
            Change(Table.MERGED_EVENT, EVENT, MergedEvent(other)),
        ]
        project.load().workspace.commit(changes, who="", what="merged", why="")
    assert EVENT not in project.load().corpus.events.events
    assert hidden <= {claim.claim_id for claim in record_of(project, other).claims}


def test_an_entry_on_what_is_hidden_is_not_in_the_log_and_cannot_be_undone(project: Project):
    record = record_of(project)
    claims = tuple(
        replace(claim, note="A secret") if claim.article_id == ARTICLE else claim
        for claim in record.claims
    )
    seq = project.workspace.commit(
        [Change(Table.EVENT, EVENT, replace(record, claims=claims), 0, record)],
        who="Ada", what="noted the source", why="",
    )  # fmt: skip
    with acting_as(OUTSIDER):
        workspace = project.load().workspace
        assert seq not in {entry.seq for entry in workspace.log()}
        assert workspace.differences(seq) == []
        assert "secret" not in str(workspace.get(Table.EVENT, EVENT)).lower()
        assert "secret" not in str(workspace.before_changes(Table.EVENT)).lower()
        with pytest.raises(NoEntryError):
            workspace.undo(seq, who="", why="")
        mine = retitle(project, "Mine")
        shown = str(project.load().workspace.differences(mine))
        assert "A secret" not in shown
        assert ARTICLE not in shown
        assert [entry.seq for entry in project.load().workspace.log()] == [mine]


def test_records_of_a_hidden_dataset_and_views_of_it_are_not_there(project: Project):
    view = SavedView("Secret", "", {"dataset": (SECRET,)})
    project.workspace.commit(
        [Change(Table.SAVED_VIEW, "v", view)], who="Ada", what="saved Secret", why=""
    )
    assert project.load().workspace.count(Table.SAVED_VIEW) == 1
    with acting_as(OUTSIDER):
        workspace = project.load().workspace
        assert workspace.count(Table.SAVED_VIEW) == 0
        assert not workspace.log()


def test_comments_and_assignments_of_a_hidden_event_are_not_there(project: Project):
    loaded = project.load()
    with acting_as(OUTSIDER):
        (secret, *_more) = loaded.corpus.events.events.keys() - project.load().corpus.events.events
    session = EditSession(loaded.workspace, loaded.corpus, "Ada")
    first = loaded.workspace.version()
    for event_id in (secret, EVENT):
        add_comment(session, Item(ItemKind.EVENT, event_id), "@Eve look", ["Eve"])
        assign(session, Item(ItemKind.EVENT, event_id), "Eve")
    assign(session, Item(ItemKind.EVENT, secret), "")
    of_article = Comment(
        Item(ItemKind.SUGGESTION, "s"), ARTICLE, "x", "Ada", datetime(2026, 1, 1, tzinfo=UTC)
    )
    change = Change(Table.COMMENT, "suggestion:s:0", of_article)
    loaded.workspace.commit([change], who="Ada", what="commented", why="")
    with acting_as(OUTSIDER):
        seen = project.load()
        assert seen.shared_work.waiting_for("Eve").number == 2
        assert seen.workspace.count(Table.COMMENT) == seen.workspace.count(Table.ASSIGNMENT) == 1
        assert not [key for _table, key in seen.workspace.deleted() if secret in key]
        entries = seen.workspace.log()
        assert [entry.seq for entry in entries if entry.seq > first] == [first + 4, first + 3]
        assert "Ada" in seen.authors
    assert len(project.load().workspace.all(Table.COMMENT)) == 3


def test_only_administrators_restrict_and_they_see_what_is_restricted(project: Project):
    wanted = Restriction(RestrictedKind.DATASET, "x", "X", SEEN_BY)
    for someone in (INSIDER, OUTSIDER):
        with acting_as(someone):
            loaded = project.load()
            session = EditSession(loaded.workspace, loaded.corpus, "")
            with pytest.raises(NotPermittedError):
                restrict(session, wanted)
    with acting_as(OUTSIDER):
        assert restrictions_in(project.load().workspace) == ()
    with acting_as(ROOT):
        loaded = project.load()
        assert {it.thing_id for it in restrictions_in(loaded.workspace)} == {ARTICLE, SECRET}
        lifted = Restriction(RestrictedKind.ARTICLE, ARTICLE, "", ())
        restrict(EditSession(loaded.workspace, loaded.corpus, ""), lifted)
        assert ARTICLE in project.load().corpus.articles


def test_viewers_who_see_the_same_share_what_was_loaded(project: Project):
    with acting_as(OUTSIDER):
        loaded = project.load()
    with acting_as(replace(OUTSIDER, account="omar@example.org")):
        assert project.load() is loaded
    with acting_as(INSIDER):
        assert project.load() is not loaded
        assert project.load().key != loaded.key
    assert hidden_from(INSIDER, restrictions_in(project.workspace)).key == ""


def test_captured_files_of_a_hidden_article_are_not_there(project: Project):
    loaded = project.load()
    claim = next(row for row in loaded.corpus.events.claims if row.article_id == ARTICLE)
    session = EditSession(project.workspace, loaded.corpus, "Rana")
    add_capture(session, png(), capture(claim), why="seen")
    sha256 = project.workspace.captures.describe(png()).sha256
    for someone, sees in ((SINGLE_ANALYST, True), (INSIDER, True), (OUTSIDER, False)):
        with acting_as(someone):
            assert project.sees_capture(sha256) is sees
            assert bool(project.load().proof.captures) is sees


def test_a_file_with_a_hidden_article_and_others_is_not_there(project: Project):
    loaded = project.load()
    other = next(key for key in loaded.corpus.articles if key != ARTICLE)
    originals = Originals(project.workspace.captures, "spool")
    changes = [
        Change(Table.CAPTURE, row.capture_id, row, 0)
        for name, article_id, content in (
            ("table.csv, row 2", ARTICLE, b"the table"),
            ("table.csv, row 3", other, b"the table"),
            ("other.txt", other, b"a file of its own"),
        )
        if isinstance(row := originals.store(article_id, name, content), Capture)
    ]
    project.workspace.commit(changes, who="spool", what=message("read {number} articles"), why="")
    table, own = project.load().proof.captures[other]
    if table.name == "other.txt":
        table, own = own, table
    for someone, seen in (
        (SINGLE_ANALYST, {table, own}),
        (INSIDER, {table, own}),
        (OUTSIDER, {own}),
    ):
        with acting_as(someone):
            assert set(project.load().proof.captures[other]) == seen
            assert project.sees_capture(table.sha256) is (table in seen)
            assert project.sees_capture(own.sha256)


def test_an_event_is_what_is_seen_of_it_and_its_hidden_part(project: Project):
    record = record_of(project)
    part = hidden_part(record, {ARTICLE})
    assert part is not None
    assert articles_of(part) == {ARTICLE}
    with acting_as(OUTSIDER):
        seen = record_of(project)
        assert isinstance(project.load().workspace, SeenWorkspace)
    assert set(with_part(seen, part).claims) == set(record.claims)
    assert with_part(record, part) == record
    assert hidden_part(record, {"another"}) is None


def test_outlets_and_speakers_added_for_a_hidden_article_are_not_there(project: Project):
    corpus = project.load().corpus
    outlet = corpus.articles[ARTICLE].outlet_id
    others = {key: it for key, it in corpus.articles.items() if it.outlet_id != outlet}
    alone = replace(corpus, articles={**others, ARTICLE: corpus.articles[ARTICLE]})
    hidden = Hidden(articles=frozenset({ARTICLE}))
    assert outlet not in seen_corpus(alone, hidden_records(alone, hidden, {outlet})).lexicon.outlets
    # Not one of the lexicon's own, nor one of which there is another article.
    assert outlet in seen_corpus(alone, hidden_records(alone, hidden, ())).lexicon.outlets
    assert outlet in seen_corpus(corpus, hidden_records(corpus, hidden, {outlet})).lexicon.outlets


def test_names_learned_from_hidden_articles_alone_are_not_there(project: Project):
    def learned(wording: str, *articles: str) -> LearnedName:
        source = f"corrected in {', '.join(articles)} by analysts"
        return LearnedName(
            LearnedKind.PLACE, wording, "ain_issa", LearnedStatus.ACCEPTED, "en", source, wording
        )

    names = {"a": learned("Secretville", ARTICLE), "b": learned("Openville", ARTICLE, "a001")}
    project.workspace.commit(
        [Change(Table.LEARNED_NAME, key, name) for key, name in names.items()],
        who="Ada", what="learned", why="",
    )  # fmt: skip

    def found() -> set[str]:
        every = project.load().corpus.gazetteer.names
        return {name.name for name in every} & {"Secretville", "Openville"}

    assert found() == {"Secretville", "Openville"}
    with acting_as(OUTSIDER):
        assert found() == {"Openville"}
        workspace = project.load().workspace
        stored = workspace.all(Table.LEARNED_NAME)
        assert list(stored) == ["b"]
        assert ARTICLE not in str(stored)
