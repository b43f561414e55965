"""The corpus with what analysts added and changed, e.g. the seeds and one accepted event.

A record of the workspace replaces the seed of the same id; a deleted record removes it. A record that
refers to something unknown is a fault and left out, as a faulty row of a file is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from dashboard.model.actor import ActorName
from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.corpus import Corpus, Events, Lexicon
from dashboard.model.errors import Fault
from dashboard.model.event import Claim, EventActor, EventPlace, EventRelation
from dashboard.model.event_link import EventLink, EventRef
from dashboard.model.event_tables import CURATED
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.listed_places import replace_places
from dashboard.model.place import Gazetteer, NameStrength, PlaceName
from dashboard.model.records import ArticleRecord, EventRecord, MergedEvent, PlaceRecord, Table
from dashboard.model.verification import (
    ClaimRating,
    ImportedVerification,
    Judgements,
    SourceRating,
    VerificationRecord,
    VerifiedPart,
    claim_subject,
    event_subject,
)
from dashboard.store.workspace import Workspace

_FILE = "workspace"
T = TypeVar("T")
R = TypeVar("R", EventPlace, EventActor, Claim)


def with_workspace(corpus: Corpus, workspace: Workspace) -> Corpus:
    """The corpus with the records of the workspace."""
    faults = list(corpus.faults)
    lexicon, gazetteer = names_with_workspace(corpus, workspace, faults)
    articles = _articles(corpus.articles, workspace, lexicon, faults)
    merged = {
        key: record.into
        for key, record in _of_kind(workspace, Table.MERGED_EVENT, MergedEvent).items()
    }
    updated = Corpus(gazetteer, lexicon, articles, corpus.events, ())
    events = _events(updated, _records(workspace, Table.EVENT), faults)
    updated = replace(updated, merged=merged)
    return replace(
        updated,
        events=events,
        relations=_relations(workspace, events, faults),
        links=tuple(_links(workspace, updated)),
        judgements=_judgements(workspace, events),
        faults=tuple(faults),
    )


def names_with_workspace(
    corpus: Corpus, workspace: Workspace, faults: list[Fault]
) -> tuple[Lexicon, Gazetteer]:
    """Lexicon and gazetteer of the corpus with the records of the workspace; adds to `faults`."""
    lexicon = replace(
        corpus.lexicon,
        outlets=_updated(corpus.lexicon.outlets, _records(workspace, Table.OUTLET), Outlet),
        speakers=_updated(corpus.lexicon.speakers, _records(workspace, Table.SPEAKER), Speaker),
    )
    gazetteer = _gazetteer(corpus.gazetteer, _records(workspace, Table.PLACE))
    return _with_learned(lexicon, gazetteer, workspace, faults)


def with_place(corpus: Corpus, record: PlaceRecord) -> Corpus:
    """The corpus with a place of the gazetteer added or replaced."""
    return replace(corpus, gazetteer=_gazetteer(corpus.gazetteer, {record.place.place_id: record}))


def event_record(corpus: Corpus, event_id: str) -> EventRecord | None:
    """The event with its places, actors and claims, or `None`."""
    event = corpus.events.events.get(event_id)
    if event is None:
        return None
    return EventRecord(
        event,
        tuple(row for row in corpus.events.places if row.event_id == event_id),
        tuple(row for row in corpus.events.actors if row.event_id == event_id),
        tuple(row for row in corpus.events.claims if row.event_id == event_id),
    )


def with_unreviewed(
    corpus: Corpus, records: Iterable[EventRecord], speakers: Iterable[Speaker]
) -> Corpus:
    """The corpus with suggestions that nobody has reviewed as further events, marked as such."""
    faults = list(corpus.faults)
    unreviewed = {record.event.event_id: record for record in records}
    further = {speaker.speaker_id: speaker for speaker in speakers}
    lexicon = replace(corpus.lexicon, speakers={**further, **corpus.lexicon.speakers})
    events = _events(replace(corpus, lexicon=lexicon), unreviewed, faults)
    return replace(
        corpus,
        lexicon=lexicon,
        events=events,
        faults=tuple(faults),
        unreviewed=frozenset(unreviewed) & frozenset(events.events),
    )


def _records(workspace: Workspace, kind: Table) -> Mapping[str, object]:
    """The workspace's records of a kind by id; `None` for a deleted one."""
    return {key: record.value for key, record in workspace.all(kind).items()}


