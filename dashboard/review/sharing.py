"""Commenting on events and suggestions, and assigning them: an entry of the log each."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.message import Names, message
from dashboard.model.records import SuggestionRecord, Table, Versioned
from dashboard.model.shared_work import (
    MOST_COMMENT,
    MOST_PERSON,
    Assignment,
    Comment,
    Item,
    ItemKind,
    SharedWork,
    Withdrawal,
)
from dashboard.model.suggestion import SuggestionStatus
from dashboard.model.viewer import viewer
from dashboard.review.draft import draft
from dashboard.review.edit_session import EditSession
from dashboard.review.people import mentioned
from dashboard.review.replaced_suggestion import replaced_suggestion
from dashboard.store.workspace import Change, Workspace

_OPEN = frozenset({SuggestionStatus.PENDING, SuggestionStatus.DEFERRED})


class SharingError(DashboardError):
    """A comment or an assignment that cannot be; nothing was written."""


def shared_work(workspace: Workspace, corpus: Corpus) -> SharedWork:
    """All comments and assignments, by the items of the corpus where they are now."""
    items, comments = _Items.of(workspace, corpus), dict[Item, dict[str, Comment]]()
    stored = workspace.all(Table.COMMENT).items()
    found = [(key, item.value) for key, item in stored if isinstance(item.value, Comment)]
    for comment_id, comment in sorted(found, key=lambda pair: (pair[1].at, pair[0])):
        item = items.now(comment.item)
        if item is not None:
            comments.setdefault(item, {})[comment_id] = comment
    assignments = {}
    records = workspace.all(Table.ASSIGNMENT).values()
    assigned = [each.value for each in records if isinstance(each.value, Assignment)]
    for assignment in sorted(assigned, key=lambda each: each.at):
        item = items.assigned(assignment)
        if item is not None:
            assignments[item] = assignment
    return SharedWork(assignments, comments)


@dataclass(frozen=True, slots=True)
class _Items:
    """The events of a corpus, and all suggestions by id, read at once."""

    workspace: Workspace
    corpus: Corpus
    suggestions: Mapping[str, Versioned[object]]

    @classmethod
    def of(cls, workspace: Workspace, corpus: Corpus) -> "_Items":
        return cls(workspace, corpus, workspace.all(Table.SUGGESTION))

    def now(self, item: Item) -> Item | None:
        """What an item has become; `None` if it was rejected or withdrawn, or is hidden."""
        if item.kind is ItemKind.EVENT:
            return self._event(item.item_id)
        stored = self.suggestions.get(item.item_id)
        record = stored.value if stored else None
        if record is None:
            replaced = replaced_suggestion(self.workspace, item.item_id)
            record = replaced.successor.value if replaced and replaced.successor else None
        if not isinstance(record, SuggestionRecord):
            return None
        if record.article_id not in self.corpus.articles:
            return None
        if record.status in _OPEN:
            return Item(ItemKind.SUGGESTION, record.suggestion_id)
        return self._event(record.event_id) if record.event_id else None

    def assigned(self, assignment: Assignment) -> Item | None:
        """The item that somebody is still to see to; who decided on a suggestion has done so."""
        item = self.now(assignment.item)
        return item if item and item.kind is assignment.item.kind else None

    def _event(self, event_id: str) -> Item | None:
        current = self.corpus.current_id(event_id)
        return Item(ItemKind.EVENT, current) if current in self.corpus.events.events else None


def add_comment(session: EditSession, item: Item, text: str, people: Collection[str]) -> None:
    """Write a comment on an item; `people` are those who can be mentioned.

    Raises SharingError for a text that is empty or too long, and for an item that is not here.
    """
    title, article_id = _described(session, item)
    text = text.strip()
    if not text:
        raise SharingError(message("a comment needs a text"))
    if len(text) > MOST_COMMENT:
        raise SharingError(message("a comment has at most {n} characters", n=MOST_COMMENT))
    who = viewer().name_in_log(session.who)
    comment = Comment(item, article_id, text, who, datetime.now(UTC), mentioned(text, people))
    change = session.change(Table.COMMENT, f"{item.key}:{secrets.token_hex(4)}", comment)
    session.commit([change], message("commented on {title}", title=title), "")


def withdraw_comment(session: EditSession, comment_id: str, *, why: str) -> None:
    """Withdraw a comment, with a reason. Raises SharingError."""
    comment, version = _comment(session, comment_id)
    if not why.strip():
        raise SharingError(message("withdrawing a comment needs a reason"))
    if comment.withdrawn is not None:
        raise SharingError(message("the comment was withdrawn already"))
    who = viewer().name_in_log(session.who)
    withdrawn = replace(comment, withdrawn=Withdrawal(who, datetime.now(UTC), why.strip()))
    item = _Items.of(session.workspace, session.corpus).now(comment.item)
    title, _article_id = _described(session, item or comment.item)
    change = Change(Table.COMMENT, comment_id, withdrawn, version)
    session.commit([change], message("withdrew a comment on {title}", title=title), why.strip())


def mark_seen(session: EditSession, comment_ids: Collection[str]) -> None:
    """Say that one has seen these comments, in one entry. Raises SharingError."""
    who = viewer().name_in_log(session.who)
    changes = []
    for comment_id in comment_ids:
        comment, version = _comment(session, comment_id)
        if who not in comment.seen_by:
            seen = replace(comment, seen_by=(*comment.seen_by, who))
            changes.append(Change(Table.COMMENT, comment_id, seen, version))
    if changes:
        session.commit(changes, message("marked comments as seen: {n}", n=len(changes)), "")


def assign(session: EditSession, item: Item, person: str) -> None:
    """Assign an item to a person, or with "" to nobody. Raises SharingError."""
    title, article_id = _described(session, item)
    person = " ".join(person.split())
    if len(person) > MOST_PERSON:
        raise SharingError(message("a name has at most {n} characters", n=MOST_PERSON))
    what = message("assigned to nobody: {title}", title=title)
    after = None
    if person:
        who = viewer().name_in_log(session.who)
        what = message("assigned to {who}: {title}", who=person, title=title)
        after = Assignment(item, article_id, person, who, datetime.now(UTC))
    items = _Items.of(session.workspace, session.corpus)
    changes = [session.change(Table.ASSIGNMENT, item.key, after)]
    # Those of what has become this item, e.g. of an event that was merged with it.
    changes += [
        session.change(Table.ASSIGNMENT, key, None)
        for key, stored in session.workspace.all(Table.ASSIGNMENT).items()
        if isinstance(stored.value, Assignment)
        and key != item.key
        and items.assigned(stored.value) == item
    ]
    session.commit(changes, what, "")


def item_title(workspace: Workspace, corpus: Corpus, item: Item) -> Names | None:
    """The titles of an item in English and Arabic; `None` if it is not here."""
    if item.kind is ItemKind.EVENT:
        event = corpus.events.events.get(corpus.current_id(item.item_id))
        return event.titles if event else None
    record = _suggestion(workspace, item)
    if record is None or record.article_id not in corpus.articles:
        return None
    return draft(record, corpus).titles


def _described(session: EditSession, item: Item) -> tuple[Names, str]:
    """The titles of an item, and the id of a suggestion's article, else ""."""
    title = item_title(session.workspace, session.corpus, item)
    if title is None:
        raise SharingError(message("{id} is not here", id=item.item_id))
    is_suggestion = item.kind is ItemKind.SUGGESTION
    record = _suggestion(session.workspace, item) if is_suggestion else None
    return title, record.article_id if record else ""


def _suggestion(workspace: Workspace, item: Item) -> SuggestionRecord | None:
    stored = workspace.get(Table.SUGGESTION, item.item_id)
    return stored.value if stored and isinstance(stored.value, SuggestionRecord) else None


def _comment(session: EditSession, comment_id: str) -> tuple[Comment, int]:
    """A comment and its version. Raises SharingError."""
    stored = session.workspace.get(Table.COMMENT, comment_id)
    if stored is None or not isinstance(stored.value, Comment):
        raise SharingError(message("{id} is not here", id=comment_id))
    return stored.value, stored.version


def shared_records(
    workspace: Workspace, corpus: Corpus, event_ids: Iterable[str]
) -> Iterator[tuple[Table, str]]:
    """The records of comments on these events, and of their assignments, also removed ones."""
    items = _Items.of(workspace, corpus)
    events = {Item(ItemKind.EVENT, event_id) for event_id in event_ids}
    keys = {item.key for item in events}
    for table in (Table.COMMENT, Table.ASSIGNMENT):
        for key, stored in workspace.all(table).items():
            value = stored.value
            now = items.now(value.item) if isinstance(value, Comment | Assignment) else None
            if now in events or not keys.isdisjoint((key, key.rpartition(":")[0])):
                yield table, key
