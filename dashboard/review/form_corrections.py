"""Places corrected in a form only: what the words of the article were read as, and what is meant.

E.g. a suggestion that was read at Raqqa and accepted at Tell Abyad: the words read as Raqqa are
proposed as a name of Tell Abyad, as those of a corrected mention are. The mention itself stays as it was
read, since an event may be elsewhere although its words were read right.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from dashboard.model.corpus import Corpus
from dashboard.model.learned import LearnedKind
from dashboard.model.records import (
    Correction,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.model.suggestion import SuggestionStatus
from dashboard.store.workspace import Workspace
from dashboard.text.sentences import sentence_at

Span = tuple[int, int]


def form_corrections(workspace: Workspace, corpus: Corpus) -> Iterator[Correction]:
    """A correction for each accepted suggestion of which one place was replaced by another.

    The words are those in a sentence of its claims that were read as the place that is gone; if nothing
    is gone, the one name there that the gazetteer lacks. An area that was replaced by a place in it, or
    the other way round, is no other reading of its words.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for row in corpus.events.places:
        places[row.event_id].add(row.place_id)
    unknown = _unknown_spans(workspace)
    for stored in workspace.all(Table.SUGGESTION, status=SuggestionStatus.ACCEPTED.value).values():
        record = stored.value
        if not isinstance(record, SuggestionRecord) or record.article_id not in corpus.articles:
            continue
        event_id = record.event_id or ""
        if event_id not in corpus.events.events:
            continue
        names = unknown.get(record.article_id, ())
        correction = _correction(record, corpus, places[event_id], names)
        if correction is not None:
            yield correction


def _correction(
    record: SuggestionRecord, corpus: Corpus, now: Collection[str], unknown: Collection[Span]
) -> Correction | None:
    read = {place.place_id: (place.start, place.end) for place in record.suggestion.places}
    gone = [place_id for place_id in read if place_id not in now]
    added = [place_id for place_id in now if place_id not in read]
    if len(added) != 1 or len(gone) > 1:
        return None
    if gone and _contains(corpus, gone[0], added[0]):
        return None
    sentences = _sentences(record, corpus.articles[record.article_id].text)
    candidates = [read[gone[0]]] if gone else unknown
    spans = [span for span in candidates if any(a <= span[0] < b for a, b in sentences)]
    if len(spans) != 1:
        return None
    return Correction(record.article_id, *spans[0], LearnedKind.PLACE.value, added[0])


def _contains(corpus: Corpus, one: str, other: str) -> bool:
    """Whether one of two places is in the other."""
    gazetteer = corpus.gazetteer
    if one not in gazetteer.places or other not in gazetteer.places:
        return False
    return one in gazetteer.containers(other) or other in gazetteer.containers(one)


def _sentences(record: SuggestionRecord, text: str) -> list[Span]:
    """The sentences that the claims are from."""
    return [sentence_at(text, claim.start, claim.end) for claim in record.suggestion.claims]


def _unknown_spans(workspace: Workspace) -> Mapping[str, list[Span]]:
    """Where the names are that the gazetteer lacks, by article."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for stored in workspace.all(Table.UNKNOWN_PLACE, status=UnknownStatus.QUEUED.value).values():
        if isinstance(stored.value, UnknownPlaceRecord):
            spans[stored.value.article_id].append((stored.value.start, stored.value.end))
    return spans