def _updated(
    seeds: Mapping[str, T], records: Mapping[str, object], kind: type[T]
) -> Mapping[str, T]:
    unchanged = {key: value for key, value in seeds.items() if key not in records}
    return unchanged | {key: value for key, value in records.items() if isinstance(value, kind)}


def _gazetteer(seeds: Gazetteer, records: Mapping[str, object]) -> Gazetteer:
    if not records:
        # The same object: what was made from it, such as the index of its names, stays valid.
        return seeds
    added = [record for record in records.values() if isinstance(record, PlaceRecord)]
    places = {record.place.place_id: record.place for record in added}
    names = (name for record in added for name in record.names)
    return replace_places(seeds, records.keys(), places, names)


def _with_learned(
    lexicon: Lexicon, gazetteer: Gazetteer, workspace: Workspace, faults: list[Fault]
) -> tuple[Lexicon, Gazetteer]:
    """Lexicon and gazetteer with the accepted names; the same objects if there are none."""
    actors: list[ActorName] = []
    places: list[PlaceName] = []
    others: list[LearnedName] = []
    known = {LearnedKind.SPEAKER: lexicon.speakers, LearnedKind.OUTLET: lexicon.outlets}
    strong = NameStrength.STRONG
    for key, name in _records(workspace, Table.LEARNED_NAME).items():
        if not isinstance(name, LearnedName) or name.status is not LearnedStatus.ACCEPTED:
            continue
        row = name.meaning_id, name.wording, name.lang, strong
        if name.kind is LearnedKind.ACTOR and name.meaning_id in lexicon.actors:
            actors.append(ActorName(*row, loaded=False, source=name.source))
        elif name.kind is LearnedKind.PLACE and name.meaning_id in gazetteer.places:
            places.append(PlaceName(*row, name.source))
        elif name.meaning_id in known.get(name.kind, ()):
            others.append(name)
        else:
            faults.append(Fault(_FILE, 0, f"learned name {key}", "a known id", name.meaning_id))
    if actors:
        lexicon = replace(lexicon, actor_names=(*lexicon.actor_names, *actors))
    if others:
        lexicon = replace(lexicon, learned=tuple(others))
    if places:
        gazetteer = replace_places(gazetteer, (), {}, places)
    return lexicon, gazetteer


def _articles(
    seeds: Mapping[str, Article], workspace: Workspace, lexicon: Lexicon, faults: list[Fault]
) -> Mapping[str, Article]:
    records = _records(workspace, Table.ARTICLE)
    texts = workspace.texts()
    articles = {key: article for key, article in seeds.items() if key not in records}
    for key, record in records.items():
        if not isinstance(record, ArticleRecord):
            continue
        article = record.article
        if article.sha256 not in texts:
            faults.append(Fault(_FILE, 0, f"article {key}", "its text", "none"))
        elif article.outlet_id not in lexicon.outlets:
            faults.append(Fault(_FILE, 0, f"article {key}", "a known outlet", article.outlet_id))
        else:
            articles[key] = replace(article, text=texts[article.sha256])
    return articles


def _events(corpus: Corpus, records: Mapping[str, object], faults: list[Fault]) -> Events:
    """The corpus's events and the valid `records`, which replace events of the same id."""
    seeds, valid = corpus.events, []
    for key, record in records.items():
        if not isinstance(record, EventRecord):
            continue
        unresolved = list(_unresolved(record, corpus))
        faults.extend(Fault(_FILE, 0, f"event {key}", "a known id", item) for item in unresolved)
        if not unresolved:
            valid.append(record)

    def unchanged(rows: Iterable[R]) -> Iterator[R]:
        return (row for row in rows if row.event_id not in records)

    return Events(
        {key: event for key, event in seeds.events.items() if key not in records}
        | {record.event.event_id: record.event for record in valid},
        (*unchanged(seeds.places), *(row for record in valid for row in record.places)),
        (*unchanged(seeds.actors), *(row for record in valid for row in record.actors)),
        (*unchanged(seeds.claims), *(row for record in valid for row in record.claims)),
    )


