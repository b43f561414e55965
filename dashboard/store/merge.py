"""The corpus with what analysts added and changed, e.g. the seeds and one accepted event more.

A record of the workspace replaces the seed of the same id; a deleted one takes it away. A record that
refers to something unknown is a fault and left out, as a faulty row of a file is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.corpus import Corpus, Events, Lexicon
from dashboard.model.errors import Fault
from dashboard.model.gazetteer import Gazetteer
from dashboard.model.records import ArticleRecord, EventRecord, PlaceRecord, Table, Versioned
from dashboard.store.workspace import Workspace

_FILE = "workspace"
T = TypeVar("T")


def with_workspace(corpus: Corpus, workspace: Workspace) -> Corpus:
    """The corpus as the workspace changes it."""
    faults = list(corpus.faults)
    gazetteer = _gazetteer(corpus.gazetteer, workspace.all(Table.PLACE))
    lexicon = replace(
        corpus.lexicon,
        outlets=_changed(corpus.lexicon.outlets, workspace.all(Table.OUTLET), Outlet),
        speakers=_changed(corpus.lexicon.speakers, workspace.all(Table.SPEAKER), Speaker),
    )
    articles = _articles(corpus.articles, workspace, lexicon, faults)
    events = _events(
        corpus.events, workspace.all(Table.EVENT), gazetteer, lexicon, articles, faults
    )
    return Corpus(gazetteer, lexicon, articles, events, tuple(faults))


def with_place(corpus: Corpus, record: PlaceRecord) -> Corpus:
    """The corpus with a place of the gazetteer added or replaced."""
    added: dict[str, Versioned[object]] = {record.place.place_id: Versioned(record, 0)}
    return replace(corpus, gazetteer=_gazetteer(corpus.gazetteer, added))


def event_record(corpus: Corpus, event_id: str) -> EventRecord | None:
    """The event with all that hangs on it; `None` if there is none of that id."""
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
    held: dict[str, Versioned[object]] = {
        record.event.event_id: Versioned(record, 0) for record in records
    }
    further = {speaker.speaker_id: speaker for speaker in speakers}
    lexicon = replace(corpus.lexicon, speakers={**further, **corpus.lexicon.speakers})
    events = _events(corpus.events, held, corpus.gazetteer, lexicon, corpus.articles, faults)
    return replace(
        corpus,
        lexicon=lexicon,
        events=events,
        faults=tuple(faults),
        unreviewed=frozenset(held) & frozenset(events.events),
    )


def _changed(
    seeds: Mapping[str, T], held: Mapping[str, Versioned[object]], kind: type[T]
) -> Mapping[str, T]:
    values = {key: item.value for key, item in held.items()}
    kept = {key: value for key, value in seeds.items() if key not in values}
    return kept | {key: value for key, value in values.items() if isinstance(value, kind)}


def _gazetteer(curated: Gazetteer, held: Mapping[str, Versioned[object]]) -> Gazetteer:
    records = {key: item.value for key, item in held.items()}
    added = [record for record in records.values() if isinstance(record, PlaceRecord)]
    places = {key: place for key, place in curated.places.items() if key not in records}
    names = tuple(name for name in curated.names if name.place_id not in records)
    return Gazetteer(
        places | {record.place.place_id: record.place for record in added},
        (*names, *(name for record in added for name in record.names)),
    )


def _articles(
    seeds: Mapping[str, Article], workspace: Workspace, lexicon: Lexicon, faults: list[Fault]
) -> Mapping[str, Article]:
    records = {key: item.value for key, item in workspace.all(Table.ARTICLE).items()}
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


def _events(
    seeds: Events,
    held: Mapping[str, Versioned[object]],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    articles: Mapping[str, Article],
    faults: list[Fault],
) -> Events:
    good: list[EventRecord] = []
    for key, item in held.items():
        record = item.value
        if not isinstance(record, EventRecord):
            continue
        wrong = list(_unknown(record, gazetteer, lexicon, articles))
        faults.extend(Fault(_FILE, 0, f"event {key}", "a known id", found) for found in wrong)
        if not wrong:
            good.append(record)
    return Events(
        {key: event for key, event in seeds.events.items() if key not in held}
        | {record.event.event_id: record.event for record in good},
        (
            *(row for row in seeds.places if row.event_id not in held),
            *(row for record in good for row in record.places),
        ),
        (
            *(row for row in seeds.actors if row.event_id not in held),
            *(row for record in good for row in record.actors),
        ),
        (
            *(row for row in seeds.claims if row.event_id not in held),
            *(row for record in good for row in record.claims),
        ),
    )


def _unknown(
    record: EventRecord,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    articles: Mapping[str, Article],
) -> Iterator[str]:
    """What the record refers to that is not held."""
    named = [
        *(("place", place.place_id, gazetteer.places) for place in record.places),
        *(("actor", actor.actor_id, lexicon.actors) for actor in record.actors),
        ("kind", record.event.kind, lexicon.kinds),
    ]
    yield from (f"{what} {key}" for what, key, held in named if key not in held)
    for claim in record.claims:
        article = articles.get(claim.article_id)
        if article is None:
            yield f"article {claim.article_id}"
        elif article.text[claim.start : claim.end] != claim.quote:
            yield f"quote at {claim.start}..{claim.end} of {claim.article_id}"
        for speaker_id in (claim.speaker_id, claim.via_id):
            if speaker_id is not None and speaker_id not in lexicon.speakers:
                yield f"speaker {speaker_id}"
