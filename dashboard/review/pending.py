"""Unreviewed suggestions added to the events of a corpus, for the switch "Show unreviewed"."""

from dashboard.model.corpus import Corpus
from dashboard.model.records import SuggestionRecord, Table
from dashboard.review.draft import as_event, draft
from dashboard.store.merge import with_unreviewed
from dashboard.store.workspace import Workspace

# The most suggestions that are shown unreviewed.
MAX_UNREVIEWED = 5_000


def with_pending(corpus: Corpus, workspace: Workspace) -> tuple[Corpus, dict[str, str]]:
    """Add pending suggestions as events. Returns the corpus, and suggestion ids by event id."""
    stored = workspace.all(Table.SUGGESTION, status="pending").values()
    pending = [item.value for item in stored if isinstance(item.value, SuggestionRecord)]
    known = [record for record in pending if refers_to_known(record, corpus)][:MAX_UNREVIEWED]
    events = [as_event(record, draft(record, corpus)) for record in known]
    shown = with_unreviewed(
        corpus,
        (event for event, _speakers in events),
        (speaker for _event, speakers in events for speaker in speakers),
    )
    ids = (event.event.event_id for event, _speakers in events)
    return shown, {key: record.suggestion_id for key, record in zip(ids, known, strict=True)}


def refers_to_known(record: SuggestionRecord, corpus: Corpus) -> bool:
    """Whether its kind, places and parties are still in the corpus."""
    suggestion = record.suggestion
    return (
        suggestion.kind in corpus.lexicon.kinds
        and all(place.place_id in corpus.gazetteer.places for place in suggestion.places)
        and all(actor.actor_id in corpus.lexicon.actors for actor in suggestion.actors)
    )