def _relations(
    workspace: Workspace, events: Events, faults: list[Fault]
) -> tuple[EventRelation, ...]:
    """The relations between events that exist."""
    relations = []
    for key, record in _records(workspace, Table.RELATION).items():
        if not isinstance(record, EventRelation):
            continue
        missing = [i for i in (record.event_id, record.related_id) if i not in events.events]
        faults.extend(Fault(_FILE, 0, f"relation {key}", "a known event", item) for item in missing)
        if not missing:
            relations.append(record)
    return tuple(relations)


def _links(workspace: Workspace, corpus: Corpus) -> Iterator[EventLink]:
    """The links of events that are one happening; a curated one by the id that it has now."""

    def current(ref: EventRef) -> EventRef:
        curated = ref.dataset == CURATED
        return EventRef(CURATED, corpus.current_id(ref.event_id)) if curated else ref

    for link in _of_kind(workspace, Table.EVENT_LINK, EventLink).values():
        if link.same:
            yield replace(link, first=current(link.first), second=current(link.second))


def _judgements(workspace: Workspace, events: Events) -> Judgements:
    """What analysts judged of events and claims that are here, and of outlets.

    Of others it stays in the workspace: it is shown again if an undo brings them back.
    """
    verifications = _of_kind(workspace, Table.VERIFICATION, VerificationRecord).values()
    ratings = _of_kind(workspace, Table.CLAIM_RATING, ClaimRating)
    here = [row for row in verifications if row.event_id in events.events]
    verified = {row.event_id for row in here}
    places = _rows_by_event(events.places, verified)
    actors = _rows_by_event(events.actors, verified)
    counting: dict[tuple[str, VerifiedPart], VerificationRecord] = {}
    lapsed: dict[tuple[str, VerifiedPart], VerificationRecord] = {}
    for row in here:
        key = row.event_id
        subject = event_subject(events.events[key], places[key], actors[key], row.part)
        (counting if row.subject == subject else lapsed)[key, row.part] = row
    claims = {claim.claim_id: claim for claim in events.claims if claim.claim_id in ratings}
    return Judgements(
        counting,
        _of_kind(workspace, Table.SOURCE_RATING, SourceRating),
        {
            key: ratings[key]
            for key, it in claims.items()
            if ratings[key].subject == claim_subject(it)
        },
        lapsed,
    )


def imported_verifications(workspace: Workspace) -> tuple[ImportedVerification, ...]:
    """The verifications of events of imported datasets, whether their events are here or not."""
    found = _of_kind(workspace, Table.IMPORTED_VERIFICATION, ImportedVerification)
    return tuple(found.values())


def _rows_by_event(rows: Iterable[R], event_ids: Collection[str]) -> Mapping[str, list[R]]:
    grouped: dict[str, list[R]] = {event_id: [] for event_id in event_ids}
    for row in rows:
        if row.event_id in grouped:
            grouped[row.event_id].append(row)
    return grouped


def _of_kind(workspace: Workspace, table: Table, kind: type[T]) -> Mapping[str, T]:
    """The records of a kind that were not deleted, by id."""
    records = _records(workspace, table)
    return {key: record for key, record in records.items() if isinstance(record, kind)}


def _unresolved(record: EventRecord, corpus: Corpus) -> Iterator[str]:
    """The record's references to ids and quotes that are not in the corpus."""
    lexicon = corpus.lexicon
    references = [
        *(("place", place.place_id, corpus.gazetteer.places) for place in record.places),
        *(("actor", actor.actor_id, lexicon.actors) for actor in record.actors),
        ("kind", record.event.kind, lexicon.kinds),
    ]
    yield from (f"{what} {key}" for what, key, known in references if key not in known)
    for claim in record.claims:
        article = corpus.articles.get(claim.article_id)
        if article is None:
            yield f"article {claim.article_id}"
        elif article.text[claim.start : claim.end] != claim.quote:
            yield f"quote at {claim.start}..{claim.end} of {claim.article_id}"
        for speaker_id in (claim.speaker_id, claim.via_id):
            if speaker_id is not None and speaker_id not in lexicon.speakers:
                yield f"speaker {speaker_id}"
