"""What the product loads of a query, made without an engine from a plain reading of the corpus."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.model.corpus import Corpus, Events, Lexicon
from dashboard.model.event import Attestation, Event
from dashboard.model.event_tables import CURATED
from dashboard.model.place import Gazetteer
from dashboard.model.selected import SelectedEvents
from dashboard.model.when import When
from dashboard.query.query import Query
from tests.oracle.select import EventIndex, select


def selected_events(corpus: Corpus, index: EventIndex, query: Query) -> SelectedEvents:
    """The curated events that the query leaves, in the order of the index."""
    ids = index.tables.events["event_id"][select(index, query).shown].tolist()
    return selected_by_id(corpus, ids)


def selected_by_id(corpus: Corpus, ids: list[str]) -> SelectedEvents:
    """The events of these ids, in this order."""
    selected_ids, events = frozenset(ids), corpus.events
    attested = corpus.attestations()
    subset = Events(
        {key: events.events[key] for key in ids},
        tuple(row for row in events.places if row.event_id in selected_ids),
        tuple(row for row in events.actors if row.event_id in selected_ids),
        tuple(row for row in events.claims if row.event_id in selected_ids),
    )
    return SelectedEvents(
        replace(corpus, events=subset),
        {key: attested[key] for key in ids},
        dict.fromkeys(ids, CURATED),
        corpus,
    )


def events_between(whens: Sequence[When], stances: Sequence[str] = ("asserts",)) -> SelectedEvents:
    """Events named "event 0", "event 1" ... of these dates, contested in turn as the stances have it."""
    numbers = [f"{at:04d}" for at in range(len(whens))]
    events = {
        number: Event(number, "arrest", f"event {at}", "", when, "", "")
        for at, (number, when) in enumerate(zip(numbers, whens, strict=True))
    }
    corpus = Corpus(
        Gazetteer({}, ()), Lexicon({}, (), {}, {}, {}), {}, Events(events, (), (), ()), ()
    )
    denied = {
        number for at, number in enumerate(numbers) if stances[at % len(stances)] != "asserts"
    }
    attested = {
        number: Attestation.CONTESTED if number in denied else Attestation.SINGLE_SOURCE
        for number in numbers
    }
    return SelectedEvents(corpus, attested, dict.fromkeys(numbers, CURATED), corpus)
