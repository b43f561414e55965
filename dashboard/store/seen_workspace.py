"""The workspace as a viewer sees it who may not see all: hidden records are not there.

What such a viewer changes is written with the hidden claims of the event as they are, so that nobody
deletes what they do not see.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from dashboard.model.corpus import Corpus
from dashboard.model.message import StoredText
from dashboard.model.permissions import Permission
from dashboard.model.records import Difference, Entry, EventRecord, MergedEvent, Table, Versioned
from dashboard.model.restriction import Hidden
from dashboard.model.viewer import viewer
from dashboard.store.codec import RECORDS, decode, encode
from dashboard.store.entries import Change, ConflictError, NoEntryError, UndoneError
from dashboard.store.hidden_records import HiddenRecords, hidden_part, hidden_records, with_part
from dashboard.store.merge import event_record
from dashboard.store.workspace import Workspace

T = TypeVar("T")
_EVERY = -1


class SeenWorkspace(Workspace):
    """The workspace without what is `hidden`; `corpus` is the complete one."""

    def __init__(self, complete: Workspace, corpus: Corpus, hidden: Hidden) -> None:
        """Nothing is opened: everything is asked of the `complete` workspace."""
        self.path, self.backups, self.daily = complete.path, complete.backups, complete.daily
        self.source, self.captures = complete.source, complete.captures
        self.hidden = hidden
        self._complete = complete
        self._corpus = corpus
        self._entries: dict[tuple[int, bool], bool] = {}

    @cached_property
    def records(self) -> HiddenRecords:
        """What is hidden."""
        added = {*self._complete.all(Table.OUTLET), *self._complete.all(Table.SPEAKER)}
        captures = (item.value for item in self._complete.all(Table.CAPTURE).values())
        return hidden_records(self._corpus, self.hidden, added, captures)

    @cached_property
    def hides_names(self) -> bool:
        """Whether a name was learned from hidden articles alone, or is that of a hidden speaker."""
        return len(self.all(Table.LEARNED_NAME)) < len(self._complete.all(Table.LEARNED_NAME))

    def version(self) -> int:
        """The number of the last log entry, also of one that is hidden."""
        return self._complete.version()

    def get(self, kind: Table, record_id: str) -> Versioned[object] | None:
        """One record, or `None` if there is none of that id, or a hidden one."""
        stored = self._complete.get(kind, record_id)
        return None if stored is None else self._seen({record_id: stored}, kind).get(record_id)

    def at_version(self, kind: Table, record_id: str, version: int) -> object | None:
        """A record as entry `version` wrote it, without what is hidden."""
        value = self._complete.at_version(kind, record_id, version)
        return None if value is None else self._value(kind, record_id, value)

    def before_changes(self, kind: Table) -> dict[str, object]:
        """The seeds of a kind that were changed, as they were before, without what is hidden."""
        before = self._complete.before_changes(kind)
        seen = {key: self._value(kind, key, value) for key, value in before.items()}
        return {key: value for key, value in seen.items() if value is not None}

    def all(self, kind: Table, *, status: str | None = None) -> dict[str, Versioned[object]]:
        """All records of a kind, or of a kind and status, that are not hidden."""
        return self._seen(self._complete.all(kind, status=status), kind)

    def of_article(self, kind: Table, article_id: str) -> dict[str, Versioned[object]]:
        """The records of a kind that belong to one article, none of a hidden one."""
        return self._seen(self._complete.of_article(kind, article_id), kind)

    def deleted(self) -> dict[tuple[Table, str], int]:
        """The versions of deleted records by kind and id."""
        deleted = self._complete.deleted()
        return {key: at for key, at in deleted.items() if not self.records.hides(*key, {})}

    def count(self, kind: Table, *, status: str | None = None) -> int:
        """How many records of a kind, and of a status, are not hidden."""
        return sum(stored.value is not None for stored in self.all(kind, status=status).values())

    def text(self, sha256: str) -> str | None:
        """The stored text with this SHA-256, or `None`."""
        return None if sha256 in self._hidden_texts else self._complete.text(sha256)

    def texts(self) -> dict[str, str]:
        """The stored texts by their SHA-256, except those of hidden articles."""
        texts = self._complete.texts()
        return {key: text for key, text in texts.items() if key not in self._hidden_texts}

    def commit(
        self,
        changes: Sequence[Change],
        *,
        who: str,
        what: StoredText,
        why: StoredText,
        texts: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Write all changes with what is hidden of their records; see `Workspace.commit`."""
        completed = list(self._completed(changes))
        return self._without_names(
            lambda: self._complete.commit(completed, who=who, what=what, why=why, texts=texts)
        )

    def undo(self, seq: int, *, who: str, why: StoredText) -> int:
        """Undo an entry; for a hidden one raises NoEntryError, as if there were none."""
        if not self._sees_entry(seq):
            raise NoEntryError(seq)
        return self._without_names(lambda: self._complete.undo(seq, who=who, why=why))

    def log(self, *, limit: int = 100, record: tuple[Table, str] | None = None) -> list[Entry]:
        """The last entries that are not hidden, newest first."""
        asked = limit
        while True:
            entries = self._complete.log(limit=asked, record=record)
            seen = [entry for entry in entries if self._sees_entry(entry.seq)]
            if limit == _EVERY or len(seen) >= limit or len(entries) < asked:
                return seen if limit == _EVERY else seen[:limit]
            asked *= 2

    def authors(self) -> tuple[str, ...]:
        """The names under which entries were written: colleagues are no secret."""
        return self._complete.authors()

    def differences(self, seq: int) -> list[Difference]:
        """The changes of an entry, without what is hidden; none of a hidden entry."""
        return list(self._differences(seq)) if self._sees_entry(seq) else []

    @cached_property
    def _hidden_texts(self) -> frozenset[str]:
        articles = self._corpus.articles.values()
        hidden = {it.sha256 for it in articles if it.article_id in self.hidden.articles}
        return frozenset(
            hidden - {it.sha256 for it in articles if it.article_id not in self.hidden.articles}
        )

    def _seen(
        self, stored: Mapping[str, Versioned[object]], kind: Table
    ) -> dict[str, Versioned[object]]:
        found = {}
        for key, item in stored.items():
            value = None if item.value is None else self._value(kind, key, item.value)
            if value is not None or (item.value is None and not self.records.hides(kind, key, {})):
                found[key] = replace(item, value=value)
        return found

    def _value(self, kind: Table, record_id: str, value: object) -> object | None:
        """A record without what is hidden; `None` if all of it is."""
        fields = _fields(value)
        if kind is Table.RESTRICTION:
            return value if self._sees_restriction(fields) else None
        if self.records.hides(kind, record_id, fields):
            return None
        seen = self.records.seen_fields(kind, fields)
        return value if seen is fields else decode(RECORDS[kind], encode(seen))

    def _sees_restriction(self, fields: Mapping[str, Any]) -> bool:
        """An administrator sees what is restricted, without what it contains."""
        hidden = self.hidden.datasets | self.hidden.articles
        return viewer().may(Permission.ADMINISTER) or fields.get("thing_id") not in hidden

    def _sees_entry(self, seq: int) -> bool:
        """Whether no record of the entry is hidden, and a change remains of it."""
        key = seq, viewer().may(Permission.ADMINISTER)
        if key not in self._entries:
            complete = self._complete.differences(seq)
            seen = list(self._differences(seq))
            hidden = any(self._hides(item) for item in complete)
            self._entries[key] = not hidden and bool(seen or not complete)
        return self._entries[key]

    def _hides(self, item: Difference) -> bool:
        if item.kind is Table.RESTRICTION:
            return False
        values = [value for value in (item.before, item.after) if value is not None]
        return all(self.records.hides(item.kind, item.record_id, value) for value in values) and (
            bool(values) or self.records.hides(item.kind, item.record_id, {})
        )

    def _differences(self, seq: int) -> Iterator[Difference]:
        for item in self._complete.differences(seq):
            before, after = (
                None if value is None else self.records.seen_fields(item.kind, value)
                for value in (item.before, item.after)
            )
            if item.kind is Table.RESTRICTION and not self._sees_restriction(
                item.after or item.before or {}
            ):
                continue
            if before != after:
                yield replace(item, before=before, after=after)

    def _completed(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The changes with the hidden claims that their events have; those of a merged one move."""
        changes = list(changes)
        merged = {
            change.record_id: change.after.into
            for change in changes
            if change.kind is Table.MERGED_EVENT and isinstance(change.after, MergedEvent)
        }
        moved = {into: self._hidden_part(old) for old, into in merged.items()}
        for change in changes:
            if change.kind is not Table.EVENT:
                yield change
                continue
            after = change.after
            for part in (self._hidden_part(change.record_id), moved.get(change.record_id)):
                if part is not None and isinstance(after, EventRecord):
                    after = with_part(after, part)
                elif part is not None and change.record_id not in merged:
                    # Who withdraws an event that they see in part leaves the rest to others.
                    after = part
            base = change.base and (event_record(self._corpus, change.record_id) or change.base)
            yield replace(change, after=after, base=base)

    def _hidden_part(self, event_id: str) -> EventRecord | None:
        stored = self._complete.get(Table.EVENT, event_id)
        record = stored.value if stored else event_record(self._corpus, event_id)
        return (
            hidden_part(record, self.hidden.articles) if isinstance(record, EventRecord) else None
        )

    def _without_names(self, write: Callable[[], T]) -> T:
        """Write; an error says nothing of a hidden entry."""
        try:
            return write()
        except ConflictError as error:
            if error.entry is None or self._sees_entry(error.entry.seq):
                raise
            raise ConflictError(error.kind, error.record_id, None) from None
        except UndoneError as error:
            if self._sees_entry(error.entry.seq):
                raise
            raise NoEntryError(error.seq) from None


def _fields(value: object) -> Mapping[str, Any]:
    """The fields of a record as in the log."""
    return msgspec.json.decode(encode(value), type=dict[str, Any])
