"""The records that a single file is made of: those of its events alone, with places made coarser.

Everything in the file is derived from these records, so what is not in them cannot be in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import coarse_places
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import Claim, EventPlace, EventRelation
from dashboard.model.place import Gazetteer
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import without_grounds


def shared_events(selected: SelectedEvents, level: Coarseness) -> SelectedEvents:
    """The events with no place finer than the level, and with the places that they have left.

    Where places are made coarser, columns of imported rows and grounds of judgements are left out, and
    of an article there is nothing but the quoted words: the sentence around them may say where it was.
    """
    corpus = selected.corpus
    moved = level is not Coarseness.ORIGINAL
    events = {event.event_id: event for event in selected.events}
    places = _places(corpus, level)
    if moved:
        events = {key: replace(event, source_columns=()) for key, event in events.items()}
        corpus = replace(corpus, judgements=without_grounds(corpus.judgements))
        corpus = _quotes_alone(corpus)
    shared_events = Events(events, places, corpus.events.actors, corpus.events.claims)
    corpus = replace(
        corpus,
        events=shared_events,
        gazetteer=_gazetteer(corpus.gazetteer, places),
        relations=_relations(selected),
        faults=(),
        links=(),
    )
    return replace(selected, corpus=corpus, reference=corpus)


def _places(corpus: Corpus, level: Coarseness) -> tuple[EventPlace, ...]:
    """The places of all events, each once per event and role."""
    rows = defaultdict(list)
    for row in corpus.events.places:
        rows[row.event_id].append(row)
    return tuple(
        row for of_event in rows.values() for row in coarse_places(corpus, of_event, level)[0]
    )


def _gazetteer(gazetteer: Gazetteer, rows: Iterable[EventPlace]) -> Gazetteer:
    """The places of the rows, and all that contain them."""
    ids = {key for row in rows for key in (row.place_id, *gazetteer.containers(row.place_id))}
    return Gazetteer({key: gazetteer.places[key] for key in sorted(ids)}, ())


def _relations(selected: SelectedEvents) -> tuple[EventRelation, ...]:
    """The relations of which both events are selected; ids differ between datasets."""
    datasets = selected.datasets
    return tuple(
        row
        for row in selected.corpus.relations
        if row.event_id in datasets and datasets[row.event_id] == datasets.get(row.related_id)
    )


def _quotes_alone(corpus: Corpus) -> Corpus:
    """The corpus in which each claim has an article of its own, whose text is the quote."""
    claims: list[Claim] = []
    articles: dict[str, Article] = {}
    for claim in corpus.events.claims:
        article = corpus.articles[claim.article_id]
        key = f"{claim.article_id} {claim.claim_id}"
        articles[key] = replace(article, article_id=key, text=claim.quote)
        claims.append(replace(claim, article_id=key, start=0, end=len(claim.quote)))
    return replace(corpus, articles=articles, events=replace(corpus.events, claims=tuple(claims)))
