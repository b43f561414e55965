"""Find suggestions still to review that may be the event that is looked for."""

from collections.abc import Iterable
from itertools import islice

from dashboard.model.corpus import Corpus
from dashboard.model.records import SuggestionRecord
from dashboard.model.suggestion import Suggestion
from dashboard.review.draft import as_event, draft
from dashboard.review.event_search import Likeness, nearness, texts_of
from dashboard.review.pending import refers_to_known
from dashboard.text.normalise import fold

_MOST = 3


def find_suggestions(
    corpus: Corpus, records: Iterable[SuggestionRecord], words: str, like: Likeness
) -> tuple[SuggestionRecord, ...]:
    """At most three that have all the words; without words, at a same place and at most days apart.

    Those whose kind, places or parties are unknown by now are left out.
    """
    wanted = fold(words).split()
    found = (
        record
        for record in records
        if record.suggestion_id not in like.without
        and (wanted or _is_like(record.suggestion, like))
        and refers_to_known(record, corpus)
        and _has(record, corpus, wanted)
    )
    return tuple(islice(found, _MOST))


def _has(record: SuggestionRecord, corpus: Corpus, wanted: Iterable[str]) -> bool:
    if not wanted:
        return True
    event, _speakers = as_event(record, draft(record, corpus))
    places = (place.place_id for place in event.places)
    actors = (actor.actor_id for actor in event.actors)
    quotes = (claim.quote for claim in event.claims)
    text = fold(" ".join(texts_of(corpus, event.event, places, actors, quotes)))
    return all(word in text for word in wanted)


def _is_like(suggestion: Suggestion, like: Likeness) -> bool:
    undated = like.when is None or like.when.undated or suggestion.when.undated
    near = undated or nearness(suggestion.when, like.when) > 0
    return near and any(place.place_id in like.place_ids for place in suggestion.places)
