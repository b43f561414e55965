"""Which records a viewer may not see, and events without their hidden claims and places.

A record is hidden if its article or dataset is, or the event, outlet or speaker that nothing else
names. An event with a claim of another article stays, without the hidden ones.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.model.capture import Capture, CaptureMethod
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import Claim, EventPlace
from dashboard.model.records import EventRecord, Table
from dashboard.model.restriction import Hidden

_OF_ARTICLE = frozenset({
    Table.SUGGESTION, Table.CORRECTION, Table.UNKNOWN_PLACE, Table.CAPTURE, Table.SOURCE_LINKS,
})  # fmt: skip
# On an event or a suggestion.
_ON_ITEMS = frozenset({Table.COMMENT, Table.ASSIGNMENT})
# The fields of records that name an event.
_EVENT_FIELDS: Mapping[Table, tuple[str, ...]] = {
    Table.MERGED_EVENT: ("into",),
    Table.RELATION: ("event_id", "related_id"),
    Table.DISTINCT_EVENTS: ("first", "second"),
    Table.VERIFICATION: ("event_id",),
}
# The source of a name that was learned from articles (`review/learned_names.py`).
_CORRECTED = re.compile(r"corrected in (.+) by analysts")


@dataclass(frozen=True, slots=True)
class HiddenRecords:
    """What is hidden with some datasets and articles: events, claims, outlets and speakers by id.

    `originals` are the SHA-256 of files from which hidden articles were read: the same file, such as a
    table, may have other articles too.
    """

    hidden: Hidden
    events: frozenset[str]
    claims: frozenset[str]
    outlets: frozenset[str]
    speakers: frozenset[str]
    originals: frozenset[str] = frozenset()

    def hides(self, table: Table, record_id: str, fields: Mapping[str, Any]) -> bool:
        """Whether a record is hidden, by its id and its fields as JSON; an event by its claims."""
        if table is Table.ARTICLE:
            return record_id in self.hidden.articles
        if table in _OF_ARTICLE:
            hidden = fields.get("article_id") in self.hidden.articles
            original = fields.get("method") == CaptureMethod.RECEIVED
            return hidden or (original and fields.get("sha256") in self.originals)
        if table is Table.EVENT:
            return self.without_hidden(fields) is None
        if table in _EVENT_FIELDS:
            named = {record_id, *(fields.get(name) for name in _EVENT_FIELDS[table])}
            return not self.events.isdisjoint(named)
        return self._hides_other(table, record_id, fields)

    def _hides_other(self, table: Table, record_id: str, fields: Mapping[str, Any]) -> bool:
        if table in _ON_ITEMS:
            return self._hides_item(record_id, fields)
        if table is Table.IMPORTED_VERIFICATION:
            return fields.get("dataset") in self.hidden.datasets
        if table is Table.CLAIM_RATING:
            return record_id in self.claims
        if table is Table.EVENT_LINK:
            return any(self._hides_ref(fields.get(name) or {}) for name in ("first", "second"))
        if table is Table.SAVED_VIEW:
            link = fields.get("link") or {}
            return any(self._names(value) for values in link.values() for value in values)
        if table in {Table.OUTLET, Table.SOURCE_RATING}:
            return record_id in self.outlets
        if table is Table.LEARNED_NAME:
            meant = fields.get("meaning_id") in self.outlets | self.speakers
            return meant or self._source_left(str(fields.get("source", ""))) is None
        return table is Table.SPEAKER and record_id in self.speakers

    def without_hidden(self, event: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The fields of an event without hidden claims and places; `None` if no claim is left."""
        articles = self.hidden.articles
        claims = [row for row in event.get("claims", ()) if row["article_id"] not in articles]
        if len(claims) == len(event.get("claims", ())):
            claimless = not claims and event.get("event", {}).get("event_id") in self.events
            return None if claimless else event
        places = [row for row in event.get("places", ()) if row["article_id"] not in articles]
        return {**event, "claims": claims, "places": places} if claims else None

    def seen_fields(self, table: Table, fields: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The fields of a record that is not hidden, without what is hidden in them."""
        if table is Table.EVENT:
            return self.without_hidden(fields)
        source = str(fields.get("source", "")) if table is Table.LEARNED_NAME else ""
        left = self._source_left(source)
        return fields if left in {source, None} else {**fields, "source": left}

    def _source_left(self, source: str) -> str | None:
        """The source of a learned name without hidden articles; `None` if it has no other."""
        found = _CORRECTED.fullmatch(source)
        if found is None:
            return source
        articles = found[1].split(", ")
        left = [each for each in articles if each not in self.hidden.articles]
        return source.replace(found[1], ", ".join(left)) if left else None

    def _hides_item(self, record_id: str, fields: Mapping[str, Any]) -> bool:
        """Whether a comment or an assignment is on what is hidden; a removed one says it by its id."""
        item_id = record_id.partition(":")[2]
        named = {item_id, item_id.rpartition(":")[0], (fields.get("item") or {}).get("item_id")}
        of_article = fields.get("article_id") in self.hidden.articles
        return of_article or not self.events.isdisjoint(named)

    def _hides_ref(self, ref: Mapping[str, Any]) -> bool:
        return ref.get("dataset") in self.hidden.datasets or ref.get("event_id") in self.events

    def _names(self, value: str) -> bool:
        return any(
            value in ids for ids in (self.hidden.datasets, self.events, self.outlets, self.speakers)
        )


def hidden_records(
    corpus: Corpus, hidden: Hidden, added: Collection[str], captures: Iterable[object] = ()
) -> HiddenRecords:
    """What is hidden in the complete corpus; `added` are outlets and speakers of the workspace.

    Those of the lexicon's own lists are no secret. `captures` are all of the workspace.
    """
    claims = [row for row in corpus.events.claims if row.article_id in hidden.articles]
    others = [row for row in corpus.events.claims if row.article_id not in hidden.articles]
    events = {row.event_id for row in claims} - {row.event_id for row in others}
    articles = corpus.articles.values()
    published = {it.outlet_id for it in articles if it.article_id in hidden.articles}
    elsewhere = {it.outlet_id for it in articles if it.article_id not in hidden.articles}
    speakers = _speakers_of(claims) - _speakers_of(others)
    return HiddenRecords(
        hidden,
        frozenset(events),
        frozenset(row.claim_id for row in claims),
        frozenset(published - elsewhere).intersection(added),
        frozenset(speakers).intersection(added),
        frozenset(
            row.sha256
            for row in captures
            if isinstance(row, Capture) and row.is_original and row.article_id in hidden.articles
        ),
    )


def _speakers_of(claims: Iterable[Claim]) -> set[str]:
    return {key for row in claims for key in (row.speaker_id, row.via_id) if key is not None}


def hidden_part(record: EventRecord, articles: Collection[str]) -> EventRecord | None:
    """The event with its hidden claims and places only; `None` if it has no hidden claim."""
    claims = tuple(row for row in record.claims if row.article_id in articles)
    places = tuple(row for row in record.places if row.article_id in articles)
    return replace(record, claims=claims, places=places) if claims else None


def with_part(record: EventRecord, part: EventRecord) -> EventRecord:
    """The event with the hidden claims and places of another, or of itself before a change."""
    event_id = record.event.event_id
    known = {row.claim_id for row in record.claims}
    claims = [replace(row, event_id=event_id) for row in part.claims if row.claim_id not in known]
    places = [replace(row, event_id=event_id) for row in part.places]
    new = [row for row in places if row not in record.places]
    return replace(record, claims=(*record.claims, *claims), places=(*record.places, *new))


def seen_events(events: Events, records: HiddenRecords) -> Events:
    """The events that have a claim left, without hidden claims and places."""
    articles = records.hidden.articles

    def is_seen(row: Claim | EventPlace) -> bool:
        return row.event_id not in records.events and row.article_id not in articles

    return Events(
        {key: event for key, event in events.events.items() if key not in records.events},
        tuple(row for row in events.places if is_seen(row)),
        tuple(row for row in events.actors if row.event_id not in records.events),
        tuple(row for row in events.claims if is_seen(row)),
    )
